// What every counting rule is: terms as plain JSON, and a pure function from an election to winners and steps.
import type { ZodType } from 'zod'
import type { PabulibRule } from '../formats/pabulib/words.ts'
import type { Count } from './count.ts'
import type { Election } from './election.ts'

/** What a count did, in steps: entries of ballots that were looked at. The same on every machine. */
export interface Meter {
  steps: number
}

export interface CountingRule<T extends { readonly rule: string }> {
  readonly rule: T['rule']
  /** Reads terms out of frozen rules (untrusted JSON). */
  readonly terms: ZodType<T>
  /** Adds what it does to `meter`. */
  count(election: Election, terms: T, tieSeed: Uint8Array, meter: Meter): Count
  /** What the library of elections calls it. */
  pabulib(terms: T): PabulibRule
}
