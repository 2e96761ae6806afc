// When Telegram was away while people voted: the close moves once, by the frozen rule and with its leaf, and never otherwise.
import { canonicalJson } from '../../canonical-json.ts'
import { closeAfterAway, type AwayTerms } from '../../trust-terms.ts'
import type { Event } from '../event.ts'
import type { Faults } from './fault.ts'
import { instant } from './halts.ts'

/** As stored, UTC ISO. `closesAt`: where the close moved to, null where it stayed. */
export type AwayRow = { from: string; until: string; closesAt: string | null }

export interface AwayReader {
  /** The close after the event. `voting`: between opening and close. */
  hear(event: Event, seq: number, now: { voting: boolean; closesAt: string | undefined }): string | undefined
  /** `stored`: undefined for whoever has the log alone. */
  end(stored: readonly AwayRow[] | undefined): void
}

/** `terms`: of the frozen rules; undefined where they move no close, or are not known yet. */
export function readAways(terms: AwayTerms | undefined, faults: Faults): AwayReader {
  const rows: AwayRow[] = []
  return {
    hear: (event, seq, { voting, closesAt }) => {
      if (event.kind !== 'telegram-away') return closesAt
      const { from, until, at, closes_at: to } = event
      const [start, end, done] = [from, until, at].map((moment) => Date.parse(moment)) as [
        number,
        number,
        number,
      ]
      const before = Date.parse(rows.at(-1)?.until ?? from)
      if (!voting || !terms || start < before || end <= start || done < end)
        faults.add({ kind: 'away-order', seq })
      rows.push({
        from: instant(from),
        until: instant(until),
        closesAt: to === undefined ? null : instant(to),
      })
      const moved = rows.slice(0, -1).some((row) => row.closesAt !== null)
      const due =
        terms && closesAt !== undefined && !moved ? closeAfterAway(terms, closesAt, rows) : undefined
      const late = closesAt !== undefined && done >= Date.parse(closesAt)
      if (Date.parse(to ?? '') !== Date.parse(due ?? '') && !(to === undefined && due === undefined))
        faults.add({ kind: 'away-close', seq })
      else if (late) faults.add({ kind: 'away-order', seq })
      return to ?? closesAt
    },
    end: (stored) => {
      if (!stored) return
      const same = stored.map(({ from, until, closesAt }) => ({
        from: instant(from),
        until: instant(until),
        closesAt: closesAt === null ? null : instant(closesAt),
      }))
      if (canonicalJson(same) !== canonicalJson(rows)) faults.add({ kind: 'aways' })
    },
  }
}
