// Reports of pressure: each stored one has its leaf and village, and none goes before the days for disputes begin.
import type { Event } from '../event.ts'
import type { Faults } from './fault.ts'

/** As stored. */
export type ReportRow = { number: number; village: string }

export interface ReportReader {
  hear(event: Event): void
  /** `stored`: undefined for whoever reads the log alone. `mayBeGone`: published or void, so that reports lapse. */
  end(stored: readonly ReportRow[] | undefined, mayBeGone: boolean): void
}

export function readReportsOfLog(faults: Faults): ReportReader {
  const logged = new Map<number, string>()
  return {
    hear: (event) => {
      if (event.kind !== 'pressure-reported') return
      const { number, village } = event
      if (logged.has(number)) faults.add({ kind: 'report-row', number })
      logged.set(number, village)
    },
    end: (stored, mayBeGone) => {
      if (!stored) return
      for (const { number, village } of stored)
        if (logged.get(number) !== village) faults.add({ kind: 'report-row', number })
      const there = new Set(stored.map(({ number }) => number))
      for (const number of logged.keys())
        if (!mayBeGone && !there.has(number)) faults.add({ kind: 'report-row', number })
    },
  }
}
