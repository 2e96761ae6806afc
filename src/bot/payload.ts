// What stands behind ?start= in a link: a village, a project, a card or a receipt; and what of a link is kept as the one that brought somebody.
import { readReceiptNumber } from '../core/audit/receipt.ts'
import { readCardCode } from '../core/person.ts'

export type Target =
  | { kind: 'village'; territory: number }
  | { kind: 'project'; cycle: number; territory: number; number: number }
  | { kind: 'card'; code: string }
  /** A card's link that was damaged on its way. */
  | { kind: 'damaged-card' }
  | { kind: 'receipt'; number: string }
  /** A moderator comes from a group to write what a decision needs. */
  | { kind: 'moderate'; idea: number; what: string }

export const moderatePayload = (idea: number, what: string): string => `m_${idea}_${what}`

export const receiptPayload = (number: string): string => `r_${number}`

/** In place of a link, where somebody who has no language yet wrote the village's name: it leads there, and no link brought them. */
export const namedPayload = (territory: number): string => `t_${territory}`

/** Nine digits and more, however they are parted: a phone, an ИИН, what is left of a card. */
const LONG_NUMBER = /\d(?:[_-]*\d){8,}/g
const MOST = 32

/**
 * Of a link that brought a new account, what is kept of it: those of villages and projects as they are; one that is not ours as far as it may
 * stand in a button, its long numbers covered. Undefined where it says who somebody is (a card, a receipt), or leads a moderator to an idea.
 */
export function sourceOf(payload: string): string | undefined {
  if (!/^[\w-]{2,64}$/.test(payload) || /^t_\d+$/.test(payload)) return undefined
  const kind = readPayload(payload)?.kind
  if (kind === 'village' || kind === 'project') return payload
  return kind === undefined ? payload.replace(LONG_NUMBER, 'xxx').slice(0, MOST) : undefined
}

/** Undefined for what leads nowhere: garbage falls back politely. */
export function readPayload(payload: string): Target | undefined {
  const [kind, ...parts] = payload.split('_')
  if (kind === 'c' && parts.length === 1) {
    const code = readCardCode(parts[0] ?? '')
    return code.ok ? { kind: 'card', code: code.value } : { kind: 'damaged-card' }
  }
  if (kind === 'r' && parts.length === 1) {
    const number = readReceiptNumber(parts[0] ?? '')
    return number.ok ? { kind: 'receipt', number: number.value } : undefined
  }
  if (
    kind === 'm' &&
    parts.length === 2 &&
    /^\d{1,9}$/.test(parts[0] ?? '') &&
    /^[a-z]{1,16}$/.test(parts[1] ?? '')
  )
    return { kind: 'moderate', idea: Number(parts[0]), what: parts[1] ?? '' }
  if (!parts.every((part) => /^\d{1,9}$/.test(part))) return undefined
  const [a, b, c] = parts.map(Number)
  if ((kind === 'v' || kind === 't') && parts.length === 1 && a !== undefined)
    return { kind: 'village', territory: a }
  if (kind === 'p' && parts.length === 3 && a !== undefined && b !== undefined && c !== undefined) {
    return { kind: 'project', cycle: a, territory: b, number: c }
  }
  return undefined
}
