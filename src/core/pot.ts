// A pot: a budget of a village with a list of its own, its own section of the ballot and its own count.
import type { BallotTerms } from './ballots/index.ts'
import type { Localised } from './localised.ts'
import { type Marks, marksOf } from './marks.ts'

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
  /** Ids of categories and marks: an idea that has one of them belongs here, unless a moderator says otherwise. */
  takes?: string[]
}

export interface PotBudget extends PotTerms {
  /** Whole units of the cycle's currency. */
  budget: number
}

/** What is known of an idea where its pot is sought. `pot`: as a moderator said. */
export interface Filed {
  category: string | null
  pot: Pot | null
  marks: Marks | null
}

/**
 * The pot that an idea competes in: the one a moderator named, the only one, or the only one that takes its category or a mark of it.
 * Undefined: somebody has to say.
 */
export function potFor(pots: readonly PotTerms[], { category, pot, marks }: Filed): Pot | undefined {
  if (pots.length < 2) return pots[0]?.pot ?? GENERAL
  if (pot !== null && pots.some((one) => one.pot === pot)) return pot
  const own = [category ?? '', ...marksOf({ category: category ?? '', marks }).marks]
  const [taking, ...others] = pots.filter(({ takes = [] }) => takes.some((word) => own.includes(word)))
  return others.length > 0 ? undefined : taking?.pot
}

/** The one pot of a village with one budget. */
export const onePot = (budget: number): PotBudget[] => [{ pot: GENERAL, budget }]
