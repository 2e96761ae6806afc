// What each method of verification is on the screen: how it asks, what it reads out of a message, and how it says no.
import type { Message } from 'grammy/types'
import type { Key, T } from '../../../i18n.ts'
import type { Place } from '../../../use-cases/list-places.ts'
import type { At } from '../../at.ts'
import type { Expectation } from '../../expectations.ts'
import type { Screen } from '../../message.ts'

/** A message that comes where this method verifies. */
export interface Offered {
  t: T
  account: number
  place: Place
  message: Message
  /** What was kept of an earlier message: digits of half a code. */
  kept: string
}

export type Taken =
  /** To be looked up. `first`: said before the answer; `half`: as below; `elsewhere`: it may be of another vote. */
  | { kind: 'evidence'; evidence: string; first?: Screen; half?: string; elsewhere?: true }
  /** No evidence, and the screen says why. `half`: what to keep for the next message, which is expected then; may be empty. */
  | { kind: 'refused'; screen: Screen; half?: string }
  /** Not what this method takes: it asks again. */
  | { kind: 'other' }
  /** A number that is something else, for whoever knows it. */
  | { kind: 'not-mine' }

export interface MethodScreen {
  /** How one is verified here. */
  ask(t: T, place: Place): Screen
  /** What the next message is expected to be, and for how many seconds. `half`: what was kept, sealed. */
  awaits(where: At, half: string): { what: Expectation; seconds: number }
  takes(offered: Offered): Taken
  /** Nobody on the roll is this: what may be wrong. */
  wrong(t: T, desk: string): string
  /** Said of a contact that nobody asked for. */
  unaskedContact: Key
}
