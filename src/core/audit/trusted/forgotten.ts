// What is forgotten after the days for disputes: sealed ballots and papers, claims, accounts and hashes of cards are gone with a leaf that
// says so, or a hand was in it.
import { DISPUTE_DAYS } from '../../trust-terms.ts'
import type { Event } from '../event.ts'
import type { Faults } from './fault.ts'

export interface ForgottenReader {
  hear(event: Event, seq: number): void
  /** The log says that all of it is gone: its rows are not looked for. */
  forgotten(): boolean
  /** Something that is to be gone is still stored. */
  found(): void
  end(): void
}

/** `days`: for disputes, of the frozen rules; absent in those of an earlier release. */
export function readForgotten(days: number | undefined, faults: Faults): ForgottenReader {
  let published: string | undefined
  let said: number | undefined
  let stored = false
  return {
    forgotten: () => said !== undefined,
    found: () => {
      stored = true
    },
    hear: (event, seq) => {
      if (event.kind === 'published') published = event.at
      if (event.kind !== 'forgotten') return
      const over = Date.parse(published ?? '') + (days ?? DISPUTE_DAYS) * 86_400_000
      if (said !== undefined || event.by === event.second || !(Date.parse(event.at) >= over))
        faults.add({ kind: 'forgotten', seq })
      said ??= seq
    },
    end: () => {
      if (said !== undefined && stored) faults.add({ kind: 'forgotten', seq: said })
    },
  }
}
