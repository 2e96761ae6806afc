// Cards for the demo: for every row of its roll that nobody has claimed, with the leaves that a desk's acts leave.
import { toHex, utf8 } from '../core/bytes.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { drawCards, type RandomBytes } from '../core/cards.ts'
import type { Localised } from '../core/localised.ts'
import { ok } from '../core/result.ts'
import { sha256 } from '../core/sha256.ts'
import { handOver, insertCards, killUnusedCards, lastSerial } from '../store/cards.ts'
import { clock } from '../store/clock.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { type Place, territoriesOf } from '../store/places.ts'
import { type HashedRollRow, unclaimedRows, upsertRollRows } from '../store/roll.ts'
import type { App } from './app.ts'
import { appendCardLeaf } from './append-card-leaf.ts'
import { appendLeaf } from './append-leaf.ts'
import { bindCards } from './bind-cards.ts'
import { DEMO_HANDED, DEMO_NEIGHBOURS, DEMO_ROWS } from './demo-content.ts'
import { hashCards } from './hash-cards.ts'
import { transact } from './transact.ts'

/** A card that was handed over, with its secret: what lies in the envelope. */
export interface DemoCard {
  name: Localised
  /** Okrug and district, nearest first. */
  within: Localised[]
  serial: number
  /** 16 digits. */
  code: string
  /** Whether there is anything to vote on. */
  projects: number
}

/** A card of somebody who votes at once. */
export interface NeighbourCard {
  territory: number
  registerNo: number
  code: string
}

export interface DemoCards {
  people: DemoCard[]
  neighbours: NeighbourCard[]
}

/** New cards for every row without a claim, in one act: the old ones are dead when the new ones are alive. */
export async function printDemoCards(app: App, cycle: Cycle, randomness: RandomBytes): Promise<DemoCards> {
  const places = await territoriesOf(app.db, cycle.id)
  const printed = await transact(app, async (tx) => {
    const rows = places.flatMap(({ territory }) =>
      Array.from({ length: DEMO_ROWS }, (_, at) => ({
        territory,
        registerNo: at + 1,
        contactMac: undefined,
      })),
    )
    await enterRows(app, tx, cycle, rows)
    for (const [territory, serials] of await killUnusedCards(tx, cycle.id))
      await appendCardLeaf(app, tx, cycle, 'cards-reissued', { territory, serials, by: 'command' })
    const cards: DemoCards = { people: [], neighbours: [] }
    const free = await unclaimedRows(tx, cycle.id)
    for (const place of places) {
      const numbers = free.filter((row) => row.territory === place.territory).map((row) => row.registerNo)
      const { people, neighbours } = await printVillage(app, tx, place, numbers, randomness)
      cards.people.push(...people)
      cards.neighbours.push(...neighbours)
    }
    return ok(cards)
  })
  return printed.ok ? printed.value : { people: [], neighbours: [] }
}

/** The demo's roll is nobody's file: its leaf names the rows themselves. */
async function enterRows(app: App, tx: Tx, cycle: Cycle, rows: readonly HashedRollRow[]): Promise<void> {
  const added = await upsertRollRows(tx, cycle.id, rows)
  if (Object.keys(added).length === 0) return
  await appendLeaf(app, tx, cycle.id, {
    kind: 'roll-imported',
    at: await clock(tx),
    cycle: cycle.slug,
    rows: added,
    file: toHex(
      sha256(utf8(canonicalJson(rows.map(({ territory, registerNo }) => [territory, registerNo])))),
    ),
    by: 'command',
  })
}

async function printVillage(
  app: App,
  tx: Tx,
  place: Place,
  numbers: readonly number[],
  randomness: RandomBytes,
): Promise<DemoCards> {
  const { cycle, territory, name, within, projects } = place
  const first = (await lastSerial(tx, cycle.id, territory)) + 1
  const rows = numbers.map((register) => ({ village: String(territory), register }))
  const drawn = drawCards(rows, randomness, () => first).cards
  const plain = drawn.map(({ register, serial, code }) => ({ territory, registerNo: register, serial, code }))
  const hashed = await hashCards(plain, app.secrets.pepper(cycle.id))
  await insertCards(tx, cycle.id, await bindCards(app, tx, cycle, hashed))
  const people = plain.filter(({ registerNo }) => registerNo <= DEMO_HANDED)
  const neighbours =
    projects > 0 ? plain.filter(({ registerNo }) => registerNo > DEMO_ROWS - DEMO_NEIGHBOURS) : []
  const handed = [...people, ...neighbours]
  if (handed.length === 0) return { people: [], neighbours: [] }
  const serials = handed.map(({ serial }) => serial)
  const { killed } = await handOver(tx, cycle.id, territory, serials)
  await appendCardLeaf(app, tx, cycle, 'cards-handed-over', { territory, serials, by: 'command' })
  await appendCardLeaf(app, tx, cycle, 'cards-reissued', { territory, serials: killed, by: 'command' })
  return {
    people: people.map(({ serial, code }) => ({ name, within, serial, code, projects })),
    neighbours: neighbours.map(({ registerNo, code }) => ({ territory, registerNo, code })),
  }
}
