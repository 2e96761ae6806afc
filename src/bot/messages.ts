// Messages: what was expected, else what a feature knows by its look, else what is said to everything nobody understands.
import { Composer, type Context } from 'grammy'
import type { Message } from 'grammy/types'
import { looksLikeReceipt } from '../use-cases/check-receipt.ts'
import { toMenu } from './buttons.ts'
import { type Expectation, readExpectation, type Takes } from './expectations.ts'
import type { Feature } from './feature.ts'
import { type FeatureParts, leave } from './parts.ts'
import type { Talk } from './talk.ts'

const LONGEST_TEXT = 500

/** `me`: the bot's own id, for what was shared with its help. */
export function messages(
  parts: FeatureParts,
  me: number,
  takes: Takes,
  features: readonly Feature[],
): Composer<Context> {
  const { session, doors, talkOf } = parts
  const composer = new Composer<Context>()
  composer.on('message', (ctx) => fresh(talkOf(ctx), ctx.message))
  composer.on('edited_message', (ctx) => edited(talkOf(ctx), ctx.editedMessage))
  return composer

  async function fresh(talk: Talk, message: Message): Promise<void> {
    // A project they shared into this very chat.
    if (message.via_bot?.id === me && message.text !== undefined) return
    if (isCancel(message.text)) return cancel(talk)
    // A receipt is nobody's answer to a question, and may be longer than one.
    const receipt = looksLikeReceipt(message.text ?? '')
    if (!receipt && isTooLong(message)) return tooLong(talk)
    const expected = receipt ? undefined : readExpectation(await session.expectation(talk.who.id))
    if (expected && (await taken('take', talk, expected, message))) return
    for (const { recognises } of features) if (await recognises?.(talk, message)) return
    await notUnderstood(talk, message)
  }

  /**
   * What is corrected in the message itself, for who takes corrections. After a success nothing is expected any more, so a
   * later edit changes nothing.
   */
  async function edited(talk: Talk, message: Message): Promise<void> {
    const expected = readExpectation(await session.expectation(talk.who.id))
    if (!expected || !takes[expected.kind].edited) return
    if (isTooLong(message)) return tooLong(talk)
    await taken('edited', talk, expected, message)
  }

  async function taken(how: 'take' | 'edited', talk: Talk, expected: Expectation, message: Message) {
    const take = takes[expected.kind][how] as
      | ((talk: Talk, kept: Expectation, message: Message) => Promise<boolean>)
      | undefined
    return (await take?.(talk, expected, message)) ?? false
  }

  /** The keyboard may still be in the language of before. */
  function isCancel(text: string | undefined): boolean {
    return parts.textsOf.languages.some(
      ({ locale }) => text === parts.textsOf(locale)('common.cancel.button'),
    )
  }

  async function cancel(talk: Talk): Promise<void> {
    await leave(parts, talk.who.id)
    talk.speak.send({ text: talk.t('common.cancel.button'), keyboard: { remove_keyboard: true } })
    await doors.menu(talk)
  }

  async function notUnderstood(talk: Talk, message: Message): Promise<void> {
    const { t, speak } = talk
    if (message.text === undefined)
      return speak.show({ text: t.html('common.media'), buttons: [[toMenu(t)]] })
    speak.send({ text: t.html('common.not-understood') })
    await doors.menu(talk)
  }
}

const isTooLong = (message: Message): boolean => (message.text?.length ?? 0) > LONGEST_TEXT

const tooLong = ({ t, speak }: Talk): void =>
  speak.show({ text: t.html('common.too-long', { max: LONGEST_TEXT }), buttons: [[toMenu(t)]] })
