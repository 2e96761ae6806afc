// The entrances between features: who owns a screen fills its door, everybody else goes through it.
import type { Message } from 'grammy/types'
import type { At } from './at.ts'
import type { Talk } from './talk.ts'

export interface Doors {
  /** The menu of the person's village, or the choice of one. */
  menu(talk: Talk): Promise<void>
  /** The press of the menu that one of these words means, if one does. */
  menuPress(talk: Talk, words: readonly string[]): Promise<string | undefined>
  /** Whoever has no language yet is greeted and asked, whatever they wrote; what they wrote is not lost. */
  greet(talk: Talk, message: Message): Promise<void>
  /** A press that somebody wrote. `data`: of the button that is meant. */
  press(talk: Talk, data: string): Promise<void>
  /** The card of a project; false when there is none. */
  project(talk: Talk, where: At & { number: number }): Promise<boolean>
  /** The ballot of a roll row that this account votes for. `note`: a line on top of it. */
  ballot(talk: Talk, row: { cycle: number; rollRow: number }, note?: string): Promise<void>
  /** Whose ballot it shall be, as behind "Vote". */
  vote(talk: Talk, where: At): Promise<void>
  /** The ballot that is marked on a facilitator's phone, for the person of its row. */
  helped(talk: Talk, ballot: string, note?: string): Promise<void>
  /** The session that is open on a facilitator's phone, as it stands. */
  assisted(talk: Talk): Promise<void>
  /** How to be verified in this place; it expects the answer. */
  verify(talk: Talk, where: At): Promise<void>
  /** An idea to decide about, with the question open that a press in a group led to. */
  moderate(talk: Talk, asked: { idea: number; what: string }): Promise<void>
  /** What the log says of a receipt number. */
  receipt(talk: Talk, number: string): Promise<void>
  /** A card's link: asks before it claims. False when no cycle takes cards. */
  card(talk: Talk, code: string): Promise<boolean>
}
