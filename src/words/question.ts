// A question and its answer in words, as everybody reads them.
import { type Localised, OFFICIAL_LANGUAGES } from '../core/localised.ts'
import { graphemeCut } from '../core/text.ts'
import { escapeHtml, type T } from '../i18n.ts'
import { toldTitle } from './idea.ts'

/** Letters of a title beside a question. */
const TITLE = 300

/** What a question is about: a project or an idea, by number and title. Plain text. */
export const aboutText = (
  t: T,
  { idea = false, number, title }: { idea?: boolean | undefined; number: number; title: Localised },
): string =>
  t(idea ? 'questions.idea' : 'questions.project', {
    number,
    title: graphemeCut(idea ? toldTitle(t, t.of(title)) : t.of(title), TITLE),
  })

export interface Answered {
  text: string
  answers: Partial<Record<string, string>>
}

/** HTML: the question and its answer in the reader's language; in the other one, and marked so, where nobody has written it yet. `most`: letters of each. */
export function pairLine(t: T, { text, answers }: Answered, most = 1000): string {
  const [kk = '', ru = ''] = OFFICIAL_LANGUAGES.map((locale) => answers[locale] ?? '')
  const official = OFFICIAL_LANGUAGES.some((locale) => locale === t.locale)
  const answer = t.of({ ...answers, kk: kk || ru, ru: ru || kk })
  const pair = t.html('questions.pair', {
    question: graphemeCut(text, most),
    answer: graphemeCut(answer, most),
  })
  return official && !answers[t.locale] ? `${pair} ${escapeHtml(t('questions.no-translation'))}` : pair
}
