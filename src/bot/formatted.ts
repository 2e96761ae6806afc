// What somebody formatted in their own Telegram, as Telegram's HTML: a text with its entities becomes the same text with tags.
import type { MessageEntity } from 'grammy/types'
import { fail, ok, type Result } from '../core/result.ts'
import { escapeHtml } from '../i18n.ts'

const TAGS: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote expandable',
  text_link: 'a',
}
/** What Telegram finds in a text by itself, and will find again. */
const FOUND =
  /^(?:mention|hashtag|cashtag|bot_command|url|email|phone_number|bank_card_number|media_timestamp)$/

type Mark = MessageEntity & { end: number }

const opening = (mark: Mark): string =>
  mark.type === 'text_link' ? `<a href="${escapeHtml(mark.url)}">` : `<${TAGS[mark.type]}>`
const closing = (mark: Mark): string => `</${TAGS[mark.type]?.split(' ')[0]}>`

/**
 * A text without formats is as it was written: whoever writes tags writes HTML. With them what looks like a tag is text. A problem for
 * what no announcement can carry to everybody (a premium emoji, a person who is named without a name); `part`: the text of it.
 */
export function formattedText(
  text: string,
  entities: readonly MessageEntity[] = [],
): Result<string, { kind: 'no-such-format'; part: string }> {
  const marks = entities
    .filter(({ type }) => !FOUND.test(type))
    .map((one): Mark => ({ ...one, end: one.offset + one.length }))
  const strange = marks.find(({ type }) => TAGS[type] === undefined)
  if (strange) return fail({ kind: 'no-such-format', part: text.slice(strange.offset, strange.end) })
  if (marks.length === 0) return ok(text)
  const bounds = [0, text.length, ...marks.flatMap(({ offset, end }) => [offset, end])]
  const sorted = [...new Set(bounds)].toSorted((a, b) => a - b)
  let html = ''
  let open: Mark[] = []
  for (const [n, at] of sorted.entries()) {
    // Whatever began inside of what ends here is closed with it, and goes on behind it.
    const first = open.findIndex(({ end }) => end <= at)
    const shut = first < 0 ? [] : open.slice(first)
    html += shut.toReversed().map(closing).join('')
    const begins = marks.filter(({ offset, end }) => offset === at && end > at)
    const opens = [...shut.filter(({ end }) => end > at), ...begins].toSorted((a, b) => b.end - a.end)
    html += opens.map(opening).join('')
    open = [...open.slice(0, first < 0 ? undefined : first), ...opens]
    html += escapeHtml(text.slice(at, sorted[n + 1] ?? at))
  }
  return ok(html)
}
