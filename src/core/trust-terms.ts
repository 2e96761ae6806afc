// What a vote promises for when things go wrong, frozen with its rules: a later close after an outage of Telegram, and days for disputes.

import { z } from 'zod'

/** Telegram away for more than `minutes` within the last day before the close moves the close once, by `hours`. */
export interface AwayTerms {
  minutes: number
  hours: number
}

/** Both absent in cycles of an earlier release. */
export interface TrustTerms {
  /** Absent: the close is moved by people only. */
  away?: AwayTerms
  /** Days after the publication before sealed ballots, claims and cards may be forgotten. */
  dispute?: number
}

/** Of `minutes` and `hours` of an outage, and of days: the least and the most. */
export const TRUST_LIMITS = { minutes: [5, 1440], hours: [1, 168], dispute: [0, 365] } as const

const limited = (what: keyof typeof TRUST_LIMITS) =>
  z.int().min(TRUST_LIMITS[what][0]).max(TRUST_LIMITS[what][1])

/** As a cycle file has them. */
export const trustShape = {
  away: z
    .union([z.literal(false), z.strictObject({ minutes: limited('minutes'), hours: limited('hours') })])
    .optional(),
  dispute: limited('dispute').optional(),
}

/** What differs from the profile; `away` false: no outage moves the close. */
export interface WantedTrust {
  away: AwayTerms | false | undefined
  dispute: number | undefined
}

/** Those of a profile, changed as somebody wants. */
export function trustOf({ away: usual, ...rest }: TrustTerms, { away, dispute }: WantedTrust): TrustTerms {
  const moves = away ?? usual
  return { ...rest, ...(moves && { away: moves }), ...(dispute !== undefined && { dispute }) }
}

export const trustTermsHold = ({ away, dispute }: TrustTerms): boolean =>
  (dispute === undefined || within(dispute, TRUST_LIMITS.dispute)) &&
  (away === undefined ||
    (within(away.minutes, TRUST_LIMITS.minutes) && within(away.hours, TRUST_LIMITS.hours)))

const within = (value: number, [least, most]: readonly [number, number]): boolean =>
  Number.isInteger(value) && value >= least && value <= most

/** Where a cycle of an earlier release has none. */
export const DISPUTE_DAYS = 30

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Shorter than this is no outage: a lost connection. Milliseconds. */
export const LEAST_AWAY = MINUTE

/** From when to when Telegram was away, UTC ISO. */
export interface Outage {
  from: string
  until: string
}

/** Milliseconds of the last day before the close that Telegram was away. The outages do not overlap. */
export const lostBefore = (closesAt: string, outages: readonly Outage[]): number => {
  const end = Date.parse(closesAt)
  return outages.reduce((sum, { from, until }) => {
    const lost = Math.min(end, Date.parse(until)) - Math.max(end - DAY, Date.parse(from))
    return sum + Math.max(0, lost)
  }, 0)
}

/** Where the close moves to after these outages, UTC ISO; undefined where it stays. It moves once: ask no more afterwards. */
export const closeAfterAway = (
  { minutes, hours }: AwayTerms,
  closesAt: string,
  outages: readonly Outage[],
): string | undefined =>
  lostBefore(closesAt, outages) > minutes * MINUTE
    ? new Date(Date.parse(closesAt) + hours * 60 * MINUTE).toISOString()
    : undefined
