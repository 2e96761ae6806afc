// What an official sees who runs a cycle: the list, the screen of one, and each act read back in words before it counts.
import { hasClosed, isBefore, isPublished, PHASES } from '../../core/cycle.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Extension } from '../../use-cases/extend-cycle.ts'
import { takesProjects } from '../../use-cases/import-projects.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import type { Proposed } from '../../use-cases/propose-act.ts'
import type { Publication } from '../../use-cases/publish-results.ts'
import type { Course } from '../../use-cases/read-course.ts'
import { fullMoment } from '../../words/moment.ts'
import { phaseName } from '../../words/phase.ts'
import { trialLines } from '../../words/trial.ts'
import { courseButton, newCycleButton, reviewsButton, toMenu } from '../buttons.ts'
import { proposedBeforeLines } from '../changed.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { minutesOf } from '../minutes.ts'
import * as button from './buttons.ts'
import { cardActs } from './desk-cards-view.ts'
import { countActs } from './holders-view.ts'
import { ceremonyActs } from './keys-view.ts'
import { problemLine } from './problems.ts'

const MOST_PAIRS = 3
const DAYS = [1, 3, 7]
const DAY_MINUTES = 24 * 60

const toHome = (t: T): Button => press(t('manage.home.button'), button.homeButton.pack({}))
export const back = (t: T, cycle: number): Button =>
  press(t('common.back.button'), courseButton.pack({ cycle }))
export const headOf = (t: T, cycle: Pick<Cycle, 'title' | 'trial' | 'halt'>): string[] => [
  ...trialLines(t, { cycle }),
  `<b>${escapeHtml(t.of(cycle.title))}</b>`,
]

export const notYours = (t: T): Screen => ({ text: t.html('manage.not-yours'), buttons: [[toMenu(t)]] })

/** After a table was sent. */
export const tableScreen = (t: T): Screen => ({
  text: t.html('manage.no-tables'),
  buttons: [[toHome(t), toMenu(t)]],
})

/** `draws`: may draw up a new one. */
export function homeScreen(t: T, cycles: readonly Cycle[], draws: boolean): Screen {
  return {
    text: t.html(cycles.length > 0 ? 'manage.home' : 'manage.home-none'),
    buttons: [
      ...cycles
        .slice(0, 20)
        .map(({ id, title, phase }) => [
          press(cutLabel(`${t.of(title)}: ${phaseName(t, phase)}`), courseButton.pack({ cycle: id })),
        ]),
      ...(draws ? [[press(t('cycle.new.button'), newCycleButton.pack({}))]] : []),
      [toMenu(t)],
    ],
  }
}

/** One screen a cycle. `note`: HTML, on top. */
export function courseScreen(t: T, course: Course, note?: string): Screen {
  const { cycle } = course
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...headOf(t, cycle),
      t.html('manage.now', { phase: phaseName(t, cycle.phase) }),
      '',
      t.html('manage.dates'),
      ...PHASES.flatMap((phase) => {
        const at = cycle.timeline[phase]
        return at === undefined
          ? []
          : [t.html('manage.date', { phase: phaseName(t, phase), time: t.dated(at) })]
      }),
      '',
      ...nextLines(t, course),
    ].join('\n'),
    buttons: courseActs(t, course),
  }
}

function nextLines(t: T, { next, startsAt, blocks }: Course): string[] {
  if (!next) return [t.html('manage.last')]
  const waits = blocks.filter(({ kind }) => kind !== 'not-due')
  return [
    startsAt === undefined
      ? t.html('manage.next', { phase: phaseName(t, next) })
      : t.html('manage.next-at', { phase: phaseName(t, next), time: fullMoment(t, startsAt) }),
    ...(blocks.length === 0 ? [t.html('manage.next-yours')] : []),
    ...(blocks.length > 0 && waits.length === 0 ? [t.html('manage.next-itself')] : []),
    ...waits.map((problem) => `${t.html('manage.blocks')} ${problemLine(t, problem)}`),
  ]
}

function courseActs(t: T, { cycle, next, blocks }: Course): Button[][] {
  const { id, phase } = cycle
  const one = { cycle: id }
  const pairs = blocks.flatMap((problem) => (problem.kind === 'ideas-close' ? problem.pairs : []))
  const mayExtend = cycle.timeline.counting !== undefined && !hasClosed(cycle) && phase !== 'draft'
  return [
    ...(next && blocks.length === 0
      ? [
          [
            primary(
              cutLabel(t('manage.begin.button', { phase: phaseName(t, next) })),
              button.askMoveButton.pack({ ...one, from: phase }),
            ),
          ],
        ]
      : []),
    ...ceremonyActs(
      t,
      cycle,
      blocks.some(({ kind }) => kind === 'needs-key-holders'),
    ),
    ...countActs(t, cycle),
    ...pairs
      .slice(0, MOST_PAIRS)
      .map(([first, second]) => [
        press(
          t('manage.apart.button', { one: first, other: second }),
          button.askApartButton.pack({ ...one, one: first, other: second }),
        ),
      ]),
    ...(mayExtend ? [[press(t('manage.extend.button'), button.askExtendButton.pack(one))]] : []),
    ...cardActs(t, cycle),
    ...(takesProjects(phase) && !cycle.halt
      ? [[press(t('manage.projects.button'), button.askProjectsButton.pack(one))]]
      : []),
    ...(isBefore(phase, 'voting')
      ? [[press(t('manage.steps.button'), button.checklistButton.pack(one))]]
      : [
          [press(t('manage.numbers.button'), button.numbersButton.pack({ ...one, page: 0 }))],
          [press(t('signals.reviews.button'), reviewsButton.pack({ ...one, page: 0 }))],
        ]),
    ...(haltActs(cycle).length > 0 ? [[press(t('manage.halt.button'), button.haltButton.pack(one))]] : []),
    [toHome(t), toMenu(t)],
  ]
}

