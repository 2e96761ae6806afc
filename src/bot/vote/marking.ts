// Marking an opened ballot: each press marks, takes back or turns a page; a ballot that was cast answers with what is recorded.
import { checkBallot } from '../../core/ballots/index.ts'
import { choicesOf } from '../../core/ballots/marks.ts'
import { ownOrder } from '../../core/own-order.ts'
import { isSmallRoll } from '../../use-cases/is-small-roll.ts'
import { type BallotView, readBallot } from '../../use-cases/read-ballot.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { problemAlert } from './ballot-problem.ts'
import { oneBallotScreen } from './one.ts'
import { rememberScreen } from './open-screens.ts'
import { screenOf } from './screens/index.ts'
import type { Act } from './screens/screen.ts'
import { sendIt } from './send.ts'
import * as view from './view.ts'

type Marks = readonly string[]

/** The list stands in the person's own order, as everywhere. */
export function showMarking(
  { session }: FeatureParts,
  { t, who, speak }: Talk,
  ballot: BallotView,
  marks: Marks,
  page: number,
  note?: string,
): void {
  const { cycle, rollRow, id } = ballot.opened
  // The marks are in the session store: the page shows them as they are then.
  speak.drawnBy(view.pageButton.pack({ ballot: id, page }))
  const list = ownOrder(cycle, who.id, ballot.projects).filter((project) => !project.withdrawn)
  const screen = who.easy ? oneBallotScreen : view.ballotScreen
  speak.show(screen(t, ballot, list, marks, page, note), (message) =>
    rememberScreen(session, who.id, { ballot: id, rollRow, message }),
  )
}

/**
 * The ballot behind a button with its marks. Undefined once the person has been told: it is not theirs, it was cast, or the
 * session store lost the marks and the list opens blank.
 */
async function pressed(
  parts: FeatureParts,
  talk: Talk,
  id: string,
): Promise<{ ballot: BallotView; marks: Marks } | undefined> {
  const ballot = await readBallot(parts.app, id, talk.who.id)
  if (!ballot) {
    outdated(talk)
    return undefined
  }
  if (ballot.opened.castHere) {
    await sendIt(parts, talk, ballot.opened, undefined)
    return undefined
  }
  const marks = await parts.session.marks(talk.who.id, ballot.opened.id)
  if (marks) return { ballot, marks }
  await parts.session.setMarks(talk.who.id, ballot.opened.id, [])
  showMarking(parts, talk, ballot, [], 0, talk.t.html('vote.marks-gone'))
  return undefined
}

export async function mark(
  parts: FeatureParts,
  talk: Talk,
  input: { ballot: string; number: number; page: number },
  act: Act,
): Promise<void> {
  const found = await pressed(parts, talk, input.ballot)
  if (!found) return
  const { ballot, marks } = found
  const project = ballot.projects.find((one) => one.number === input.number)
  if (!project || project.withdrawn) return outdated(talk)
  const { ballotTerms: terms, currency } = ballot.place.cycle
  const next = screenOf(terms).press({ terms, currency, projects: ballot.projects, marks }, project.id, act)
  if (!next.ok) return talk.speak.answer(problemAlert(talk.t, next.problem, currency), true)
  await parts.session.setMarks(talk.who.id, ballot.opened.id, next.value)
  showMarking(parts, talk, ballot, next.value, input.page)
}

export async function turn(
  parts: FeatureParts,
  talk: Talk,
  input: { ballot: string; page: number },
): Promise<void> {
  const found = await pressed(parts, talk, input.ballot)
  if (found) showMarking(parts, talk, found.ballot, found.marks, input.page)
}

export async function review(parts: FeatureParts, talk: Talk, input: { ballot: string }): Promise<void> {
  const found = await pressed(parts, talk, input.ballot)
  if (!found) return
  const { ballot, marks } = found
  const { ballotTerms, currency } = ballot.place.cycle
  const checked = checkBallot(choicesOf(marks), ballotTerms, ballot.projects)
  if (!checked.ok) return talk.speak.answer(problemAlert(talk.t, checked.problem, currency), true)
  const { id, rollRow } = ballot.opened
  talk.speak.show(
    view.reviewScreen(talk.t, ballot, marks, await isSmallRoll(parts.app, ballot.opened)),
    (message) => rememberScreen(parts.session, talk.who.id, { ballot: id, rollRow, message }),
  )
}
