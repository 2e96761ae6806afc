// A resident asks about a project or an idea, and reads what others asked and what was answered.
import type { Message } from 'grammy/types'
import { QUESTION_LENGTHS } from '../../core/question.ts'
import type { T } from '../../i18n.ts'
import { type AskProblem, askQuestion } from '../../use-cases/ask-question.ts'
import { answersAbout } from '../../use-cases/questions.ts'
import { isOutdated } from '../../use-cases/read-place.ts'
import { readProject } from '../../use-cases/read-project.ts'
import { readVillageIdea } from '../../use-cases/village-ideas.ts'
import type { At } from '../at.ts'
import { answersButton, ideaAnswersButton, ideaQuestionButton, questionButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { withNote } from '../speaker.ts'
import { outdated, type Talk } from '../talk.ts'
import type { Subject } from './view.ts'
import * as view from './view.ts'

type Where = At & { number: number; idea?: boolean | undefined }

export function questionsFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(questionButton, ask)
  on.shows(answersButton, answers)
  on.shows(ideaQuestionButton, (given, talk, where) => ask(given, talk, { ...where, idea: true }))
  on.shows(ideaAnswersButton, (given, talk, where) => answers(given, talk, { ...where, idea: true }))
  return {
    composer: on.composer,
    expects: {
      question: { take: (talk, where, message) => take(parts, talk, where, message), longest: 2000 },
    },
  } satisfies Feature
}

/** What is asked about, where its vote is not of another time. */
async function current(
  { app }: FeatureParts,
  { idea = false, ...where }: Where,
): Promise<Subject | undefined> {
  if (idea) {
    const found = await readVillageIdea(app, where)
    return found && !isOutdated(found.place) ? view.ideaSubject(found) : undefined
  }
  const one = await readProject(app, where.cycle, where.territory, where.number)
  return one && !isOutdated(one.place) ? view.projectSubject(one) : undefined
}

async function ask(parts: FeatureParts, talk: Talk, where: Where): Promise<void> {
  const one = await current(parts, where)
  if (!one) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'question', ...where })
  talk.speak.show(view.askScreen(talk.t, one))
}

async function answers(parts: FeatureParts, talk: Talk, at: Where & { page: number }): Promise<void> {
  const one = await current(parts, at)
  if (!one) return outdated(talk)
  talk.speak.show(view.answersScreen(talk.t, one, await answersAbout(parts.app, one), at.page))
}

/** What does not fit is asked again, with why. */
async function take(parts: FeatureParts, talk: Talk, where: Where, { text }: Message): Promise<boolean> {
  const { t, who, speak } = talk
  const one = await current(parts, where)
  if (!one) return false
  speak.drawnBy(one.ask)
  if (text === undefined) {
    withNote(speak, t.html('questions.text-wanted')).show(view.askScreen(t, one))
    return true
  }
  const asked = await askQuestion(parts.app, who.id, where, { text, locale: t.locale })
  if (!asked.ok && asked.problem.kind === 'bad-length') {
    withNote(speak, problemLine(t, asked.problem)).show(view.askScreen(t, one))
    return true
  }
  await parts.session.expectNothing(who.id)
  speak.drawnBy(one.answers(0))
  const said = asked.ok ? t.html('questions.sent', { text: asked.value.text }) : problemLine(t, asked.problem)
  speak.show(view.askedScreen(t, one, said))
  return true
}

function problemLine(t: T, problem: AskProblem): string {
  switch (problem.kind) {
    case 'nothing-there':
      return t.html('common.outdated.alert')
    case 'too-many':
      return t.html('questions.too-many', { most: problem.most })
    case 'bad-length': {
      const [least, most] = QUESTION_LENGTHS.question
      return t.html('questions.bad-length', { least, most, number: problem.number })
    }
  }
}
