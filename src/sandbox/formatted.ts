// The text of a message as Telegram takes it: parse mode or given entities, trimmed, entities found, limits checked.
import type { Checked } from './answer.ts'
import { bad, done } from './answer.ts'
import { withAutoEntities } from './auto-entities.ts'
import type { Entity, Formatted } from './entities.ts'
import { parseHtml, sortEntities } from './entities.ts'
import type { Params } from './params.ts'
import { isObject, json, text as textOf } from './params.ts'

// Telegram keeps the first hundred and forgets the rest without a word.
const maxEntities = 100

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
    if (kept.has(type) && length > 0) entities.push({ ...raw, type, offset, length })
  }
  return done(sortEntities(entities))
}

/** Cuts white space at the ends as Telegram does; white space before the first entity only. */
function trim({ text, entities }: Formatted): Formatted {
  const end = text.trimEnd().length
  const firstEntity = entities[0]?.offset ?? end
  let start = 0
  while (start < Math.min(firstEntity, end) && /\s/.test(text[start] as string)) start++
  if (start === 0 && end === text.length) return { text, entities }
  const cut: Entity[] = []
  for (const entity of entities) {
    const offset = Math.max(0, entity.offset - start)
    const length = Math.min(end, entity.offset + entity.length) - start - offset
    if (length > 0) cut.push({ ...entity, offset, length })
  }
  return { text: text.slice(start, end), entities: cut }
}

// Line ends are \n only; other control characters become blanks.
const clean = (source: string) => source.replaceAll('\r', '').replace(/[^\P{Cc}\n]/gu, ' ')

/** Text typed by a person: cleaned, trimmed, with the entities Telegram finds. */
export function plain(source: string): Formatted {
  const { text } = trim({ text: clean(source), entities: [] })
  return { text, entities: withAutoEntities(text, []) }
}

/** Reads `name` (text, caption, …) with its parse mode or entities; no limit is checked here but Telegram's 32 KiB of source. */
export function formatted(p: Params, name: string, entitiesName = 'entities'): Checked<Formatted> {
  const source = clean(textOf(p, name) ?? '')
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
  const trimmed = trim(parsed)
  const entities = withAutoEntities(trimmed.text, trimmed.entities)
  return done({ text: trimmed.text, entities: entities.slice(0, maxEntities) })
}

/** The text of a message: 1–4096 UTF-16 units after entities. `longWords` is how Telegram words it for this method. */
export function messageText(p: Params, longWords: string): Checked<Formatted> {
  if ((textOf(p, 'text') ?? '') === '') return bad('message text is empty')
  const read = formatted(p, 'text')
  if (!read.ok) return read
  if (read.value.text === '') return bad('text must be non-empty')
  return read.value.text.length > 4096 ? bad(longWords) : read
}

/** A caption: 0–1024 UTF-16 units after entities. */
export function captionText(p: Params): Checked<Formatted> {
  const read = formatted(p, 'caption', 'caption_entities')
  if (read.ok && read.value.text.length > 1024) return bad('message caption is too long')
  return read
}
