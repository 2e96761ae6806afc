// What the delivery loop asks of the database: claim, mark, and heal what a crash swallowed.
import { LANES, laneOf, type Notice, NOTICE_KINDS, readNotice } from '../core/notice.ts'
import type { Result } from '../core/result.ts'
import {
  claimDeliveries,
  enqueueReceipts,
  markDeliveries,
  MOST_AT_ONCE,
  putOff,
  type Settled,
  settleUnknown,
} from '../store/deliveries.ts'
import { markReachable } from '../store/accounts.ts'
import { tellAssisted } from './tell-assisted.ts'
import { lastSettledBallot, setShown, unshownBallots } from '../store/votes.ts'
import type { App } from './app.ts'
import type { Place } from './list-places.ts'
import { readPlace } from './read-place.ts'

export { MOST_AT_ONCE }

/** A message that is ours to send. */
export interface Message {
  id: number
  account: number
  locale: string | null
  kind: string
  /** A problem when its facts are not what its kind must know. */
  notice: Result<Notice, { kind: 'not-a-notice' }>
}

/**
 * Claims up to `most` due messages of `kinds`; another replica skips them, and one of another kind waits for a replica that knows it.
 * `found`: how many were due; those that had no sense any more are not among the messages. `came` is marked by the same
 * statement: then it is to be heeded.
 */
export async function claimMessages(
  app: App,
  kinds: readonly string[],
  most: number,
  came: readonly Outcome[] = [],
): Promise<{ found: number; messages: Message[] }> {
  const claimed = await claimDeliveries(app.db, kinds, most, came.map(marked))
  const messages = claimed.flatMap(({ facts, state, ...message }) =>
    state === 'cancelled' ? [] : [{ ...message, notice: readNotice(message.kind, facts) }],
  )
  return { found: claimed.length, messages }
}

/** Kinds that can wait for the morning and for the end of a pause of announcements: reminders and announcements. */
const CAN_WAIT: ReadonlySet<string> = new Set(
  NOTICE_KINDS.filter((kind) => laneOf(kind) === LANES.announcements),
)

/** Of these kinds those that may be sent now: at night, and while announcements are `paused`, only what cannot wait. */
export function sendable(app: App, kinds: readonly string[], paused: boolean): readonly string[] {
  const now = app.now().toISOString()
  return paused || app.quiet(now) !== now ? kinds.filter((kind) => !CAN_WAIT.has(kind)) : kinds
}

/** The vote and village that a notice is about; undefined where it does not say, or they are gone. */
export async function noticePlace(app: App, notice: Notice): Promise<Place | undefined> {
  if (!('cycle' in notice)) return undefined
  const { cycle, territory } = notice
  return cycle === undefined || territory === undefined ? undefined : await readPlace(app, cycle, territory)
}

/** What became of a message of ours. */
export interface Outcome {
  message: Message
  outcome: Settled
  messageId?: number
}

const marked = ({ message, ...came }: Outcome) => ({ id: message.id, ...came })

/** Notes what came of several messages at once. */
export async function noteDeliveries(app: App, all: readonly Outcome[]): Promise<void> {
  await markDeliveries(app.db, all.map(marked))
  await heedOutcomes(app, all)
}

/** What follows from what was marked: a person who blocked the bot is not tried again, a receipt that arrived is not healed. */
export async function heedOutcomes(app: App, all: readonly Outcome[]): Promise<void> {
  for (const { message, outcome } of all) {
    const { account, notice } = message
    if (outcome === 'blocked') await markReachable(app.db, account, false)
    if (outcome === 'sent' && notice.ok && notice.value.kind === 'receipt')
      await setShown(app.db, notice.value.ballot)
  }
}

/** A message waits again. */
export const postpone = (app: App, { id }: Message, afterSeconds: number): Promise<void> =>
  putOff(app.db, id, afterSeconds)

/** So many at once: about what is sent until the next round, so that whoever taps meanwhile finds the database free. */
const HEALED = 500

/** What healing remembers between two rounds: of ballots up to the leaf `above` each receipt was shown or is queued. It may be forgotten. */
export interface Healed {
  above: number
}

/**
 * Queues the receipts of ballots whose acknowledgement was not shown within a minute, in two statements however many there are. Returns
 * how many: where more wait than are taken at once, the next round goes on.
 */
export async function healReceipts(app: App, healed: Healed = { above: 0 }): Promise<number> {
  const settled = await lastSettledBallot(app.db, healed.above)
  const unshown = await unshownBallots(app.db, healed.above, HEALED)
  if (unshown.length > 0) await enqueueReceipts(app.db, unshown)
  if (unshown.length < HEALED && settled !== undefined) healed.above = settled
  await tellAssisted(app)
  await settleUnknown(app.db)
  return unshown.length
}
