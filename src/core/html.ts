// The part of Telegram's HTML that officials may write: every tag closed, in order, and nothing that phones show differently.
import { fail, ok, type Result } from './result.ts'

const PLAIN = /^(?:b|strong|i|em|u|ins|s|strike|del|code|pre|blockquote|tg-spoiler)$/
/** With what it needs: a link's address, a moment. A moment has no format: phones would print it in a zone of their own. */
const WITH =
  /^(?:a href="(?:https?|tg|mailto|tel):[^"<>\s]+"|tg-time unix="[1-9]\d{0,11}"(?: format="")?|blockquote expandable)$/
const TAG = /<(\/?)([^<>]*)(>?)/g

export interface Broken {
  kind: 'broken-tag'
  /** As it is written, cut. */
  tag: string
  /** Letters before it. */
  at: number
}

/** How many UTF-16 units are read of it, or the first tag that Telegram would not take. */
export function broken(html: string): Result<number, Broken> {
  const open: { name: string; tag: string; at: number }[] = []
  for (const { 0: tag, 1: ends, 2: inside = '', 3: closed, index: at } of html.matchAll(TAG)) {
    const stop = fail({ kind: 'broken-tag' as const, tag: tag.slice(0, 40), at })
    if (closed === '') return stop
    const name = inside.split(' ')[0] ?? ''
    if (ends === '/') {
      if (open.pop()?.name !== inside) return stop
    } else if (PLAIN.test(inside) || WITH.test(inside)) open.push({ name, tag, at })
    else return stop
  }
  const left = open.at(-1)
  if (left) return fail({ kind: 'broken-tag', tag: left.tag.slice(0, 40), at: left.at })
  return ok(html.replace(TAG, '').replace(/&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});/g, '_').length)
}
