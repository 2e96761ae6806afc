// Phases of a cycle, their order and windows; the profiles that set every default.
import { MOST_HELPED } from './assist.ts'
import type { BallotTerms } from './ballots/index.ts'
import type { RuleTerms } from './counting/index.ts'
import type { Localised } from './localised.ts'
import type { TrustTerms } from './trust-terms.ts'
import { fail, ok, type Result } from './result.ts'

export const PHASES = [
  'draft',
  'announced',
  'consultation',
  'ideas',
  'review',
  'support',
  'voting',
  'counting',
  'results',
  'implementation',
  'closed',
] as const
export type Phase = (typeof PHASES)[number]

/** When each phase of a cycle begins, UTC ISO; phases without a moment are not part of it. */
export type Timeline = Partial<Record<Phase, string>>

/** Names that the logs' addresses and origins have for something else: the installation's own log, and the pages of a log. */
const TAKEN = ['installation', 'checkpoint', 'checkpoints', 'key', 'tile', 'bundle']

/** A cycle's short name in addresses, commands and the log: 48 small letters, digits and dashes at most, at least one letter. */
export const isCycleName = (text: string): boolean =>
  /^(?=.*[a-z])[a-z0-9][a-z0-9-]{0,47}$/.test(text) && !TAKEN.includes(text)

export type Profile = 'practice' | 'advisory' | 'binding'
export type Revote = 'until-close' | 'none'

export interface ProfileDefaults {
  /** A kind of the registry of verification methods, which lies above the core. */
  method: string
  /** The vote decides; else it advises the akim. */
  binding: boolean
  /** Shown in no list, always a trial, and in no real vote's way: for training. */
  rehearsal: boolean
  /** Who holds the ballot key: the server's secrets, or people who meet. */
  keys: 'server' | 'holders'
  /** Officials who must agree before a result is published. */
  officials: 1 | 2
  ballotTerms: BallotTerms
  ruleTerms: RuleTerms
  revote: Revote
  /** People with cards that one account may vote for. */
  maxPeople: number
  /** All of them: what a vote of its own differs in is told whole. */
  trust: TrustTerms
  /** How many people one facilitator may help. */
  helped: number
}

const common = {
  ballotTerms: { kind: 'approval', min: 1, max: 3 },
  ruleTerms: { rule: 'greedy', skip: true, minVotes: 1, ties: ['lots'] },
  revote: 'until-close',
  maxPeople: 3,
  trust: { away: { minutes: 30, hours: 24 }, dispute: 30 },
  helped: MOST_HELPED,
} satisfies Partial<ProfileDefaults>

export const PROFILES: Record<Profile, ProfileDefaults> = {
  practice: {
    ...common,
    method: 'card',
    binding: false,
    rehearsal: true,
    keys: 'server',
    officials: 1,
    trust: { dispute: 0 },
  },
  advisory: { ...common, method: 'card', binding: false, rehearsal: false, keys: 'server', officials: 1 },
  binding: { ...common, method: 'card', binding: true, rehearsal: false, keys: 'holders', officials: 2 },
}

/** A vote that stands still: suspended until it is resumed, or void for good. `at`: since when, UTC ISO; `reason`: as officials gave it. */
export interface Halt {
  kind: 'suspended' | 'void'
  at: string
  reason: Localised
}

/** So many letters of a reason, in each language. */
export const REASON_LENGTHS = [10, 200] as const

/** The close of a vote that stood still from `since` to `until`, moved by exactly the time that was lost. All UTC ISO. */
export const closeAfterHalt = (closesAt: string, since: string, until: string): string =>
  new Date(Date.parse(closesAt) + Date.parse(until) - Date.parse(since)).toISOString()

/** Does `phase` come before `other`? */
export const isBefore = (phase: Phase, other: Phase): boolean => PHASES.indexOf(phase) < PHASES.indexOf(other)

/** Voting is over: from the close on. */
export const isOver = (phase: Phase): boolean => !isBefore(phase, 'counting')

/** Nobody votes just now: it stands still, or the close has come, whether or not the phase has moved yet; by the database's clock. */
export const hasClosed = ({
  phase,
  timeline,
  asOf,
  halt,
}: {
  phase: Phase
  timeline: Timeline
  asOf: string
  halt: Halt | undefined
}): boolean =>
  halt !== undefined ||
  isOver(phase) ||
  (phase === 'voting' && timeline.counting !== undefined && Date.parse(timeline.counting) <= Date.parse(asOf))

/** The results are out: everyone may see them. */
export const isPublished = (phase: Phase): boolean => !isBefore(phase, 'results')

/** Two officials must agree on the roll where the profile says so, and once voting has opened; a trial counts nowhere. */
export const rollNeedsTwo = (cycle: {
  profile: Profile
  trial: boolean
  frozenRules: string | undefined
}): boolean => PROFILES[cycle.profile].officials === 2 || (cycle.frozenRules !== undefined && !cycle.trial)

/** The phase that follows in this cycle, or undefined after the last. */
export function nextPhase(phase: Phase, timeline: Timeline): Phase | undefined {
  return PHASES.slice(PHASES.indexOf(phase) + 1).find((next) => timeline[next] !== undefined)
}

/** Phases that come about by an act of people, never by the clock: a count and a publication. */
const BY_HAND: readonly Phase[] = ['results', 'implementation', 'closed']

/** The next phase if its time has come.  */
export function duePhase(phase: Phase, timeline: Timeline, now: string): Phase | undefined {
  const next = nextPhase(phase, timeline)
  const startsAt = next && timeline[next]
  return next && startsAt && !BY_HAND.includes(next) && Date.parse(startsAt) <= Date.parse(now)
    ? next
    : undefined
}

export type ExtendProblem = { kind: 'not-voting' } | { kind: 'not-later'; closesAt: string }

/** May the close move to `to`? Extending is allowed; shortening is not. */
export function mayExtend(phase: Phase, timeline: Timeline, to: string): Result<string, ExtendProblem> {
  const closesAt = timeline.counting
  if (isOver(phase) || !closesAt) return fail({ kind: 'not-voting' })
  if (!(Date.parse(to) > Date.parse(closesAt))) return fail({ kind: 'not-later', closesAt })
  return ok(new Date(to).toISOString())
}

export const daysLeft = (now: string, until: string): number =>
  Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 86_400_000))
