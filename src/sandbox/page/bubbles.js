// One message as an element: its text, picture, voice, place or contact, the time, and the rows of buttons below it.
import { copyText, h, icon } from './dom.js'
import { opens, plainText, richText, startText } from './rich.js'

/** Files come from this server, whatever host name their address was written with. */
function fileUrl(url) {
  const { pathname, search } = new URL(url ?? '', location.href)
  return pathname + search
}

/** "10:42", with the day in front when it is not today. `date` in Unix seconds. */
function clock(date) {
  const at = new Date(date * 1000)
  const today = at.toDateString() === new Date().toDateString()
  const day = today ? {} : { day: '2-digit', month: '2-digit' }
  return at.toLocaleString('ru', { ...day, hour: '2-digit', minute: '2-digit' })
}

/** A line that says what the message is, for the list of people and for screen readers. */
export function summary(message, t) {
  const kind = ['photo', 'voice', 'document', 'location', 'contact', 'sticker'].find((name) => message[name])
  return [kind && t(kind), message.text ?? message.caption]
    .filter(Boolean)
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
}

/** `context`: `{ t, actions, isWaiting(key) }`; `actions` as in rich.js, with `press(message, button, key)`. */
export function bubble(message, context) {
  const { t, actions } = context
  const side = message.from === 'bot' ? 'theirs' : 'mine'
  const plain = message.text ?? message.caption
  const text = message.html ? richText(message.html, actions) : plain && plainText(plain, actions)
  const rows = (message.buttons ?? []).map((row, y) =>
    h(
      'div.row',
      {},
      row.map((button, x) => inlineButton(message, button, `${message.message_id}:${y}:${x}`, context)),
    ),
  )
  const meta = h(
    'div.meta',
    {},
    message.edit_date ? `${t('edited')} ` : '',
    h('time', {}, clock(message.date)),
  )
  const who = h('span.heard', {}, `${t(side === 'mine' ? 'you' : 'bot')}: `)
  const body = h(
    'div.bubble',
    {},
    who,
    media(message, context),
    text && h('div.text', { dir: 'auto' }, text),
    meta,
  )
  return h(`li.${side}`, { 'data-id': message.message_id }, body, rows)
}

const marks = { url: 'out', copy: 'copy', inline: 'search' }

function inlineButton(message, button, key, { t, actions, isWaiting }) {
  const inside = [h('span', {}, button.text), marks[button.kind] && icon(marks[button.kind])]
  const style = ['primary', 'success', 'danger'].includes(button.style) ? button.style : ''
  if (button.url && opens(button.url) && !startText(button.url, actions.bot))
    return h(`a.inline.${style}`, { href: button.url, target: '_blank', rel: 'noopener noreferrer' }, inside)
  const busy = isWaiting(key) && { 'aria-busy': 'true', title: t('waiting') }
  return h(
    `button.inline.${style}`,
    {
      'data-key': key,
      disabled: button.kind === 'disabled',
      onclick: () => actions.press(message, button, key),
      ...busy,
    },
    inside,
  )
}

function card(name, title, line, props) {
  return h(
    props.href ? 'a.card' : 'button.card',
    props,
    h('span.disc', {}, icon(name)),
    h('span', {}, h('b', {}, title), h('small', {}, line)),
  )
}

function media(
  { photo, voice, document: file, location: point, venue, contact, sticker, caption, text },
  { t },
) {
  const place = venue?.location ?? point
  if (photo) {
    const src = fileUrl(photo.url)
    return h('a.photo', { href: src, target: '_blank' }, h('img', { src, alt: caption ?? t('photo') }))
  }
  if (voice)
    return h('audio', {
      controls: true,
      preload: 'metadata',
      src: fileUrl(voice.url),
      'aria-label': t('voice'),
    })
  if (file) {
    const name = file.file_name ?? t('document')
    const size = file.file_size ? `${Math.ceil(file.file_size / 1024)} KB` : ''
    return card('file', name, size, { href: fileUrl(file.url), download: name })
  }
  if (place) {
    const where = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`
    const names = venue ? [h('b', {}, venue.title), h('small', {}, venue.address)] : []
    const copy = h('button.link', { title: t('copy'), onclick: () => copyText(t, where) }, where)
    return h('div.place', {}, h('div.ground', {}, icon('pin')), names, copy)
  }
  if (contact) {
    const { first_name: first, last_name: last = '', phone_number: phone } = contact
    return card('person', `${first} ${last}`, phone, { title: t('copy'), onclick: () => copyText(t, phone) })
  }
  if (sticker) return h('div.sticker', {}, sticker.emoji ?? sticker)
  return text || caption ? [] : '…'
}
