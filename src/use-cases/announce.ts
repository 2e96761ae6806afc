// An announcement is approved as the profile says, by one official or two, and goes out at its time.
import { canonicalJson } from '../core/canonical-json.ts'
import { PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import {
  type Announcement,
  announcementForUpdate,
  keepVersion,
  moveAnnouncement,
  setStart,
} from '../store/announcements.ts'
import { channelsIn } from '../store/channels.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { type Actor, isAccount, markOf } from './actor.ts'
import { contentHash, contentOf } from './announcement-content.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { type AnnouncementFault, checkAnnouncement } from './read-announcement.ts'
import { transact } from './transact.ts'
import { accountOr, changed, mayAnnounce, moved, type WriteProblem } from './write-announcement.ts'

export type AnnounceProblem =
  | WriteProblem
  | ProposeProblem
  | { kind: 'faults'; faults: AnnouncementFault[] }
  /** Two officials are needed, so the command must say which one this is. */
  | { kind: 'name-official' }

/** `at`: when it goes out, UTC ISO; `people`: to so many as it stands now. `proposed`: where it waits for a second official. */
export interface Announced {
  at: string
  people: number
  proposed?: Proposed
}

/** `version`: the one that was read in the preview. The same again, while it waits for a second official, asks once more. */
export const announce = (
  app: App,
  { id, version }: { id: number; version?: number | undefined },
  by: Actor,
): Promise<Result<Announced, AnnounceProblem>> =>
  transact<Announced, AnnounceProblem>(app, async (tx) => {
    const one = await announcementForUpdate(tx, id)
    const cycle = one && (await cycleById(tx, one.cycle))
    if (!one || !cycle) return fail({ kind: 'no-such-announcement' })
    if (!(await mayAnnounce(app, tx, by, one))) return fail({ kind: 'not-allowed' })
    if (one.state !== 'draft' && one.state !== 'proposed') return fail(moved(one))
    if (version !== undefined && version !== one.version) return fail(changed(one))
    const { faults, people } = await checkAnnouncement(app, tx, cycle, one)
    if (faults.length > 0 || people === undefined) return fail({ kind: 'faults', faults })
    await keepVersion(tx, id, one.version, contentOf(one))
    const at = one.at ?? (await clock(tx))
    if (PROFILES[cycle.profile].officials === 1)
      return ok({ at: await approve(app, tx, cycle, one, { by }), people })
    if (!isAccount(by)) return fail({ kind: 'name-official' })
    await moveAnnouncement(tx, id, ['draft'], 'proposed', by)
    const proposed = await proposeAct(app, tx, actOf(one, people, await channelTitles(tx, one)), by)
    return proposed.ok ? ok({ at, people, proposed: proposed.value }) : proposed
  })

/** Of the channels in which it is posted too, as it stands now. */
const channelTitles = async (tx: Tx, { cycle, audience, channel }: Announcement): Promise<string[]> =>
  channel ? (await channelsIn(tx, cycle, audience.territory)).map(({ title }) => title) : []

const actOf = (
  { id, cycle, version, audience, at }: Announcement,
  people: number,
  channels: string[],
): JointAct => ({
  kind: 'announce',
  cycle,
  announcement: id,
  version,
  ...(audience.territory !== undefined && { territory: audience.territory }),
  people,
  ...(at !== null && { at }),
  ...(channels.length > 0 && { channels }),
})

/** What the second official read is no more what it was, or something stops it by now. */
export type NotApproved = { kind: 'announcement-changed' } | { kind: 'announcement-stopped' }

/** The second official confirmed. */
export async function approveAnnouncement(
  app: App,
  tx: Tx,
  act: Extract<JointAct, { kind: 'announce' }>,
  { by, second }: BothOfficials,
): Promise<Result<void, NotApproved>> {
  const one = await announcementForUpdate(tx, act.announcement)
  const cycle = one && (await cycleById(tx, one.cycle))
  if (!one || !cycle || one.state !== 'proposed' || one.version !== act.version)
    return fail({ kind: 'announcement-changed' })
  if (canonicalJson(await channelTitles(tx, one)) !== canonicalJson(act.channels ?? []))
    return fail({ kind: 'announcement-changed' })
  const { faults } = await checkAnnouncement(app, tx, cycle, one)
  const day = faults.filter(({ kind }) => kind !== 'night' || one.at !== null)
  if (day.length > 0) return fail({ kind: 'announcement-stopped' })
  await approve(app, tx, cycle, one, { by, second })
  return ok(undefined)
}

/** When it goes out, UTC ISO: at its time, else now, and in the morning where that is night. */
async function approve(
  app: App,
  tx: Tx,
  cycle: Cycle,
  one: Announcement,
  { by, second }: { by: Actor; second?: number },
): Promise<string> {
  if (!(await moveAnnouncement(tx, one.id, ['draft', 'proposed'], 'approved', second ?? accountOr(by))))
    throw new Error('a held announcement was moved')
  const now = await clock(tx)
  const at = one.at ?? app.quiet(now)
  await setStart(tx, one.id, at)
  await appendLeaf(app, tx, cycle.id, {
    kind: 'announced',
    at: now,
    cycle: cycle.slug,
    announcement: one.id,
    content: contentHash(one),
    ...(one.at !== null && { starts: one.at }),
    by: markOf(app, by),
    ...(second !== undefined && { second: markOf(app, second) }),
  })
  return at
}
