// Officials enter dice that were thrown before observers: those of the lots of a vote whose key people hold, and those that draw the ballots
// that are opened again.
import type { Message } from 'grammy/types'
import { DICE } from '../../core/audit/event.ts'
import { foldDigits } from '../../core/text.ts'
import type { T } from '../../i18n.ts'
import { enterDice } from '../../use-cases/key-holders.ts'
import { enterSampleDice } from '../../use-cases/sample-ballots.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { askDiceButton, askSampleButton } from './buttons.ts'
import * as holders from './holders-view.ts'
import { backToCourse, withCourse, withWhoWhen } from './show.ts'

interface Of {
  cycle: number
}
type Entering = (parts: FeatureParts, cycle: number, dice: string, account: number) => Promise<Entered>
/** What is said of it; `before`: somebody was faster. */
interface Entered {
  said: (t: T) => string
  before: boolean
}

const LOTS: Entering = async ({ app }, cycle, dice, account) => {
  const done = await enterDice(app, cycle, dice, account)
  if (done.ok) return { said: (t) => holders.diceLine(t, done.value), before: false }
  return { said: (t) => holders.whyNotHeld(t, done.problem), before: done.problem.kind === 'thrown-before' }
}

const SAMPLE: Entering = async ({ app }, cycle, dice, account) => {
  const done = await enterSampleDice(app, cycle, dice, account)
  if (done.ok) return { said: (t) => holders.sampleLine(t, done.value), before: false }
  return { said: (t) => holders.whyNotHeld(t, done.problem), before: done.problem.kind === 'thrown-before' }
}

/** Asked for, read back and entered; `sample`: the dice of the sample. */
function diceDialog(sample: boolean) {
  const [kind, act] = sample ? (['sample-dice', 'sample-dice'] as const) : (['dice', 'dice-thrown'] as const)
  const [askButton, entering] = sample ? [askSampleButton, SAMPLE] : [askDiceButton, LOTS]
  const ask = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
    withCourse(parts, talk, cycle, async (course) => {
      await expect(parts, talk.who.id, { kind, cycle })
      talk.speak.show(holders.askDiceScreen(talk.t, course.cycle, sample))
    })
  return {
    ask,
    /** What was written is read back; what is no dice is asked again. */
    take: async (parts: FeatureParts, talk: Talk, { cycle }: Of, { text }: Message): Promise<boolean> => {
      const { t, speak } = talk
      const dice = foldDigits(text ?? '').replaceAll(/[\s,;.]/g, '')
      speak.drawnBy(askButton.pack({ cycle }))
      if (DICE.test(dice))
        await withCourse(parts, talk, cycle, (course) =>
          speak.show(holders.checkDiceScreen(t, course.cycle, dice, sample)),
        )
      else await ask(parts, noted(talk, t.html('cli.keys-not-dice')), { cycle })
      return true
    },
    enter: (parts: FeatureParts, talk: Talk, { cycle, dice }: Of & { dice: string }): Promise<void> =>
      withCourse(parts, talk, cycle, async (course) => {
        const { t, who } = talk
        const { said, before } = await entering(parts, cycle, dice, who.id)
        await parts.session.expectNothing(who.id)
        const note = before ? await withWhoWhen(parts, talk, course, act, said(t)) : said(t)
        await backToCourse(parts, talk, cycle, note)
      }),
  }
}

export const lotsDice = diceDialog(false)
export const sampleDice = diceDialog(true)
