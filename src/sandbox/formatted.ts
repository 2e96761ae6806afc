// The text of a message as Telegram takes it: parse mode or given entities, trimmed, entities found, limits checked.
import type { Checked } from './answer.ts'
import { bad, done } from './answer.ts'
import { withAutoEntities } from './auto-entities.ts'
import { dateFormat } from './date-format.ts'
import type { Entity, Formatted } from './entities.ts'
import { parseHtml, sortEntities } from './entities.ts'
import type { Params } from './params.ts'
import { isObject, json, text as textOf } from './params.ts'

// Telegram keeps the first hundred and forgets the rest without a word.
const maxEntities = 100
// No entity may start later or be longer, whatever the text is.
const farthest = 1_000_000

const kept = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
])

// These Telegram finds itself, and passes over when they are given.
const found = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
])

function givenEntities(p: Params, name: string): Checked<Entity[]> {
  const list = json(p, name)
  if (list === undefined) return done([])
  if (!Array.isArray(list)) return bad(`can't parse ${name} JSON object`)
  const entities: Entity[] = []
  for (const raw of list as unknown[]) {
    if (!isObject(raw)) return bad("can't parse MessageEntity: expected an Object")
    const { type, offset, length } = raw
    if (typeof offset !== 'number') return bad('can\'t parse MessageEntity: Can\'t find field "offset"')
    if (typeof length !== 'number') return bad('can\'t parse MessageEntity: Can\'t find field "length"')
    if (typeof type !== 'string') return bad('can\'t parse MessageEntity: Can\'t find field "type"')
    if (offset < 0 || offset > farthest) return bad(`receive an entity with incorrect offset ${offset}`)
    if (length < 0 || length > farthest) return bad(`receive an entity with incorrect length ${length}`)
    if (!kept.has(type) && !found.has(type))
      return bad("can't parse MessageEntity: Unsupported type specified")
    if (!kept.has(type) || length === 0) continue
    const date = type === 'date_time' ? dateFormat(textOf(raw, 'date_time_format') ?? '') : undefined
    if (date && !date.ok) return bad("can't parse MessageEntity: Invalid date-time format specified")
    entities.push({ ...raw, type, offset, length, ...(date ? { date_time_format: date.value } : {}) })
  }
  return done(sortEntities(entities))
}

/** Cuts blanks at the ends as Telegram does; before the first entity only. */
function trim({ text, entities }: Formatted): Formatted {
  const end = text.replace(/[ \n]+$/, '').length
  const firstEntity = entities[0]?.offset ?? end
  let start = 0
  while (start < Math.min(firstEntity, end) && /[ \n]/.test(text[start] as string)) start++
  if (start === 0 && end === text.length) return { text, entities }
  const cut: Entity[] = []
  for (const entity of entities) {
    const offset = Math.max(0, entity.offset - start)
    const length = Math.min(end, entity.offset + entity.length) - start - offset
    if (length > 0) cut.push({ ...entity, offset, length })
  }
  return { text: text.slice(start, end), entities: cut }
}

// Carriage returns, controls of direction and three combining lines vanish; other controls become blanks.
const vanishing = /[\r\u2028-\u202e]|\u030a|\u0333|\u033f/
const blank = /[^\P{Cc}\n\u007f-\u009f]/gu
const marksInARow = /[\u200e\u200f]{2,}/g

/** Cleans the text of what Telegram never keeps; entities move along. Refuses entities that do not fit the text. */
function cleaned({ text, entities }: Formatted): Checked<Formatted> {
  // How many units before each place are gone.
  const gone: number[] = []
  let out = vanishing.test(text) ? '' : text
  if (out === '')
    for (const unit of text) {
      for (let i = 0; i < unit.length; i++) gone.push(gone.length - out.length)
      if (!vanishing.test(unit)) out += unit
    }
  const moved = (at: number) => at - (gone[at] ?? text.length - out.length)
  const splits = (at: number) => /^[\udc00-\udfff]/.test(text.slice(at, at + 1))
  const bytes = (at: number) => Buffer.byteLength(text.slice(0, at + 1))
  const kept: Entity[] = []
  for (const entity of entities) {
    const { offset, length } = entity
    const end = offset + length
    if (offset > text.length) return bad(`entity begins after the end of the text at UTF-16 offset ${offset}`)
    if (splits(offset))
      return bad(`entity begins in a middle of a UTF-16 symbol at byte offset ${bytes(offset)}`)
    if (end > text.length)
      return bad(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
      )
    if (splits(end))
      return bad(
        `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at byte offset ${bytes(end)}`,
      )
    const from = moved(offset)
    if (moved(end) > from) kept.push({ ...entity, offset: from, length: moved(end) - from })
  }
  const marks = (row: string) => '\u200c'.repeat(row.length - 1) + row.at(-1)
  return done({ text: out.replace(blank, ' ').replace(marksInARow, marks), entities: kept })
}

/** Text typed by a person: cleaned, trimmed, with the entities Telegram finds. */
export function plain(source: string): Formatted {
  const clean = cleaned({ text: source, entities: [] })
  const { text } = trim(clean.ok ? clean.value : { text: '', entities: [] })
  return { text, entities: withAutoEntities(text, []) }
}

/** Reads `name` (text, caption, …) with its parse mode or entities; no limit is checked here but Telegram's 32 KiB of source. */
export function formatted(p: Params, name: string, entitiesName = 'entities'): Checked<Formatted> {
  const source = textOf(p, name) ?? ''
  if (/\p{Surrogate}/u.test(source)) return bad('strings must be encoded in UTF-8')
  if (Buffer.byteLength(source) > 1 << 15) return bad('text is too long')
  const mode = (textOf(p, 'parse_mode') ?? '').toLowerCase()
  let parsed: Formatted
  if (source !== '' && mode !== '' && mode !== 'none') {
    if (mode === 'markdown' || mode === 'markdownv2') return bad('this sandbox reads parse_mode HTML only')
    if (mode !== 'html') return bad('unsupported parse_mode')
    const html = parseHtml(source)
    if (!html.ok) return html
    parsed = html.value
  } else {
    const entities = givenEntities(p, entitiesName)
    if (!entities.ok) return entities
    parsed = { text: source, entities: entities.value }
  }
  const clean = cleaned(parsed)
  if (!clean.ok) return clean
  const trimmed = trim(clean.value)
  const entities = withAutoEntities(trimmed.text, trimmed.entities)
  return done({ text: trimmed.text, entities: entities.slice(0, maxEntities) })
}

/** The text of a message: 1–4096 UTF-16 units after entities. `longWords` is how Telegram words it for this method. */
export function messageText(p: Params, longWords: string): Checked<Formatted> {
  if ((textOf(p, 'text') ?? '') === '') return bad('message text is empty')
  const read = formatted(p, 'text')
  if (!read.ok) return read
  if (read.value.text.trim() === '') return bad('text must be non-empty')
  return read.value.text.length > 4096 ? bad(longWords) : read
}

/** A caption: 0–1024 UTF-16 units after entities. */
export function captionText(p: Params): Checked<Formatted> {
  const read = formatted(p, 'caption', 'caption_entities')
  if (read.ok && read.value.text.length > 1024) return bad('message caption is too long')
  return read
}
