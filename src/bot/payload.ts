// What stands behind ?start= in a link: a village, a project, a card or a receipt.
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
  if (kind === 'v' && parts.length === 1 && a !== undefined) return { kind: 'village', territory: a }
  if (kind === 'p' && parts.length === 3 && a !== undefined && b !== undefined && c !== undefined) {
    return { kind: 'project', cycle: a, territory: b, number: c }
  }
  return undefined
}
