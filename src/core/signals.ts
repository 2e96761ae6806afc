// Which numbers of a vote an auditor should look at. A signal asks for a look: nothing is rejected by it.
import type { Localised } from './localised.ts'

export type Signal =
  /** More than half of a village's votes came in one hour. `hour`: UTC ISO, when it began. */
  | { kind: 'burst'; name: Localised; hour: string; votes: number; of: number }
  /** One clerk saw the document of more than half of those who voted in a village, or handed them a paper. */
  | { kind: 'clerk'; name: Localised; rows: number; of: number }
  /** One facilitator helped with more than half of a village's votes. */
  | { kind: 'facilitator'; name: Localised; votes: number; of: number }
  /** More than half of a village's online votes came from people whom one and the same link brought to the bot. `project`: it is the link of this number on the village's list. */
  | { kind: 'link'; name: Localised; link: string; project?: number; votes: number; of: number }
  /** More than half of a village's online votes came from accounts that voted for as many people as one account may. */
  | { kind: 'full-accounts'; name: Localised; accounts: number; people: number; votes: number; of: number }
  /** More wrong codes in an hour than the alarm allows. */
  | { kind: 'wrong-codes'; hour: string; wrong: number; most: number }

/** Fewer people than this say nothing, and are not told. */
const LEAST = 10

/** At least ten, and more than half of all. */
export const standsOut = (some: number, all: number): boolean => some >= LEAST && some * 2 > all
