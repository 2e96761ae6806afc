// An official says that a work is built: residents are asked whether it is. Where they found it not as promised, with an answer to them.
import { replyHash } from '../core/audit/reply-hash.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { WORK_LENGTHS } from '../core/work.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { followersOf } from '../store/follows.ts'
import { refusersOf } from '../store/work-answers.ts'
import { insertRound, touchWork } from '../store/works.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { heldWork, type HeldProblem, type Keeper } from './keep-work.ts'
import type { Work, WorkAt } from './read-works.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type BuiltProblem =
  | HeldProblem
  /** It wants a photo, and the cost of what was done. */
  | { kind: 'no-photo' | 'no-cost' }
  /** Residents are being asked, and no dispute waits for an answer. */
  | { kind: 'asked-before' }
  /** Residents found it not as promised: they are answered in both languages. */
  | { kind: 'no-reply' }
  | { kind: 'bad-length'; least: number; most: number; number: number }

/** `reply`: wanted after a dispute, in kk and ru; else nobody reads it. Returns the round: 1 the first time. */
export const sayBuilt = (
  app: App,
  at: WorkAt,
  reply: Localised | undefined,
  keeper: Keeper,
): Promise<Result<number, BuiltProblem>> =>
  transact<number, BuiltProblem>(app, async (tx) => {
    const held = await heldWork(app, tx, at, keeper)
    if (!held.ok) return held
    const work = held.value
    const problem = whyNot(work, reply)
    if (problem) return fail(problem)
    const round = work.rounds.length + 1
    const said = round === 1 || !reply ? null : { kk: reply.kk.trim(), ru: reply.ru.trim() }
    await insertRound(tx, work, { round, reply: said })
    await touchWork(tx, work, typeof keeper.by === 'number' ? keeper.by : null)
    await appendLeaf(app, tx, work.cycle, {
      kind: 'work-built',
      at: await clock(tx),
      cycle: work.slug,
      village: String(work.territory),
      project: work.number,
      round,
      ...(said ? { reply: replyHash(said, null) } : {}),
      by: markOf(app, keeper.by),
    })
    await ask(app, tx, work, round, said)
    return ok(round)
  })

function whyNot(work: Work, reply: Localised | undefined): BuiltProblem | undefined {
  if (work.milestones.every(({ photos }) => photos.length === 0)) return { kind: 'no-photo' }
  if (work.cost === null) return { kind: 'no-cost' }
  if (work.state === 'built') return { kind: 'asked-before' }
  if (work.state === 'going') return undefined
  if (!reply) return { kind: 'no-reply' }
  const [least, most] = WORK_LENGTHS.reply
  for (const text of [reply.kk, reply.ru]) {
    const number = Array.from(text.trim()).length
    if (number < least || number > most) return { kind: 'bad-length', least, most, number }
  }
  return undefined
}

/** Whoever follows the project, and whoever had found it not as promised: once a round. */
async function ask(app: App, tx: Tx, work: Work, round: number, reply: Localised | null): Promise<void> {
  const { cycle, project, territory, number, title } = work
  const asked = new Set([
    ...(await followersOf(tx, cycle, project)),
    ...(round === 1 ? [] : await refusersOf(tx, { cycle, project, round: round - 1 })),
  ])
  for (const account of asked)
    await tell(
      app,
      tx,
      { kind: 'work-built', cycle, territory, number, title, ...(reply ? { reply } : {}) },
      { account, dedupe: `work-built:${cycle}:${project}:${round}:${account}` },
    )
}
