// What stands behind ?start= in a link: a village, a project or a card.
import { readCardCode } from '../core/person.ts'

export type Target =
  | { kind: 'village'; territory: number }
  | { kind: 'project'; cycle: number; territory: number; number: number }
  | { kind: 'card'; code: string }

export const projectPayload = (at: { cycle: number; territory: number; number: number }): string =>
  `p_${at.cycle}_${at.territory}_${at.number}`

/** Undefined for what leads nowhere: garbage falls back politely. */
export function readPayload(payload: string): Target | undefined {
  const [kind, ...parts] = payload.split('_')
  if (kind === 'c' && parts.length === 1) {
    const code = readCardCode(parts[0] ?? '')
    return code.ok ? { kind: 'card', code: code.value } : undefined
  }
  if (!parts.every((part) => /^\d{1,9}$/.test(part))) return undefined
  const [a, b, c] = parts.map(Number)
  if (kind === 'v' && parts.length === 1 && a !== undefined) return { kind: 'village', territory: a }
  if (kind === 'p' && parts.length === 3 && a !== undefined && b !== undefined && c !== undefined) {
    return { kind: 'project', cycle: a, territory: b, number: c }
  }
  return undefined
}
