// How many have voted so far, for the officials of a cycle: by village and by channel, small cells hidden, also from subtraction.
import { FEWEST_SHOWN, type ShownCell } from '../core/needs.ts'
import { shownParts } from '../core/small-cells.ts'
import { channelNumbers } from '../store/votes.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { type CycleVillage, listVillages } from './list-cycles.ts'
import { mayActInCycle } from './may-act.ts'

export interface LiveVillage extends CycleVillage {
  turnout: ShownCell
}

export interface LiveNumbers {
  villages: LiveVillage[]
  /** People on the rolls of all villages, and of these who voted. */
  rows: number
  turnout: ShownCell
  /** By channel, where anybody voted through it. */
  channels: { channel: string; turnout: ShownCell }[]
}

/** Nothing here depends on what was chosen. Undefined for whoever runs the cycle not. */
export async function liveNumbers(
  app: App,
  cycle: number,
  account: number,
): Promise<LiveNumbers | undefined> {
  const may = await app.db.begin((tx: Tx) => mayActInCycle(app, tx, account, 'move-phase', cycle))
  if (!may) return undefined
  const [villages, byChannel] = await Promise.all([listVillages(app, cycle), channelNumbers(app.db, cycle)])
  const total = villages.reduce((sum, { voted }) => sum + voted, 0)
  const cells = told(villages.map(({ voted }) => voted))
  const channels = told(byChannel.map(({ rights }) => rights))
  return {
    villages: villages.map((village, at) => ({ ...village, turnout: cells[at] ?? null })),
    rows: villages.reduce((sum, { rows }) => sum + rows, 0),
    turnout: told([total])[0] ?? null,
    channels: byChannel.map(({ channel }, at) => ({ channel, turnout: channels[at] ?? null })),
  }
}

/** Null: not told. A whole of a single small part is small itself. */
const told = (parts: readonly number[]): ShownCell[] =>
  shownParts(parts).map((part) => (part !== null && part > 0 && part < FEWEST_SHOWN ? null : part))
