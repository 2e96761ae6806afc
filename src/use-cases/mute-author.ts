// An author who floods or insults sends no new idea in this cycle for some days; an official hears their appeal.
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { holdAuthor, type Idea, ideaById } from '../store/ideas.ts'
import { mute, mutedUntil, unmute } from '../store/mutes.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed, whoElseMay } from './may-act.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

/** `no-author`: the idea is not there, or its author was erased. `bad-days`: 1 to 90 are wanted. */
export type MuteProblem = NotAllowed | { kind: 'no-author' } | { kind: 'own-idea' } | { kind: 'bad-days' }

type Authored = Idea & { author: number; number: number }

const isAuthored = (idea: Idea | undefined): idea is Authored =>
  idea !== undefined && idea.author !== null && idea.number !== null

/**
 * The author of this idea sends no new one in its cycle for so many days (from now on, whatever was before); those that are sent stay, and
 * may be revised. The author and the officials who may end it are told. Returns until when, UTC ISO.
 */
export const muteAuthor = (
  app: App,
  id: number,
  days: number,
  by: Actor,
): Promise<Result<string, MuteProblem>> =>
  transact<string, MuteProblem>(app, async (tx) => {
    const idea = await ideaById(tx, id)
    if (!isAuthored(idea)) return fail({ kind: 'no-author' })
    if (!(await mayAct(app, tx, by, 'moderate-idea', [idea.territory]))) return fail({ kind: 'not-allowed' })
    if (idea.author === by) return fail({ kind: 'own-idea' })
    if (!Number.isInteger(days) || days < 1 || days > 90) return fail({ kind: 'bad-days' })
    await holdAuthor(tx, idea.author)
    const until = await mute(tx, idea.cycle, idea.author, days)
    await appendLeaf(app, tx, idea.cycle, {
      kind: 'author-muted',
      ...(await about(app, tx, idea, by)),
      until,
    })
    await tellThem(app, tx, idea, until, by)
    return ok(until)
  })

/** The author may send ideas again; safe to repeat: false where they could. Nobody decides about their own. */
export const unmuteAuthor = (app: App, id: number, by: Actor): Promise<Result<boolean, MuteProblem>> =>
  transact<boolean, MuteProblem>(app, async (tx) => {
    const idea = await ideaById(tx, id)
    if (!isAuthored(idea)) return fail({ kind: 'no-author' })
    if (!(await mayAct(app, tx, by, 'unmute-author', [idea.territory]))) return fail({ kind: 'not-allowed' })
    if (idea.author === by) return fail({ kind: 'own-idea' })
    if (!(await unmute(tx, idea.cycle, idea.author))) return ok(false)
    await appendLeaf(app, tx, idea.cycle, { kind: 'author-unmuted', ...(await about(app, tx, idea, by)) })
    return ok(true)
  })

const about = async (app: App, tx: Tx, { slug, territory, number }: Authored, by: Actor) => ({
  at: await clock(tx),
  cycle: slug,
  village: String(territory),
  idea: number,
  by: markOf(app, by),
})

async function tellThem(app: App, tx: Tx, idea: Authored, until: string, by: Actor): Promise<void> {
  const { cycle, territory, id, number, author } = idea
  const notice = { kind: 'author-muted', cycle, territory, idea: id, number, until } as const
  const key = `author-muted:${cycle}:${author}:${until}`
  await tell(app, tx, { ...notice, mine: true }, { account: author, dedupe: `${key}:${author}` })
  for (const account of await whoElseMay(app, tx, 'unmute-author', [territory], author))
    if (account !== by)
      await tell(app, tx, { ...notice, mine: false }, { account, dedupe: `${key}:${account}` })
}

/** Until when this idea's author sends no new one, UTC ISO; undefined: they may. */
export const muteOf = async (app: App, { cycle, author }: Idea): Promise<string | undefined> =>
  author === null ? undefined : mutedUntil(app.db, cycle, author)
