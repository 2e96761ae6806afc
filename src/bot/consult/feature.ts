// The consultation: what the village needs, by marks, with a line or a voice note, changed until its end.
import type { Message } from 'grammy/types'
import { LARGEST_FILE, LONGEST_VOICE } from '../../core/idea.ts'
import {
  type LineProblem,
  markNeed,
  type MarkProblem,
  readConsultation,
  sayNeed,
} from '../../use-cases/answer-needs.ts'
import type { T } from '../../i18n.ts'
import { readNeedResult } from '../../use-cases/publish-needs.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import type { At } from '../at.ts'
import { needsButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { numberIn } from '../numbers.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

export function consultFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(needsButton, async (_, talk, here) => {
    await leave(parts, talk.who.id)
    await show(parts, talk, here)
  })
  on.button(view.markButton, mark)
  on.shows(view.lineButton, ask)
  on.button(view.dropButton, (_, talk, here) => say(parts, talk, here, undefined))
  return {
    composer: on.composer,
    expects: { 'need-line': { take: (talk, kept, message) => take(parts, talk, kept, message) } },
  } satisfies Feature
}

/** The needs as the account marked them; when nobody is asked any more, that. `note`: HTML. */
async function show({ app }: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  const { t, who, speak } = talk
  const place = await readPlace(app, here.cycle, here.territory)
  const asked = place && who.known ? await readConsultation(app, who.id, here.cycle) : undefined
  if (!place || !asked) return outdated(talk)
  speak.drawnBy(needsButton.pack(here))
  if (asked.asking) return speak.show(view.needsScreen(t, place, asked, note))
  const result = await readNeedResult(app, here)
  speak.show(
    result ? view.resultScreen(t, place, { needs: asked.needs, result }, note) : view.overScreen(t, place),
  )
}

async function mark(
  parts: FeatureParts,
  talk: Talk,
  { need, on, ...here }: At & { need: number; on: number },
): Promise<void> {
  if (!(await isTheirs(parts, talk, here))) return outdated(talk)
  const done = await markNeed(parts.app, talk.who.id, here, { need, on: on === 1 })
  await show(parts, talk, here, done.ok ? undefined : problemLine(talk.t, done.problem))
}

/** An account that is known, in a village of that vote. */
const isTheirs = async ({ app }: FeatureParts, { who }: Talk, here: At): Promise<boolean> =>
  who.known && (await readPlace(app, here.cycle, here.territory)) !== undefined

async function ask(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const asked = talk.who.known ? await readConsultation(parts.app, talk.who.id, here.cycle) : undefined
  if (!asked?.asking) return show(parts, talk, here)
  await expect(parts, talk.who.id, { kind: 'need-line', ...here })
  talk.speak.show(view.lineScreen(talk.t, here))
}

/** Words and voice notes are kept; anything else is asked for again, with what is taken. */
async function take(parts: FeatureParts, talk: Talk, here: At, message: Message): Promise<boolean> {
  const { t } = talk
  const { text, voice } = message
  if (text === undefined && !voice) return again(parts, talk, here, t.html('consult.line-wanted'))
  if (numberIn(text).kind === 'iin') return again(parts, talk, here, t.html('common.iin'))
  if (voice && (voice.duration > LONGEST_VOICE || (voice.file_size ?? 0) > LARGEST_FILE))
    return again(parts, talk, here, t.html('consult.voice-long', { minutes: LONGEST_VOICE / 60 }))
  await say(parts, talk, here, voice ? { voice: voice.file_id } : { line: text ?? '' })
  return true
}

async function again(parts: FeatureParts, talk: Talk, here: At, why: string): Promise<true> {
  await ask(parts, noted(talk, why), here)
  return true
}

async function say(
  parts: FeatureParts,
  talk: Talk,
  here: At,
  said: Parameters<typeof sayNeed>[3],
): Promise<void> {
  if (!(await isTheirs(parts, talk, here))) return outdated(talk)
  const done = await sayNeed(parts.app, talk.who.id, here, said)
  if (!done.ok && done.problem.kind === 'too-long') {
    await again(parts, talk, here, problemLine(talk.t, done.problem))
    return
  }
  await parts.session.expectNothing(talk.who.id)
  await show(parts, talk, here, talk.t.html(done.ok ? 'consult.saved' : 'consult.over'))
}

/** HTML. */
function problemLine(t: T, problem: MarkProblem | LineProblem): string {
  switch (problem.kind) {
    case 'not-asking':
      return t.html('consult.over')
    case 'no-such-need':
      return t.html('consult.press-numbers')
    case 'full':
      return t.html('consult.full', { most: problem.most })
    case 'too-long':
      return t.html('consult.line-long', { most: problem.most, by: problem.by })
  }
}
