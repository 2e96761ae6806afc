// The public meeting of a village: an official says where and when; two people enter its show of hands, and it counts once they agree.
import { needsHash } from '../core/audit/needs-hash.ts'
import type { Localised } from '../core/localised.ts'
import { type Hands, handsDiffer, type HandsDiffer, handsHold, LONGEST_MEETING_PLACE } from '../core/needs.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { enqueueForReminded } from '../store/deliveries.ts'
import { type Cycle, cycleForShare } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import {
  dropMeeting,
  handsOfOthers,
  type Meeting,
  meetingForUpdate,
  needResultOf,
  putHands,
  putMeeting,
  settleHands,
} from '../store/need-meetings.ts'
import { needsOf } from '../store/needs.ts'
import { accountMark, type Actor, markOf } from './actor.ts'
import type { Where } from './answer-needs.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type { Hands, HandsDiffer, Meeting }

/** The cycle asks nothing. */
export type NoConsultation = { kind: 'no-consultation' }
export type MeetingProblem =
  | NotAllowed
  | NoConsultation
  | { kind: 'bad-place'; most: number }
  /** Its hands are counted, or all of it is published. */
  | { kind: 'counted' | 'published' }
  /** Nothing to cancel. */
  | { kind: 'no-meeting' }
  /** It is not for the time that was seen any more. */
  | { kind: 'moved-before' }

/**
 * `at`: UTC ISO. Set again, it is moved; who was reminded of the old time is reminded of the new one. `seen`: for when it was set as
 * whoever moves it saw it, null where it was not; unless told, it is moved whatever stands there.
 */
export const setMeeting = (
  app: App,
  where: Where,
  { place, at, seen }: { place: Localised; at: string; seen?: string | null | undefined },
  by: Actor,
): Promise<Result<void, MeetingProblem>> =>
  transact<void, MeetingProblem>(app, async (tx) => {
    if (!(await mayAct(app, tx, by, 'hold-meeting', [where.territory]))) return fail({ kind: 'not-allowed' })
    const cycle = await consulting(tx, where)
    if (!cycle) return fail({ kind: 'no-consultation' })
    if (Object.values(place).some((text) => text.trim() === '' || text.length > LONGEST_MEETING_PLACE))
      return fail({ kind: 'bad-place', most: LONGEST_MEETING_PLACE })
    if (await needResultOf(tx, where)) return fail({ kind: 'published' })
    const before = seen === undefined ? undefined : await meetingForUpdate(tx, where)
    if (seen !== undefined && (before?.at ?? null) !== seen) return fail({ kind: 'moved-before' })
    if (!(await putMeeting(tx, { ...where, place, at }))) return fail({ kind: 'counted' })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'meeting-set',
      at: await clock(tx),
      cycle: cycle.slug,
      village: String(where.territory),
      meets: at,
      place: needsHash('place', place),
      by: markOf(app, by),
    })
    return ok(undefined)
  })

/** The meeting is off, with what was counted of it, and whoever was reminded of it is told; once its hands are agreed on, it stays. */
export const cancelMeeting = (app: App, where: Where, by: Actor): Promise<Result<void, MeetingProblem>> =>
  transact<void, MeetingProblem>(app, async (tx) => {
    if (!(await mayAct(app, tx, by, 'hold-meeting', [where.territory]))) return fail({ kind: 'not-allowed' })
    const cycle = await consulting(tx, where)
    if (!cycle) return fail({ kind: 'no-consultation' })
    const meeting = await meetingForUpdate(tx, where)
    if (!meeting) return fail({ kind: 'no-meeting' })
    if (await needResultOf(tx, where)) return fail({ kind: 'published' })
    if (!(await dropMeeting(tx, where))) return fail({ kind: 'counted' })
    const now = await clock(tx)
    const { at, place } = meeting
    await enqueueForReminded(
      tx,
      { kind: 'meeting-cancelled', ...where, meets: at, place },
      { key: `meeting-cancelled:${where.cycle}:${where.territory}:${now}`, dueAt: app.quiet(now) },
    )
    await appendLeaf(app, tx, cycle.id, {
      kind: 'meeting-cancelled',
      at: now,
      cycle: cycle.slug,
      village: String(where.territory),
      meets: meeting.at,
      by: markOf(app, by),
    })
    return ok(undefined)
  })

/** The cycle, held, if it asks its residents. */
async function consulting(tx: Tx, { cycle }: Where): Promise<Cycle | undefined> {
  return (await needsOf(tx, cycle)).length > 0 ? cycleForShare(tx, cycle) : undefined
}

export type HandsProblem =
  | NotAllowed
  | NoConsultation
  | { kind: 'no-meeting' }
  | { kind: 'not-yet'; at: string }
  | { kind: 'bad-hands' }
  | { kind: 'counted' | 'published' }

/** `first`: nobody else entered anything; `differs`: somebody else counted otherwise, and nothing counts yet. */
export type Entered = { kind: 'agreed' } | { kind: 'first' } | { kind: 'differs'; where: HandsDiffer[] }

/** What one person counted. Entered again, it takes the place of what they entered before, until two people agree. */
export const enterHands = (
  app: App,
  where: Where,
  counted: Hands,
  by: number,
): Promise<Result<Entered, HandsProblem>> =>
  transact<Entered, HandsProblem>(app, async (tx) => {
    if (!(await mayAct(app, tx, by, 'enter-hands', [where.territory]))) return fail({ kind: 'not-allowed' })
    const cycle = await consulting(tx, where)
    if (!cycle) return fail({ kind: 'no-consultation' })
    const problem = await whyNot(tx, where, counted)
    if (problem) return fail(problem)
    await putHands(tx, { ...where, account: by }, counted)
    const others = await handsOfOthers(tx, { ...where, account: by })
    const same = others.find((one) => handsDiffer(counted, one).length === 0)
    if (!same) {
      for (const { account } of others) await tellDiffers(app, tx, where, { counted, by, account })
      const [newest] = others
      return ok(newest ? { kind: 'differs', where: handsDiffer(counted, newest) } : { kind: 'first' })
    }
    await settleHands(tx, where, counted)
    await appendLeaf(app, tx, cycle.id, {
      kind: 'hands-counted',
      at: await clock(tx),
      cycle: cycle.slug,
      village: String(where.territory),
      hands: needsHash('hands', counted),
      by: accountMark(app, same.account),
      second: accountMark(app, by),
    })
    return ok({ kind: 'agreed' })
  })

/** Once for each count that differs from theirs. */
const tellDiffers = (
  app: App,
  tx: Tx,
  where: Where,
  { counted, by, account }: { counted: Hands; by: number; account: number },
): Promise<void> =>
  tell(
    app,
    tx,
    { kind: 'hands-differ', ...where, by },
    {
      account,
      dedupe: `hands-differ:${where.cycle}:${where.territory}:${by}:${account}:${needsHash('hands', counted)}`,
    },
  )

async function whyNot(tx: Tx, where: Where, counted: Hands): Promise<HandsProblem | undefined> {
  const meeting = await meetingForUpdate(tx, where)
  if (!meeting) return { kind: 'no-meeting' }
  if (meeting.agreed) return { kind: 'counted' }
  if (Date.parse(meeting.at) > Date.parse(await clock(tx))) return { kind: 'not-yet', at: meeting.at }
  if (await needResultOf(tx, where)) return { kind: 'published' }
  return handsHold(counted, (await needsOf(tx, where.cycle)).length) ? undefined : { kind: 'bad-hands' }
}
