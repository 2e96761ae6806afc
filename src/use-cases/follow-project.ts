// Somebody wants to hear of a project, or no more; and what there is to say of one to a reader.
import { fail, ok, type Result } from '../core/result.ts'
import { upsertAccount } from '../store/accounts.ts'
import { followOf, setFollow } from '../store/follows.ts'
import type { App } from './app.ts'
import type { Project } from './list-projects.ts'
import { answersAbout, type Question } from './questions.ts'
import { isOutdated } from './read-place.ts'
import { type FoundProject, readProject } from './read-project.ts'

/** Safe to repeat. Returns the project. */
export async function followProject(
  app: App,
  account: number,
  at: { cycle: number; territory: number; number: number },
  on: boolean,
): Promise<Result<FoundProject, { kind: 'no-project' }>> {
  const found = await readProject(app, at.cycle, at.territory, at.number)
  if (!found || isOutdated(found.place)) return fail({ kind: 'no-project' })
  await app.db.begin(async (tx) => {
    await upsertAccount(tx, account, {})
    await setFollow(tx, { account, cycle: at.cycle, project: found.project.id }, on)
  })
  return ok(found)
}

/** What a project's card says beside the project itself. */
export interface Around {
  followed: boolean
  /** Of whose idea it was, where they asked for their name to be shown. */
  author: string | null
  /** The newest answer first. */
  answered: Question[]
}

export async function readAround(app: App, account: number, project: Project): Promise<Around> {
  const { cycle, id } = project
  const [own, answered] = await Promise.all([
    followOf(app.db, { account, cycle, project: id }),
    answersAbout(app, project),
  ])
  return { ...own, answered }
}
