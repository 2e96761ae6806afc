// What a feature is: what it listens to, what it may expect of the next message, what it knows by its look, and its doors.
import type { Composer, Context } from 'grammy'
import type { Message } from 'grammy/types'
import type { Doors } from './doors.ts'
import type { Takes } from './expectations.ts'
import type { Talk } from './talk.ts'

export interface Feature {
  composer: Composer<Context>
  /** Takes the message that this feature had expected, by kind of expectation. */
  expects?: Partial<Takes>
  /** Takes a message that nobody expected, if it is for this feature by its look; false leaves it to the next one. */
  recognises?: (talk: Talk, message: Message) => Promise<boolean>
  /** The doors that this feature fills. */
  opens?: Partial<Doors>
}
