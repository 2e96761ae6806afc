// Questions as they are read: what waits for an official, one of them, those of a cycle, and what was answered about a project.
import { mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import {
  type About,
  answeredAbout,
  type Question,
  questionById,
  questionsIn,
  waitingQuestions,
} from '../store/questions.ts'
import { linesOf } from '../store/territories.ts'
import type { App } from './app.ts'
import { loggedGrants } from './logged-grants.ts'

export type { Question }

/** Only what this account may answer, and nothing that it asked. Ids, what has no answer yet first, the oldest first. */
export async function questionQueue(app: App, account: number): Promise<number[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const [now, waiting] = [await clock(app.db), await waitingQuestions(app.db)]
  const mine = new Set<number>()
  for (const territory of new Set(waiting.map((one) => one.territory)))
    if (mayDo(grants, 'answer-question', await linesOf(app.db, [territory]), now)) mine.add(territory)
  return waiting.flatMap((one) => (mine.has(one.territory) && one.account !== account ? [one.id] : []))
}

/** The question as an official may read it; undefined for whoever may not answer it. */
export async function readQuestion(app: App, account: number, id: number): Promise<Question | undefined> {
  const question = await questionById(app.db, id)
  if (!question) return undefined
  const grants = await loggedGrants(app, app.db, account)
  const lines = await linesOf(app.db, [question.territory])
  return mayDo(grants, 'answer-question', lines, await clock(app.db)) ? question : undefined
}

/** All of a cycle, in the order in which they were asked. */
export const listQuestions = (app: App, cycle: number): Promise<Question[]> => questionsIn(app.db, cycle)

/** What everybody may read about a project, or about an idea, the newest answer first. */
export const answersAbout = (
  app: App,
  { cycle, id }: { cycle: number; id: string | number },
): Promise<Question[]> => answeredAbout(app.db, cycle, aboutOf(id))

/** The id of a project is a word, that of an idea a number. */
export const aboutOf = (id: string | number): About =>
  typeof id === 'string' ? { project: id, idea: null } : { project: null, idea: id }
