// HTML parse mode: from the markup to plain text with entities, refusing in the words of Telegram's own parser.
import type { Checked, Refusal } from './answer.ts'
import { bad, done } from './answer.ts'
import { dateFormat } from './date-format.ts'
import { checkedLink } from './links.ts'

export interface Entity {
  type: string
  /** UTF-16 units. */
  offset: number
  length: number
  url?: string
  language?: string
  user?: unknown
  custom_emoji_id?: string
  /** Unix seconds. */
  unix_time?: number
  date_time_format?: string
}
export interface Formatted {
  text: string
  entities: Entity[]
}
interface OpenTag {
  name: string
  argument: string
  /** Unix seconds of a `tg-time`, else 0. */
  unix: number
  offset: number
}

const simple: Record<string, string> = {
  i: 'italic',
  em: 'italic',
  b: 'bold',
  strong: 'bold',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}
const tags = new Set([...Object.keys(simple), 'a', 'tg-emoji', 'tg-time', 'pre', 'code', 'blockquote'])
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const reference =
  /&(?:#x([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|#([0-9]{1,7})(?![0-9])|(lt|gt|amp|quot)(?![a-zA-Z]));?/y
// Telegram's blanks inside tags: fewer than JavaScript's \s.
const blanks = /[ \t\r\n\v]*/y
const afterBlanks = (source: string, from: number): number => {
  blanks.lastIndex = from
  blanks.exec(source)
  return blanks.lastIndex
}
const lower = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Decodes the references Telegram knows (four names and numbers); everything else stays as it is written. */
function decodeAt(source: string, at: number): { text: string; next: number } | undefined {
  reference.lastIndex = at
  const match = reference.exec(source)
  if (!match) return undefined
  if (match[3]) {
    const text = named[match[3]]
    return text === undefined ? undefined : { text, next: reference.lastIndex }
  }
  const code = match[1] ? Number.parseInt(match[1], 16) : Number(match[2])
  if (code === 0 || code >= 0x10ffff) return undefined
  return { text: String.fromCodePoint(code), next: reference.lastIndex }
}

function decode(source: string): string {
  let out = ''
  for (let i = 0; i < source.length; ) {
    const found = source[i] === '&' ? decodeAt(source, i) : undefined
    out += found ? found.text : source[i]
    i = found ? found.next : i + 1
  }
  return out
}

function linkEntity(argument: string, offset: number, words: string): Entity | undefined {
  const target = argument || words
  const user = /^tg:(?:\/\/)?user\?id=(\d+)$/i.exec(target)
  const place = { offset, length: words.length }
  if (user)
    return { type: 'text_mention', ...place, user: { id: Number(user[1]), is_bot: false, first_name: '' } }
  const url = checkedLink(target)
  return url === undefined ? undefined : { type: 'text_link', ...place, url }
}

const problem = (source: string, at: number, say: (byte: number) => string): Refusal =>
  bad(`can't parse entities: ${say(Buffer.byteLength(source.slice(0, at)))}`)

/** Reads the attributes that stand between `from` and `>`; returns what Telegram uses of them and where the tag ends. */
function attributes(
  source: string,
  from: number,
  begin: number,
  tag: string,
): Checked<{ argument: string; unix: number; end: number }> {
  const unclosed = () => problem(source, begin, (b) => `Unclosed start tag "${tag}" at byte offset ${b}`)
  let argument = ''
  let unix = 0
  let i = from
  for (;;) {
    i = afterBlanks(source, i)
    if (source[i] === '>') return done({ argument, unix, end: i })
    const name = /[^ \t\r\n\v=>/"']*/y
    name.lastIndex = i
    const attribute = name.exec(source)?.[0] ?? ''
    if (attribute === '')
      return problem(source, begin, (b) => `Empty attribute name in the tag "${tag}" at byte offset ${b}`)
    i = afterBlanks(source, name.lastIndex)
    if (i >= source.length) return unclosed()
    if (source[i] !== '=') {
      if (tag === 'blockquote' && attribute === 'expandable') argument = 'expandable'
      continue
    }
    i = afterBlanks(source, i + 1)
    if (i >= source.length) return unclosed()
    const quote = source[i]
    let value: string
    if (quote === '"' || quote === "'") {
      const close = source.indexOf(quote, i + 1)
      value = decode(source.slice(i + 1, close))
      i = close < 0 ? source.length : close + 1
    } else {
      const token = /[a-z0-9.-]*/iy
      token.lastIndex = i
      value = lower(token.exec(source)?.[0] ?? '')
      const at = i
      i = token.lastIndex
      if (i < source.length && !/[ \t\r\n\v>]/.test(source[i] as string))
        return problem(source, at, (b) => `Unexpected end of name token at byte offset ${b}`)
    }
    if (i >= source.length) return problem(source, begin, (b) => `Unclosed start tag at byte offset ${b}`)
    if (tag === 'a' && attribute === 'href') argument = value
    if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) argument = value.slice(9)
    if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) argument = value.slice(3)
    if (tag === 'tg-emoji' && attribute === 'emoji-id') argument = value
    if (tag === 'tg-time' && attribute === 'unix') unix = Number.parseInt(value, 10) || 0
    if (tag === 'tg-time' && attribute === 'format') argument = value
    if (tag === 'blockquote' && attribute === 'expandable') argument = 'expandable'
  }
}

