// Reply markup: what Telegram takes as inline keyboards, reply keyboards, their removal and forced replies.
import type { Checked, Refusal } from './answer.ts'
import { bad, done } from './answer.ts'
import { readLink } from './links.ts'
import type { Params } from './params.ts'
import { flag, isObject, json, text } from './params.ts'
import { authorOf, messageOf } from './rooms.ts'
import type { Button, Keyboard, Message, Person, Room } from './state.ts'

export type Markup =
  | { kind: 'inline'; rows: Button[][] }
  | { kind: 'keyboard'; keyboard: Omit<Keyboard, 'message'>; selective: boolean }
  | { kind: 'remove'; selective: boolean }
  | { kind: 'force-reply'; selective: boolean }

const mostInline = 100
// What stands behind these is left out without a word.
const mostInRow = 12
const mostInAll = 300
const typed = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'disabled',
] as const
const styles = ['', 'default', 'primary', 'success', 'danger']

const wordsOf = (refusal: Refusal) => refusal.description.replace('Bad Request: ', '')

/** What is wrong with the address of a button's Web App; undefined when nothing is, or there is none. */
function wrongWebApp(raw: Params): string | undefined {
  if (raw.web_app === undefined) return undefined
  const url = isObject(raw.web_app) ? (text(raw.web_app, 'url') ?? '') : ''
  const link = readLink(url)
  if (!link.ok) return `URL '${url}' is invalid: ${wordsOf(link)}`
  return link.value.startsWith('https:') ? undefined : `URL '${url}' is invalid: Only HTTPS links are allowed`
}

function inlineButton(raw: unknown): Checked<Button | undefined> {
  const parse = (why: string) => bad(`can't parse inline keyboard button: ${why}`)
  if (!isObject(raw)) return parse('InlineKeyboardButton must be an Object')
  const label = raw.text
  if (label === undefined) return parse('Can\'t find field "text"')
  if (typeof label !== 'string') return parse('Field "text" must be of type String')
  if (!styles.includes(text(raw, 'style')?.toLowerCase() ?? ''))
    return parse('invalid button style specified')
  const button: Button = { text: label }
  if (raw.style) button.style = raw.style
  if (raw.icon_custom_emoji_id) button.icon_custom_emoji_id = raw.icon_custom_emoji_id
  const url = text(raw, 'url')
  const data = text(raw, 'callback_data')
  if (url) {
    const link = readLink(url)
    if (!link.ok) return bad(`inline keyboard button URL '${url}' is invalid: ${wordsOf(link)}`)
    button.url = link.value
  } else if (data) {
    if (Buffer.byteLength(data) > 64) return bad('BUTTON_DATA_INVALID')
    button.callback_data = data
  } else if (isObject(raw.copy_text)) {
    const copied = raw.copy_text.text
    if (typeof copied !== 'string') return parse('Field "text" must be of type String')
    if (copied.length < 1 || copied.length > 256) return bad('BUTTON_COPY_TEXT_INVALID')
    button.copy_text = { text: copied }
  } else {
    const type = typed.find((name) => raw[name] !== undefined)
    if (!type) return parse('Text buttons are unallowed in the inline keyboard')
    const wrong = wrongWebApp(raw)
    if (wrong) return bad(`inline keyboard button Web App ${wrong}`)
    button[type] = raw[type]
  }
  // Telegram leaves out buttons without a label.
  return done(label === '' ? undefined : button)
}

function keyboardButton(raw: unknown): Checked<Button | undefined> {
  const parse = (why: string) => bad(`can't parse keyboard button: ${why}`)
  if (typeof raw === 'string') return done(raw === '' ? undefined : { text: raw })
  if (!isObject(raw)) return parse('KeyboardButton must be a String or an Object')
  if (typeof raw.text !== 'string') return parse('Field "text" must be of type String')
  if (!styles.includes(text(raw, 'style')?.toLowerCase() ?? ''))
    return parse('invalid button style specified')
  const wrong = wrongWebApp(raw)
  if (wrong) return bad(`keyboard button Web App ${wrong}`)
  return done(raw.text === '' ? undefined : ({ ...raw } as Button))
}