export function moveScreen(t: T, { cycle, next, joint }: Course): Screen {
  const phase = next ? phaseName(t, next) : ''
  return {
    text: [
      ...headOf(t, cycle),
      t.html('manage.move-ask', { from: phaseName(t, cycle.phase), to: phase }),
      ...(next === 'voting' ? [t.html('manage.move-freezes')] : []),
      ...(next === 'counting' ? [t.html('manage.move-closes')] : []),
      t.html('manage.move-final'),
      ...(joint ? [t.html('manage.joint')] : []),
    ].join('\n'),
    buttons: [
      [
        primary(
          cutLabel(t('manage.begin.button', { phase })),
          button.moveButton.pack({ cycle: cycle.id, from: cycle.phase }),
        ),
      ],
      [back(t, cycle.id)],
    ],
  }
}

export function extendScreen(t: T, cycle: Cycle): Screen {
  const closesAt = cycle.timeline.counting
  const before = closesAt === undefined ? 0 : minutesOf(closesAt)
  return {
    text: [
      ...headOf(t, cycle),
      ...(closesAt === undefined ? [] : [t.html('manage.closes', { time: fullMoment(t, closesAt) })]),
      t.html('manage.extend-ask'),
    ].join('\n'),
    buttons: [
      DAYS.map((count) =>
        press(
          t('manage.days.button', { count }),
          button.previewExtendButton.pack({ cycle: cycle.id, before, to: before + count * DAY_MINUTES }),
        ),
      ),
      [back(t, cycle.id)],
    ],
  }
}

export const extensionScreen = (
  t: T,
  wanted: { cycle: number; before: number; to: number },
  { before, closesAt, people }: Extension,
): Screen => ({
  text: [
    ...(before === undefined ? [] : [t.html('manage.closes', { time: fullMoment(t, before) })]),
    t.html('manage.closes-new', { time: fullMoment(t, closesAt) }),
    t.html('manage.told-to', { people: t.number(people) }),
    t.html('manage.extend-final'),
  ].join('\n'),
  buttons: [
    [primary(t('manage.extend-do.button'), button.extendButton.pack(wanted))],
    [press(t('manage.other-date.button'), button.askExtendButton.pack({ cycle: wanted.cycle }))],
    [back(t, wanted.cycle)],
  ],
})

export const publicationScreen = (
  t: T,
  cycle: Cycle,
  { villages, ballots, winners, spent, people, result, joint, underReview }: Publication,
): Screen => ({
  text: [
    ...headOf(t, cycle),
    t.html('manage.publish-ask', {
      villages: t.number(villages),
      ballots: t.number(ballots),
      winners: t.number(winners),
      sum: t.money(spent, cycle.currency),
    }),
    ...(underReview > 0 ? [t.html('results.publish-reviews', { villages: underReview })] : []),
    t.html('manage.told-to', { people: t.number(people) }),
    t.html('manage.publish-final'),
    ...(joint ? [t.html('manage.joint')] : []),
  ].join('\n'),
  buttons: [
    [
      primary(
        t('manage.publish.button'),
        button.publishButton.pack({ cycle: cycle.id, seen: result.slice(0, button.SEEN) }),
      ),
    ],
    [back(t, cycle.id)],
  ],
})

export const apartScreen = (t: T, pair: { cycle: number; one: number; other: number }): Screen => ({
  text: t.html('manage.apart-ask', { one: pair.one, other: pair.other }),
  buttons: [[primary(t('manage.apart-do.button'), button.apartButton.pack(pair))], [back(t, pair.cycle)]],
})

/** What may be done to a vote that runs, or stands still. */
export function haltActs(cycle: Cycle): ('suspend' | 'resume' | 'void')[] {
  if (cycle.halt?.kind === 'void' || cycle.phase === 'draft' || isPublished(cycle.phase)) return []
  if (cycle.halt) return ['resume', 'void']
  return cycle.phase === 'voting' && !hasClosed(cycle) ? ['suspend', 'void'] : ['void']
}

/** What waits for a second official now. */
export const proposedLines = (t: T, proposed: Proposed): string =>
  [
    ...(proposed.already ? proposedBeforeLines(t, proposed) : [t.html('manage.proposed')]),
    t.html('manage.proposed-to', { accounts: proposed.askable.join(', ') }),
    t.html('second.until', { time: t.moment(proposed.until) }),
  ].join('\n')
