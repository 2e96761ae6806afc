// The left column: everybody in the sandbox with the last message and an unread mark, and the button for a new person.
import { summary } from './bubbles.js'
import { call } from './control.js'
import { ask, h, iconButton } from './dom.js'
import { languages } from './texts.js'

export const fullName = ({ first_name, last_name = '' }) => `${first_name} ${last_name}`.trim()

/** A disc with initials, in a colour of the person on which white letters can be read. */
export function disc(person) {
  const letters = fullName(person).split(/\s+/).slice(0, 2)
  const element = h(
    'span.disc',
    { 'aria-hidden': 'true' },
    letters.map((word) => Array.from(word)[0]),
  )
  element.style.background = `hsl(${(person.id * 67 + 100) % 360} 40% 30%)`
  return element
}

/**
 * The column: `{ build(), draw(), note(id, chat, read), fetchNews(ids) }`. Last messages are fetched one person after
 * another; what was there when the page was opened counts as read.
 */
export function peopleColumn(app) {
  const seen = new Map()
  const wanted = new Set()
  let list
  let fetching = false

  /** Keeps the last message of a chat just read; `read` when the person is looking at it. */
  function note(id, chat, read) {
    const newest = chat.messages.findLast(({ from }) => from === 'bot')?.message_id ?? 0
    const before = seen.get(id)
    const unread = !read && before !== undefined && (before.unread || newest > before.newest)
    seen.set(id, { last: chat.messages.at(-1), newest, unread })
    draw()
  }

  async function fetchNews(ids) {
    for (const id of ids ?? app.people.map((person) => person.id)) wanted.add(id)
    if (fetching) return
    fetching = true
    for (const id of wanted) {
      wanted.delete(id)
      const chat =
        id !== app.person?.id && (await call('GET', `people/${id}/chat?last=1`).catch(() => undefined))
      if (chat) note(id, chat, id === app.person?.id)
    }
    fetching = false
  }

  function draw() {
    const focused = list.contains(document.activeElement) && document.activeElement.dataset.person
    list.replaceChildren(
      ...app.people.map(row),
      app.people.length === 0 ? h('li.hint', {}, app.t('nobody')) : '',
    )
    if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus()
  }

  function row(person) {
    const { t } = app
    const { last, unread } = seen.get(person.id) ?? {}
    const who = last && last.from !== 'bot' ? `${t('you')}: ` : ''
    const about = h(
      'span',
      {},
      h('b', {}, fullName(person)),
      h('small', {}, last ? who + summary(last, t) : t('noMessages')),
    )
    const dot = unread && h('span.dot', {}, h('span.heard', {}, t('unread')))
    const here = app.person?.id === person.id && 'true'
    const props = { 'data-person': person.id, 'aria-current': here, onclick: () => app.open(person.id) }
    return h(
      'li',
      {},
      h('button.person', props, disc(person), about, h('i', {}, person.language_code ?? ''), dot),
    )
  }

  function build() {
    const choices = Object.entries(languages).map(([value, name]) =>
      h('option', { value, lang: value }, name),
    )
    const choice = h(
      'select',
      { 'aria-label': app.t('language'), onchange: () => app.setLanguage(choice.value) },
      choices,
    )
    choice.value = app.lang
    list = h('ul')
    const add = iconButton('plus', app.t('newPerson'), () => newPerson(app))
    document
      .getElementById('people')
      .replaceChildren(h('header', {}, h('h1', {}, app.t('people')), choice, add), list)
    draw()
  }

  return { build, draw, note, fetchNews }
}

async function newPerson(app) {
  const { t } = app
  const fields = [
    { name: 'first_name', label: t('firstName'), maxlength: 64 },
    { name: 'language_code', label: t('language'), options: Object.entries(languages), value: app.lang },
  ]
  const values = await ask(t, t('newPerson'), fields, { submit: t('create') })
  const person = values && (await app.attempt(call('POST', 'people', values)))
  if (!person) return
  await app.refresh()
  app.open(person.id)
}