function rowsOf(
  raw: unknown[],
  wrong: string,
  read: (raw: unknown) => Checked<Button | undefined>,
): Checked<Button[][]> {
  const rows: Button[][] = []
  let count = 0
  for (const rawRow of raw) {
    if (!Array.isArray(rawRow)) return bad(wrong)
    const row: Button[] = []
    if (count >= mostInAll) break
    for (const rawButton of rawRow as unknown[]) {
      const button = read(rawButton)
      if (!button.ok) return button
      if (!button.value) continue
      row.push(button.value)
      count++
      if (row.length >= mostInRow || count >= mostInAll) break
    }
    if (row.length > 0) rows.push(row)
  }
  return done(rows)
}

/** Reads `reply_markup` of a call; undefined when there is none or it is empty. */
export function readMarkup(p: Params): Checked<Markup | undefined> {
  const raw = json(p, 'reply_markup')
  if (raw === undefined) return done(undefined)
  if (raw === null) return bad("can't parse reply keyboard markup JSON object")
  if (!isObject(raw)) return bad('object expected as reply markup')
  const selective = flag(raw, 'selective')
  if (raw.keyboard !== undefined) {
    if (!Array.isArray(raw.keyboard)) return bad('field "keyboard" must be of type Array')
    const rows = rowsOf(raw.keyboard, 'field "keyboard" must be an Array of Arrays', keyboardButton)
    if (!rows.ok) return rows
    const placeholder = text(raw, 'input_field_placeholder')
    if (rows.value.length > 0)
      return done({
        kind: 'keyboard',
        selective,
        keyboard: {
          rows: rows.value,
          oneTime: flag(raw, 'one_time_keyboard'),
          persistent: flag(raw, 'is_persistent'),
          ...(placeholder ? { placeholder } : {}),
        },
      })
  }
  if (raw.inline_keyboard !== undefined) {
    if (!Array.isArray(raw.inline_keyboard)) return bad('field "inline_keyboard" must be of type Array')
    const rows = rowsOf(
      raw.inline_keyboard,
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
      inlineButton,
    )
    if (!rows.ok) return rows
    if (rows.value.flat().length > mostInline) return bad('reply markup is too long')
    if (rows.value.length > 0) return done({ kind: 'inline', rows: rows.value })
  }
  if (flag(raw, 'remove_keyboard')) return done({ kind: 'remove', selective })
  return done(flag(raw, 'force_reply') ? { kind: 'force-reply', selective } : undefined)
}

/** Reads `reply_markup` where only an inline keyboard may stand (edits). */
export function readInlineMarkup(p: Params): Checked<Button[][] | undefined> {
  const markup = readMarkup(p)
  if (!markup.ok) return markup
  if (markup.value && markup.value.kind !== 'inline') return bad('inline keyboard expected')
  return done(markup.value?.rows)
}

/** Whether the message names the person or answers one of theirs: a selective markup is for those alone. */
function isFor({ user }: Person, room: Room, message: Message): boolean {
  const replied = messageOf(room, (message.reply_to_message as Message | undefined)?.message_id)
  if (replied && authorOf(room, replied) === user.id) return true
  const words = message.text ?? message.caption ?? ''
  return (message.entities ?? message.caption_entities ?? []).some((entity) => {
    const named = words.slice(entity.offset + 1, entity.offset + entity.length)
    if (entity.type === 'mention') return named.toLowerCase() === user.username?.toLowerCase()
    return entity.type === 'text_mention' && (entity.user as { id?: unknown } | undefined)?.id === user.id
  })
}

/** What a sent message's markup does to the input fields of those who look at the room. */
export function applyMarkup(room: Room, message: Message, markup: Markup | undefined): void {
  if (!markup || markup.kind === 'inline') return
  for (const viewer of room.viewers.values()) {
    if (markup.selective && !isFor(viewer.person, room, message)) continue
    switch (markup.kind) {
      case 'keyboard':
        viewer.keyboard = { ...markup.keyboard, message: message.message_id }
        break
      case 'remove':
        delete viewer.keyboard
        break
      case 'force-reply':
        viewer.forceReply = message.message_id
        break
    }
  }
}
