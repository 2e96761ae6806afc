// A pot: a budget of a village with a list of its own, its own section of the ballot and its own count.
import type { BallotTerms } from './ballots/index.ts'
import type { Localised } from './localised.ts'

/** Its short name within the cycle; ballots, rules, counts and results name theirs. */
export type Pot = string

/** The pot of a village that has only one. */
export const GENERAL: Pot = 'general'

/** Files of a village that are no pot's. */
const TAKEN: readonly string[] = ['protocol', 'share']

/** Small Latin letters and digits, a letter first: it stands in buttons, file names and the log. */
export const isPot = (text: string): boolean => /^[a-z][a-z0-9]{0,11}$/.test(text) && !TAKEN.includes(text)

/** What a pot is beside its money: absent what it has not. */
export interface PotTerms {
  pot: Pot
  /** As people call it; the general pot needs none. */
  name?: Localised
  /** How its section is marked, where that is not how the cycle's ballot is. */
  ballot?: BallotTerms
}

export interface PotBudget extends PotTerms {
  /** Whole units of the cycle's currency. */
  budget: number
}

/** Where ideas of residents go: the general pot, where the village has it, else the first. */
export const ideasPot = (pots: readonly PotTerms[]): Pot =>
  pots.find(({ pot }) => pot === GENERAL)?.pot ?? pots[0]?.pot ?? GENERAL

/** The one pot of a village with one budget. */
export const onePot = (budget: number): PotBudget[] => [{ pot: GENERAL, budget }]
