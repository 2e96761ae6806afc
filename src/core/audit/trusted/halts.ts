// When a vote stood still: nothing is voted, claimed, moved or counted meanwhile, and its close moves by exactly the time that was lost.
import { canonicalJson } from '../../canonical-json.ts'
import type { Halt } from '../../cycle.ts'
import type { Event, EventKind } from '../event.ts'
import type { Faults } from './fault.ts'

/** As stored, UTC ISO; `reason`: its `reasonHash`; `until`: null while it holds. */
export type HaltRow = { kind: Halt['kind']; at: string; until: string | null; reason: string }

// Acts of a vote that goes on.
const MEANWHILE_NONE: readonly EventKind[] = [
  'ballot',
  'claimed',
  'person-checked',
  'assist-opened',
  'extended',
  'telegram-away',
  'phase',
  'opened',
  'closed',
  'counted',
  'published',
]

export interface HaltReader {
  /** The close after the event. `voting`: between opening and close. */
  hear(event: Event, seq: number, now: { voting: boolean; closesAt: string | undefined }): string | undefined
  end(stored: readonly HaltRow[]): void
}

export function readHalts(faults: Faults): HaltReader {
  const halts: HaltRow[] = []
  const open = () => halts.findLast(({ until }) => until === null)
  const halt = (kind: Halt['kind'], event: { at: string; reason: string }) =>
    halts.push({ kind, at: instant(event.at), until: null, reason: event.reason })
  return {
    hear: (event, seq, { voting, closesAt }) => {
      const now = open()
      if (now && MEANWHILE_NONE.includes(event.kind))
        faults.add({ kind: 'act-while-halted', seq, act: event.kind })
      if (event.kind !== 'suspended' && event.kind !== 'resumed' && event.kind !== 'voided') return closesAt
      if (event.by === event.second) faults.add({ kind: 'one-official', seq })
      if (event.kind === 'suspended') {
        if (now || !voting) faults.add({ kind: 'halt-order', seq })
        halt('suspended', event)
        return closesAt
      }
      if (now?.kind === 'void') faults.add({ kind: 'halt-order', seq })
      if (now) now.until = instant(event.at)
      if (event.kind === 'voided') {
        halt('void', event)
        return closesAt
      }
      if (!now) faults.add({ kind: 'halt-order', seq })
      const due = Date.parse(closesAt ?? '') + Date.parse(event.at) - Date.parse(now?.at ?? '')
      if (due !== Date.parse(event.closes_at)) faults.add({ kind: 'resumed-close', seq })
      return event.closes_at
    },
    end: (stored) => {
      const rows = stored.map((row) => ({
        ...row,
        at: instant(row.at),
        until: row.until === null ? null : instant(row.until),
      }))
      if (canonicalJson(rows) !== canonicalJson(halts)) faults.add({ kind: 'halts' })
    },
  }
}

/** One spelling of a moment. */
export const instant = (moment: string): string =>
  Number.isFinite(Date.parse(moment)) ? new Date(moment).toISOString() : moment
