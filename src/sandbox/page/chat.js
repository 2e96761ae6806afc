// The sandbox's chat page: who is open, in which language, and the two columns. The only file that runs on loading.
import { call, followEvents } from './control.js'
import { openConversation } from './conversation.js'
import { h, toast } from './dom.js'
import { peopleColumn } from './people.js'
import { banner, pickLanguage, reader } from './texts.js'

function start() {
  const address = new URLSearchParams(location.search)
  const app = {
    lang: pickLanguage([address.get('lang'), localStorage.getItem('language'), ...navigator.languages]),
    bot: {},
    people: [],
    unfolded: new Set(),
    open,
    leave,
    refresh,
    refreshSoon,
    attempt,
    setLanguage,
    onLine,
    read: (id, chat) => column.note(id, chat, true),
    send: (body) => attempt(call('POST', `people/${app.person.id}/send`, body)),
  }
  const column = peopleColumn(app)
  const narrow = matchMedia('(max-width: 719px)')
  let conversation
  let lookForNews = () => {}

  function speak() {
    app.t = reader(app.lang)
    document.documentElement.lang = app.lang
    document.title = app.t('title')
    column.build()
  }

  function setLanguage(lang) {
    app.lang = lang
    localStorage.setItem('language', lang)
    address.delete('lang')
    history.replaceState(undefined, '', `?${address}`)
    speak()
    show(app.person?.id)
    document.querySelector('#people select').focus()
  }

  /** Shows a person's chat, or the list alone when nobody has this id. */
  function show(id) {
    conversation?.close()
    conversation = undefined
    app.person = app.people.find((person) => String(person.id) === String(id))
    document.body.classList.toggle('chatting', app.person !== undefined)
    if (app.person) conversation = openConversation(app)
    else document.getElementById('chat').replaceChildren(h('p.hint', {}, app.t('choose')))
    column.draw()
    lookForNews()
  }

  /** The address follows, so that "back" and "reload" of the browser do what they say. */
  function go(id) {
    if (id === undefined) address.delete('person')
    else address.set('person', id)
    history.pushState(undefined, '', `?${address}`)
    show(id)
  }

  function open(id) {
    if (app.person?.id === id) return
    go(id)
    if (matchMedia('(pointer: fine)').matches) document.querySelector('textarea').focus()
  }

  function leave() {
    const { id } = app.person
    go(undefined)
    document.querySelector(`[data-person="${id}"]`)?.focus()
  }

  async function refresh() {
    const state = await call('GET', 'state').catch(() => undefined)
    onLine(state !== undefined)
    if (!state) return
    Object.assign(app, { bot: state.bot, people: state.people })
    const now = app.people.find(({ id }) => id === app.person?.id)
    if (now) {
      app.person = now
      conversation.redraw()
    } else if (app.person || address.has('person')) show(address.get('person'))
    column.draw()
  }

  let soon
  function refreshSoon() {
    soon ??= setTimeout(() => {
      soon = undefined
      void refresh()
    }, 300)
  }

  function onLine(online) {
    const line = document.getElementById('line')
    if (line.hidden === online) return
    line.hidden = online
    line.textContent = online ? '' : app.t('noConnection')
  }

  /** Waits for a call; a refusal is told, and gives undefined. */
  async function attempt(promise, missing = 'failed') {
    try {
      return await promise
    } catch (problem) {
      if (problem.status === undefined) throw problem
      const words = { 0: 'noConnection', 404: missing }[problem.status] ?? 'failed'
      toast(`${app.t(words)} ${problem.message}`)
      return undefined
    }
  }

  const sentences = Object.entries(banner).map(([lang, text]) => h('span', { lang }, text))
  document.getElementById('banner').append(...sentences)
  speak()
  show(undefined)
  window.onpopstate = () => {
    const id = new URLSearchParams(location.search).get('person')
    if (id === null) address.delete('person')
    else address.set('person', id)
    show(id)
  }
  void refresh()
  lookForNews = followEvents(
    () => !document.hidden && !(narrow.matches && app.person),
    async ({ type, person }) => {
      if (type === undefined) await refresh()
      if (type === 'person') refreshSoon()
      await column.fetchNews(type === undefined ? undefined : [person])
    },
  )
}

start()
