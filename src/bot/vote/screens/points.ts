// Points on the screen: one press on a project adds a point; a button with words below it takes one back.
import type { PointsTerms } from '../../../core/ballots/points.ts'
import { choicesOf, markOf } from '../../../core/ballots/marks.ts'
import { ok } from '../../../core/result.ts'
import type { T } from '../../../i18n.ts'
import type { Project } from '../../../use-cases/list-projects.ts'
import { cutLabel } from '../../message.ts'
import { choiceOn, leastLine, markedOf, namedIn, onItsWay, toggle } from './lines.ts'
import type { Act, Marking, MarkingScreen, MarkLabel } from './screen.ts'

/**
 * The points after one step from `points`; undefined: the project is not named, which is worth `unlisted`. So a step that
 * comes to that worth, or falls from `least` towards it, takes the project off the ballot.
 */
function stepped(points: number | undefined, act: Act, terms: PointsTerms): number | undefined {
  const { least, most, unlisted } = terms
  if (act === 'mark') {
    const next = Math.max((points ?? unlisted) + 1, least)
    return next === unlisted ? undefined : next
  }
  const next = Math.min((points ?? unlisted) - 1, most)
  return next === unlisted || next < least ? undefined : next
}

/** Points given and left, of all there are. */
function total(t: T, ballot: Marking<PointsTerms>): string {
  const given = choicesOf(ballot.marks).reduce((sum, { points }) => sum + (points ?? 0), 0)
  const { maxSum } = ballot.terms
  return maxSum === null
    ? t.html('vote.given', { n: given })
    : t.html('vote.given-of', { n: given, sum: maxSum, left: maxSum - given })
}

const pointLines = (t: T, ballot: Marking<PointsTerms>): string[] =>
  markedOf(ballot).map(({ project, choice }, _, all) =>
    t.html('vote.points-line', { ...namedIn(t, project, all.length), points: choice.points ?? 0 }),
  )

/** Whether there is a point to take back. */
const canTake = ({ terms }: Marking<PointsTerms>, points: number | undefined): boolean =>
  points !== undefined || terms.least < terms.unlisted

const takeLabel = (t: T, { number }: Project): MarkLabel => ({
  label: t('vote.take.button', { number }),
  act: 'take',
})

export const pointsScreen: MarkingScreen<PointsTerms> = {
  rule(t, { terms, projects }) {
    const { least, most, max, minSum, maxSum } = terms
    return [
      maxSum === null
        ? t.html('vote.rule-grades', { count: most })
        : t.html('vote.rule-points', { count: maxSum }),
      ...(maxSum !== null && minSum === maxSum ? [t.html('vote.rule-points-all')] : []),
      ...(maxSum !== null && most < maxSum ? [t.html('vote.rule-points-most', { count: most })] : []),
      ...(least > 1 ? [t.html('vote.rule-points-least', { count: least })] : []),
      ...(max < projects.length ? [t.html('vote.rule-points-projects', { count: max })] : []),
      ...leastLine(t, terms.min),
      t.html('vote.rule-points-back'),
    ]
  },
  sofar: (t, ballot) => [total(t, ballot), ...pointLines(t, ballot)],
  alone(t, ballot, project) {
    const points = choiceOn(ballot, project)?.points
    const add: MarkLabel = { label: t('vote.point.button'), act: 'mark' }
    return {
      state: t.html('vote.alone-points', { points: points ?? 0 }),
      buttons: canTake(ballot, points) ? [add, takeLabel(t, project)] : [add],
    }
  },
  buttons(t, ballot, project) {
    const points = choiceOn(ballot, project)?.points
    const { number } = project
    const facts = { number, points: points ?? 0, title: t.of(project.title) }
    const add =
      points === undefined
        ? toggle(t, ballot, project)
        : [{ label: cutLabel(t('vote.points.button', facts)), act: 'mark' as const }]
    return canTake(ballot, points) ? [...add, takeLabel(t, project)] : add
  },
  press(ballot, project, act) {
    const choices = choicesOf(ballot.marks)
    const old = choices.find((choice) => choice.project === project)
    const points = stepped(old?.points, act, ballot.terms)
    const rest = choices.filter((choice) => choice.project !== project)
    if (points === undefined) return ok(rest.map(markOf))
    const next = { project, points }
    const changed = old ? choices.map((choice) => (choice === old ? next : choice)) : [...choices, next]
    return onItsWay(ballot, changed)
  },
  chosen: (t, ballot) => [...pointLines(t, ballot), total(t, ballot)],
}
