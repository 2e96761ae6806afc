// What a feature listens to, with its parts and the talk of the update in place of grammY's context.
import { Composer, type Context } from 'grammy'
import type { ButtonType } from './callback.ts'
import { dialogNote, type FeatureParts } from './parts.ts'
import { outdated, type Talk } from './talk.ts'

type Handled = void | Promise<void>

export interface Listener {
  composer: Composer<Context>
  /** A command leaves a dialog that is at work. `rest`: what stands behind it. */
  command(name: string, handle: (parts: FeatureParts, talk: Talk, rest: string) => Handled): void
  /** Parses the button; what does not parse is of another version and is answered as out of date. */
  button<V>(type: ButtonType<V>, handle: (parts: FeatureParts, talk: Talk, input: V) => Handled): void
}

export function listener(parts: FeatureParts): Listener {
  const composer = new Composer<Context>()
  return {
    composer,
    command(name, handle) {
      composer.command(name, async (ctx) => {
        const talk = parts.talkOf(ctx)
        await parts.session.eraseNotes(dialogNote(talk.who.id))
        await handle(parts, talk, ctx.match)
      })
    },
    button(type, handle) {
      composer.callbackQuery(type.pattern, (ctx) => {
        const [talk, input] = [parts.talkOf(ctx), type.parse(ctx.callbackQuery.data)]
        return input === undefined ? outdated(talk) : handle(parts, talk, input)
      })
    },
  }
}
