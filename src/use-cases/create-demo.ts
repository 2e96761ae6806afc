// The demo: a trial that is open for voting, with cards in hand. Run again it prints new cards for whoever has not used one.
import { type RandomBytes, drawCards } from '../core/cards.ts'
import { isOver } from '../core/cycle.ts'
import type { DemoProject } from '../core/formats/demo-projects.ts'
import type { Localised } from '../core/localised.ts'
import { ok } from '../core/result.ts'
import { serialsHash } from '../core/serials.ts'
import { clock } from '../store/clock.ts'
import { allCycles, type Cycle, cycleById } from '../store/cycles.ts'
import { type Place, territoriesOf } from '../store/places.ts'
import type { Tx } from '../store/db.ts'
import {
  handOver,
  insertCards,
  killUnusedCards,
  lastSerial,
  unclaimedRows,
  upsertRollRows,
} from '../store/roll.ts'
import { territoryByKato } from '../store/territories.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { createCycle } from './create-cycle.ts'
import type { NewProject } from './new-cycle.ts'
import {
  DEMO_BUDGET,
  DEMO_DAYS,
  DEMO_DESK,
  DEMO_HANDED,
  DEMO_PLACES,
  DEMO_ROWS,
  DEMO_TITLE,
} from './demo-content.ts'
import { extendCycle } from './extend-cycle.ts'
import { hashCards } from './hash-cards.ts'
import { movePhase } from './move-phase.ts'
import { transact } from './transact.ts'

/** A card that was handed over, with its secret: what lies in the envelope. */
export interface DemoCard {
  name: Localised
  /** Okrug and district, nearest first. */
  within: Localised[]
  serial: number
  /** 16 digits. */
  code: string
}

const DAY = 86_400_000

/**
 * Makes the demo cycle where none is open, and hands over fresh cards for the first rows of each roll. Every unused card of
 * before is dead then; people who are in stay in. The classifier must be loaded. Safe to repeat.
 */
export async function createDemo(
  app: App,
  projects: readonly DemoProject[],
  randomness: RandomBytes,
): Promise<DemoCard[]> {
  const open = await openDemo(app)
  const cycle = open ?? (await newDemo(app, projects))
  for (let at: Cycle | undefined = await cycleById(app.db, cycle); at && at.phase !== 'voting'; ) {
    const moved = await movePhase(app, cycle, { by: 'command' })
    if (!moved.ok) throw new Error(`the demo could not be opened: ${moved.problem.kind}`)
    at = await cycleById(app.db, cycle)
  }
  return printCards(app, cycle, randomness)
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
  const ids = await Promise.all(DEMO_PLACES.map(({ kato }) => idOf(app, kato)))
  const projects: NewProject[] = []
  for (const [at, { localities }] of DEMO_PLACES.entries()) {
    for (const { kato, ...project } of rows.filter((row) => localities.includes(row.kato))) {
      const place = await idOf(app, kato)
      projects.push({ ...project, id: `p${projects.length + 1}`, territory: ids[at] as number, place })
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

async function idOf(app: App, kato: string): Promise<number> {
  const id = await territoryByKato(app.db, kato)
  if (id === undefined) throw new Error(`the classifier has no place ${kato}`)
  return id
}

/** New cards for every row without a claim, in one act: the old ones are dead when the new ones are alive. */
async function printCards(app: App, cycle: number, randomness: RandomBytes): Promise<DemoCard[]> {
  const places = await territoriesOf(app.db, cycle)
  const printed = await transact(app, async (tx) => {
    const rows = places.flatMap(({ territory }) =>
      Array.from({ length: DEMO_ROWS }, (_, at) => ({
        territory,
        registerNo: at + 1,
        contactMac: undefined,
      })),
    )
    await upsertRollRows(tx, cycle, rows)
    await killUnusedCards(tx, cycle)
    const cards: DemoCard[] = []
    const free = await unclaimedRows(tx, cycle)
    for (const place of places) {
      const numbers = free.filter((row) => row.territory === place.territory).map((row) => row.registerNo)
      cards.push(...(await printVillage(app, tx, place, numbers, randomness)))
    }
    return ok(cards)
  })
  return printed.ok ? printed.value : []
}

async function printVillage(
  app: App,
  tx: Tx,
  place: Place,
  numbers: readonly number[],
  randomness: RandomBytes,
): Promise<DemoCard[]> {
  const { cycle, territory, name, within } = place
  const first = (await lastSerial(tx, cycle.id, territory)) + 1
  const rows = numbers.map((register) => ({ village: String(territory), register }))
  const drawn = drawCards(rows, randomness, () => first).cards
  const plain = drawn.map(({ register, serial, code }) => ({ territory, registerNo: register, serial, code }))
  await insertCards(tx, cycle.id, await hashCards(plain, app.secrets.pepper(cycle.id)))
  const handed = plain.filter(({ registerNo }) => registerNo <= DEMO_HANDED)
  if (handed.length === 0) return []
  const serials = handed.map(({ serial }) => serial)
  await handOver(tx, cycle.id, territory, serials)
  await appendLeaf(app, tx, cycle.id, {
    kind: 'cards-handed-over',
    at: await clock(tx),
    cycle: cycle.slug,
    village: String(territory),
    serials: serials.length,
    list: serialsHash(serials),
    by: 'command',
  })
  return handed.map(({ serial, code }) => ({ name, within, serial, code }))
}
