// Anybody reports pressure or votes that are bought, in words or by voice, to the auditors of the vote of their village.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import { LARGEST_FILE, LONGEST_VOICE } from '../../core/idea.ts'
import { REPORT_LETTERS, reportLength, type SaidReport } from '../../core/pressure.ts'
import type { T } from '../../i18n.ts'
import { keepSealed, openSealed } from '../../use-cases/keep-sealed.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { type ReportProblem, reportPressure } from '../../use-cases/report-pressure.ts'
import type { At } from '../at.ts'
import { menuButton, pressureButton } from '../buttons.ts'
import { readExpectation } from '../expectations.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

/** Holds the longest text in any script, and a voice note's id. */
const SEALED = 6000
const saidSchema = z.union([z.object({ text: z.string() }), z.object({ voice: z.string() })])

export function pressureFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(pressureButton, ask)
  on.button(view.sendReportButton, send)
  const takes = (talk: Talk, { cycle, territory }: At, message: Message) =>
    take(parts, talk, { cycle, territory }, message)
  return {
    composer: on.composer,
    expects: { pressure: { take: takes, edited: takes, longest: 4096 } },
  } satisfies Feature
}

async function ask(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const place = await readPlace(parts.app, here.cycle, here.territory)
  if (!place) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'pressure', ...here })
  talk.speak.show(view.askScreen(talk.t, place))
}

async function again(parts: FeatureParts, talk: Talk, here: At, why: string): Promise<true> {
  await ask(parts, noted(talk, why), here)
  return true
}

/** Words and a voice note are shown before they are sent; anything else is asked for again, with what is taken. */
async function take(parts: FeatureParts, talk: Talk, here: At, message: Message): Promise<boolean> {
  const { t, who, speak } = talk
  const { text, voice } = message
  speak.drawnBy(pressureButton.pack(here))
  if (text === undefined && !voice) return again(parts, talk, here, t.html('signals.report-wanted'))
  if (voice && (voice.duration > LONGEST_VOICE || (voice.file_size ?? 0) > LARGEST_FILE))
    return again(parts, talk, here, t.html('consult.voice-long', { minutes: LONGEST_VOICE / 60 }))
  const long = text === undefined ? undefined : reportLength(text)
  if (long?.kind === 'bad-length')
    return again(parts, talk, here, longLine(t, { most: REPORT_LETTERS, number: long.number }))
  const said: SaidReport = voice ? { voice: voice.file_id } : { text: (text ?? '').trim() }
  const sealed = keepSealed(parts.app, who.id, JSON.stringify(said), SEALED)
  await expect(parts, who.id, { kind: 'pressure', ...here, sealed })
  speak.show(view.sureScreen(t, here, said))
  return true
}

async function send(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { t, who, speak } = talk
  const said = await written(parts, who.id, here)
  if (!said) return void (await again(parts, talk, here, t.html('signals.report-lost')))
  const done = await reportPressure(parts.app, who.id, here, said)
  await parts.session.expectNothing(who.id)
  speak.drawnBy(menuButton.pack({}))
  speak.show(view.saidScreen(t, done.ok ? t.html('signals.report-sent') : problemLine(t, done.problem)))
}

/** What this person wrote about this place and has not sent. */
async function written(
  { app, session }: FeatureParts,
  person: number,
  here: At,
): Promise<SaidReport | undefined> {
  const kept = readExpectation(await session.expectation(person))
  if (kept?.kind !== 'pressure' || kept.sealed === undefined) return undefined
  if (kept.cycle !== here.cycle || kept.territory !== here.territory) return undefined
  const opened = openSealed(app, person, kept.sealed, SEALED)
  return opened === undefined ? undefined : saidSchema.safeParse(JSON.parse(opened)).data
}

const longLine = (t: T, facts: { most: number; number: number }): string =>
  t.html('signals.report-long', facts)

/** HTML. */
function problemLine(t: T, problem: ReportProblem): string {
  switch (problem.kind) {
    case 'nothing-there':
      return t.html('common.outdated.alert')
    case 'bad-length':
      return longLine(t, problem)
    case 'too-many':
      return t.html('signals.report-full', { most: problem.most })
    case 'too-late':
      return t.html('signals.report-late')
  }
}
