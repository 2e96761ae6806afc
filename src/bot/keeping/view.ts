// What an official sees of the works they keep: the list, one work with its milestones, one milestone, and what is asked for.
import type { Localised } from '../../core/localised.ts'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { graphemeCut } from '../../core/text.ts'
import { MOST_MILESTONES } from '../../core/work.ts'
import { type Key, type T, type Texts } from '../../i18n.ts'
import type { ProposeChangeProblem } from '../../use-cases/change-result.ts'
import type { MilestoneProblem, WorkPhotoProblem } from '../../use-cases/keep-work.ts'
import type { Work } from '../../use-cases/read-works.ts'
import type { BuiltProblem } from '../../use-cases/say-built.ts'
import { trialLines } from '../../words/trial.ts'
import { dayName, milestoneLine, workLine, workLines } from '../../words/work.ts'
import { AT } from '../at.ts'
import { keptWorksButton, keepWorkButton, toMenu, workButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import type { MilestoneFact } from './expects.ts'

const WORK = { ...AT, number: 'int', version: 'int' } as const
export const addMilestoneButton = button('wm', WORK)
export const milestoneButton = button('we', { ...AT, number: 'int', milestone: 'int' })
/** `fact`: what is written next. */
export const factButton = button('wt', { ...WORK, milestone: 'int', fact: 'word' })
export const reachedButton = button('wr', { ...WORK, milestone: 'int' })
export const photoButton = button('wg', { ...WORK, milestone: 'int' })
export const builtButton = button('wz', WORK)
/** Two officials say that it dropped out, became cheaper, or is paid for outside the vote. */
export const changeButton = button('wc', { ...AT, number: 'int', change: 'word' })

/** From the work `number` to the projects of its village that did not win. */
export const outsideButton = button('wv', { ...AT, number: 'int', page: 'int' })

const PAGE = 6

const keyOf = ({ cycle, territory, number, version }: Work) => ({ cycle, territory, number, version })

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

export function keptScreen(t: T, works: readonly Work[], page: number): Screen {
  if (works.length === 0) return lineScreen(t, t.html('works.keep-none'))
  const { at: now, pages, shown } = pageOf(works, page, PAGE)
  return {
    text: [
      `<b>${t.html('works.keep-head')}</b>`,
      ...shown.map(
        (work) => `${workLine(t, work)} · ${t.html('works.of-village', { village: t.of(work.village) })}`,
      ),
      ...(pages > 1 ? [t.html('common.page', { page: now + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...shown.map((work) => [
        press(
          cutLabel(t('works.work.button', { number: work.number, title: t.of(work.title) })),
          keepWorkButton.pack(keyOf(work)),
        ),
      ]),
      ...pager(t, now, pages, (to) => keptWorksButton.pack({ page: to })),
      [toMenu(t)],
    ],
  }
}

/** Which of those that did not win is paid for outside the vote. */
export function outsideScreen(
  t: T,
  at: { cycle: number; territory: number; number: number },
  projects: readonly { number: number; title: Localised }[],
  page: number,
): Screen {
  const { at: now, pages, shown } = pageOf(projects, page, PAGE)
  return {
    text: t.html(projects.length === 0 ? 'works.none-outside' : 'works.ask-outside'),
    buttons: [
      ...shown.map(({ number, title }) => [
        press(
          cutLabel(t('works.work.button', { number, title: t.of(title) })),
          changeButton.pack({ ...at, number, change: 'outside' }),
        ),
      ]),
      ...pager(t, now, pages, (to) => outsideButton.pack({ ...at, page: to })),
      [press(t('common.back.button'), keepWorkButton.pack(at))],
    ],
  }
}

/** The reason why one is paid for outside the vote. */
export const whyOutsideScreen = (t: T, language: string): Screen => ({
  text: t.html('works.ask-why', { language }),
  buttons: [[press(t('works.keep-list.button'), keptWorksButton.pack({ page: 0 }))]],
})

/** `note`: HTML, on top. */
export function workToKeepScreen(t: T, work: Work, note?: string): Screen {
  const key = keyOf(work)
  const going = work.state !== 'done' && !work.dropped
  const built = work.state === 'disputed' ? 'works.answer-dispute.button' : 'works.built.button'
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, { cycle: work }),
      ...workLines(t, work),
      ...(work.unshown > 0 ? [t.html('works.unshown', { number: t.number(work.unshown) })] : []),
    ].join('\n'),
    buttons: [
      ...(going && work.state !== 'built' && work.milestones.length > 0
        ? [[primary(t(built), builtButton.pack(key))]]
        : []),
      ...(going ? work.milestones.map((one) => [toMilestone(t, work, one)]) : []),
      ...(going && work.milestones.length < MOST_MILESTONES
        ? [[press(t('works.add-milestone.button'), addMilestoneButton.pack(key))]]
        : []),
      ...(going
        ? [
            [press(t('works.cheaper.button'), changeButton.pack({ ...keyOf(work), change: 'cheaper' }))],
            [press(t('works.outside.button'), outsideButton.pack({ ...key, page: 0 }))],
            [press(t('works.drop.button'), changeButton.pack({ ...keyOf(work), change: 'dropped' }))],
          ]
        : []),
      [press(t('works.as-residents.button'), workButton.pack(key))],
      [press(t('works.keep-list.button'), keptWorksButton.pack({ page: 0 }))],
      [toMenu(t)],
    ],
  }
}

const toMilestone = (t: T, work: Work, { number, name }: Work['milestones'][number]): Button =>
  press(
    cutLabel(t('works.milestone.button', { number, name: t.of(name) })),
    milestoneButton.pack({ ...keyOf(work), milestone: number }),
  )

const FACTS = {
  percent: 'works.set-percent.button',
  actual: 'works.set-actual.button',
  planned: 'works.set-planned.button',
  cost: 'works.set-cost.button',
} as const satisfies Partial<Record<MilestoneFact['fact'], Key>>

/** `note`: HTML, on top. */
export function milestoneScreen(t: T, textsOf: Texts, work: Work, milestone: number, note?: string): Screen {
  const one = work.milestones.find(({ number }) => number === milestone)
  if (!one) return workToKeepScreen(t, work, note)
  const key = { ...keyOf(work), milestone }
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, { cycle: work }),
      t.html('works.title', { number: work.number, title: graphemeCut(t.of(work.title), 200) }),
      milestoneLine(t, one, work.currency, 120),
      t.html('works.planned', { day: dayName(t, one.planned) }),
      t.html('works.photos', { number: t.number(one.photos.length) }),
    ].join('\n'),
    buttons: [
      ...(one.actual === null ? [[primary(t('works.reached-today.button'), reachedButton.pack(key))]] : []),
      [press(t('works.add-photo.button'), photoButton.pack(key))],
      ...Object.entries(FACTS).map(([fact, label]) => [press(t(label), factButton.pack({ ...key, fact }))]),
      ...OFFICIAL_LANGUAGES.map((locale) => [
        press(
          t('works.set-name.button', { language: textsOf(locale).language.name }),
          factButton.pack({ ...key, fact: locale }),
        ),
      ]),
      [press(t('common.back.button'), keepWorkButton.pack(keyOf(work)))],
    ],
  }
}

