// An announcement that is on its way is paused, goes on, or ends; one that waits for its time ends too.
import { fail, ok, type Result } from '../core/result.ts'
import {
  type Announcement,
  announcementById,
  announcementForUpdate,
  type AnnouncementState,
  keepFigures,
  moveAnnouncement,
} from '../store/announcements.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { cancelAnnouncement, pauseAnnouncement, resumeAnnouncement } from '../store/deliveries.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'
import { accountOr, mayAnnounce, moved, type Moved, type NoAnnouncement } from './write-announcement.ts'

export const STEERS = ['pause', 'resume', 'cancel'] as const
export type Steer = (typeof STEERS)[number]
export const isSteer = (text: string): text is Steer => (STEERS as readonly string[]).includes(text)

const FROM: Record<Steer, readonly AnnouncementState[]> = {
  pause: ['sending'],
  resume: ['paused'],
  cancel: ['draft', 'proposed', 'approved', 'sending', 'paused'],
}
const TO = { pause: 'paused', resume: 'sending', cancel: 'cancelled' } as const satisfies Record<
  Steer,
  AnnouncementState
>
const ROWS: Record<Steer, (tx: Tx, announcement: number) => Promise<number>> = {
  pause: pauseAnnouncement,
  resume: resumeAnnouncement,
  cancel: cancelAnnouncement,
}

/** What `steer` leads from, so that only what fits is offered. */
export const maySteer = (state: AnnouncementState): Steer[] =>
  STEERS.filter((steer) => FROM[steer].includes(state))

export type SteerProblem = NotAllowed | NoAnnouncement | Moved

/** One official is enough, and at once: what is not on its way is held back. Returns it as it is now. */
export const steerAnnouncement = (
  app: App,
  id: number,
  steer: Steer,
  by: Actor,
): Promise<Result<Announcement, SteerProblem>> =>
  transact<Announcement, SteerProblem>(app, async (tx) => {
    const one = await announcementForUpdate(tx, id)
    const cycle = one && (await cycleById(tx, one.cycle))
    if (!one || !cycle) return fail({ kind: 'no-such-announcement' })
    if (!(await mayAnnounce(app, tx, by, one))) return fail({ kind: 'not-allowed' })
    if (!(await moveAnnouncement(tx, id, FROM[steer], TO[steer], accountOr(by)))) return fail(moved(one))
    await ROWS[steer](tx, id)
    if (steer === 'cancel') await keepFigures(tx, id)
    await appendLeaf(app, tx, cycle.id, {
      kind: 'announcement-moved',
      at: await clock(tx),
      cycle: cycle.slug,
      announcement: id,
      to: TO[steer],
      by: markOf(app, by),
    })
    return ok((await announcementById(tx, id)) ?? one)
  })
