// Officials enter the dice that draw ballots to be opened again before observers, after the result was published.
import type { Message } from 'grammy/types'
import { DICE } from '../../core/audit/event.ts'
import { enterSampleDice } from '../../use-cases/sample-ballots.ts'
import { expect, type FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { askSampleButton } from './buttons.ts'
import { noted, readDice } from './holders.ts'
import * as holders from './holders-view.ts'
import { backToCourse, withCourse, withWhoWhen } from './show.ts'

interface Of {
  cycle: number
}

export const askSampleDice = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, talk.who.id, { kind: 'sample-dice', cycle })
    talk.speak.show(holders.askDiceScreen(talk.t, course.cycle, true))
  })

/** What was written is read back; what is no dice is asked again. */
export async function takeSampleDice(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: Of,
  { text }: Message,
): Promise<boolean> {
  const { t, speak } = talk
  const dice = readDice(text)
  speak.drawnBy(askSampleButton.pack({ cycle }))
  if (DICE.test(dice))
    await withCourse(parts, talk, cycle, (course) =>
      speak.show(holders.checkDiceScreen(t, course.cycle, dice, true)),
    )
  else await askSampleDice(parts, noted(talk, t.html('cli.keys-not-dice')), { cycle })
  return true
}

export const enterSample = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, dice }: { cycle: number; dice: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { t, who } = talk
    const done = await enterSampleDice(parts.app, cycle, dice, who.id)
    await parts.session.expectNothing(who.id)
    const said = done.ok ? holders.sampleLine(t, done.value) : holders.whyNotHeld(t, done.problem)
    const before = !done.ok && done.problem.kind === 'thrown-before'
    const note = before ? await withWhoWhen(parts, talk, course, 'sample-dice', said) : said
    await backToCourse(parts, talk, cycle, note)
  })
