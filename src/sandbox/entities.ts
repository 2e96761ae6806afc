// HTML parse mode: from the markup to plain text with entities, refusing in the words of Telegram's own parser.
import type { Checked, Refusal } from './answer.ts'
import { bad, done } from './answer.ts'

export interface Entity {
  type: string
  /** UTF-16 units. */
  offset: number
  length: number
  url?: string
  language?: string
  user?: unknown
  custom_emoji_id?: string
}
export interface Formatted {
  text: string
  entities: Entity[]
}
interface OpenTag {
  name: string
  argument: string
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
const tags = new Set([...Object.keys(simple), 'a', 'tg-emoji', 'pre', 'code', 'blockquote'])
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const reference = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-z]));?/iy

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

/** A link as Telegram keeps it, or undefined when it would drop the link and leave the words. */
export function checkedLink(url: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[^/:]+\.[^/:]+:\d/.test(url) ? url : `http://${url}`
  if (!/^(https?|tg|ton):/i.test(full) || /\s/.test(full) || !URL.canParse(full)) return undefined
  const host = new URL(full).hostname
  if (/^http/i.test(full) && !host.includes('.') && host !== 'localhost' && !host.startsWith('['))
    return undefined
  return /^https?:\/\/[^/?#]+$/i.test(full) ? `${full}/` : full
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

/** Reads the attributes that stand between `from` and `>`; returns the one Telegram uses and where the tag ends. */
function attributes(
  source: string,
  from: number,
  begin: number,
  tag: string,
): Checked<{ argument: string; end: number }> {
  const unclosed = () => problem(source, begin, (b) => `Unclosed start tag "${tag}" at byte offset ${b}`)
  let argument = ''
  let i = from
  for (;;) {
    while (i < source.length && /\s/.test(source[i] as string)) i++
    if (i >= source.length) return unclosed()
    if (source[i] === '>') return done({ argument, end: i })
    const name = /[^\s=>/"']*/y
    name.lastIndex = i
    const attribute = (name.exec(source)?.[0] ?? '').toLowerCase()
    if (attribute === '')
      return problem(source, begin, (b) => `Empty attribute name in the tag "${tag}" at byte offset ${b}`)
    i = name.lastIndex
    while (i < source.length && /\s/.test(source[i] as string)) i++
    if (source[i] !== '=') {
      if (tag === 'blockquote' && attribute === 'expandable') argument = 'expandable'
      continue
    }
    i++
    while (i < source.length && /\s/.test(source[i] as string)) i++
    const quote = source[i]
    let value: string
    if (quote === '"' || quote === "'") {
      const close = source.indexOf(quote, i + 1)
      if (close < 0) return unclosed()
      value = decode(source.slice(i + 1, close))
      i = close + 1
    } else {
      const token = /[a-z0-9.-]*/iy
      token.lastIndex = i
      value = (token.exec(source)?.[0] ?? '').toLowerCase()
      const at = i
      i = token.lastIndex
      if (i < source.length && !/[\s>]/.test(source[i] as string))
        return problem(source, at, (b) => `Unexpected end of name token at byte offset ${b}`)
    }
    if (tag === 'a' && attribute === 'href') argument = value
    if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) argument = value.slice(9)
    if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) argument = value.slice(3)
    if (tag === 'tg-emoji' && attribute === 'emoji-id') argument = value
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
      i = found ? found.next : i + 1
      continue
    }
    const begin = i
    const word = /[^\s>]*/y
    const ending = source[i + 1] === '/'
    word.lastIndex = i + (ending ? 2 : 1)
    const name = (word.exec(source)?.[0] ?? '').toLowerCase()
    i = word.lastIndex
    if (!ending) {
      if (i >= source.length) return problem(source, begin, (b) => `Unclosed start tag at byte offset ${b}`)
      if (!tags.has(name))
        return problem(source, begin, (b) => `Unsupported start tag "${name}" at byte offset ${b}`)
      const read = attributes(source, i, begin, name)
      if (!read.ok) return read
      if (name === 'span' && read.value.argument !== 'spoiler')
        return problem(source, begin, (b) => `Tag "span" must have class "tg-spoiler" at byte offset ${b}`)
      stack.push({ name, argument: read.value.argument, offset: out.length })
      i = read.value.end + 1
      continue
    }
    const open = stack.pop()
    if (!open) return problem(source, begin, (b) => `Unexpected end tag at byte offset ${b}`)
    while (i < source.length && /\s/.test(source[i] as string)) i++
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
  return done({ text: out, entities: sortEntities(entities) })
}

/** Telegram's order: by place, the outer before the inner. */
export const sortEntities = (entities: Entity[]): Entity[] =>
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length || (a.type < b.type ? -1 : 1))
