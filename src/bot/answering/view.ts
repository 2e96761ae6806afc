// What an official sees of a question: a card with what may be done, the words that are asked for, and why something was not done.
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { escapeHtml, type T, type Texts } from '../../i18n.ts'
import type { AnswerProblem } from '../../use-cases/answer-question.ts'
import type { Question } from '../../use-cases/questions.ts'
import { aboutText } from '../../words/question.ts'
import { openQuestionButton, toMenu } from '../buttons.ts'
import { press, primary, type Screen } from '../message.ts'
import { answerButton, declineButton, nextButton } from './buttons.ts'

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

export const emptyScreen = (t: T): Screen => lineScreen(t, t.html('questions.queue-empty'))

const nameOf = (textsOf: Texts, locale: string): string => textsOf(locale).language.name

/** `note`: HTML, on top. */
export function questionScreen(t: T, textsOf: Texts, question: Question, note?: string): Screen {
  const { id, version, state, answers, reason } = question
  const missing = OFFICIAL_LANGUAGES.filter((locale) => answers[locale] === undefined)
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      `<b>${t.html('questions.head', { id, village: t.of(question.village) })}</b>`,
      escapeHtml(aboutText(t, { ...question, idea: question.idea !== null })),
      t.html('questions.asked', { time: t.moment(question.at) }),
      '',
      escapeHtml(question.text),
      ...OFFICIAL_LANGUAGES.flatMap((locale) => {
        const text = answers[locale]
        return text === undefined
          ? []
          : ['', t.html('questions.answer-line', { language: nameOf(textsOf, locale), text })]
      }),
      ...(reason === null ? [] : ['', t.html('questions.declined-line', { text: reason })]),
    ].join('\n'),
    buttons: [
      ...(state === 'declined' ? [] : missing).map((locale) => [
        primary(
          t('questions.answer.button', { language: nameOf(textsOf, locale) }),
          answerButton.pack({ question: id, version, locale }),
        ),
      ]),
      ...(state === 'open'
        ? [[press(t('questions.decline.button'), declineButton.pack({ question: id, version }))]]
        : []),
      [press(t('questions.next.button'), nextButton.pack({ after: id }))],
      [toMenu(t)],
    ],
  }
}

/** Asks for words; `language`: of the answer, none where it is not answered. */
export const wordsScreen = (t: T, question: number, language: string | undefined): Screen => ({
  text:
    language === undefined ? t.html('questions.ask-decline') : t.html('questions.ask-answer', { language }),
  buttons: [[press(t('common.back.button'), openQuestionButton.pack({ question }))], [toMenu(t)]],
})

export function problemLine(t: T, problem: AnswerProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
      return t.html('questions.not-allowed')
    case 'no-such-question':
      return t.html('questions.gone')
    case 'own-question':
      return t.html('questions.own')
    case 'bad-length': {
      const { least, most, number } = problem
      return t.html('questions.bad-length', { least, most, number })
    }
    case 'answered-before':
      return [
        t.html('questions.before'),
        ...(problem.by === null ? [] : [t.html('questions.before-by', { by: problem.by })]),
      ].join('\n')
  }
}
