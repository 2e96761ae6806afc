// Easy mode: the ballot with one project a message, whole, and everything that can be pressed in words.
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Project } from '../../use-cases/list-projects.ts'
import type { BallotView } from '../../use-cases/read-ballot.ts'
import { trialLines } from '../../words/trial.ts'
import { toMenu } from '../buttons.ts'
import { press, primary, type Screen } from '../message.ts'
import { readLength } from '../new-message.ts'
import { oneAtATime } from '../pager.ts'
import { voterName } from '../voter-name.ts'
import { screenOf } from './screens/index.ts'
import { fullLines } from './screens/lines.ts'
import { otherPots, partPage, partsOf, potButtons, potHead } from './sections.ts'
import { markButton, pageButton, reviewButton, ruleLines, takeButton, TEXT } from './view.ts'

/** Project `page` (from 0) of the ballot alone. How to mark is said on the first one. `note`: a line on top. */
export function oneBallotScreen(
  t: T,
  view: BallotView,
  projects: readonly Project[],
  marks: readonly string[],
  page: number,
  note?: string,
): Screen {
  const { opened, place } = view
  const { id: ballot } = opened
  const parts = partsOf(place, projects, marks)
  const paged = partPage(parts, page, 1)
  const { part, at, pages, shown, first } = paged
  const { marking } = part
  const screen = screenOf(marking.terms)
  const alone = shown.map((project) => ({ project, ...screen.alone(t, marking, project) }))
  const head = [
    ...(note ? [note, ''] : []),
    ...trialLines(t, place),
    t.html('vote.heading', { person: voterName(t, opened) }),
    ...(opened.castAt ? [t.html('vote.earlier', { time: t.moment(opened.castAt) })] : []),
    ...potHead(t, { place, part }),
    ...(first ? [...screen.rule(t, marking), ...ruleLines(t, place)] : []),
    '',
    t.html('discover.one', { n: at + 1, total: pages }),
  ]
  const foot = [
    '',
    ...alone.map(({ state }) => `<b>${state}</b>`),
    ...screen.sofar(t, marking),
    ...otherPots(t, parts, part),
  ]
  const room = TEXT - readLength([...head, ...foot].join('\n'))
  const lines = fullLines(t, marking, shown, room / 2)
  const left = Math.max(0, room - readLength(lines.join('\n')) - 2)
  const summaries = shown.flatMap(({ summary }) =>
    summary ? ['', escapeHtml(graphemeCut(t.of(summary), left))] : [],
  )
  return {
    text: [...head, ...lines, ...summaries, ...foot].join('\n'),
    buttons: [
      ...alone.flatMap(({ project: { number }, buttons }) =>
        buttons.map(({ label, act }) => {
          const type = act === 'take' ? takeButton : markButton
          return [press(label, type.pack({ ballot, number, page: at }))]
        }),
      ),
      ...oneAtATime(t, at, pages, (to) => pageButton.pack({ ballot, page: to })),
      ...potButtons(t, parts, paged, (to) => pageButton.pack({ ballot, page: to })),
      [primary(t('vote.review.button'), reviewButton.pack({ ballot }))],
      [toMenu(t)],
    ],
    other: { press: pageButton.pack({ ballot, page: at }), note: 'vote.not-sent-marking' },
  }
}
