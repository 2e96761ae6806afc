// One column: a person's chat with the bot, or a person in a room, kept live, with its presses, alerts and scrolling.
import { askLink } from './attach.js'
import { bubble, summary } from './bubbles.js'
import { composer } from './composer.js'
import { call, followChat } from './control.js'
import { copyText, h, iconButton, say, toast } from './dom.js'
import { envelopeCard } from './envelope.js'
import { disc, fullName } from './people.js'
import { startText } from './rich.js'

/** Opens the chat of a seat (`app`: see chat.js) in its element: `{ close(), redraw() }`, the latter when person, room or bot changed. */
export function openConversation(app) {
  const { t, person, room, attempt, send } = app
  const stop = new AbortController()
  const waiting = new Map() // presses not yet answered: "message:row:column" → { since, query }
  const drawn = new Map() // message id → { signature, words, element }
  const told = new Set() // alerts shown
  let first = true
  let atBottom = true

  app.chat = { version: -1, messages: [], commands: [] }
  app.actions = {
    bot: app.bot.username,
    spoiler: t('spoiler'),
    send: (text) => void send({ text }),
    press: (...pressed) => void press(...pressed),
  }
  const context = {
    t,
    actions: app.actions,
    isWaiting: (key) => waiting.has(key),
    me: person.id,
    topicOf: (id) => app.chat.topics?.find((topic) => topic.id === id)?.name,
  }

  const status = h('small')
  const list = h('ol')
  const log = h('div.log', { role: 'log', 'aria-live': 'off', 'aria-label': t('message'), tabindex: 0 }, list)
  const down = iconButton('down', t('newest'), () => toBottom())
  const frame = h('div.frame', {}, log, down)
  const foot = composer(app)
  const head = h('header')
  const envelope = h('div')
  app.element.replaceChildren(head, envelope, frame, foot.element)

  log.onscroll = () => {
    atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < 60
    down.hidden = atBottom
  }
  const keepBottom = new ResizeObserver(() => atBottom && toBottom())
  keepBottom.observe(list)
  keepBottom.observe(log)

  function toBottom() {
    log.scrollTop = log.scrollHeight
    down.hidden = true
  }

  let headDrawn
  function redraw() {
    const now = JSON.stringify([app.person, app.room?.title, app.room?.members, app.bot, app.isAlone()])
    if (now === headDrawn) return
    headDrawn = now
    const back = iconButton('back', t('back'), () => app.leave(app))
    const links = iconButton('link', t('links'), () => askLink(app))
    const close = !app.isAlone() && iconButton('close', t('close'), () => app.leave(app))
    const title = h('div', {}, h('h2', {}, app.room?.title ?? app.bot.first_name), status)
    const people = app.room ? actAs() : links
    if (close) close.classList.add('close')
    head.replaceChildren(back, disc(app.room ?? app.bot), title, people, close || '')
    app.element.setAttribute(
      'aria-label',
      `${app.room?.title ?? app.bot.first_name}: ${fullName(app.person)}`,
    )
    if (!room) envelope.replaceChildren(envelopeCard(app))
  }

  /** Who of the room's people one is. */
  function actAs() {
    const people = app.room.members.filter(({ user }) => !user.is_bot)
    const options = people.map(({ user }) => h('option', { value: String(user.id) }, fullName(user)))
    const choice = h('select.as', { 'aria-label': t('actAs') }, options)
    choice.value = String(app.person.id)
    choice.onchange = () => app.actAs(app, choice.value)
    return choice
  }

  async function press(message, button, key) {
    const start = button.url && startText(button.url, app.bot.username)
    if (start) return send({ text: start })
    if (waiting.has(key)) return
    waiting.set(key, { since: app.chat.version })
    setTimeout(done, 15_000, key)
    drawMessages()
    const [message_id, row, column] = key.split(':').map(Number)
    const body = { ...app.where, text: button.text, message_id, row, column }
    const result = await attempt(call('POST', `people/${person.id}/press`, body), 'gone')
    if (result?.kind === 'callback') {
      if (waiting.has(key)) waiting.get(key).query = result.callback_query_id
      settle()
      drawMessages()
    } else done(key)
    if (result?.kind === 'copy') await copyText(t, result.copy)
    if (result?.kind === 'inline') foot.searchInline(result.query)
  }

  function done(key) {
    if (waiting.delete(key)) drawMessages()
  }

  /** A press stops waiting when its answer is there, or when fewer presses are open than wait here. */
  function settle() {
    const { alerts = [], open_callbacks: open = 0, version } = app.chat
    for (const [key, { since, query }] of waiting) {
      const gone = version > since && waiting.size > open
      if (gone || alerts.some(({ id }) => id === query)) waiting.delete(key)
    }
  }

  function tellAlerts() {
    for (const { id, text, show_alert: mustRead } of app.chat.alerts ?? []) {
      if (told.has(id)) continue
      told.add(id)
      if (first || !text) continue
      if (mustRead) void say(t, text, app.bot.first_name)
      else toast(text)
    }
  }

  function update(chat) {
    app.chat = chat
    settle()
    tellAlerts()
    drawMessages()
    foot.update(chat)
    status.textContent = chat.typing ? t('typing') : t('as', { name: fullName(person) })
    app.read((room ?? person).id, chat)
    app.refreshSoon() // the envelope may have changed
    if (atBottom) toBottom()
    first = false
  }

  function drawMessages() {
    const focused = document.activeElement
    const key = list.contains(focused) ? focused.dataset.key : undefined
    const elements = app.chat.messages.map(element)
    place(elements.length > 0 || app.chat.version < 0 ? elements : [welcome()])
    if (key && !document.activeElement.dataset.key)
      (list.querySelector(`[data-key="${key}"]`) ?? log).focus({ preventScroll: true })
  }

  function element(message) {
    const { message_id: id, from, sender } = message
    const own = sender ? sender.id === person.id : from !== 'bot'
    const signature = JSON.stringify([message, [...waiting.keys()].filter((key) => key.startsWith(`${id}:`))])
    const before = drawn.get(id)
    if (before?.signature === signature) return before.element
    const words = summary(message, t)
    drawn.set(id, { signature, words, element: bubble(message, context) })
    if (own && !before) atBottom = true
    if (!first && !own && before?.words !== words)
      document.getElementById('spoken').textContent = `${sender?.name ?? t('bot')}: ${words}`
    return drawn.get(id).element
  }

  /** Puts the elements in order, touching only what changed, so that focus, sound and scrolling stay. */
  function place(elements) {
    const kept = new Set(elements)
    for (const old of Array.from(list.children)) if (!kept.has(old)) old.remove()
    for (const [at, wanted] of elements.entries()) {
      if (list.children[at] !== wanted) list.insertBefore(wanted, list.children[at] ?? null)
    }
  }

  function welcome() {
    if (room) return h('li.hint', {}, t('noMessages'))
    const start = h('button.primary', { onclick: () => send({ text: '/start' }) }, t('start'))
    return h(
      'li.hint',
      {},
      disc(app.bot),
      h('p', {}, app.chat.description ?? app.bot.description ?? ''),
      start,
    )
  }

  redraw()
  void followChat(app, { onChat: update, onLine: app.onLine, onGone: () => app.leave(app) }, stop.signal)
  return {
    redraw,
    close() {
      stop.abort()
      keepBottom.disconnect()
    },
  }
}
