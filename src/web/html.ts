// HTML that cannot forget to escape: whatever is put into a template is text, unless it is HTML already.
import { escapeHtml, type Facts, type Key, type T } from '../i18n.ts'

export interface Html {
  readonly markup: string
}

export type Piece = Html | string | number | null | undefined | false | readonly Piece[]

/** A text of ours that is HTML: its facts were escaped. Never for what came from outside. */
export const ours = (markup: string): Html => ({ markup })

/** A text from locales/ with its own marks, the facts escaped. */
export const said = (t: T, key: Key, facts?: Facts): Html => ours(t.html(key, facts))

/** Joins the pieces; strings among them are text. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  ours(parts.map((part, at) => part + (at < pieces.length ? markupOf(pieces[at]) : '')).join(''))

function markupOf(piece: Piece): string {
  if (piece === undefined || piece === null || piece === false) return ''
  if (Array.isArray(piece)) return (piece as readonly Piece[]).map(markupOf).join('')
  if (typeof piece === 'object') return (piece as Html).markup
  return escapeHtml(String(piece).replace(CONTROL, ' '))
}

// Control characters are not HTML, escaped or not; line breaks and tabs are spaces to a browser.
const CONTROL = /[\p{Cc}\p{Cs}]/gu
