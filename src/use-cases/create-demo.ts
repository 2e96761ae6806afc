// The demo: a trial that is open for voting, with cards in hand. Run again it prints new cards for whoever has not used one.
import type { RandomBytes } from '../core/cards.ts'
import { isOver } from '../core/cycle.ts'
import type { DemoProject } from '../core/formats/demo-projects.ts'
import { clock } from '../store/clock.ts'
import { allCycles, cycleById } from '../store/cycles.ts'
import type { App } from './app.ts'
import { createCycle } from './create-cycle.ts'
import type { NewProject } from './new-cycle.ts'
import { DEMO_BUDGET, DEMO_DAYS, DEMO_DESK, DEMO_PLACES, DEMO_TITLE } from './demo-content.ts'
import { voteAsNeighbours } from './demo-neighbours.ts'
import { demoPlace } from './demo-place.ts'
import { extendCycle } from './extend-cycle.ts'
import { movePhase } from './move-phase.ts'
import { type DemoCard, printDemoCards } from './print-demo-cards.ts'

const DAY = 86_400_000

/**
 * Makes the demo cycle where none is open, and hands over fresh cards for the first rows of each roll. Every unused card of
 * before is dead then; people who are in stay in. Invented neighbours vote as soon as it opens. The classifier must be loaded. Safe to repeat.
 */
export async function createDemo(
  app: App,
  projects: readonly DemoProject[],
  randomness: RandomBytes,
): Promise<DemoCard[]> {
  const open = await openDemo(app)
  const cycle = open ?? (await newDemo(app, projects))
  for (;;) {
    const demo = await cycleById(app.db, cycle)
    if (!demo) throw new Error('the demo is gone')
    if (demo.phase === 'voting') {
      const { people, neighbours } = await printDemoCards(app, demo, randomness)
      await voteAsNeighbours(app, demo, neighbours, randomness)
      return people
    }
    const moved = await movePhase(app, cycle, { by: 'command' })
    if (!moved.ok) throw new Error(`the demo could not be opened: ${moved.problem.kind}`)
  }
}

export type DemoState = { did: 'nothing' } | { did: 'extended' } | { did: 'made'; cards: DemoCard[] }

/** At a start: with under 3 days left the demo gets 14 days from now; where none is open a new one is made. */
export async function extendDemo(
  app: App,
  projects: readonly DemoProject[],
  randomness: RandomBytes,
): Promise<DemoState> {
  const id = await openDemo(app)
  const demo = id === undefined ? undefined : await cycleById(app.db, id)
  if (!demo || demo.phase === 'draft')
    return { did: 'made', cards: await createDemo(app, projects, randomness) }
  const now = Date.parse(await clock(app.db))
  if (Date.parse(demo.timeline.counting ?? '') - now >= 3 * DAY) return { did: 'nothing' }
  const longer = await extendCycle(app, demo.id, new Date(now + DEMO_DAYS * DAY).toISOString(), 'clock')
  return { did: longer.ok ? 'extended' : 'nothing' }
}

const isDemo = (slug: string): boolean => /^demo(?:-\d+)?$/.test(slug)

/** The newest demo that can still be voted in, by the database's clock. */
async function openDemo(app: App): Promise<number | undefined> {
  const [newest] = (await allCycles(app.db)).filter((cycle) => isDemo(cycle.slug))
  if (!newest || isOver(newest.phase)) return undefined
  const closesAt = Date.parse(newest.timeline.counting ?? '')
  return closesAt > Date.parse(await clock(app.db)) ? newest.id : undefined
}

async function newDemo(app: App, rows: readonly DemoProject[]): Promise<number> {
  const before = (await allCycles(app.db)).filter((cycle) => isDemo(cycle.slug)).length
  const now = Date.parse(await clock(app.db))
  const day = (n: number) => new Date(now + n * DAY).toISOString()
  const ids = await Promise.all(DEMO_PLACES.map((kato) => demoPlace(app, kato)))
  const projects: NewProject[] = []
  for (const [at, code] of DEMO_PLACES.entries()) {
    const territory = ids[at] as number
    for (const { kato: _, ...project } of rows.filter(({ kato }) => kato === code)) {
      projects.push({ ...project, id: `p${projects.length + 1}`, territory, place: territory })
    }
  }
  const made = await createCycle(
    app,
    {
      slug: before === 0 ? 'demo' : `demo-${before + 1}`,
      title: DEMO_TITLE,
      profile: 'advisory',
      trial: true,
      timeline: {
        announced: day(-2),
        voting: day(-1),
        counting: day(DEMO_DAYS - 1),
        results: day(DEMO_DAYS + 1),
      },
      territories: ids.map((territory) => ({ territory, budget: DEMO_BUDGET, desk: DEMO_DESK })),
      projects,
    },
    'command',
  )
  if (!made.ok) throw new Error(`the demo could not be made: ${made.problem.kind}`)
  return made.value
}
