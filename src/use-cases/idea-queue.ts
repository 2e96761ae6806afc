// The ideas that wait for this moderator: to be decided about, or to be costed, the longest waiting first.
import { mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import { waitingIdeas } from '../store/idea-list.ts'
import { type Idea, ideaById } from '../store/ideas.ts'
import { linesOf } from '../store/territories.ts'
import type { App } from './app.ts'
import { loggedGrants } from './logged-grants.ts'

export type { Idea }

/** Only what this account may decide about, and nothing of its own. Ids, in the order in which they are due. */
export async function ideaQueue(app: App, account: number): Promise<number[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const waiting = await waitingIdeas(app.db)
  const villages = [...new Set(waiting.map(({ territory }) => territory))]
  const mine = new Set<number>()
  for (const territory of villages)
    if (mayDo(grants, 'moderate-idea', await linesOf(app.db, [territory]), now)) mine.add(territory)
  return waiting.flatMap(({ id, territory, author }) =>
    mine.has(territory) && author !== account ? [id] : [],
  )
}

/** The idea as a moderator may read it; undefined for whoever may not decide about it. */
export async function readIdeaToDecide(app: App, account: number, id: number): Promise<Idea | undefined> {
  const idea = await ideaById(app.db, id)
  if (!idea || idea.number === null) return undefined
  const grants = await loggedGrants(app, app.db, account)
  const lines = await linesOf(app.db, [idea.territory])
  return mayDo(grants, 'moderate-idea', lines, await clock(app.db)) ? idea : undefined
}

/** Approved ideas whose cost this account may name, none of its own, the longest waiting first. */
export async function costQueue(app: App, account: number): Promise<Idea[]> {
  const ids = await ideaQueue(app, account)
  const ideas = await Promise.all(ids.map((id) => ideaById(app.db, id)))
  return ideas
    .flatMap((idea) => (idea?.state === 'approved' ? [idea] : []))
    .toSorted((a, b) => (a.sentAt ?? '').localeCompare(b.sentAt ?? '') || a.id - b.id)
}
