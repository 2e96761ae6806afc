// Marking an opened ballot: each press marks, takes back or turns a page; a ballot that was cast answers with what is recorded.
import { choicesOf } from '../../core/ballots/marks.ts'
import { checkSections, sectionsOf } from '../../core/ballots/sections.ts'
import { keptOrder } from '../../core/own-order.ts'
import { isSmallRoll } from '../../use-cases/is-small-roll.ts'
import { type BallotView, readBallot } from '../../use-cases/read-ballot.ts'
import { potName, potToSay } from '../../words/pot.ts'
import type { FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { problemAlert } from './ballot-problem.ts'
import { oneBallotScreen } from './one.ts'
import { rememberScreen } from '../open-screens.ts'
import { screenOf } from './screens/index.ts'
import { pageFor, partsOf } from './sections.ts'
import type { Act } from './screens/screen.ts'
import { sendIt } from './send.ts'
import * as view from './view.ts'

type Marks = readonly string[]

/** What may be marked, in this person's own order. */
const listedFor = ({ who }: Talk, { opened, projects }: BallotView) =>
  keptOrder(opened.cycle, opened.helped ? opened.rollRow : who.id, projects).filter(
    (project) => !project.withdrawn,
  )

/** The list stands in the person's own order, as everywhere. */
export function showMarking(
  { session }: FeatureParts,
  talk: Talk,
  ballot: BallotView,
  marks: Marks,
  page: number,
  note?: string,
): void {
  const { rollRow, id } = ballot.opened
  // The marks are in the session store: the page shows them as they are then.
  talk.speak.drawnBy(view.pageButton.pack({ ballot: id, page }))
  const { t, who, speak } = talk
  const list = listedFor(talk, ballot)
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
  talkHere: Talk,
  id: string,
): Promise<{ ballot: BallotView; marks: Marks; talk: Talk } | undefined> {
  const ballot = await readBallot(parts.app, id, talkHere.who.id)
  if (!ballot) {
    outdated(talkHere)
    return undefined
  }
  const { castHere, helped } = ballot.opened
  if (castHere) {
    await (helped ? parts.doors.assisted(talkHere) : sendIt(parts, talkHere, ballot.opened, undefined))
    return undefined
  }
  // Whoever is helped reads their own language on the facilitator's phone.
  const locale = helped?.locale ?? undefined
  const talk = locale === undefined ? talkHere : { ...talkHere, t: parts.textsOf(locale) }
  const marks = await parts.session.marks(talk.who.id, ballot.opened.id)
  if (marks) return { ballot, marks, talk }
  await parts.session.setMarks(talk.who.id, ballot.opened.id, [])
  showMarking(parts, talk, ballot, [], 0, talk.t.html('vote.marks-gone'))
  return undefined
}

export async function mark(
  parts: FeatureParts,
  talkHere: Talk,
  input: { ballot: string; number: number; page: number },
  act: Act,
): Promise<void> {
  const found = await pressed(parts, talkHere, input.ballot)
  if (!found) return
  const { ballot, marks, talk } = found
  const project = ballot.projects.find((one) => one.number === input.number)
  if (!project || project.withdrawn) return outdated(talk)
  const sections = partsOf(ballot.place, ballot.projects, marks)
  const own = sections.find(({ pot }) => sections.length === 1 || pot.pot === project.pot)
  if (!own) return outdated(talk)
  const { terms, currency } = own.marking
  const after = screenOf(terms).press(own.marking, project.id, act)
  if (!after.ok) return talk.speak.answer(problemAlert(talk.t, after.problem, currency), true)
  const others = sections.flatMap((one) => (one === own ? [] : one.marking.marks))
  const next = [...others, ...after.value]
  await parts.session.setMarks(talk.who.id, ballot.opened.id, next)
  const standing = partsOf(ballot.place, listedFor(talk, ballot), next)
  const page = pageFor(standing, project, input.page, talk.who.easy ? 1 : view.PAGE)
  showMarking(parts, talk, ballot, next, page)
}

/** What the first button of a project does now: a project that is written is its button. */
export async function actOn(
  { session }: FeatureParts,
  { t, who }: Talk,
  { place, projects, opened }: BallotView,
  project: BallotView['projects'][number],
): Promise<Act> {
  const sections = partsOf(place, projects, (await session.marks(who.id, opened.id)) ?? [])
  const own = sections.find(({ pot }) => sections.length === 1 || pot.pot === project.pot)
  const [first] = own ? screenOf(own.marking.terms).buttons(t, own.marking, project) : []
  return first?.act ?? 'mark'
}

export async function turn(
  parts: FeatureParts,
  talk: Talk,
  input: { ballot: string; page: number },
  note?: string,
): Promise<void> {
  const found = await pressed(parts, talk, input.ballot)
  if (found) showMarking(parts, found.talk, found.ballot, found.marks, input.page, note)
}

export async function review(parts: FeatureParts, talkHere: Talk, input: { ballot: string }): Promise<void> {
  const found = await pressed(parts, talkHere, input.ballot)
  if (!found) return
  const { ballot, marks, talk } = found
  const { place, projects } = ballot
  const { ballotTerms, currency } = place.cycle
  const checked = checkSections(choicesOf(marks), sectionsOf(place.pots, ballotTerms, projects))
  if (!checked.ok) {
    const { pot, problem } = checked.problem
    const said = potToSay(place, pot)
    const alert = problemAlert(talk.t, problem, currency)
    return talk.speak.answer(said && marks.length > 0 ? `${potName(talk.t, said)}. ${alert}` : alert, true)
  }
  const { id, rollRow } = ballot.opened
  talk.speak.show(
    view.reviewScreen(talk.t, ballot, marks, await isSmallRoll(parts.app, ballot.opened)),
    (message) => rememberScreen(parts.session, talk.who.id, { ballot: id, rollRow, message }),
  )
}
