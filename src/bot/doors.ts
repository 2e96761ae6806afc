// The entrances between features: who owns a screen fills its door, everybody else goes through it.
import type { At } from './at.ts'
import type { Talk } from './talk.ts'

export interface Doors {
  /** The menu of the person's village, or the choice of one. `greeting`: the person is new here. */
  menu(talk: Talk, greeting?: boolean): Promise<void>
  /** The card of a project; false when there is none. */
  project(talk: Talk, where: At & { number: number }): Promise<boolean>
  /** The ballot of a roll row that this account votes for. `note`: a line on top of it. */
  ballot(talk: Talk, row: { cycle: number; rollRow: number }, note?: string): Promise<void>
  /** How to be verified in this place; it expects the answer. */
  verify(talk: Talk, where: At): Promise<void>
  /** A card's link: asks before it claims. False when no cycle takes cards. */
  card(talk: Talk, code: string): Promise<boolean>
}
