// Links as Telegram keeps them, and what it says of those that it does not.
import type { Checked } from './answer.ts'
import { bad, done } from './answer.ts'

/** The link as Telegram keeps it, or why it is wrong in a few words. */
export function readLink(url: string): Checked<string> {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[^/:]+\.[^/:]+:\d/.test(url) ? url : `http://${url}`
  if (!/^(https?|tg|ton|tonsite):/i.test(full)) return bad('Unsupported URL protocol')
  if (/\s/.test(full) || !URL.canParse(full)) return bad('Wrong HTTP URL')
  const host = new URL(full).hostname
  if (/^http/i.test(full) && !host.includes('.') && host !== 'localhost' && !host.startsWith('['))
    return bad('Wrong HTTP URL')
  // After a host without a path Telegram puts the stroke itself.
  return done(full.replace(/^(https?:\/\/[^/?#]+)(?=$|[?#])/i, '$1/'))
}

/** A link as Telegram keeps it, or undefined when it would drop the link and leave the words. */
export function checkedLink(url: string): string | undefined {
  const read = readLink(url)
  return read.ok ? read.value : undefined
}
