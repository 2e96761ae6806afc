// A small cycle for a story: villages with projects and people who are in already, and the acts that everybody does.
import { everywhere } from '../../src/core/localised.ts'
import type { Phase } from '../../src/core/cycle.ts'
import type { Result } from '../../src/core/result.ts'
import type { Db } from '../../src/store/db.ts'
import { insertTerritory } from '../../src/store/territories.ts'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { unguarded } from './database.ts'
import { claimFor, cycleOf, enterPeople, handThemOver } from './people.ts'

const DAY = 86_400_000

/** UTC ISO, so many days from now. */
export const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString()

/** The value of a success; a problem fails the story. */
export function must<T>(result: Result<T, { kind: string }>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`)
  return result.value
}

/** The kind of a problem; a success is told as `ok`. */
export const kindOf = (result: Result<unknown, { kind: string }>): string =>
  result.ok ? 'ok' : result.problem.kind

export const newVillage = (app: App, name: string): Promise<number> =>
  insertTerritory(app.db, { level: 3, kind: 'village', name: everywhere(name) })

export interface SmallCycle {
  id: number
  slug: string
  villages: number[]
}

/**
 * A draft in the advisory profile: one village a list of costs, a budget of 10,000,000 each, projects `a1`, `a2` … in the first,
 * `b1` … in the second; voting began a day ago and closes in 13 days.
 */
export async function smallCycle(
  app: App,
  slug: string,
  costs: readonly (readonly number[])[],
  wanted: Partial<NewCycle> = {},
): Promise<SmallCycle> {
  const villages: number[] = []
  for (const at of costs.keys()) villages.push(await newVillage(app, `${slug} ${at + 1}`))
  const id = must(
    await createCycle(
      app,
      {
        slug,
        title: everywhere(slug),
        profile: 'advisory',
        timeline: { announced: day(-2), voting: day(-1), counting: day(13), results: day(14) },
        territories: villages.map((territory) => ({ territory, budget: 10_000_000 })),
        projects: costs.flatMap((list, at) =>
          list.map((cost, n) => ({
            id: `${String.fromCharCode(97 + at)}${n + 1}`,
            territory: villages[at] as number,
            title: everywhere(`project ${n + 1}`),
            category: 'roads',
            cost,
          })),
        ),
        ...wanted,
      },
      'command',
    ),
  )
  return { id, slug, villages }
}

/** Brings a cycle to voting, by the clock where that is due. */
export async function openVoting(app: App, id: number): Promise<void> {
  for (let moves = 0; moves < 6; moves++) {
    const [row] = await app.db.sql<{ phase: string }[]>`select phase from cycle where id = ${id}`
    if (row?.phase === 'voting') return
    // The phase clock of a running program may have been first.
    const moved = await movePhase(app, id, { by: 'command', from: row?.phase as Phase })
    if (!moved.ok && moved.problem.kind !== 'moved-before') must(moved)
  }
}

/** Changes a project past the program. `what`: columns and values, as SQL has them. */
export const editProject = (db: Db, id: string, what: string, cycle?: number): Promise<void> =>
  unguarded(db, (sql) =>
    sql.unsafe(
      `update project set ${what} where id = '${id}'${cycle === undefined ? '' : ` and cycle = ${cycle}`}`,
    ),
  )

/** Makes the close come now, on the database's clock, as if the days had gone by. */
export async function letClose(app: App, id: number, inMs = 0): Promise<void> {
  await unguarded(app.db, async (sql) => {
    // A close only ever moves later while people vote: moved nearer, no cast may still hold the former one.
    await sql`select pg_advisory_xact_lock(7, ${id})`
    await sql`update phase_start set starts_at = clock_timestamp() + make_interval(secs => ${inMs / 1000})
      where cycle = ${id} and phase = 'counting'`
  })
  // And the log says so too: the days went by for everybody.
  const cycle = await cycleById(app.db, id)
  if (!cycle?.frozenRules || cycle.timeline.counting === undefined) return
  await appendLeaf(app, app.db, id, {
    kind: 'extended',
    at: app.now().toISOString(),
    cycle: cycle.slug,
    closes_at: cycle.timeline.counting,
    by: 'clock',
  })
}

/** The phase whose time has come begins; the phase clock of a program that runs may have been first. */
export async function begins(app: App, id: number, phase: Phase): Promise<void> {
  const moved = await movePhase(app, id, { by: 'clock' })
  if (!moved.ok && (await cycleById(app.db, id))?.phase !== phase) must(moved)
}

export interface Voter {
  account: number
  rollRow: number
  territory: number
}

/** People who are verified: a row of the roll each, with a card in hand, claimed by an account of their own, or by the one that `accountOf` tells. */
export async function voters(
  app: App,
  cycle: number,
  territory: number,
  count: number,
  accountOf: (rollRow: number, at: number) => number = (rollRow) => 1_000_000 + rollRow,
): Promise<Voter[]> {
  const stored = await cycleOf(app, cycle)
  const hashes = Array.from({ length: count }, () => app.random(32))
  const people = await enterPeople(app, stored, territory, hashes)
  await handThemOver(app, stored, territory, people)
  const claiming = people.map((one, at) => ({ ...one, account: accountOf(one.rollRow, at) }))
  await claimFor(app, stored, territory, claiming)
  return claiming.map(({ account, rollRow }) => ({ account, rollRow, territory }))
}

/** Opens a ballot and casts it. */
export async function vote(app: App, cycle: number, voter: Voter, marks: readonly string[]) {
  return castBallot(app, { ...(await opened(app, cycle, voter)), cycle, marks })
}

/** An opened ballot, to be cast later. */
export async function opened(app: App, cycle: number, voter: Voter) {
  const { ballot } = must(await openBallot(app, voter.account, cycle, voter.rollRow))
  return { ballot, ...voter }
}
