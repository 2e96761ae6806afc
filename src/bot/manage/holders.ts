// Officials of a vote whose key people hold: they enter the dice, and send the result that the holders counted.
import type { Message } from 'grammy/types'
import { DICE } from '../../core/audit/event.ts'
import { foldDigits } from '../../core/text.ts'
import { importResult, voteOfResult } from '../../use-cases/import-result.ts'
import { enterDice } from '../../use-cases/key-holders.ts'
import { ownCycles } from '../../use-cases/read-course.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { withNote } from '../speaker.ts'
import type { Talk } from '../talk.ts'
import { askDiceButton, askResultButton } from './buttons.ts'
import * as holders from './holders-view.ts'
import { backToCourse, withCourse, withWhoWhen } from './show.ts'

/** Bytes: what Telegram hands over to a bot. */
const LARGEST = 20_000_000

interface Of {
  cycle: number
}

export const askDice = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, talk.who.id, { kind: 'dice', cycle })
    talk.speak.show(holders.askDiceScreen(talk.t, course.cycle))
  })

/** What was written is read back; what is no dice is asked again. */
export async function takeDice(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: Of,
  { text }: Message,
): Promise<boolean> {
  const { t, speak } = talk
  const dice = readDice(text)
  speak.drawnBy(askDiceButton.pack({ cycle }))
  if (DICE.test(dice))
    await withCourse(parts, talk, cycle, (course) =>
      speak.show(holders.checkDiceScreen(t, course.cycle, dice)),
    )
  else await askDice(parts, noted(talk, t.html('cli.keys-not-dice')), { cycle })
  return true
}

/** The digits of what was written. */
export const readDice = (text: string | undefined): string =>
  foldDigits(text ?? '').replaceAll(/[\s,;.]/g, '')

export const noted = (talk: Talk, note: string): Talk => ({ ...talk, speak: withNote(talk.speak, note) })

export const enter = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, dice }: { cycle: number; dice: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { t, who } = talk
    const done = await enterDice(parts.app, cycle, dice, who.id)
    await parts.session.expectNothing(who.id)
    const said = done.ok ? holders.diceLine(t, done.value) : holders.whyNotHeld(t, done.problem)
    const before = !done.ok && done.problem.kind === 'thrown-before'
    const note = before ? await withWhoWhen(parts, talk, course, 'dice-thrown', said) : said
    await backToCourse(parts, talk, cycle, note)
  })

export const askResult = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, talk.who.id, { kind: 'result-file', cycle })
    talk.speak.show(holders.askResultScreen(talk.t, course.cycle))
  })

/** The file is held against the log and stored; it is published by two officials only. What does not do is asked again, with why. */
export async function takeResult(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: Of,
  { document }: Message,
): Promise<boolean> {
  const { t, who, speak } = talk
  const again = async (note: string): Promise<true> => {
    speak.drawnBy(askResultButton.pack({ cycle }))
    await askResult(parts, noted(talk, note), { cycle })
    return true
  }
  if (!document) return again(t.html('manage.result-wanted'))
  if ((document.file_size ?? 0) > LARGEST) return again(t.html('manage.result-large'))
  const bytes = await parts.download(document.file_id, LARGEST)
  if (!bytes) return again(t.html('manage.file-gone'))
  const done = await importResult(parts.app, cycle, bytes, who.id)
  if (!done.ok) return again(holders.whyNotHeld(t, done.problem))
  await parts.session.expectNothing(who.id)
  await withCourse(parts, talk, cycle, async (course) => {
    const said = holders.importedLine(t, course.cycle.slug, done.value)
    const note = done.value.same ? await withWhoWhen(parts, talk, course, 'counted', said) : said
    await backToCourse(parts, talk, cycle, note)
  })
  return true
}

/** A file that nobody asked for is taken as the result of the vote that it names, where that waits for one. */
export async function recogniseResult(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { document } = message
  if (talk.who.roles.length === 0 || !document || !/\.zip$/i.test(document.file_name ?? '')) return false
  const waiting = (await ownCycles(parts.app, talk.who.id)).filter(holders.waitsForHolders)
  const [first] = waiting
  if (!first) return false
  const bytes = await parts.download(document.file_id, LARGEST)
  const named = bytes && voteOfResult(bytes)
  const { id } = waiting.find(({ slug }) => slug === named) ?? first
  return takeResult(parts, talk, { cycle: id }, message)
}
