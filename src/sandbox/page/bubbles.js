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

const kinds =
  'photo voice document video audio animation video_note location contact sticker poll dice'.split(' ')

const nameOf = ({ first_name: first, last_name: last }) => [first, last].filter(Boolean).join(' ')

/** What happened in the room, in words. */
function serviceLine({ service, sender }, t) {
  const [[kind, value]] = Object.entries(service)
  const name = sender?.name ?? ''
  if (kind === 'new_chat_members') return t('joined', { name: value.map(nameOf).join(', ') })
  if (kind === 'left_chat_member') return t('left', { name: nameOf(value) })
  if (kind === 'new_chat_title') return t('renamed', { name: value })
  if (kind === 'pinned_message') return t('pinned', { name })
  if (kind === 'forum_topic_created') return t('topicMade', { name: value.name })
  if (kind === 'forum_topic_closed') return t('topicClosed')
  if (kind === 'forum_topic_reopened') return t('topicOpened')
  if (kind === 'forum_topic_edited') return t('topicMade', { name: value.name ?? '' })
  return t(kind.startsWith('migrate') ? 'migrated' : 'made')
}

/** A line that says what the message is, for the list of people and for screen readers. */
export function summary(message, t) {
  if (message.service) return serviceLine(message, t)
  const kind = kinds.find((name) => message[name])
  return [kind && t(kind), message.text ?? message.caption]
    .filter(Boolean)
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
}

/** `context`: `{ t, actions, isWaiting(key), me, topicOf(id) }`; `actions` as in rich.js, with `press(message, button, key)`. */
export function bubble(message, context) {
  const { t, actions } = context
  if (message.service) return h('li.service', { 'data-id': message.message_id }, serviceLine(message, t))
  const { sender } = message
  const own = sender ? sender.id === context.me : message.from !== 'bot'
  const side = own ? 'mine' : 'theirs'
  const topic = message.message_thread_id && context.topicOf(message.message_thread_id)
  const head = [!own && sender && h('b', {}, sender.name), topic && h('small', {}, `# ${topic}`)].filter(
    Boolean,
  )
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
  const who = h('span.heard', {}, `${own ? t('you') : (sender?.name ?? t('bot'))}: `)
  const body = h(
    'div.bubble',
    {},
    who,
    head.length > 0 && h('div.who', {}, head),
    media(message, context),
    message.reply_to?.quote && h('blockquote', { dir: 'auto' }, message.reply_to.quote),
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
  { photo, voice, document: file, location: point, venue, contact, sticker, caption, text, ...others },
  { t },
) {
  const other = kinds.find((name) => others[name])

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
  if (other === 'poll') return h('b', {}, others.poll.question)
  if (other === 'dice') return h('div.sticker', {}, `${others.dice.emoji} ${others.dice.value}`)
  if (other)
    return card('file', t(other), `${others[other].duration ?? ''} s`, { href: fileUrl(others[other].url) })
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
