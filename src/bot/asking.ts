// What a dialog asks with: one question at a time, and everything it reads, so that a replay finds the same.
import type { Conversation } from '@grammyjs/conversations'
import type { Context } from 'grammy'
import type { T } from '../i18n.ts'
import type { Who } from '../use-cases/who-is.ts'
import type { ButtonType } from './callback.ts'
import type { Screen } from './message.ts'
import { type Speaker, speakAtOnce } from './speaker.ts'
import { type Talk, talkOn } from './talk.ts'

type DialogTalk = Talk<Speaker<Promise<void>>>

export interface Asking<V> {
  /** The talk of the newest update; it speaks at once. */
  talk(): DialogTalk
  /** Reads or writes outside, once; its answer is plain data and recorded. What it throws ends the dialog. */
  read<R>(task: () => Promise<R>): Promise<R>
  /**
   * Asks until a button answers: the one that leads to the step `next`. A button of the same step draws the question again (a page, a
   * mark) and records nothing; one of another step begins anew from there; anything else is not the dialog's.
   */
  question(given: V, next: string, draw: (given: V) => Promise<Screen>): Promise<V>
}

export function asking<V extends { step: string }>(
  conversation: Conversation<Context, Context>,
  entered: Context,
  button: ButtonType<V>,
  { t, who, again }: { t: T; who: Who; again: boolean },
): Asking<V> {
  const talkWith = (ctx: Context): DialogTalk => talkOn(ctx, t, who, speakAtOnce(ctx))
  let talk = talkWith(entered)
  let note = again ? `<i>${t.html('common.dialog-again')}</i>\n\n` : ''

  return {
    talk: () => talk,
    async read(task) {
      let fault: unknown
      const read = await conversation.external(async () => {
        try {
          return { ok: true as const, value: await task() }
        } catch (error) {
          fault = error
          return { ok: false as const }
        }
      })
      if (read.ok) return read.value
      throw fault
    },
    async question(given, next, draw) {
      const screen = await draw(given)
      await talk.speak.show({ ...screen, text: note + screen.text })
      note = ''
      const ctx = await conversation.wait()
      const data = ctx.callbackQuery?.data
      const pressed = data !== undefined && button.pattern.test(data) ? button.parse(data) : undefined
      if (!pressed) return conversation.skip({ next: true })
      if (pressed.step === given.step) {
        await talkWith(ctx).speak.show(await draw(pressed))
        return conversation.skip()
      }
      if (pressed.step !== next) return conversation.halt({ next: true })
      talk = talkWith(ctx)
      return pressed
    },
  }
}
