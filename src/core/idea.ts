// Ideas of residents: where one stands, what may be decided about it from there, and how long its words may be.
import type { Locale, Localised } from './localised.ts'
import { type Flag, masked } from './masked.ts'
import type { Marks } from './marks.ts'
import type { Money } from './money.ts'
import type { Pot } from './pot.ts'

/**
 * `draft`: its author writes. `sent`: a moderator decides. `returned`: its author was asked something. `approved`: it waits for its
 * cost. `feasible` and `unfeasible`: what came of that; a feasible one becomes a project of the ballot. `unsupported`: where a cycle
 * asks for supporters, it had too few.
 */
export const IDEA_STATES = [
  'draft',
  'sent',
  'returned',
  'rejected',
  'merged',
  'approved',
  'unfeasible',
  'feasible',
  'unsupported',
  'withdrawn',
] as const
export type IdeaState = (typeof IDEA_STATES)[number]

/** Its author writes it: for the first time, or again after a question or a refusal. */
export const isWritable = (state: IdeaState): boolean =>
  state === 'draft' || state === 'returned' || state === 'rejected'

/** It waits for somebody: one of the few that an author may have at a time. */
export const isOpen = (state: IdeaState): boolean => state === 'sent' || state === 'returned'

/** It may still come to the ballot, and takes supporters. */
export const isOnTheWay = (state: IdeaState): boolean =>
  isOpen(state) || state === 'approved' || state === 'feasible'

/** Everybody may read it: a moderator read it before, or it holds no insult of the cycle's list. */
export const isShown = ({ state, flags }: { state: IdeaState; flags: readonly Flag[] }): boolean =>
  isOpen(state) ? !flags.includes('word') : isModerated(state)

/** A moderator let it pass: its photos and voice note may be shown too. */
export const isModerated = (state: IdeaState): boolean =>
  state === 'approved' || state === 'feasible' || state === 'unfeasible'

/** What it says, in the languages that somebody wrote it in. */
export type Words = Partial<Record<Locale, string>>

/** In place of a title that nobody wrote: its author spoke. */
export const SPOKEN = '–'

/** What it is called in both official languages, in the author's words where there are no others; phones, ИИН and links covered. */
export function shownTitle(named: { titles: Words; title: string | null; locale: string }): Localised {
  const { titles, title, locale } = named
  const own = titles[locale] ?? title ?? SPOKEN
  const covered = (text: string): string => masked(text).text
  return { kk: covered(titles['kk'] ?? own), ru: covered(titles['ru'] ?? own) }
}

/** Why an idea is refused: the closed list a moderator chooses from; what is meant stands beside it in words. */
export const REJECT_REASONS = [
  'not-common',
  'not-here',
  'too-dear',
  'already-planned',
  'not-akimat',
  'unclear',
  'insult',
  'advert',
] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/** Telegram's limit of words that a message quotes of another, in UTF-16 units. */
export const LONGEST_QUOTE = 1024

/** `cost`: whole tenge. `onList`: it is one of the works that the official list names. `into`: the number of the other idea. */
export type Decision =
  | { kind: 'approve' }
  /** `pot`: the budget that it competes in. `marks`: in place of those of its category. */
  | { kind: 'edit'; titles: Words; texts: Words; category?: string; pot?: Pot; marks?: Marks }
  /** `quote`: the author's own words that it asks about, copied from their text. */
  | { kind: 'return'; question: string; quote?: string }
  | { kind: 'reject'; reason: RejectReason; note?: string }
  | { kind: 'merge'; into: number }
  | { kind: 'feasible'; cost: Money; onList: boolean }
  | { kind: 'unfeasible'; why: string }
export type DecisionKind = Decision['kind']

/** From where each may be decided, and where it leads; an edit changes words only. */
const WAYS: Record<DecisionKind, { from: readonly IdeaState[]; to?: IdeaState }> = {
  approve: { from: ['sent'], to: 'approved' },
  edit: { from: ['sent', 'approved', 'feasible'] },
  return: { from: ['sent'], to: 'returned' },
  reject: { from: ['sent'], to: 'rejected' },
  merge: { from: ['sent', 'approved'], to: 'merged' },
  feasible: { from: ['approved', 'unfeasible'], to: 'feasible' },
  unfeasible: { from: ['approved', 'feasible'], to: 'unfeasible' },
}

/** Where an idea stands after a decision, or undefined: it cannot be decided from where it stands. */
export const decided = (state: IdeaState, kind: DecisionKind): IdeaState | undefined =>
  WAYS[kind].from.includes(state) ? (WAYS[kind].to ?? state) : undefined

/** What may be decided about an idea where it stands, in the order in which it is offered. */
export const decisionsFrom = (state: IdeaState): DecisionKind[] =>
  (Object.keys(WAYS) as DecisionKind[]).filter((kind) => WAYS[kind].from.includes(state))

/** How many ideas an account may send, how soon it is answered, and what one may cost. Settings of a cycle. */
export interface IdeaTerms {
  /** In 24 hours. */
  perDay: number
  /** Waiting for an answer at a time. */
  open: number
  /** Days until a moderator must have answered. */
  answerDays: number
  /** Whole tenge; none where the cycle has no ceiling. */
  ceiling?: Money
  /** Beginnings of words that a moderator is shown as such: insults, as the village's own list has them. */
  words?: readonly string[]
  /** Where the cycle has a phase of support: what a feasible idea needs there to be voted on. */
  support?: SupportTerms
}

/** `needed`: supporters of an idea. `shown`: residents see how many there are. */
export interface SupportTerms {
  needed: number
  shown: boolean
}

/** Whole numbers, none of them 0. */
export const ideaTermsHold = ({ perDay, open, answerDays, ceiling = 1, support }: IdeaTerms): boolean =>
  [perDay, open, answerDays, ceiling, support?.needed ?? 1].every(
    (number) => Number.isSafeInteger(number) && number > 0,
  )

export const IDEA_TERMS: IdeaTerms = { perDay: 3, open: 5, answerDays: 7 }

/** Fewest and most letters of what an author writes, in UTF-16 units, after trimming. */
export const IDEA_LENGTHS = { title: [5, 100], text: [15, 1500], landmark: [3, 200], note: [3, 600] } as const
export type IdeaText = keyof typeof IDEA_LENGTHS

export const MOST_PHOTOS = 5

/** The longest voice note, in seconds: a moderator listens to all of it. */
export const LONGEST_VOICE = 180
/** What Telegram hands a bot of a file (core.telegram.org/bots/api#getfile). Bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024
