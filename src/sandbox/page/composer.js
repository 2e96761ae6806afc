// The foot of the chat: the line to type in, the attach and command menus, the bot's reply keyboard and inline results.
import { askOwnPhone, askPlace, attachments } from './attach.js'
import { call } from './control.js'
import { h, icon, iconButton, menuButton } from './dom.js'

/**
 * The composer of the open chat: `{ element, update(chat), searchInline(query) }`.
 * `app`: a seat of chat.js: `{ t, person, room?, where, bot, chat, send(body), attempt(promise) }`.
 */
export function composer(app) {
  const { t } = app
  const keys = h('div.keyboard', { role: 'group', 'aria-label': t('keyboard') })
  const results = h('div.results', { role: 'group', 'aria-label': t('results'), hidden: true })
  const commandItems = () =>
    app.chat.commands.map(({ command, description }) => [
      `/${command} – ${description}`,
      () => app.send({ text: `/${command}` }),
    ])
  const commands = menuButton('menu', t('menu'), commandItems)
  const attach = menuButton('clip', t('attach'), () => attachments(app))
  const input = h('textarea', { rows: 1, 'aria-label': t('message'), maxlength: 4096 })
  const toggle = iconButton('keys', t('keyboard'), () => showKeys(keys.hidden))
  const send = h(
    'button.icon.filled',
    { type: 'submit', 'aria-label': t('send'), title: t('send') },
    icon('send'),
  )
  const topics = h('select', { 'aria-label': t('topic'), hidden: true })
  const form = h('form', {}, commands, attach, input, toggle, send)
  form.onsubmit = (event) => {
    event.preventDefault()
    void sendTyped()
  }
  input.onkeydown = (event) => {
    if (event.key === 'Escape') write('')
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void sendTyped()
  }
  input.oninput = () => write(input.value)

  /** Puts a text into the line; "@bot words" asks the bot for inline results a moment after the last letter. */
  function write(text) {
    if (input.value !== text) input.value = text
    input.style.height = 'auto'
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`
    clearTimeout(timer)
    asked += 1
    results.hidden = true
    const name = `@${app.bot.username} `
    if (text.toLowerCase().startsWith(name.toLowerCase()))
      timer = setTimeout(showResults, 300, text.slice(name.length))
  }
  let timer
  let asked = 0

  async function sendTyped() {
    const text = input.value.trim()
    if (text === '') return
    write('')
    const where = topics.value ? { topic: Number(topics.value) } : {}
    if (!(await app.send({ text, ...where })) && input.value === '') write(text)
  }

  function showKeys(shown) {
    keys.hidden = !shown
    toggle.setAttribute('aria-expanded', String(shown))
  }

  let topicsDrawn = '[]'
  function drawTopics(list) {
    if (JSON.stringify(list) === topicsDrawn) return
    topicsDrawn = JSON.stringify(list)
    const { value } = topics
    const named = [{ id: '', name: t('general') }, ...list]
    topics.replaceChildren(...named.map(({ id, name }) => h('option', { value: String(id) }, name)))
    topics.value = list.some(({ id }) => String(id) === value) ? value : ''
    topics.hidden = list.length === 0
  }

  let drawn = '[]'
  function drawKeys(rows) {
    if (JSON.stringify(rows) === drawn) return
    drawn = JSON.stringify(rows)
    keys.replaceChildren(...rows.map((row) => h('div.row', {}, row.map(key))))
    showKeys(rows.length > 0)
  }

  function key({ text, kind }) {
    const asks = { contact: askOwnPhone, location: askPlace }[kind]
    const drawing = { contact: 'person', location: 'pin' }[kind]
    const onclick = async () => {
      const more = asks ? await asks(app) : {}
      if (more) await pressKey({ text, ...more })
    }
    return h('button', { onclick }, text, drawing && icon(drawing))
  }

  // A press by label finds an inline button of the same label first: then the words are sent as typed.
  function pressKey(body) {
    const inline = app.chat.messages.some(({ buttons = [] }) =>
      buttons.flat().some(({ text }) => text === body.text),
    )
    if (!inline)
      return app.attempt(call('POST', `people/${app.person.id}/press`, { ...app.where, ...body }), 'gone')
    const { text, phone_number, location } = body
    return app.send(phone_number ? { contact: 'own', phone_number } : location ? { location } : { text })
  }

  async function showResults(query) {
    const mine = asked
    const answer = await app.attempt(call('POST', `people/${app.person.id}/inline`, { ...app.where, query }))
    if (!answer || mine !== asked) return
    const { results: found = [], button } = answer
    const start = () => app.send({ text: `/start ${button.start_parameter ?? ''}`.trim() })
    const rows = found.map(({ id, title, description }) => {
      const choose = { ...app.where, query_id: answer.query_id, result_id: id }
      const action = () => app.attempt(call('POST', `people/${app.person.id}/choose`, choose))
      return resultButton([h('b', {}, title), h('small', {}, description ?? '')], action)
    })
    if (button) rows.unshift(resultButton(button.text, start))
    results.replaceChildren(...rows, rows.length === 0 ? t('nothingFound') : '')
    results.hidden = false
  }

  function resultButton(inside, action) {
    const onclick = () => {
      write('')
      void action()
    }
    return h('button', { onclick }, inside)
  }

  showKeys(false)
  return {
    element: h('footer', {}, results, topics, form, keys),
    update({ commands: list, keyboard, placeholder, topics: all = [] }) {
      drawTopics(all)
      input.placeholder = placeholder ?? t('message')
      commands.hidden = list.length === 0
      toggle.hidden = (keyboard ?? []).length === 0
      drawKeys(keyboard ?? [])
    },
    searchInline(query) {
      input.focus()
      write(`@${app.bot.username} ${query}`)
    },
  }
}
