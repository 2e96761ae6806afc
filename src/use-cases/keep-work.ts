// Officials keep a work: milestones with their days, share and cost, and photos. Each change has its leaf; of two at once one is first.
import { type MilestoneFacts, milestoneHash } from '../core/audit/milestone-hash.ts'
import { bareImage } from '../core/bare-image.ts'
import { isMoney } from '../core/money.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { sha256 } from '../core/sha256.ts'
import { MOST_MILESTONES, MOST_WORK_PHOTOS, readDay, WORK_LENGTHS } from '../core/work.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { followersOf } from '../store/follows.ts'
import type { MediaStore } from '../store/media-store.ts'
import { addMilestonePhoto } from '../store/work-answers.ts'
import {
  changeMilestone,
  insertMilestone,
  type Milestone,
  type StoredWork,
  touchWork,
  workForUpdate,
  workNumbered,
} from '../store/works.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { copyName } from './copy-idea-media.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { shownWork, type Work, type WorkAt } from './read-works.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

/** Nothing is built under this number. */
export type NoSuchWork = { kind: 'no-such-work' }
/** It was changed meanwhile: whoever changes it reads it again first. `by`: who was faster, `at`: UTC ISO. */
export type ChangedBefore = { kind: 'changed-before'; by: number | null; at: string }

/** `dropped`: it is not built after all. */
export type HeldProblem = NotAllowed | NoSuchWork | ChangedBefore | { kind: 'done' | 'dropped' }

/** Who keeps it; `version`: of the work that was read; a command that read just now may leave it out. */
export interface Keeper {
  by: Actor
  version?: number
}

/** The work, held, as whoever keeps it may change it. A work that is done is not changed any more. */
export async function heldWork(
  app: App,
  tx: Tx,
  at: WorkAt,
  { by, version }: Keeper,
): Promise<Result<Work, HeldProblem>> {
  const key = await workNumbered(tx, at)
  const stored = key && (await workForUpdate(tx, key))
  if (!stored) return fail({ kind: 'no-such-work' })
  if (!(await mayAct(app, tx, by, 'keep-works', [stored.territory]))) return fail({ kind: 'not-allowed' })
  if (version !== undefined && version !== stored.version)
    return fail({ kind: 'changed-before', by: stored.changedBy, at: stored.changedAt })
  if (stored.dropped) return fail({ kind: 'dropped' })
  const work = shownWork(stored, await clock(tx))
  return work.state === 'done' ? fail({ kind: 'done' }) : ok(work)
}

export type MilestoneProblem =
  | HeldProblem
  | { kind: 'no-such-milestone' }
  | { kind: 'bad-length'; least: number; most: number; number: number }
  | { kind: 'bad-day' }
  | { kind: 'bad-percent' }
  | { kind: 'bad-cost' }
  | { kind: 'full'; most: number }

/** Names in kk and ru; days as `2027-05-30`; whole tenge. What is absent stays as it is. */
export type MilestoneChange = Partial<MilestoneFacts>

/**
 * Changes the milestone of this number, or adds one at the end (`milestone` absent, or the next number): its name and planned day are wanted
 * then. A day on which it was reached makes it whole. Followers are told of a milestone once, when it is reached. Returns its number.
 */
export const keepMilestone = (
  app: App,
  at: WorkAt,
  { milestone, ...change }: MilestoneChange & { milestone?: number },
  keeper: Keeper,
): Promise<Result<number, MilestoneProblem>> =>
  transact<number, MilestoneProblem>(app, async (tx) => {
    const held = await heldWork(app, tx, at, keeper)
    if (!held.ok) return held
    const work = held.value
    const before = work.milestones.find(({ number }) => number === milestone)
    const next = work.milestones.length + 1
    if (milestone !== undefined && !before && milestone !== next) return fail({ kind: 'no-such-milestone' })
    if (!before && next > MOST_MILESTONES) return fail({ kind: 'full', most: MOST_MILESTONES })
    const facts = changed(before, change)
    if (!facts.ok) return facts
    const number = before?.number ?? next
    const id = before?.id ?? (await insertMilestone(tx, work, { ...facts.value, number }))
    if (before) await changeMilestone(tx, id, facts.value)
    await touchWork(tx, work, typeof keeper.by === 'number' ? keeper.by : null)
    await appendLeaf(app, tx, work.cycle, {
      kind: 'milestone-kept',
      at: await clock(tx),
      cycle: work.slug,
      village: String(work.territory),
      project: work.number,
      milestone: number,
      facts: milestoneHash(facts.value),
      by: markOf(app, keeper.by),
    })
    const day = facts.value.actual
    if (day !== null) await tellReached(app, tx, work, { id, name: facts.value.name, day })
    return ok(number)
  })

