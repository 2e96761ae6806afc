// What a feature listens to, with its parts and the talk of the update in place of grammY's context.
import { Composer, type Context } from 'grammy'
import type { ButtonType } from './callback.ts'
import { unlessTwice } from './double-tap.ts'
import { commandAddress } from './drawn-again.ts'
import { dialogNote, type FeatureParts } from './parts.ts'
import { inItsCycle } from './practice.ts'
import { route } from './routes.ts'
import { outdated, type Talk } from './talk.ts'

type Handled = void | Promise<void>

export interface Listener {
  /** For what is neither a button nor a command. */
  composer: Composer<Context>
  /**
   * A command leaves a dialog that is at work, and only shows: lost, its screen is drawn by it again. A phone may write it with a capital.
   * `rest`: what stands behind it.
   */
  command(name: string, handle: (parts: FeatureParts, talk: Talk, rest: string) => Handled): void
  /** Parses the button; what does not parse is of another version and is answered as out of date. A double tap is one press. */
  button<V>(type: ButtonType<V>, handle: (parts: FeatureParts, talk: Talk, input: V) => Handled): void
  /** The same for a button of which each tap counts. */
  tap<V>(type: ButtonType<V>, handle: (parts: FeatureParts, talk: Talk, input: V) => Handled): void
  /** A button that only shows, or whose effect is safe to repeat later: lost, its screen is drawn by it again. */
  shows<V>(type: ButtonType<V>, handle: (parts: FeatureParts, talk: Talk, input: V) => Handled): void
}

export function listener(parts: FeatureParts): Listener {
  const composer = new Composer<Context>()
  const tap: Listener['tap'] = (type, handle) => {
    route(parts.routes.buttons, type.action, async (talk, data) => {
      const input = type.parse(data)
      if (input === undefined) return outdated(talk)
      await handle(parts, await inItsCycle(parts, talk, input), input)
    })
  }
  return {
    composer,
    tap,
    button: (type, handle) =>
      tap(type, (given, talk, input) => unlessTwice(given, talk, () => handle(given, talk, input))),
    command(name, handle) {
      const spellings = [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}`, name.toUpperCase()]
      const handled = async (talk: Talk, rest: string): Promise<void> => {
        await parts.session.eraseNotes(dialogNote(talk.who.id))
        talk.speak.drawnBy(commandAddress(name, rest))
        await handle(parts, talk, rest)
      }
      for (const spelling of spellings) route(parts.routes.commands, spelling, handled)
    },
    shows: (type, handle) =>
      tap(type, (given, talk, input) => {
        talk.speak.drawnBy(type.pack(input))
        return handle(given, talk, input)
      }),
  }
}
