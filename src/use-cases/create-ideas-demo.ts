// The demo's other half: a village that said what it needs and is asked for ideas, with invented ones in different states, and who decides.
import { clock } from '../store/clock.ts'
import { allCycles, type Cycle, cycleById } from '../store/cycles.ts'
import { hasRoom } from '../store/rooms.ts'
import type { App } from './app.ts'
import { bindRoom, inviteRoom } from './bind-room.ts'
import { createCycle } from './create-cycle.ts'
import { decideIdea } from './decide-idea.ts'
import { DEMO_BUDGET, DEMO_DESK, DEMO_PLACES } from './demo-content.ts'
import {
  DEMO_IDEAS,
  type DemoIdea,
  IDEAS_DEMO_CEILING,
  IDEAS_DEMO_PLACE,
  IDEAS_DEMO_TITLE,
} from './demo-ideas.ts'
import { answerAsNeighbours, publishDemoNeeds } from './demo-needs.ts'
import { demoPlace } from './demo-place.ts'
import { grantRole } from './grant-role.ts'
import { listOwnIdeas } from './list-ideas.ts'
import { movePhase } from './move-phase.ts'
import { muteKind } from './mute-kind.ts'
import { sendIdea } from './send-idea.ts'
import { beginIdea, writeIdea } from './write-idea.ts'

const DAY = 86_400_000
const COLLECTING_DAYS = 30
/** Far above every account that Telegram gives, and apart from the neighbours who vote. */
const FIRST_AUTHOR = 9_500_000_000_000

/** By their accounts: who moderates in the village of the ideas, and who is the official there and where people vote. `group`: their chat. */
export interface DemoStaff {
  moderators: readonly number[]
  official: number
  group?: number
}

/**
 * Makes what is missing: the cycle where none collects ideas for another day, what was said of needs, its ideas, the roles, the bond of
 * the moderators' group. The classifier must be loaded.
 * Safe to repeat: what anybody decided since then stays. Returns the cycle.
 */
export async function createIdeasDemo(app: App, staff: DemoStaff): Promise<number> {
  const territory = await demoPlace(app, IDEAS_DEMO_PLACE)
  const cycle = (await openCycle(app)) ?? (await newCycle(app, territory))
  for (;;) {
    const demo = await cycleById(app.db, cycle)
    if (demo?.phase === 'ideas') break
    if (demo?.phase === 'consultation') await answerAsNeighbours(app, { cycle, territory })
    const moved = await movePhase(app, cycle, { by: 'command' })
    if (!moved.ok) throw new Error(`the demo could not ask for ideas: ${moved.problem.kind}`)
  }
  await publishDemoNeeds(app, { cycle, territory })
  for (const [at, idea] of DEMO_IDEAS.entries())
    await propose(app, { cycle, territory }, FIRST_AUTHOR + cycle * 100 + at, idea)
  // After the ideas: nobody is written to about what is invented.
  for (const moderator of staff.moderators) await grant(app, moderator, 'moderator', territory)
  await grant(app, staff.official, 'official', territory)
  for (const kato of DEMO_PLACES) await grant(app, staff.official, 'official', await demoPlace(app, kato))
  if (staff.group !== undefined && !(await hasRoom(app.db, cycle, territory)))
    await bind(app, cycle, { chat: staff.group, by: staff.official })
  return cycle
}

/** As the official would by the link: its cards are drawn there from then on. */
async function bind(app: App, cycle: number, { chat, by }: { chat: number; by: number }): Promise<void> {
  const token = done(await inviteRoom(app, { cycle, territory: null }, by))
  done(await bindRoom(app, { token, chat, locale: 'kk' }, by))
}

const isIdeasDemo = (slug: string): boolean => /^demo-ideas(?:-\d+)?$/.test(slug)

/** The newest, while it collects for a day more; or one that was cut off in its making. */
async function openCycle(app: App): Promise<number | undefined> {
  const [newest] = (await allCycles(app.db)).filter(({ slug }) => isIdeasDemo(slug))
  if (!newest || !BEFORE_REVIEW.includes(newest.phase)) return undefined
  const left = Date.parse(newest.timeline.review ?? '') - Date.parse(await clock(app.db))
  return left > DAY ? newest.id : undefined
}

const BEFORE_REVIEW: readonly Cycle['phase'][] = ['draft', 'announced', 'consultation', 'ideas']

async function newCycle(app: App, territory: number): Promise<number> {
  const before = (await allCycles(app.db)).filter(({ slug }) => isIdeasDemo(slug)).length
  const now = Date.parse(await clock(app.db))
  const day = (n: number) => new Date(now + n * DAY).toISOString()
  const made = await createCycle(
    app,
    {
      slug: before === 0 ? 'demo-ideas' : `demo-ideas-${before + 1}`,
      title: IDEAS_DEMO_TITLE,
      profile: 'advisory',
      trial: true,
      ideaTerms: { ceiling: IDEAS_DEMO_CEILING },
      timeline: {
        announced: day(-2),
        consultation: day(-1),
        // They begin at once, after the neighbours have answered.
        ideas: day(1),
        review: day(COLLECTING_DAYS),
        voting: day(COLLECTING_DAYS + 10),
        counting: day(COLLECTING_DAYS + 24),
        results: day(COLLECTING_DAYS + 26),
      },
      territories: [{ territory, budget: DEMO_BUDGET, desk: DEMO_DESK }],
      projects: [],
    },
    'command',
  )
  if (!made.ok) throw new Error(`the demo of ideas could not be made: ${made.problem.kind}`)
  return made.value
}

/** One idea of an invented author, who hears nothing of it; one that was sent before stays as it is. */
async function propose(
  app: App,
  at: { cycle: number; territory: number },
  author: number,
  { locale, words, decisions }: DemoIdea,
): Promise<void> {
  if ((await listOwnIdeas(app, author)).some(({ number }) => number !== null)) return
  await muteKind(app, author, 'ideas', true)
  const { id } = done(await beginIdea(app, author, { ...at, locale }))
  done(await writeIdea(app, author, id, words))
  done(await sendIdea(app, author, id))
  for (const decision of decisions) done(await decideIdea(app, id, decision, { by: 'command' }))
}

function done<T>(result: { ok: true; value: T } | { ok: false; problem: { kind: string } }): T {
  if (!result.ok) throw new Error(`an act of the demo was refused: ${result.problem.kind}`)
  return result.value
}

async function grant(
  app: App,
  account: number,
  role: 'moderator' | 'official',
  territory: number,
): Promise<void> {
  const given = await grantRole(app, { account, role, territory }, 'command')
  if (!given.ok) throw new Error(`a role of the demo was refused: ${given.problem.kind}`)
}
