// The sandbox's chat page: who and which rooms are open side by side, in which language. The only file that runs on loading.
import { call, followEvents } from './control.js'
import { openConversation } from './conversation.js'
import { h, toast } from './dom.js'
import { peopleColumn } from './people.js'
import { banner, pickLanguage, reader } from './texts.js'

/** How many conversations stand side by side on a screen of this width. */
const columns = () => (innerWidth >= 1100 ? 3 : innerWidth >= 900 ? 2 : 1)

function start() {
  const address = new URLSearchParams(location.search)
  const app = {
    lang: pickLanguage([address.get('lang'), localStorage.getItem('language'), ...navigator.languages]),
    bot: {},
    people: [],
    rooms: [],
    unfolded: new Set(),
    open,
    leave,
    actAs,
    refresh,
    refreshSoon,
    attempt,
    setLanguage,
    onLine,
    isOpen: (id) => seats.some((seat) => (seat.room ?? seat.person).id === id),
    isAlone: () => seats.length < 2,
    read: (id, chat) => column.note(id, chat, true),
  }
  const column = peopleColumn(app)
  const narrow = matchMedia('(max-width: 719px)')
  const main = document.getElementById('chat')
  let seats = [] // open conversations, left to right: { key, person, room?, element, conversation }
  let active = 0 // the one that a choice in the list replaces, and the only one shown on a phone
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
    closeAll()
    show()
    document.querySelector('#people select').focus()
  }

  function closeAll() {
    for (const { conversation } of seats) conversation.close()
    seats = []
  }

  /** The keys in the address: `1001` for a private chat, `1002@-1004` for a person in a room, with commas between. */
  const keysOf = (text) => (text ?? '').split(',').filter(Boolean)

  function seatOf(key) {
    const [personId, roomId] = key.split('@')
    const person = app.people.find(({ id }) => String(id) === personId)
    const room = app.rooms.find(({ id }) => String(id) === roomId)
    if (!person || (roomId && !room)) return undefined
    const seat = Object.create(app)
    const where = room ? { room: room.id } : {}
    const send = (body) => app.attempt(call('POST', `people/${person.id}/send`, { ...where, ...body }))
    return Object.assign(seat, { key, person, room, where, send, element: h('section.column') })
  }

  /** Shows the conversations of the address, keeping those that are open; the list alone when it names none. */
  function show() {
    const before = new Map(seats.map((seat) => [seat.key, seat]))
    seats = keysOf(address.get('person'))
      .map((key) => before.get(key) ?? seatOf(key))
      .filter(Boolean)
    for (const [key, seat] of before) if (!seats.some((kept) => kept.key === key)) seat.conversation.close()
    document.body.classList.toggle('chatting', seats.length > 0)
    main.classList.toggle('several', seats.length > 1)
    const shown = seats.map(({ element }) => element)
    if (seats.length === 0) shown.push(h('p.hint', {}, app.t('choose')))
    for (const child of Array.from(main.children)) if (!shown.includes(child)) child.remove()
    for (const [at, element] of shown.entries())
      if (main.children[at] !== element) main.insertBefore(element, main.children[at] ?? null)
    for (const seat of seats) seat.conversation ??= openConversation(seat)
    activate(seats[active] ?? seats[0])
    for (const { conversation } of seats) conversation.redraw()
    column.draw()
    lookForNews()
  }

  function activate(wanted) {
    active = Math.max(0, seats.indexOf(wanted))
    for (const [at, { element }] of seats.entries()) element.classList.toggle('active', at === active)
  }

  /** The address follows, so that "back" and "reload" of the browser do what they say. */
  function go(keys) {
    if (keys.length === 0) address.delete('person')
    else address.set('person', keys.join(','))
    history.pushState(undefined, '', `?${address}`.replaceAll('%40', '@').replaceAll('%2C', ','))
    show()
  }

  /** Opens a conversation in place of the one last used, or beside the others where there is room for it. */
  function open(key, beside = false) {
    const keys = seats.map((seat) => seat.key)
    if (!keys.includes(key)) {
      if (beside && keys.length < columns()) active = keys.length
      keys[Math.min(active, keys.length)] = key
      go(columns() === 1 ? [key] : keys)
    }
    activate(seats.find((seat) => seat.key === key))
    if (matchMedia('(pointer: fine)').matches) seats[active]?.element.querySelector('textarea').focus()
  }

  /** Another person looks at the room of this seat. */
  function actAs(seat, person) {
    const key = `${person}@${seat.room.id}`
    const keys = seats.map((each) => (each === seat ? key : each.key))
    go([...new Set(keys)])
  }

  function leave(seat) {
    const keys = seats.filter((each) => each !== seat).map(({ key }) => key)
    go(narrow.matches ? [] : keys)
    const row = seat.room ? `[data-room="${seat.room.id}"]` : `[data-person="${seat.person.id}"]`
    document.querySelector(row)?.focus()
  }

  async function refresh() {
    const state = await call('GET', 'state').catch(() => undefined)
    onLine(state !== undefined)
    if (!state) return
    Object.assign(app, { bot: state.bot, people: state.people, rooms: state.rooms })
    for (const seat of seats) {
      seat.person = app.people.find(({ id }) => id === seat.person.id) ?? seat.person
      if (seat.room) seat.room = app.rooms.find(({ id }) => id === seat.room.id) ?? seat.room
    }
    show()
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

  main.addEventListener('focusin', ({ target }) =>
    activate(seats.find(({ element }) => element.contains(target)) ?? seats[active]),
  )
  const sentences = Object.entries(banner).map(([lang, text]) => h('span', { lang }, text))
  document.getElementById('banner').append(...sentences)
  speak()
  show()
  window.onpopstate = () => {
    const keys = new URLSearchParams(location.search).get('person')
    if (keys === null) address.delete('person')
    else address.set('person', keys)
    show()
  }
  void refresh()
  lookForNews = followEvents(
    () => !document.hidden && !(narrow.matches && seats.length > 0),
    async ({ type, person, room }) => {
      if (type === undefined) await refresh()
      if (type === 'person' || type === 'room') refreshSoon()
      await column.fetchNews(type === undefined ? undefined : [room ?? person])
    },
  )
}

start()
