// Ideas of a village as everybody may read them while they are collected, looked at and supported.
import { ownOrder } from '../core/own-order.ts'
import { isShown } from '../core/idea.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { upsertAccount } from '../store/accounts.ts'
import { setIdeaFollow, type Wishes, wishesOf } from '../store/idea-wishes.ts'
import { type Idea, ideaByNumber, ideasIn } from '../store/ideas.ts'
import type { App } from './app.ts'
import type { Place } from './list-places.ts'
import { answersAbout, type Question } from './questions.ts'
import { isOutdated, readPlace } from './read-place.ts'

export type { Idea }

const READ = ['sent', 'returned', 'approved', 'feasible', 'unfeasible'] as const

/** In an order of each account's own, the same on every page; undefined when there is no such place. */
export async function listVillageIdeas(
  app: App,
  account: number,
  at: { cycle: number; territory: number },
): Promise<{ place: Place; ideas: Idea[] } | undefined> {
  const [place, ideas] = await Promise.all([
    readPlace(app, at.cycle, at.territory),
    ideasIn(app.db, at.cycle, { territory: at.territory, states: READ }),
  ])
  if (!place) return undefined
  const keyed = ideas.filter(isShown).map((idea) => ({ id: `idea-${idea.number}`, idea }))
  return { place, ideas: ownOrder(at.cycle, account, keyed).map(({ idea }) => idea) }
}

export interface FoundIdea {
  place: Place
  idea: Idea
}

/** By its number in the cycle; undefined where nobody but its author and its moderators may read it. */
export async function readVillageIdea(
  app: App,
  at: { cycle: number; number: number },
): Promise<FoundIdea | undefined> {
  const idea = await ideaByNumber(app.db, at.cycle, at.number)
  const place = idea && isShown(idea) ? await readPlace(app, at.cycle, idea.territory) : undefined
  return idea && place ? { place, idea } : undefined
}

/** What a card says beside the idea itself. */
export interface AroundIdea extends Wishes {
  /** The newest answer first. */
  answered: Question[]
}

export async function readAroundIdea(app: App, account: number, { cycle, id }: Idea): Promise<AroundIdea> {
  const [wishes, answered] = await Promise.all([
    wishesOf(app.db, id, account),
    answersAbout(app, { cycle, id }),
  ])
  return { ...wishes, answered }
}

/** Safe to repeat. Returns the idea. */
export async function followIdea(
  app: App,
  account: number,
  at: { cycle: number; number: number },
  on: boolean,
): Promise<Result<FoundIdea, { kind: 'no-such-idea' } | { kind: 'own-idea' }>> {
  const found = await readVillageIdea(app, at)
  if (!found || isOutdated(found.place)) return fail({ kind: 'no-such-idea' })
  if (found.idea.author === account) return fail({ kind: 'own-idea' })
  await app.db.begin(async (tx) => {
    await upsertAccount(tx, account, {})
    await setIdeaFollow(tx, found.idea.id, account, on)
  })
  return ok(found)
}
