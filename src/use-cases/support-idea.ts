// Somebody wants what another one of their village proposed: it counts once, and they hear what comes of it.
import type { Phase } from '../core/cycle.ts'
import { isOnTheWay, isShown } from '../core/idea.ts'
import { ownOrder } from '../core/own-order.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById, cycleForShare } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { supportedBy } from '../store/idea-support.ts'
import { addSupport, dropSupport } from '../store/idea-wishes.ts'
import { holdAuthor, type Idea, ideaById, ideaForUpdate, ideasIn } from '../store/ideas.ts'
import type { App } from './app.ts'
import { reachSupport } from './reach-support.ts'
import { transact } from './transact.ts'

export type SupportProblem =
  /** There is none, it was refused, withdrawn or merged, or its time is over. */
  | { kind: 'no-such-idea' }
  | { kind: 'own-idea' }
  /** One supports ideas of one's own voting territory. */
  | { kind: 'other-village' }

/** While ideas are collected, looked at and supported. */
export const SUPPORTED_IN: readonly Phase[] = ['ideas', 'review', 'support']

/** Safe to repeat. Returns the idea as it stands afterwards. */
export const supportIdea = (app: App, account: number, id: number): Promise<Result<Idea, SupportProblem>> =>
  transact<Idea, SupportProblem>(app, async (tx) => {
    const found = await takesSupport(tx, account, id)
    if (!found.ok) return found
    if (!(await addSupport(tx, id, account))) return fail({ kind: 'other-village' })
    const { cycle, phase } = found.value
    if (phase === 'support') await reachSupport(app, tx, cycle, id)
    return ok((await ideaById(tx, id)) as Idea)
  })

/** The support is taken back; safe to repeat. */
export const unsupportIdea = (app: App, account: number, id: number): Promise<Result<Idea, SupportProblem>> =>
  transact<Idea, SupportProblem>(app, async (tx) => {
    const found = await takesSupport(tx, account, id)
    if (!found.ok) return found
    await dropSupport(tx, id, account)
    return ok((await ideaById(tx, id)) as Idea)
  })

/** The idea, and whoever acts as this account, held until the transaction ends. */
async function takesSupport(
  tx: Tx,
  account: number,
  id: number,
): Promise<Result<{ cycle: number; phase: Phase }, SupportProblem>> {
  await holdAuthor(tx, account)
  const idea = await ideaForUpdate(tx, id)
  if (!idea || idea.project !== null || !isOnTheWay(idea.state) || !isShown(idea))
    return fail({ kind: 'no-such-idea' })
  if (idea.author === account) return fail({ kind: 'own-idea' })
  const cycle = await cycleForShare(tx, idea.cycle)
  return cycle && SUPPORTED_IN.includes(cycle.phase)
    ? ok({ cycle: cycle.id, phase: cycle.phase })
    : fail({ kind: 'no-such-idea' })
}

/** An idea that asks for supporters now, as one person sees it. */
export interface Supportable {
  idea: Idea
  mine: boolean
  /** This person supports it. */
  given: boolean
}

/** What a village may support now, in this person's own order; undefined while nothing of the kind is asked. */
export async function supportable(
  app: App,
  account: number,
  { cycle, territory }: { cycle: number; territory: number },
): Promise<Supportable[] | undefined> {
  if ((await cycleById(app.db, cycle))?.phase !== 'support') return undefined
  const ideas = (await ideasIn(app.db, cycle, { territory, states: ['feasible'] })).filter(
    ({ support: asked, project }) => asked !== null && project === null,
  )
  const given = await supportedBy(
    app.db,
    account,
    ideas.map(({ id }) => id),
  )
  const lots = ideas.map((idea) => ({ id: String(idea.id), idea }))
  return ownOrder(cycle, account, lots).map(({ idea }) => ({
    idea,
    mine: idea.author === account,
    given: given.has(idea.id),
  }))
}
