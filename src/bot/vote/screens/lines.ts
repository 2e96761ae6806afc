// What the screens of ballot types share: marked projects, their lines and labels, and marks on their way to a ballot.
import type { BallotProblem, Choice } from '../../../core/ballots/ballot-type.ts'
import { type BallotTerms, checkBallot } from '../../../core/ballots/index.ts'
import { choicesOf, markOf } from '../../../core/ballots/marks.ts'
import { ok, type Result } from '../../../core/result.ts'
import { graphemeCut } from '../../../core/text.ts'
import type { T } from '../../../i18n.ts'
import type { Project } from '../../../use-cases/list-projects.ts'
import { cutLabel } from '../../message.ts'
import type { Act, Marking, MarkLabel } from './screen.ts'

/** UTF-16 units for all titles of the marked projects: a message holds 4,096, and the list stands there too. */
const TITLES = 1_200
/** What a line holds beside its title. */
const BESIDE = 40

/** The choice that stands for a project, if it is marked. */
export const choiceOn = (ballot: Marking<unknown>, project: Project): Choice | undefined =>
  choicesOf(ballot.marks).find((choice) => choice.project === project.id)

/** How many may be marked: a list that is shorter than the limit is said as it is. */
export const mostOf = ({ terms, projects }: Marking<{ max: number }>): number =>
  Math.min(terms.max, projects.length)

/** The marked projects with their choices, in the order of the list; `given`: in the order in which they were marked. */
export function markedOf(
  ballot: Marking<unknown>,
  order: 'list' | 'given' = 'list',
): { project: Project; choice: Choice }[] {
  const pairs = ballot.projects.flatMap((project) => {
    const choice = choiceOn(ballot, project)
    return choice ? [{ project, choice }] : []
  })
  if (order === 'list') return pairs
  const place = new Map(choicesOf(ballot.marks).map((choice, at) => [choice.project, at]))
  return pairs.sort((a, b) => (place.get(a.project.id) ?? 0) - (place.get(b.project.id) ?? 0))
}

/** Number and title as facts; the more lines there are, the shorter each title. */
export function namedIn(t: T, project: Project, lines: number): { number: number; title: string } {
  const room = Math.max(12, Math.min(160, Math.floor(TITLES / Math.max(1, lines)) - BESIDE))
  return { number: project.number, title: graphemeCut(t.of(project.title), room) }
}

/** The marked projects, a line each: `№ 3 Title`. */
export const markedLines = (t: T, ballot: Marking<unknown>): string[] =>
  markedOf(ballot).map(({ project }, _, all) =>
    t.html('discover.project.button', namedIn(t, project, all.length)),
  )

/** The marked projects with what they cost: `№ 3. Title. 1 500 000 ₸`. */
export const costLines = (t: T, ballot: Marking<unknown>): string[] =>
  markedOf(ballot).map(({ project }, _, all) =>
    t.html('discover.line', {
      ...namedIn(t, project, all.length),
      sum: t.money(project.cost, ballot.currency),
    }),
  )

/** The projects of a page with their whole titles and costs; only where `room` (UTF-16 units) does not do, titles are cut. */
export function fullLines(
  t: T,
  { currency }: Marking<unknown>,
  projects: readonly Project[],
  room: number,
): string[] {
  const most = Math.max(12, Math.floor(room / Math.max(1, projects.length)) - BESIDE)
  return projects.map(({ number, title, cost }) =>
    t.html('discover.line', {
      number,
      title: graphemeCut(t.of(title), most),
      sum: t.money(cost, currency),
    }),
  )
}

/** At least so many, where one is not enough. */
export const leastLine = (t: T, min: number): string[] =>
  min > 1 ? [t.html('vote.rule-least', { count: min })] : []

/** Marked, or not: the one button of a project that is only chosen. */
export function toggle(t: T, ballot: Marking<unknown>, project: Project): MarkLabel[] {
  const facts = { number: project.number, title: t.of(project.title) }
  const on = choiceOn(ballot, project) !== undefined
  return [
    { label: cutLabel(on ? t('vote.on.button', facts) : t('vote.off.button', facts)), act: turning(on) },
  ]
}

/** What the one button of a project does. It says what it wants, so that a double tap wants one thing. */
export const turning = (on: boolean): Act => (on ? 'take' : 'mark')

/** The same where the project stands alone. */
export function toggleAlone(t: T, ballot: Marking<unknown>, project: Project) {
  const on = choiceOn(ballot, project) !== undefined
  return {
    state: t.html(on ? 'vote.alone-on' : 'vote.alone-off'),
    buttons: [{ label: t(on ? 'vote.unmark.button' : 'vote.mark.button'), act: turning(on) }],
  }
}

/** Marks the project as the next one, or unmarks it; what stands so already stays. */
export function toggled(
  ballot: Marking<BallotTerms>,
  project: string,
  act: Act,
): Result<readonly string[], BallotProblem> {
  const choices = choicesOf(ballot.marks)
  const rest = choices.filter((choice) => choice.project !== project)
  if (act === 'take') return ok(rest.map(markOf))
  return rest.length < choices.length ? ok(ballot.marks) : onItsWay(ballot, [...choices, { project }])
}

/** The marks of these choices: too little on a ballot is no problem yet, everything else is. */
export function onItsWay(
  ballot: Marking<BallotTerms>,
  choices: readonly Choice[],
): Result<readonly string[], BallotProblem> {
  const checked = checkBallot(choices, ballot.terms, ballot.projects)
  return checked.ok || 'early' in checked.problem ? ok(choices.map(markOf)) : checked
}