const ASKS: Record<MilestoneFact['fact'], Key> = {
  percent: 'works.ask-percent',
  actual: 'works.ask-actual',
  planned: 'works.ask-planned',
  cost: 'works.ask-cost',
  kk: 'works.ask-name',
  ru: 'works.ask-name',
}

/** Asks for a fact of a milestone. */
export function factScreen(t: T, textsOf: Texts, work: Work, { milestone, fact }: MilestoneFact): Screen {
  const named = fact === 'kk' || fact === 'ru' ? { language: textsOf(fact).language.name } : {}
  return {
    text: t.html(ASKS[fact], named),
    buttons: [[press(t('common.back.button'), milestoneButton.pack({ ...keyOf(work), milestone }))]],
  }
}

/** What is asked for in a row: `language` of a name or an answer, none for the planned day. */
export const wordsScreen = (
  t: T,
  work: Work,
  ask:
    | { key: 'works.ask-name' | 'works.ask-reply' | 'works.ask-why'; language: string }
    | { key: 'works.ask-planned' | 'works.ask-new-cost' },
): Screen => ({
  text: t.html(ask.key, 'language' in ask ? { language: ask.language } : {}),
  buttons: [[press(t('common.back.button'), keepWorkButton.pack(keyOf(work)))]],
})

/** Asks for photos of a milestone, as many as are sent. */
export const photosScreen = (t: T, work: Work, milestone: number): Screen => ({
  text: t.html('works.ask-photos'),
  buttons: [[press(t('works.photos-done.button'), milestoneButton.pack({ ...keyOf(work), milestone }))]],
})

/** HTML. */
export function changeProblemLine(t: T, problem: ProposeChangeProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
      return t.html('works.not-allowed')
    case 'nobody-to-confirm':
      return t.html('works.nobody-to-confirm')
    case 'no-such-work':
      return t.html('works.gone')
    case 'no-sense':
      return t.html('works.no-sense')
    case 'not-published':
    case 'being-checked':
      return t.html('works.not-published')
    case 'bad-length':
      return t.html('cli.halt-reason', { least: problem.least, most: problem.most })
  }
}

/** HTML. */
export function problemLine(t: T, problem: MilestoneProblem | WorkPhotoProblem | BuiltProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
      return t.html('works.not-allowed')
    case 'no-such-work':
      return t.html('works.gone')
    case 'no-such-milestone':
      return t.html('works.milestone-gone')
    case 'changed-before':
      return [
        t.html('works.changed-before', { time: t.moment(problem.at) }),
        ...(problem.by === null ? [] : [t.html('works.changed-by', { by: problem.by })]),
      ].join('\n')
    case 'done':
      return t.html('works.done-already')
    case 'dropped':
      return t.html('works.dropped-line')
    case 'bad-length':
      return t.html('questions.bad-length', {
        least: problem.least,
        most: problem.most,
        number: problem.number,
      })
    case 'bad-day':
      return t.html('works.bad-day')
    case 'bad-percent':
      return t.html('works.bad-percent')
    case 'bad-cost':
      return t.html('works.bad-cost')
    case 'full':
      return t.html('works.full', { most: problem.most })
    case 'not-a-picture':
      return t.html('works.photo-only')
    case 'no-photo':
      return t.html('works.built-no-photo')
    case 'no-cost':
      return t.html('works.built-no-cost')
    case 'asked-before':
      return t.html('works.asked-before')
    case 'no-reply':
      return t.html('works.built-no-reply')
  }
}
