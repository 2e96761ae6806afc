// Ideas as people ask for them: their own, those of a village, one by its number.
import type { Phase } from '../core/cycle.ts'
import type { IdeaState } from '../core/idea.ts'
import {
  type Idea,
  ideaById,
  ideaByNumber,
  ideasIn,
  ideasOf,
  ideaTermsOf,
  openIdeaOf,
} from '../store/ideas.ts'
import type { App } from './app.ts'
import { SUPPORTED_IN } from './support-idea.ts'

export type { Idea }

/** All that the account wrote, in every cycle, drafts last. */
export const listOwnIdeas = (app: App, account: number): Promise<Idea[]> => ideasOf(app.db, account)

/** The numbered ideas of a cycle, in the order of their numbers. */
export const listIdeas = (
  app: App,
  cycle: number,
  where: { territory?: number; states?: readonly IdeaState[] } = {},
): Promise<Idea[]> => ideasIn(app.db, cycle, where)

/** By its number in the cycle. */
export const findIdea = (app: App, cycle: number, number: number): Promise<Idea | undefined> =>
  ideaByNumber(app.db, cycle, number)

/** The account's own, wherever it stands. */
export async function ownIdea(app: App, account: number, id: number): Promise<Idea | undefined> {
  const idea = await ideaById(app.db, id)
  return idea?.author === account ? idea : undefined
}

/** What a menu says of ideas while a cycle collects them, reviews them, or asks who supports which. `open`: the account is writing one. `sent`: it sent some here. */
export async function ideasAtHand(
  app: App,
  account: number,
  cycle: { id: number; phase: Phase },
): Promise<IdeasAtHand | undefined> {
  if (!SUPPORTED_IN.includes(cycle.phase)) return undefined
  const [open, own] = await Promise.all([openIdeaOf(app.db, account), ideasOf(app.db, account)])
  const sent = own.some((idea) => idea.cycle === cycle.id && idea.number !== null)
  const supporting = cycle.phase === 'support' && (await ideaTermsOf(app.db, cycle.id)).support !== undefined
  return { open: open?.cycle === cycle.id, sent, collecting: cycle.phase === 'ideas', supporting }
}

export interface IdeasAtHand {
  collecting: boolean
  /** Residents say which ideas should be voted on. */
  supporting: boolean
  open: boolean
  sent: boolean
}
