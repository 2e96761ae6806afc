// What is built after a vote: its milestones, when one is late, and when a work is done. Done means accepted.
import { RESERVE_RULES, type ReserveRule } from './counting/reserve.ts'
import { wallClock } from './zone.ts'

/** `going`: nobody said yet that it is built. `disputed`: residents say, with photos, that it is not as promised. */
export const WORK_STATES = ['going', 'built', 'disputed', 'done'] as const
export type WorkState = (typeof WORK_STATES)[number]

export interface WorkTerms {
  /** What becomes of money that a winner saves or gives back; absent in cycles of an earlier release: nobody moves up. */
  reserve?: ReserveRule
  /** So many residents say yes. */
  accept: number
  /** Or so many days pass after an official said "built", undisputed. */
  days: number
}

/** What differs is kept with the cycle. */
export const WORK_TERMS: WorkTerms = { accept: 3, days: 14 }

/** Of a cycle that is made now: frozen with its rules. */
export const NEW_WORK_TERMS: Required<WorkTerms> = { ...WORK_TERMS, reserve: 'fits' }

export const workTermsHold = ({ accept, days, reserve }: Required<WorkTerms>): boolean =>
  RESERVE_RULES.includes(reserve) &&
  [accept, days].every((value) => Number.isInteger(value) && value >= 1 && value <= 365)

/** So many residents who say, with a photo, that it is not as promised make a work disputed. */
export const DISPUTED_BY = 2

export interface WorkFacts {
  /** Of officials. */
  photos: number
  /** Whole tenge, of all milestones that have one; null where none has. */
  cost: number | null
  /** When an official last said "built", UTC ISO. */
  builtAt: string | null
  /** Residents who said yes since then. */
  accepted: number
  /** Those who said no, with a photo. */
  refused: number
}

/** `now`: UTC ISO. */
export function workState(
  { photos, cost, builtAt, accepted, refused }: WorkFacts,
  terms: WorkTerms,
  now: string,
): WorkState {
  if (builtAt === null) return 'going'
  if (refused >= DISPUTED_BY) return 'disputed'
  if (photos === 0 || cost === null) return 'built'
  return accepted >= terms.accept || Date.parse(now) >= Date.parse(doneAfter(builtAt, terms))
    ? 'done'
    : 'built'
}

/** From then on a work that is not disputed is done, whoever answered. UTC ISO. */
export const doneAfter = (builtAt: string, { days }: WorkTerms): string =>
  new Date(Date.parse(builtAt) + days * 86_400_000).toISOString()

/** The day that was planned has ended in Kazakhstan, and it was not reached. `planned`, `actual`: `2027-05-30`. `now`: UTC ISO. */
export const isLate = (
  { planned, actual }: { planned: string; actual: string | null },
  now: string,
): boolean => actual === null && wallClock(now).slice(0, 10) > planned

/** Letters of a milestone's name, of a resident's words with an answer, of an official's answer: least and most. */
export const WORK_LENGTHS = { name: [2, 120], words: [0, 600], reply: [3, 1000] } as const
/** A work has so many milestones at most, and each so many photos. */
export const MOST_MILESTONES = 20
export const MOST_WORK_PHOTOS = 10

/** `30.05.2027`, `30.5.2027` or `2027-05-30` as `2027-05-30`; undefined for what is no day. */
export function readDay(text: string): string | undefined {
  const [, d = '', m = '', y = ''] = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text) ?? []
  const day = y === '' ? text.trim() : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) return undefined
  const start = Date.parse(`${day}T00:00:00Z`)
  return Number.isFinite(start) && new Date(start).toISOString().startsWith(day) ? day : undefined
}
