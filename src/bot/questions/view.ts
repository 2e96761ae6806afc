// What a resident sees: a question is asked for, it was sent, and the answers about a project or an idea, page by page.
import { shownTitle } from '../../core/idea.ts'
import type { Localised } from '../../core/localised.ts'
import { QUESTION_LENGTHS } from '../../core/question.ts'
import type { Key, T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Question } from '../../use-cases/questions.ts'
import type { FoundProject } from '../../use-cases/read-project.ts'
import type { FoundIdea } from '../../use-cases/village-ideas.ts'
import { aboutText, pairLine } from '../../words/question.ts'
import { trialLines } from '../../words/trial.ts'
import { at } from '../at.ts'
import {
  answersButton,
  cardButton,
  ideaAnswersButton,
  ideaCardButton,
  ideaQuestionButton,
  questionButton,
  toMenu,
} from '../buttons.ts'
import { type Button, press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

const PAGE = 2

/** What is asked about: its id, how it is called, and where the ways around it lead. */
export interface Subject {
  place: Place
  cycle: number
  id: string | number
  idea: boolean
  number: number
  title: Localised
  open: { label: Key; press: string }
  ask: string
  answers: (page: number) => string
}

export function projectSubject({ place, project }: FoundProject): Subject {
  const { cycle, id, number, title } = project
  const here = { ...at(place), number }
  const card = cardButton.pack({ ...here, page: 0, category: 0, words: '' })
  return {
    place,
    cycle,
    id,
    idea: false,
    number,
    title,
    open: { label: 'questions.to-project.button', press: card },
    ask: questionButton.pack(here),
    answers: (page) => answersButton.pack({ ...here, page }),
  }
}

export function ideaSubject({ place, idea }: FoundIdea): Subject {
  const { cycle, id } = idea
  const number = idea.number ?? 0
  const here = { ...at(place), number }
  return {
    place,
    cycle,
    id,
    idea: true,
    number,
    title: shownTitle(idea),
    open: { label: 'ideas.open.button', press: ideaCardButton.pack({ ...here, page: 0 }) },
    ask: ideaQuestionButton.pack(here),
    answers: (page) => ideaAnswersButton.pack({ ...here, page }),
  }
}

const toSubject = (t: T, { open }: Subject): Button => press(t(open.label), open.press)

/** Asks for the question. */
export function askScreen(t: T, one: Subject): Screen {
  const [least, most] = QUESTION_LENGTHS.question
  const ask = t.html('questions.ask', { what: aboutText(t, one), least, most })
  return {
    text: [...trialLines(t, one.place), ask].join('\n'),
    buttons: [[toSubject(t, one), toMenu(t)]],
  }
}

/** `text`: HTML: what came of it. */
export const askedScreen = (t: T, one: Subject, text: string): Screen => ({
  text: [...trialLines(t, one.place), text].join('\n'),
  buttons: [[toSubject(t, one), toMenu(t)]],
})

/** The newest answer first. */
export function answersScreen(t: T, one: Subject, answered: readonly Question[], page: number): Screen {
  const { at: now, pages, shown } = pageOf(answered, page, PAGE)
  return {
    text: [
      ...trialLines(t, one.place),
      t.html('questions.answers-head', { what: aboutText(t, one) }),
      ...(shown.length === 0 ? ['', t.html('questions.answers-none')] : []),
      ...shown.flatMap((question) => ['', pairLine(t, question)]),
      ...(pages > 1 ? ['', t.html('common.page', { page: now + 1, pages })] : []),
    ].join('\n'),
    buttons: [...pager(t, now, pages, one.answers), [toSubject(t, one), toMenu(t)]],
  }
}
