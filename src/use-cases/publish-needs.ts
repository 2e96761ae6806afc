// What a village said is published, once, with the answer of its akimat; whoever answered is told.
import { needsHash } from '../core/audit/needs-hash.ts'
import type { Localised } from '../core/localised.ts'
import { isBefore } from '../core/cycle.ts'
import { isAsking, LONGEST_REPLY, needFigures } from '../core/needs.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleForShare } from '../store/cycles.ts'
import { enqueueForAnswers } from '../store/deliveries.ts'
import { insertNeedResult, meetingForUpdate, type NeedResult, needResultOf } from '../store/need-meetings.ts'
import { needsOf, tallyOf } from '../store/needs.ts'
import { type Actor, markOf } from './actor.ts'
import type { Where } from './answer-needs.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { NoConsultation } from './hold-meeting.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type { NeedResult }

export type PublishNeedsProblem =
  | NotAllowed
  | NoConsultation
  /** Residents still answer, or are not asked yet. */
  | { kind: 'not-over' }
  /** A meeting was held whose hands two people have not agreed on, or it is still to come. */
  | { kind: 'meeting-open' }
  | { kind: 'bad-reply'; most: number }
  | { kind: 'published' }

/** `reply`: the akimat's answer, in both official languages. Cells that are too small are left out for good. */
export const publishNeeds = (
  app: App,
  where: Where,
  reply: Localised,
  by: Actor,
): Promise<Result<void, PublishNeedsProblem>> =>
  transact<void, PublishNeedsProblem>(app, async (tx) => {
    if (!(await mayAct(app, tx, by, 'publish-needs', [where.territory]))) return fail({ kind: 'not-allowed' })
    const needs = await needsOf(tx, where.cycle)
    const cycle = needs.length > 0 ? await cycleForShare(tx, where.cycle) : undefined
    if (!cycle) return fail({ kind: 'no-consultation' })
    if (isBefore(cycle.phase, 'consultation') || isAsking(cycle)) return fail({ kind: 'not-over' })
    if (Object.values(reply).some((text) => text.trim() === '' || text.length > LONGEST_REPLY))
      return fail({ kind: 'bad-reply', most: LONGEST_REPLY })
    const meeting = await meetingForUpdate(tx, where)
    if (meeting && !meeting.agreed) return fail({ kind: 'meeting-open' })
    const figures = needFigures(await tallyOf(tx, where.cycle, where.territory), meeting?.agreed)
    if (!(await insertNeedResult(tx, where, { reply, figures }))) return fail({ kind: 'published' })
    const at = await clock(tx)
    await enqueueForAnswers(tx, { kind: 'needs-published', ...where }, { dueAt: app.quiet(at) })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'needs-published',
      at,
      cycle: cycle.slug,
      village: String(where.territory),
      result: needsHash('result', { reply, figures }),
      by: markOf(app, by),
    })
    return ok(undefined)
  })

/** What was published of a village. */
export const readNeedResult = (app: App, where: Where): Promise<NeedResult | undefined> =>
  needResultOf(app.db, where)
