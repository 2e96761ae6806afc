// Officials answer questions, one at a time, in their own chat: who answers and what comes of it is asked of the use case.
import type { Message } from 'grammy/types'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { answerQuestion } from '../../use-cases/answer-question.ts'
import { type Question, questionQueue, readQuestion } from '../../use-cases/questions.ts'
import { openQuestionButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as button from './buttons.ts'
import type { Answering } from './expects.ts'
import * as view from './view.ts'

export function answeringFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('questions', (_, talk) => queue(parts, talk))
  on.shows(button.nextButton, (_, talk, { after }) => queue(parts, talk, after))
  on.shows(openQuestionButton, (_, talk, { question }) => show(parts, talk, question))
  on.shows(button.declineButton, (_, talk, at) => askWords(parts, talk, at))
  on.shows(button.answerButton, (_, talk, { locale, ...at }) => {
    const language = OFFICIAL_LANGUAGES.find((one) => one === locale)
    return language ? askWords(parts, talk, { ...at, locale: language }) : outdated(talk)
  })
  return {
    composer: on.composer,
    expects: { answer: { take: (talk, kept, message) => take(parts, talk, kept, message), longest: 2000 } },
  } satisfies Feature
}

/** The one behind `after`; the first where that was the last, or waits no more. */
async function queue(parts: FeatureParts, talk: Talk, after = 0): Promise<void> {
  const ids = await questionQueue(parts.app, talk.who.id)
  const id = ids[ids.indexOf(after) + 1] ?? ids[0]
  if (id === undefined) return talk.speak.show(view.emptyScreen(talk.t))
  await show(parts, talk, id)
}

/** Whoever may not answer it is told so, and sees nothing of it. */
async function readFor(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  id: number,
  use: (question: Question) => unknown,
): Promise<void> {
  const question = await readQuestion(app, who.id, id)
  if (!question) return speak.show(view.lineScreen(t, t.html('questions.not-allowed')))
  await use(question)
}

const show = (parts: FeatureParts, talk: Talk, id: number, note?: string): Promise<void> =>
  readFor(parts, talk, id, async (question) => {
    await parts.session.expectNothing(talk.who.id)
    talk.speak.show(view.questionScreen(talk.t, parts.textsOf, question, note))
  })

/** Where the question still stands as it was read; else it is shown as it stands now, with who was faster. */
const askWords = (parts: FeatureParts, talk: Talk, kept: Answering): Promise<void> =>
  readFor(parts, talk, kept.question, async ({ version, state, answers, answeredBy: by }) => {
    if (version !== kept.version) {
      const note = view.problemLine(talk.t, { kind: 'answered-before', state, answers, by })
      return show(parts, talk, kept.question, note)
    }
    await expect(parts, talk.who.id, { kind: 'answer', ...kept })
    const language = kept.locale && parts.textsOf(kept.locale).language.name
    talk.speak.show(view.wordsScreen(talk.t, kept.question, language))
  })

/** What does not fit is asked again, with why. */
async function take(parts: FeatureParts, talk: Talk, kept: Answering, { text }: Message): Promise<boolean> {
  const { t, who } = talk
  const { question, version, locale } = kept
  const again = (why: string) => askWords(parts, noted(talk, why), kept)
  if (text === undefined) {
    await again(t.html('questions.text-wanted'))
    return true
  }
  const reply = locale ? ({ kind: 'answer', locale, text } as const) : ({ kind: 'decline', text } as const)
  const done = await answerQuestion(parts.app, question, reply, { by: who.id, version })
  if (!done.ok && done.problem.kind === 'bad-length') await again(view.problemLine(t, done.problem))
  else {
    const note = done.ok ? t.html('questions.done') : view.problemLine(t, done.problem)
    await show(parts, talk, question, note)
  }
  return true
}
