// The left column: everybody and every room in the sandbox with the last message and an unread mark, and what is new.
import { summary } from './bubbles.js'
import { call } from './control.js'
import { ask, h, iconButton } from './dom.js'
import { languages } from './texts.js'

export const fullName = ({ first_name, last_name = '', title }) =>
  title ?? `${first_name} ${last_name}`.trim()

/** A disc with initials, in a colour of the person or room on which white letters can be read. */
export function disc(person) {
  const letters = fullName(person).split(/\s+/).slice(0, 2)
  const element = h(
    'span.disc',
    { 'aria-hidden': 'true' },
    letters.map((word) => Array.from(word)[0]),
  )
  element.style.background = `hsl(${(Math.abs(person.id) * 67 + 100) % 360} 40% 30%)`
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
    for (const id of ids ?? [...app.people, ...app.rooms].map((one) => one.id)) wanted.add(id)
    if (fetching) return
    fetching = true
    for (const id of wanted) {
      wanted.delete(id)
      const path = pathOf(id)
      const chat = !app.isOpen(id) && path && (await call('GET', path).catch(() => undefined))
      if (chat) note(id, chat, app.isOpen(id))
    }
    fetching = false
  }

  /** A room is looked at through the eyes of one of its people. */
  function pathOf(id) {
    const room = app.rooms.find((one) => one.id === id)
    const eyes = room && lookingIn(room)
    if (room) return eyes && `people/${eyes}/chat?last=1&room=${id}`
    return `people/${id}/chat?last=1`
  }

  const lookingIn = ({ members }) => members.find(({ user }) => !user.is_bot)?.user.id

  function draw() {
    const { person, room } = list.contains(document.activeElement) ? document.activeElement.dataset : {}
    list.replaceChildren(
      ...app.people.map((one) => row(one, String(one.id), 'data-person')),
      ...app.rooms
        .filter((one) => lookingIn(one) && !one.migrated_to)
        .map((one) => row(one, `${lookingIn(one)}@${one.id}`, 'data-room')),
      app.people.length === 0 ? h('li.hint', {}, app.t('nobody')) : '',
    )
    if (person) list.querySelector(`[data-person="${person}"]`)?.focus()
    if (room) list.querySelector(`[data-room="${room}"]`)?.focus()
  }

  function row(one, key, name) {
    const { t } = app
    const { last, unread } = seen.get(one.id) ?? {}
    const who = last?.sender ? `${last.sender.name}: ` : last && last.from !== 'bot' ? `${t('you')}: ` : ''
    const line = last ? (last.service ? '' : who) + summary(last, t) : t('noMessages')
    const about = h('span', {}, h('b', {}, fullName(one)), h('small', {}, line))
    const dot = unread && h('span.dot', {}, h('span.heard', {}, t('unread')))
    const here = app.isOpen(one.id) && 'true'
    const props = { [name]: one.id, 'aria-current': here, onclick: () => app.open(key) }
    const kind = one.title ? t(one.type === 'channel' ? 'channel' : 'group') : (one.language_code ?? '')
    const more = iconButton('plus', t('beside', { name: fullName(one) }), () => app.open(key, true))
    more.classList.add('beside')
    return h('li', {}, h('button.person', props, disc(one), about, h('i', {}, kind), dot), more)
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
    const group = iconButton('group', app.t('newGroup'), () => newGroup(app))
    document
      .getElementById('people')
      .replaceChildren(h('header', {}, h('h1', {}, app.t('people')), choice, group, add), list)
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
  app.open(String(person.id))
}

/** A room with everybody in it; the first of them made it. */
async function newGroup(app) {
  const { t, people } = app
  if (people.length === 0) return
  const types = ['group', 'supergroup', 'channel'].map((type) => [type, t(type)])
  const bots = [
    ['admin', t('botAdmin')],
    ['member', t('botMember')],
    ['none', t('botNone')],
  ]
  const fields = [
    { name: 'title', label: t('groupTitle'), maxlength: 128 },
    { name: 'type', label: t('groupType'), options: types, value: 'supergroup' },
    { name: 'creator', label: t('creator'), options: people.map((one) => [String(one.id), fullName(one)]) },
    { name: 'bot', label: t('bot'), options: bots },
  ]
  const values = await ask(t, t('newGroup'), fields, { submit: t('create') })
  if (!values) return
  const { bot, ...made } = values
  const others = people.map(({ id }) => id).filter((id) => String(id) !== made.creator)
  const room = await app.attempt(call('POST', 'rooms', { ...made, members: others }))
  if (!room) return
  const rights = bot === 'admin' ? { rights: true } : {}
  if (bot !== 'none') await app.attempt(call('POST', `rooms/${room.id}/add`, { who: 'bot', ...rights }))
  await app.refresh()
  app.open(`${made.creator}@${room.id}`)
}
