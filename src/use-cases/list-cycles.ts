// The cycles as a command lists and names them.
import { lastSerial } from '../store/cards.ts'
import { allCycles, type Cycle, cycleByName } from '../store/cycles.ts'
import { type Place, territoriesOf } from '../store/places.ts'
import { castNumbers } from '../store/votes.ts'
import { rollNumbers } from '../store/roll.ts'
import { codesOf } from '../store/territories.ts'
import type { App } from './app.ts'

export type { Cycle }

/** All, newest first, drafts too. */
export const listCycles = (app: App): Promise<Cycle[]> => allCycles(app.db)

/** By short name or number; undefined when there is none. */
export const findCycle = (app: App, name: string): Promise<Cycle | undefined> => cycleByName(app.db, name)

export interface CycleVillage extends Place {
  kato: string | null
  /** Of its roll and cards. */
  rows: number
  cards: number
  handed: number
  claimed: number
  /** Rights that have cast a ballot. */
  voted: number
  /** The first serial that no card has. */
  nextSerial: number
}

/** The voting territories of a cycle with the numbers of their rolls. */
export async function listVillages(app: App, cycle: number): Promise<CycleVillage[]> {
  const [places, codes, rolls, casts] = await Promise.all([
    territoriesOf(app.db, cycle),
    codesOf(app.db, cycle),
    rollNumbers(app.db, cycle),
    castNumbers(app.db, cycle),
  ])
  const villages: CycleVillage[] = []
  for (const place of places) {
    const { territory } = place
    const roll = rolls.find((row) => row.territory === territory)
    villages.push({
      ...place,
      kato: codes.find((row) => row.territory === territory)?.kato ?? null,
      rows: roll?.rows ?? 0,
      cards: roll?.cards ?? 0,
      handed: roll?.handed ?? 0,
      claimed: roll?.claimed ?? 0,
      voted: casts.find((row) => row.territory === territory)?.rights ?? 0,
      nextSerial: (await lastSerial(app.db, cycle, territory)) + 1,
    })
  }
  return villages
}
