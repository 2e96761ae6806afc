// An official writes an announcement piece by piece; nothing is sent. What waits for approval and is changed waits no more.
import { type AnnouncementMedia, type Audience } from '../core/announcement.ts'
import { fail, ok, type Result } from '../core/result.ts'
import {
  type Announcement,
  announcementById,
  announcementForUpdate,
  insertAnnouncement,
  writeContent,
} from '../store/announcements.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { type Actor, isAccount } from './actor.ts'
import type { App } from './app.ts'
import { mayAct, mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

/** Where it stands, for whoever came too late to change it. */
export type Moved = { kind: 'moved'; state: Announcement['state'] } & Last
/** It was changed since it was read. */
export type Changed = { kind: 'changed' } & Last
/** Whoever changed it, undefined for a command and the clock; when, UTC ISO. */
interface Last {
  by: number | undefined
  when: string
}
export type NoAnnouncement = { kind: 'no-such-announcement' }
/** It carries a photo or a voice note already, and the other one would be a second message. */
export type OneMedia = { kind: 'one-media' }
export type WriteProblem = NotAllowed | NoAnnouncement | Moved | Changed | OneMedia

const lastOf = ({ changedBy, changedAt }: Announcement): Last => ({
  by: changedBy ?? undefined,
  when: changedAt,
})
export const moved = (one: Announcement): Moved => ({ kind: 'moved', state: one.state, ...lastOf(one) })
export const changed = (one: Announcement): Changed => ({ kind: 'changed', ...lastOf(one) })
/** Whose it is in the table. */
export const accountOr = (by: Actor): number | null => (isAccount(by) ? by : null)

/** Longer words are kept by nobody. */
const LONGEST_KEPT = 10_000

/** May this account announce to these people? */
export const mayAnnounce = (
  app: App,
  tx: Tx,
  by: Actor,
  { cycle, audience }: Pick<Announcement, 'cycle' | 'audience'>,
): Promise<boolean> =>
  audience.territory === undefined
    ? mayActInCycle(app, tx, by, 'announce', cycle)
    : mayAct(app, tx, by, 'announce', [audience.territory])

/** A new one, empty: for all residents of the vote, or those of one place. */
export const beginAnnouncement = (
  app: App,
  { cycle, territory }: { cycle: number; territory?: number | undefined },
  by: Actor,
): Promise<Result<number, NotAllowed | { kind: 'no-such-cycle' }>> =>
  transact<number, NotAllowed | { kind: 'no-such-cycle' }>(app, async (tx) => {
    if (!(await cycleById(tx, cycle))) return fail({ kind: 'no-such-cycle' })
    const audience: Audience = { who: 'all', ...(territory !== undefined && { territory }) }
    if (!(await mayAnnounce(app, tx, by, { cycle, audience }))) return fail({ kind: 'not-allowed' })
    return ok(await insertAnnouncement(tx, { cycle, audience, madeBy: accountOr(by) }))
  })

/** What is to be different: a text by its language (empty: none), what it carries (null: nothing), for whom, when (null: as soon as it is approved). */
export interface Wanted {
  text?: { locale: string; html: string }
  media?: AnnouncementMedia | null
  audience?: Audience
  /** Posted in the channels of its places too, or not. */
  channel?: boolean
  /** UTC ISO. */
  at?: string | null
}

/** `version`: as it was read; without one, whatever it is. Returns it as it is now. */
export const writeAnnouncement = (
  app: App,
  { id, version }: { id: number; version?: number | undefined },
  wanted: Wanted,
  by: Actor,
): Promise<Result<Announcement, WriteProblem>> =>
  transact<Announcement, WriteProblem>(app, async (tx) => {
    const one = await announcementForUpdate(tx, id)
    if (!one) return fail({ kind: 'no-such-announcement' })
    const audience = wanted.audience ?? one.audience
    if (!(await mayAnnounce(app, tx, by, one)) || !(await mayAnnounce(app, tx, by, { ...one, audience })))
      return fail({ kind: 'not-allowed' })
    if (one.state !== 'draft' && one.state !== 'proposed') return fail(moved(one))
    if (version !== undefined && version !== one.version) return fail(changed(one))
    if (wanted.media && one.media && wanted.media.kind !== one.media.kind) return fail({ kind: 'one-media' })
    const texts = { ...one.texts }
    if (wanted.text) texts[wanted.text.locale] = wanted.text.html.trim().slice(0, LONGEST_KEPT)
    for (const [locale, text] of Object.entries(texts)) if (text === '') delete texts[locale]
    await writeContent(
      tx,
      id,
      {
        texts,
        media: wanted.media === undefined ? one.media : wanted.media,
        audience,
        channel: wanted.channel ?? one.channel,
        at: wanted.at === undefined ? one.at : wanted.at,
      },
      accountOr(by),
    )
    return ok((await announcementById(tx, id)) ?? one)
  })
