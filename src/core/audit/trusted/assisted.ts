// Assisted ballots: each has a session of its own that a facilitator of that village opened before, who was named by two and not yet ended.
import { toHex } from '../../bytes.ts'
import type { Event } from '../event.ts'
import { rowBond } from '../mac.ts'
import type { BallotRow } from './ballots.ts'
import type { Faults } from './fault.ts'
import type { LogLeaf } from './tree.ts'

export type AssistTerms = {
  origin: string
  macKey: Uint8Array | undefined
  trial: boolean
  /** How many people one facilitator may help. */
  most: number
}

/** Who may help where, until when, as the log has it so far. */
export interface FacilitatorLedger {
  hear(event: Event): void
  /** `account`: keyed, as the log says it. `at`: UTC ISO. */
  has(village: string, account: string, at: string): boolean
}

export function facilitatorLedger(): FacilitatorLedger {
  const named = new Map<string, number>()
  return {
    hear: (event) => {
      if (event.kind === 'facilitator-named')
        named.set(`${event.village} ${event.account}`, Date.parse(event.until))
      if (event.kind === 'facilitator-ended') named.delete(`${event.village} ${event.account}`)
    },
    has: (village, account, at) => Date.parse(at) < (named.get(`${village} ${account}`) ?? 0),
  }
}

export interface AssistReader {
  /** `rows`: the stored ballots of a ballot's leaf; whoever has none of them compares numbers only. */
  hear(event: Event, leaf: LogLeaf, rows: readonly BallotRow[]): void
  /** Rows of a village whose people were helped. */
  helped(village: string): number
}

export function readAssisted(terms: AssistTerms, faults: Faults): AssistReader {
  const { origin, macKey, trial, most } = terms
  const ledger = facilitatorLedger()
  const rowsOf = new Map<string, Set<string>>()
  const byWhom = new Map<string, Set<string>>()
  // Sessions that no ballot followed yet, of a village and of a row.
  const open = new Map<string, number>()
  const add = (key: string, more: number): number => {
    const now = (open.get(key) ?? 0) + more
    open.set(key, now)
    return now
  }
  const opened = (event: Extract<Event, { kind: 'assist-opened' }>, seq: number) => {
    const { village, row, by, at } = event
    if (!ledger.has(village, by, at)) return faults.add({ kind: 'assist-by', seq })
    rowsOf.set(village, (rowsOf.get(village) ?? new Set()).add(row))
    const own = (byWhom.get(by) ?? new Set()).add(row)
    byWhom.set(by, own)
    if (own.size > most) faults.add({ kind: 'assist-most', seq })
    add(village, 1)
    add(`${village} ${row}`, 1)
  }
  return {
    helped: (village) => rowsOf.get(village)?.size ?? 0,
    hear: (event, { seq }, rows) => {
      if (event.kind === 'facilitator-named') {
        const { account, by, second, at, until } = event
        if (second === by || (second === undefined && !trial)) faults.add({ kind: 'one-official', seq })
        if (account === by || account === second || Date.parse(until) <= Date.parse(at))
          faults.add({ kind: 'facilitator-named', seq })
      }
      ledger.hear(event)
      if (event.kind === 'assist-opened') opened(event, seq)
      if (event.kind !== 'ballot' || event.channel !== 'assisted') return
      const { village } = event
      const left = add(village, -1)
      const [ballot] = rows
      const row =
        macKey && ballot && toHex(rowBond(macKey, origin, { kind: 'assisted', right: ballot.right }))
      if (left < 0 || (row && add(`${village} ${row}`, -1) < 0)) faults.add({ kind: 'assist-unopened', seq })
    },
  }
}
