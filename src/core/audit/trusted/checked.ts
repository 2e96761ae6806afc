// Claims in person: each is of a row for which the desk saw a document, and said so in the log before.
import { toHex } from '../../bytes.ts'
import { rowBond } from '../mac.ts'
import type { ClaimRow } from './cards.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

export const IN_PERSON = 'in-person'

export interface CheckedReader {
  hear: Hear
  /** After the last leaf. `origin` and `key` of the program that keeps the rows. */
  claims(rows: readonly ClaimRow[]): void
  /** Rows of a village for which a document was seen. */
  seen(village: string): number
}

/** `atDesk`: rights of the cycle are claimed in person. Whoever has no key compares numbers only. */
export function readChecked(
  terms: { origin: string; macKey: Uint8Array | undefined; atDesk: boolean },
  faults: Faults,
): CheckedReader {
  const { origin, macKey, atDesk } = terms
  const checked = new Map<string, Set<string>>()
  const claims = new Map<string, number>()
  const add = (village: string, more: number): number => {
    const now = (claims.get(village) ?? 0) + more
    claims.set(village, now)
    return now
  }
  const seen = (village: string): number => checked.get(village)?.size ?? 0
  return {
    seen,
    hear: (event) => {
      if (event.kind === 'person-checked')
        checked.set(event.village, (checked.get(event.village) ?? new Set()).add(event.row))
      if (!atDesk) return
      if (event.kind === 'claim-released') add(event.village, -1)
      if (event.kind !== 'claimed') return
      const { village } = event
      const now = add(village, 1)
      if (now > seen(village))
        faults.add({ kind: 'checked-fewer', village, claims: now, checked: seen(village) })
    },
    claims: (rows) => {
      if (!atDesk || !macKey) return
      for (const { right, village } of rows) {
        const bond = toHex(rowBond(macKey, origin, { kind: 'checked', right }))
        if (!checked.get(village)?.has(bond)) faults.add({ kind: 'claim-unchecked', right })
      }
    },
  }
}
