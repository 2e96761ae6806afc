// What a resident sees of what is built: the works of their village, one of them, what others say, and the question whether it is built.
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { AnswerWorkProblem } from '../../use-cases/answer-work.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Answerer, Work, WorkAnswer } from '../../use-cases/read-works.ts'
import { deskLine } from '../../words/desk.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { workLine, workLines } from '../../words/work.ts'
import { AT, at } from '../at.ts'
import { cardButton, toMenu, workButton, worksButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { voterName } from '../voter-name.ts'

export const workPhotosButton = button('wf', { ...AT, number: 'int' })
export const workAnswersButton = button('wa', { ...AT, number: 'int', page: 'int' })
/** The photo that somebody sent with an answer. */
export const answerPhotoButton = button('wb', { ...AT, number: 'int', answer: 'int' })
/** `yes`: 1 it is as promised, 0 it is not. `round`: the time that it was called built which was on the screen. */
export const sayButton = button('wy', {
  ...AT,
  number: 'int',
  round: 'int',
  rollRow: 'int',
  yes: 'int',
})

const PAGE = 6
const ANSWERS = 5

const keyOf = ({ cycle, territory, number }: Work) => ({ cycle, territory, number })

export function worksScreen(t: T, place: Place, works: readonly Work[], page: number): Screen {
  const here = at(place)
  const { at: now, pages, shown } = pageOf(works, page, PAGE)
  return {
    text: [
      ...trialLines(t, place),
      `<b>${t.html('works.list-head', { village: placeName(t, place) })}</b>`,
      ...(works.length === 0 ? [t.html('works.list-none')] : []),
      ...shown.map((work) => workLine(t, work)),
      ...(pages > 1 ? [t.html('common.page', { page: now + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...shown.map((work) => [press(labelOf(t, work), workButton.pack(keyOf(work)))]),
      ...pager(t, now, pages, (to) => worksButton.pack({ ...here, page: to })),
      [toMenu(t)],
    ],
  }
}

const labelOf = (t: T, { number, title }: Work): string =>
  cutLabel(t('works.work.button', { number, title: t.of(title) }))

export interface WorkCard {
  work: Work
  place: Place
  /** Whom the account answers for. */
  people: readonly Answerer[]
  /** How many said something. */
  answers: number
}

/** `note`: HTML, on top. */
export function workScreen(t: T, { work, place, people, answers }: WorkCard, note?: string): Screen {
  const key = keyOf(work)
  const asked = !work.dropped && (work.state === 'built' || work.state === 'disputed')
  const photos = work.milestones.some((one) => one.photos.length > 0)
  const { number } = work
  const project = cardButton.pack({ ...at(place), number, page: 0, category: 0, words: '' })
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, place),
      ...workLines(t, work),
      ...(asked ? askedLines(t, place, people) : []),
    ].join('\n'),
    buttons: [
      ...(asked ? people.flatMap((one) => sayRows(t, work, one, people.length > 1)) : []),
      ...(photos ? [[press(t('works.photos.button'), workPhotosButton.pack(key))]] : []),
      ...(answers > 0
        ? [
            [
              press(
                t('works.answers.button', { number: answers }),
                workAnswersButton.pack({ ...key, page: 0 }),
              ),
            ],
          ]
        : []),
      [press(t('questions.to-project.button'), project)],
      [press(t('works.menu.button'), worksButton.pack({ ...at(place), page: 0 }))],
      [toMenu(t)],
    ],
  }
}

/** What each of them said; whoever is not verified reads where to become so. */
function askedLines(t: T, place: Place, people: readonly Answerer[]): string[] {
  if (people.length === 0) return ['', t.html('works.verified-only', { desk: deskLine(t, place) })]
  return [
    '',
    `<b>${t.html('works.ask')}</b>`,
    ...people.flatMap(({ said, ...person }) =>
      said
        ? [
            t.html(said.accepted ? 'works.you-yes' : said.shown ? 'works.you-no-shown' : 'works.you-no', {
              name: voterName(t, person),
            }),
          ]
        : [],
    ),
  ]
}

function sayRows(t: T, work: Work, person: Answerer, named: boolean): Button[][] {
  const key = { ...keyOf(work), round: work.rounds.length, rollRow: person.rollRow }
  const name = voterName(t, person)
  return [
    [
      primary(
        named ? cutLabel(t('works.yes-of.button', { name })) : t('works.yes.button'),
        sayButton.pack({ ...key, yes: 1 }),
      ),
    ],
    [
      press(
        named ? cutLabel(t('works.no-of.button', { name })) : t('works.no.button'),
        sayButton.pack({ ...key, yes: 0 }),
      ),
    ],
  ]
}

/** What residents said, the newest first, without who. */
export function workAnswersScreen(t: T, work: Work, answers: readonly WorkAnswer[], page: number): Screen {
  const key = keyOf(work)
  const { at: now, pages, shown } = pageOf(answers, page, ANSWERS)
  const first = now * ANSWERS
  return {
    text: [
      ...trialLines(t, { cycle: work }),
      `<b>${t.html('works.answers-head', { number: work.number, title: graphemeCut(t.of(work.title), 200) })}</b>`,
      ...shown.flatMap(({ accepted, words, photo }, index) => [
        `${first + index + 1}. ${t.html(accepted ? 'works.says-yes' : 'works.says-no')}${photo ? ` · ${t.html('works.with-photo')}` : ''}`,
        ...(words === null ? [] : [escapeHtml(graphemeCut(words, 300))]),
      ]),
      ...(pages > 1 ? [t.html('common.page', { page: now + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...shown.flatMap(({ photo, id }, index) =>
        photo
          ? [
              [
                press(
                  t('works.answer-photo.button', { number: first + index + 1 }),
                  answerPhotoButton.pack({ ...key, answer: id }),
                ),
              ],
            ]
          : [],
      ),
      ...pager(t, now, pages, (to) => workAnswersButton.pack({ ...key, page: to })),
      [press(t('common.back.button'), workButton.pack(key))],
    ],
  }
}

/** HTML. */
export function problemLine(t: T, problem: AnswerWorkProblem): string {
  switch (problem.kind) {
    case 'no-such-work':
      return t.html('works.gone')
    case 'not-asked':
      return t.html('works.not-asked')
    case 'done':
      return t.html('works.done-already')
    case 'not-verified':
      return t.html('works.not-yours')
    case 'other-round':
      return t.html('works.other-round')
    case 'too-long':
      return t.html('works.too-long', { most: problem.most, number: problem.number })
  }
}
