// Messages: a press in words, what was expected, what a feature knows by its look, else what this step says to anything else.
import { Composer, type Context } from 'grammy'
import type { Message } from 'grammy/types'
import type { Key } from '../i18n.ts'
import { looksLikeReceipt } from '../use-cases/check-receipt.ts'
import { menuButton, toMenu } from './buttons.ts'
import { type Expectation, readExpectation, type Takes } from './expectations.ts'
import type { Feature } from './feature.ts'
import { type InView, pressMeant, readInView } from './seen.ts'
import { answeredAlready } from './in-parts.ts'
import { numberIn, strangeDigits } from './numbers.ts'
import { isCancel, wordsMeant } from './words-meant.ts'
import { type FeatureParts, leave } from './parts.ts'
import { inItsCycle } from './practice.ts'
import { withNote } from './speaker.ts'
import type { Talk } from './talk.ts'

const LONGEST_TEXT = 500

/** `me`: the bot's own id, for what was shared with its help. */
export function messages(
  parts: FeatureParts,
  me: number,
  takes: Takes,
  features: readonly Feature[],
): Composer<Context> {
  const { session, doors, talkOf, textsOf } = parts
  const composer = new Composer<Context>()
  composer.on('message', (ctx) => fresh(talkOf(ctx), ctx.message))
  composer.on('edited_message', (ctx) => edited(talkOf(ctx), ctx.editedMessage))
  return composer

  async function fresh(talk: Talk, message: Message): Promise<void> {
    // A project they shared into this very chat.
    if (message.via_bot?.id === me && message.text !== undefined) return talk.speak.leaveIt()
    if (await answeredAlready(session, message)) return talk.speak.leaveIt()
    if (isCancel(textsOf, message.text)) return cancel(parts, talk)
    // A receipt is nobody's answer to a question, and may be longer than one.
    const receipt = looksLikeReceipt(message.text ?? '')
    if (!receipt && isTooLong(message) && !(await takesLong(talk, message))) return tooLong(talk)
    // Who was asked something before they chose a language answers it: staff may begin with a command.
    if (talk.who.locale === undefined && !(await awaitsAnswer(talk))) return doors.greet(talk, message)
    const view = await readInView(session, talk.who.id)
    const meant =
      view && message.text && !receipt ? pressMeant(view, wordsMeant(textsOf, message.text)) : undefined
    if (meant) return doors.press(talk, meant)
    if (!receipt && (await expected(talk, message))) return
    await unexpected(talk, message, view)
  }

  async function awaitsAnswer({ who }: Talk): Promise<boolean> {
    return readExpectation(await session.expectation(who.id)) !== undefined
  }

  /** More is expected than a message of the chat may have otherwise. */
  async function takesLong({ who }: Talk, { text = '' }: Message): Promise<boolean> {
    const awaited = readExpectation(await session.expectation(who.id))
    return awaited !== undefined && text.length <= (takes[awaited.kind].longest ?? LONGEST_TEXT)
  }

  async function expected(talk: Talk, message: Message): Promise<boolean> {
    const awaited = readExpectation(await session.expectation(talk.who.id))
    if (awaited?.kind !== 'code' && numberIn(message.text).kind === 'iin') {
      talk.speak.show({ text: talk.t.html('common.iin'), buttons: [[toMenu(talk.t)]] })
      return true
    }
    return awaited !== undefined && taken('take', talk, awaited, message)
  }

  async function unexpected(talk: Talk, message: Message, view: InView | undefined): Promise<void> {
    const other = view?.other
    const fits = message.text !== undefined || (message.location && other?.location)
    if (!other || fits) for (const { recognises } of features) if (await recognises?.(talk, message)) return
    if (other) return doors.press(noted(talk, (!fits && other.wordless) || other.note), other.press)
    await notUnderstood(parts, talk, message)
  }

  /**
   * What is corrected in the message itself, for who takes corrections. After a success nothing is expected any more, so a
   * later edit changes nothing.
   */
  async function edited(talk: Talk, message: Message): Promise<void> {
    const awaited = readExpectation(await session.expectation(talk.who.id))
    if (!awaited || !takes[awaited.kind].edited) return
    if (isTooLong(message)) return tooLong(talk)
    await taken('edited', talk, awaited, message)
  }

  async function taken(how: 'take' | 'edited', talk: Talk, awaited: Expectation, message: Message) {
    const take = takes[awaited.kind][how] as
      | ((talk: Talk, kept: Expectation, message: Message) => Promise<boolean>)
      | undefined
    return (await take?.(await inItsCycle(parts, talk, awaited), awaited, message)) ?? false
  }
}

async function cancel(parts: FeatureParts, talk: Talk): Promise<void> {
  await leave(parts, talk.who.id)
  talk.speak.drawnBy(menuButton.pack({}))
  await parts.doors.menu(talk)
}

/** The menu, with why; a word of the menu is a press on it wherever it is written. */
async function notUnderstood({ doors, textsOf }: FeatureParts, talk: Talk, { text }: Message): Promise<void> {
  const meant = text === undefined ? undefined : await doors.menuPress(talk, wordsMeant(textsOf, text))
  if (meant) return doors.press(talk, meant)
  talk.speak.drawnBy(menuButton.pack({}))
  const digits = strangeDigits(text)
  if (digits === undefined)
    return doors.menu(noted(talk, text === undefined ? 'common.media' : 'common.not-understood'))
  const note = talk.t.html('common.number-unknown', { count: digits })
  await doors.menu({ ...talk, speak: withNote(talk.speak, note) })
}

const noted = (talk: Talk, note: Key): Talk => ({ ...talk, speak: withNote(talk.speak, talk.t.html(note)) })

const isTooLong = (message: Message): boolean => (message.text?.length ?? 0) > LONGEST_TEXT

const tooLong = ({ t, speak }: Talk): void =>
  speak.show({ text: t.html('common.too-long', { max: LONGEST_TEXT }), buttons: [[toMenu(t)]] })