function close(open: OpenTag, out: string, entities: Entity[]): Refusal | undefined {
  const place = { offset: open.offset, length: out.length - open.offset }
  if (place.length <= 0) return undefined
  const last = entities.at(-1)
  const same = last && last.offset === place.offset && last.length === place.length ? last : undefined
  const type = simple[open.name]
  if (type) entities.push({ type, ...place })
  else if (open.name === 'a') {
    const link = linkEntity(open.argument, open.offset, out.slice(open.offset))
    if (link) entities.push(link)
  } else if (open.name === 'pre') {
    if (same?.type === 'code' && same.language) same.type = 'pre'
    else entities.push({ type: 'pre', ...place })
  } else if (open.name === 'code') {
    if (same?.type === 'pre' && open.argument) same.language = open.argument
    else entities.push({ type: 'code', ...place, ...(open.argument ? { language: open.argument } : {}) })
  } else if (open.name === 'blockquote') {
    entities.push({ type: open.argument ? 'expandable_blockquote' : 'blockquote', ...place })
  } else if (open.name === 'tg-time') {
    const format = dateFormat(open.argument)
    if (!format.ok) return format
    if (open.unix > 0)
      entities.push({ type: 'date_time', ...place, unix_time: open.unix, date_time_format: format.value })
  } else {
    if (!/^[1-9]\d*$/.test(open.argument))
      return bad("can't parse entities: Invalid custom emoji identifier specified")
    entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: open.argument })
  }
  return undefined
}

/** Parses Telegram's HTML. Byte offsets in refusals are UTF-8 bytes of the source, as Telegram counts them. */
export function parseHtml(source: string): Checked<Formatted> {
  const entities: Entity[] = []
  const stack: OpenTag[] = []
  const run = /[^<&]+/y
  let out = ''
  let halves = false
  let i = 0
  while (i < source.length) {
    const char = source[i] as string
    if (char !== '<' && char !== '&') {
      run.lastIndex = i
      out += run.exec(source)?.[0] ?? char
      i = run.lastIndex
      continue
    }
    if (char === '&') {
      const found = decodeAt(source, i)
      out += found ? found.text : char
      // Half a pair by number stays half a pair, even with its other half beside it.
      halves ||= found !== undefined && /[\ud800-\udfff]/.test(found.text) && found.text.length === 1
      i = found ? found.next : i + 1
      continue
    }
    const begin = i
    const word = /[^ \t\r\n\v>]*/y
    const ending = source[i + 1] === '/'
    word.lastIndex = i + (ending ? 2 : 1)
    const name = lower(word.exec(source)?.[0] ?? '')
    i = word.lastIndex
    if (!ending) {
      if (i >= source.length) return problem(source, begin, (b) => `Unclosed start tag at byte offset ${b}`)
      if (!tags.has(name))
        return problem(source, begin, (b) => `Unsupported start tag "${name}" at byte offset ${b}`)
      const read = attributes(source, i, begin, name)
      if (!read.ok) return read
      if (name === 'span' && read.value.argument !== 'spoiler')
        return problem(source, begin, (b) => `Tag "span" must have class "tg-spoiler" at byte offset ${b}`)
      const { argument, unix } = read.value
      stack.push({ name, argument, unix, offset: out.length })
      i = read.value.end + 1
      continue
    }
    const open = stack.pop()
    if (!open) return problem(source, begin, (b) => `Unexpected end tag at byte offset ${b}`)
    i = afterBlanks(source, i)
    if (source[i] !== '>') return problem(source, begin, (b) => `Unclosed end tag at byte offset ${b}`)
    if (name !== '' && name !== open.name)
      return problem(
        source,
        begin,
        (b) => `Unmatched end tag at byte offset ${b}, expected "</${open.name}>", found "</${name}>"`,
      )
    const refused = close(open, out, entities)
    if (refused) return refused
    i++
  }
  const left = stack.at(-1)
  if (left) return bad(`can't parse entities: Can't find end tag corresponding to start tag "${left.name}"`)
  for (const entity of entities) if (entity.type === 'code') delete entity.language
  if (halves)
    return bad(
      "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    )
  return done({ text: out, entities: sortEntities(entities) })
}

// Of entities at one place, the lower comes first; what is not named stands in the middle.
const order: Record<string, number> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  date_time: 30,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
}
const orderOf = (entity: Entity) => order[entity.type] ?? 50

/** Telegram's order: by place, the outer before the inner. */
export const sortEntities = (entities: Entity[]): Entity[] =>
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length || orderOf(a) - orderOf(b))
