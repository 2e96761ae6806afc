// What a dialog asks with: one question at a time, and everything it reads, so that a replay finds the same.
import type { Conversation, ConversationFlavor } from '@grammyjs/conversations'
import type { Context } from 'grammy'
import type { Message, Update } from 'grammy/types'
import type { T } from '../i18n.ts'
import type { Who } from '../use-cases/who-is.ts'
import type { ButtonType } from './callback.ts'
import { answeredAlready } from './in-parts.ts'
import type { Screen } from './message.ts'
import type { FeatureParts } from './parts.ts'
import { readInView } from './seen.ts'
import { isMenuWord } from './words-meant.ts'

/** What a dialog lives in: the context of the update that came. */
export type Outside = ConversationFlavor<Context>

/**
 * What came of a message that answers a question. `to`: where it leads. `note`: why it is no answer, in HTML; the question is drawn again
 * under it. `later`: one of several that come together: the question is drawn again once, a moment after the last. `quiet`: it was taken,
 * and there is nothing to say.
 */
export type Taken<V> = { to: V } | { note: string } | { later: true } | { quiet: true }

/** `given`: the question. */
export type Take<V> = (message: Message, given: V) => Promise<Taken<V>>

/** The message that answered the question before, and that question. */
export interface AnsweredBy<V> {
  message: number
  given: V
}

export interface Asking<V> {
  t: T
  who: Who
  /** Reads or writes outside, once; its answer is plain data and recorded. What it throws ends the dialog. */
  read<R>(task: () => Promise<R>): Promise<R>
  /**
   * Asks until a button answers: the one that leads to the step `next`. A button of the same step draws the question again (a page, a
   * mark) and records nothing; one of another step begins anew from there; anything else is not the dialog's. `draw` runs once and is
   * not recorded. `take`: what is made of a message while the question stands last in the chat; what it leads to begins anew, so that no
   * word of the answer is recorded. A message that is corrected answers the question again that it had answered, as long as only one was
   * asked since. Such a question's screen has an `other` of this dialog.
   */
  question(
    given: V,
    next: string | undefined,
    draw: (given: V) => Promise<Screen>,
    take?: Take<V>,
  ): Promise<V>
  /** Says the last word. `given` leads there again when it is lost, so whatever was done for it is safe to repeat. */
  end(given: V, screen: Screen): Promise<void>
}

interface Led<V> {
  t: T
  who: Who
  /** A dialog that was cut off says so above its first question. */
  again: boolean
  /** Should this message come again, it answers this question not. */
  by: AnsweredBy<V> | undefined
  /** Begins anew from there, once the dialog has stopped. */
  goOn: (update: Update, to: V, by: AnsweredBy<V>) => void
}

/** `talkOf` of the parts: the talk of the update that came; what it says goes out behind the acknowledgement and is drawn again when lost. */
export function asking<V extends { step: string }>(
  conversation: Conversation<Outside, Context>,
  button: ButtonType<V>,
  parts: FeatureParts,
  led: Led<V>,
): Asking<V> {
  const { t, who, again } = led
  let note = again ? `<i>${t.html('common.dialog-again')}</i>\n\n` : ''
  const outside = <R>(task: (ctx: Outside) => Promise<R>): Promise<R> => outsideOf(conversation, task)

  const say = (ctx: Outside, given: V, screen: Screen): void => {
    const { speak } = parts.talkOf(ctx)
    speak.drawnBy(button.pack(given))
    speak.show(screen)
  }

  return {
    t,
    who,
    read: (task) => outside(task),
    async question(given, next, draw, take) {
      const drawn = async (on: Outside, now: V, line = '') => {
        const screen = await draw(now)
        say(on, now, { ...screen, text: line + screen.text })
      }
      await outside((on) => drawn(on, given, note))
      note = ''
      const { callbackQuery, message, editedMessage } = await conversation.wait()
      const written = message ?? (editedMessage?.message_id === led.by?.message ? editedMessage : undefined)
      if (written && take) {
        const came = await outside((on) =>
          takeAnswer({
            parts,
            button,
            led,
            on,
            take,
            given,
            message: written,
            draw: (line) => drawn(on, given, line),
          }),
        )
        if (came === 'on') return conversation.halt({ next: true })
        return conversation.skip({ next: came === 'elsewhere' })
      }
      const data = callbackQuery?.data
      const pressed = data !== undefined && button.pattern.test(data) ? button.parse(data) : undefined
      if (!pressed) return conversation.skip({ next: true })
      if (pressed.step === given.step) {
        await outside((on) => drawn(on, pressed))
        return conversation.skip()
      }
      if (pressed.step !== next) return conversation.halt({ next: true })
      return pressed
    },
    end: (given, screen) => outside(async (on) => say(on, given, screen)),
  }
}

/** Once, however often it is replayed; only what it resolves to is recorded, and of a fault nothing. */
async function outsideOf<R>(
  conversation: Conversation<Outside, Context>,
  task: (ctx: Outside) => Promise<R>,
): Promise<R> {
  let fault: unknown
  const done = await conversation.external(async (ctx) => {
    try {
      return { ok: true as const, value: await task(ctx) }
    } catch (error) {
      fault = error
      return { ok: false as const }
    }
  })
  if (done.ok) return done.value
  throw fault
}

interface Answer<V> {
  parts: FeatureParts
  button: ButtonType<V>
  led: Led<V>
  on: Outside
  message: Message
  take: Take<V>
  given: V
  /** Draws the question again under a line. */
  draw: (line?: string) => Promise<void>
}

/** `elsewhere`: it is no answer to this question, and others may have it. `on`: it leads on. */
async function takeAnswer<V>({
  parts,
  button,
  led,
  on,
  message,
  take,
  given,
  draw,
}: Answer<V>): Promise<'elsewhere' | 'said' | 'on'> {
  const { text, message_id } = message
  const asked = (await readInView(parts.session, led.who.id))?.other?.press
  if (asked === undefined || !button.pattern.test(asked)) return 'elsewhere'
  if (text?.startsWith('/') || isMenuWord(parts.textsOf, text)) return 'elsewhere'
  if (message_id === led.by?.message) {
    await draw(on.editedMessage ? await corrected(led, led.by, message, take) : undefined)
    return 'said'
  }
  const further = await answeredAlready(parts.session, message)
  if (further) parts.talkOf(on).speak.leaveIt()
  // The end of a text that was too long for one message.
  if (further && text !== undefined) return 'said'
  const taken = await take(message, given)
  if ('to' in taken) {
    led.goOn(on.update, taken.to, { message: message_id, given })
    return 'on'
  }
  if ('quiet' in taken) parts.talkOf(on).speak.leaveIt()
  if ('note' in taken && !further) await draw(`${taken.note}\n\n`)
  if ('later' in taken) {
    await draw()
    parts.talkOf(on).speak.later()
  }
  return 'said'
}

/** The answer before this question, written anew: what is said of it above the question. */
async function corrected<V>(
  { t }: Led<V>,
  { given }: AnsweredBy<V>,
  message: Message,
  take: Take<V>,
): Promise<string> {
  const taken = await take(message, given)
  return 'note' in taken ? `${taken.note}\n\n` : `<i>${t.html('common.corrected')}</i>\n\n`
}