const NEW: MilestoneFacts = { name: { kk: '', ru: '' }, planned: '', actual: null, percent: 0, cost: null }

/** The facts as they are afterwards, or what is wrong with them. */
function changed(
  before: Milestone | undefined,
  change: MilestoneChange,
): Result<MilestoneFacts, MilestoneProblem> {
  const { name, planned, actual, percent, cost } = { ...NEW, ...before, ...change }
  const [least, most] = WORK_LENGTHS.name
  const names = { kk: name.kk.trim(), ru: name.ru.trim() }
  for (const text of Object.values(names)) {
    const number = Array.from(text).length
    if (number < least || number > most) return fail({ kind: 'bad-length', least, most, number })
  }
  for (const day of [planned, ...(actual === null ? [] : [actual])])
    if (readDay(day) !== day) return fail({ kind: 'bad-day' })
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) return fail({ kind: 'bad-percent' })
  if (cost !== null && (!isMoney(cost) || cost === 0)) return fail({ kind: 'bad-cost' })
  // Reached is whole; a share below that was not reached after all.
  const reached = change.percent !== undefined && change.percent < 100 ? null : actual
  return ok({ name: names, planned, actual: reached, percent: reached === null ? percent : 100, cost })
}

/** Whoever follows the project, once for each milestone. */
async function tellReached(
  app: App,
  tx: Tx,
  { cycle, project, territory, number, title }: StoredWorkHead,
  { id, name, day }: { id: number; name: MilestoneFacts['name']; day: string },
): Promise<void> {
  for (const account of await followersOf(tx, cycle, project))
    await tell(
      app,
      tx,
      { kind: 'milestone', cycle, territory, number, title, name, day },
      { account, dedupe: `milestone:${id}:${account}` },
    )
}
type StoredWorkHead = Pick<StoredWork, 'cycle' | 'project' | 'territory' | 'number' | 'title'>

/** One that Telegram has, or a file that a command read, with the place of copies that it goes to. */
export type NewWorkPhoto = { fileId: string; uniqueId: string } | { bytes: Uint8Array; store: MediaStore }

export type WorkPhotoProblem =
  | HeldProblem
  | { kind: 'no-such-milestone' }
  | { kind: 'not-a-picture' }
  | { kind: 'full'; most: number }

/** Adds a photo to a milestone; photos of one album may come in any order, so that none asks for a version. Safe to repeat. */
export const addWorkPhoto = (
  app: App,
  at: WorkAt & { milestone: number },
  photo: NewWorkPhoto,
  by: Actor,
): Promise<Result<'added' | 'there', WorkPhotoProblem>> =>
  transact<'added' | 'there', WorkPhotoProblem>(app, async (tx) => {
    const held = await heldWork(app, tx, at, { by })
    if (!held.ok) return held
    const work = held.value
    const own = work.milestones.find(({ number }) => number === at.milestone)
    if (!own) return fail({ kind: 'no-such-milestone' })
    const kept = await keptPhoto(app, own.id, photo)
    if (!kept) return fail({ kind: 'not-a-picture' })
    const added = await addMilestonePhoto(tx, own.id, kept, MOST_WORK_PHOTOS)
    if (added === 'full') return fail({ kind: 'full', most: MOST_WORK_PHOTOS })
    if (added === 'there') return ok(added)
    await touchWork(tx, work, typeof by === 'number' ? by : null)
    await appendLeaf(app, tx, work.cycle, {
      kind: 'work-photo-added',
      at: await clock(tx),
      cycle: work.slug,
      village: String(work.territory),
      project: work.number,
      milestone: at.milestone,
      by: markOf(app, by),
    })
    return ok(added)
  })

/** A file is written before its row; one without a row is swept away. Undefined: it is no JPEG and no PNG. */
async function keptPhoto(
  app: App,
  milestone: number,
  photo: NewWorkPhoto,
): Promise<{ fileId?: string; copy?: string; uniqueId: string } | undefined> {
  if ('fileId' in photo) return photo
  const bare = bareImage(photo.bytes)
  if (!bare) return undefined
  const copy = copyName(app, milestone, bare.type)
  await photo.store.put(copy, bare.bytes)
  return { copy, uniqueId: toHex(sha256(bare.bytes)) }
}
