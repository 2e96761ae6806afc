// A pot: a budget of a village with a list of its own, counted by itself.

/** Every pot that a cycle may have; ballots, rules, counts and results name theirs. */
export const POTS = ['general'] as const
export type Pot = (typeof POTS)[number]

/** The pot of every village. */
export const GENERAL: Pot = 'general'

export const isPot = (text: string): text is Pot => (POTS as readonly string[]).includes(text)
