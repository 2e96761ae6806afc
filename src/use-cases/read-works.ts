// Works as they are read: those of a village with where each stands, one of them, and those that an official keeps.
import { isPublished } from '../core/cycle.ts'
import { mayDo } from '../core/role.ts'
import { doneAfter, isLate, WORK_TERMS, type WorkState, workState, type WorkTerms } from '../core/work.ts'
import { votersOf } from '../store/claims.ts'
import { clock } from '../store/clock.ts'
import { linesOf } from '../store/territories.ts'
import { answersIn, answersOf, type WorkAnswer } from '../store/work-answers.ts'
import {
  anyWork,
  type Milestone,
  openWorks,
  type Round,
  type StoredWork,
  workNumbered,
  workOf,
  worksIn,
  type WorkPhoto,
} from '../store/works.ts'
import type { App } from './app.ts'
import type { Place } from './list-places.ts'
import type { Voter } from './list-voters.ts'
import { loggedGrants } from './logged-grants.ts'

export type { Round, WorkAnswer, WorkPhoto }

/** `late`: the planned day has ended, and it was not reached. */
export type ShownMilestone = Milestone & { late: boolean }

/** Where a work stands, computed as of now: nothing of it is stored. */
export interface Work extends Omit<StoredWork, 'milestones' | 'terms'> {
  terms: WorkTerms
  milestones: ShownMilestone[]
  state: WorkState
  /** Whole tenge, of all milestones that have a cost; null where none has. */
  cost: number | null
  /** Of all milestones together, 0–100. */
  percent: number
  /** From then on it is done, unless it is disputed. UTC ISO; only while it is called built. */
  doneAfter?: string
}

/** `now`: UTC ISO, on the database's clock. */
export function shownWork(stored: StoredWork, now: string): Work {
  const { milestones, rounds, accepted, refused } = stored
  const terms = { ...WORK_TERMS, ...stored.terms }
  const costs = milestones.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const cost = costs.length === 0 ? null : costs.reduce((sum, one) => sum + one, 0)
  const photos = milestones.reduce((sum, one) => sum + one.photos.length, 0)
  const builtAt = rounds.at(-1)?.builtAt ?? null
  const state = workState({ photos, cost, builtAt, accepted, refused }, terms, now)
  const percents = milestones.reduce((sum, { percent }) => sum + percent, 0)
  return {
    ...stored,
    terms,
    cost,
    state,
    percent: milestones.length === 0 ? 0 : Math.floor(percents / milestones.length),
    milestones: milestones.map((one) => ({ ...one, late: isLate(one, now) })),
    ...(state === 'built' && builtAt !== null ? { doneAfter: doneAfter(builtAt, terms) } : {}),
  }
}

/** Of a published cycle, or of one of its villages, by territory and number. Empty before publication. */
export async function readWorks(app: App, cycle: number, territory?: number): Promise<Work[]> {
  const now = await clock(app.db)
  return (await worksIn(app.db, cycle, territory)).map((one) => shownWork(one, now))
}

/** Whether something is built there: asked at every menu, so before publication the database is not. */
export const hasWorks = async (app: App, { cycle, territory }: Place): Promise<boolean> =>
  isPublished(cycle.phase) && anyWork(app.db, cycle.id, territory)

export interface WorkAt {
  cycle: number
  territory: number
  /** Of the project on the list of its village. */
  number: number
}

export async function readWork(app: App, at: WorkAt): Promise<Work | undefined> {
  const key = await workNumbered(app.db, at)
  const stored = key && (await workOf(app.db, key))
  return stored && shownWork(stored, await clock(app.db))
}

/** What residents said of it, without who, the newest first. */
export const workAnswers = (app: App, { cycle, project }: Work): Promise<WorkAnswer[]> =>
  answersIn(app.db, { cycle, project })

/** Somebody the account answers for, with what they said in this round. */
export type Answerer = Voter & { said?: { accepted: boolean; shown: boolean } }

/** Verified people of the work's village on this account. */
export async function answerersOf(app: App, account: number, work: Work): Promise<Answerer[]> {
  const { cycle, project, territory, rounds } = work
  const people = (await votersOf(app.db, cycle, account)).filter((one) => one.territory === territory)
  const round = rounds.at(-1)?.round
  if (round === undefined || people.length === 0) return people
  const said = await answersOf(
    app.db,
    { cycle, project, round },
    people.map(({ rollRow }) => rollRow),
  )
  return people.map((person) => {
    const own = said.find(({ rollRow }) => rollRow === person.rollRow)
    return own ? { ...person, said: { accepted: own.accepted, shown: own.shown } } : person
  })
}

/** Works of cycles that go on which this account may keep, the newest cycle first. */
export async function worksToKeep(app: App, account: number): Promise<Work[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const [now, works] = [await clock(app.db), await openWorks(app.db)]
  const mine = new Set<number>()
  for (const territory of new Set(works.map((one) => one.territory)))
    if (mayDo(grants, 'keep-works', await linesOf(app.db, [territory]), now)) mine.add(territory)
  return works.filter(({ territory }) => mine.has(territory)).map((one) => shownWork(one, now))
}

/** The work as an official may change it; undefined for whoever may not. */
export async function readWorkToKeep(app: App, account: number, at: WorkAt): Promise<Work | undefined> {
  return (await mayKeepWorks(app, account, at.territory)) ? readWork(app, at) : undefined
}

export async function mayKeepWorks(app: App, account: number, territory: number): Promise<boolean> {
  const grants = await loggedGrants(app, app.db, account)
  return mayDo(grants, 'keep-works', await linesOf(app.db, [territory]), await clock(app.db))
}
