// The vote: whose ballot, then marks that are buttons with state of their own, a review, and one Send.
import type { Message } from 'grammy/types'
import { hasClosed } from '../../core/cycle.ts'
import { labelOf } from '../../core/person.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { listVoters, nameVoter } from '../../use-cases/list-voters.ts'
import { openBallot, unsentBallot } from '../../use-cases/open-ballot.ts'
import { readBallot } from '../../use-cases/read-ballot.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import type { At } from '../at.ts'
import { sendButton, voteButton } from '../buttons.ts'
import { closedScreen } from '../closed.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { carriesNumber } from '../numbers.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { readInView } from '../seen.ts'
import { withNote } from '../speaker.ts'
import { outdated, type Talk } from '../talk.ts'
import { actOn, mark, review, showMarking, turn } from './marking.ts'
import { projectNamed } from './named.ts'
import { sendIt } from './send.ts'
import * as view from './view.ts'

type Row = { cycle: number; rollRow: number }

export function voteFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(voteButton, vote)
  on.shows(view.openButton, (_, talk, row) => open(parts, talk, row))
  on.shows(view.anotherButton, (_, talk, where) => parts.doors.verify(talk, where))
  on.shows(view.labelButton, askLabel)
  on.tap(view.markButton, (_, talk, input) => mark(parts, talk, input, 'mark'))
  on.tap(view.takeButton, (_, talk, input) => mark(parts, talk, input, 'take'))
  on.shows(view.pageButton, (_, talk, input) => turn(parts, talk, input))
  on.shows(view.reviewButton, review)
  on.shows(sendButton, send)
  return {
    composer: on.composer,
    opens: {
      ballot: (talk, row, note) => open(parts, talk, row, note),
      vote: (talk, where) => vote(parts, talk, where),
      helped: (talk, ballot, note) => turn(parts, talk, { ballot, page: 0 }, note),
    },
    recognises: (talk, message) => named(parts, talk, message),
    expects: { label: { take: (talk, row, message) => label(parts, talk, row, message) } },
  } satisfies Feature
}

async function vote(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  const place = await readPlace(parts.app, where.cycle, where.territory)
  if (!place || isOutdated(place)) return outdated(talk)
  if (hasClosed(place.cycle)) return talk.speak.show(closedScreen(talk.t, place))
  const people = await listVoters(parts.app, talk.who.id, where.cycle)
  const [first] = people
  if (!first) return parts.doors.verify(talk, where)
  if (people.length === 1 && !first.castAt)
    return open(parts, talk, { cycle: where.cycle, rollRow: first.rollRow })
  talk.speak.show(view.peopleScreen(talk.t, place, people))
}

/** Opens the ballot of a roll row, or goes on with the one that was opened last and not sent. */
async function open(parts: FeatureParts, talk: Talk, row: Row, note?: string): Promise<void> {
  const { app, session } = parts
  const { t, who, speak } = talk
  const unsent = await unsentBallot(app, who.id, row.cycle, row.rollRow)
  const kept = unsent === undefined ? undefined : await session.marks(who.id, unsent)
  const again = kept && kept.length > 0 ? unsent : undefined
  const opened = await openBallot(app, who.id, row.cycle, row.rollRow, again)
  if (!opened.ok) {
    const place = await placeOf(parts, talk, row)
    return place ? speak.show(view.openProblem(t, place, opened.problem, note)) : outdated(talk)
  }
  const marks = opened.value.ballot === again && kept ? kept : []
  if (marks.length === 0) await session.setMarks(who.id, opened.value.ballot, [])
  const ballot = await readBallot(app, opened.value.ballot, who.id)
  if (ballot) showMarking(parts, talk, ballot, marks, 0, note)
}

/** Where this person of the account votes; where nobody of theirs does, the account's own village. */
async function placeOf({ app }: FeatureParts, { who }: Talk, row: Row): Promise<Place | undefined> {
  const voter = (await listVoters(app, who.id, row.cycle)).find(({ rollRow }) => rollRow === row.rollRow)
  const territory = voter?.territory ?? who.home?.territory
  return territory === undefined ? undefined : readPlace(app, row.cycle, territory)
}

/** Before a ballot that is being marked a project may be written instead of pressed, on whichever page it stands. */
async function named(parts: FeatureParts, talk: Talk, { text }: Message): Promise<boolean> {
  const seen = await readInView(parts.session, talk.who.id)
  const before = seen?.other && view.pageButton.parse(seen.other.press)
  if (!before || text === undefined) return false
  const ballot = await readBallot(parts.app, before.ballot, talk.who.id)
  const project = ballot && projectNamed(ballot.projects, text)
  if (!project) return false
  const button = (await actOn(parts, talk, ballot, project)) === 'take' ? view.takeButton : view.markButton
  await parts.doors.press(talk, button.pack({ ...before, number: project.number }))
  return true
}

async function send(
  parts: FeatureParts,
  talk: Talk,
  input: At & { ballot: string; rollRow: number },
): Promise<void> {
  await sendIt(
    parts,
    talk,
    { id: input.ballot, ...input },
    await parts.session.marks(talk.who.id, input.ballot),
  )
}

async function askLabel(parts: FeatureParts, talk: Talk, row: Row): Promise<void> {
  const { t, who, speak } = talk
  const place = await placeOf(parts, talk, row)
  if (!place) return outdated(talk)
  await expect(parts, who.id, { kind: 'label', ...row })
  speak.show(view.labelScreen(t, place))
}

async function label(parts: FeatureParts, talk: Talk, row: Row, { text }: Message): Promise<boolean> {
  const place = await placeOf(parts, talk, row)
  if (!place || (text !== undefined && carriesNumber(text))) return false
  if (text === undefined) {
    withNote(talk.speak, talk.t.html('common.media')).show(view.labelScreen(talk.t, place))
    return true
  }
  await parts.session.expectNothing(talk.who.id)
  await nameVoter(parts.app, talk.who.id, row.cycle, row.rollRow, text)
  const note = talk.t.html('vote.label-set', { label: labelOf(text) })
  const people = await listVoters(parts.app, talk.who.id, row.cycle)
  const sent = people.find(({ rollRow }) => rollRow === row.rollRow)?.castAt
  if (!sent) await open(parts, talk, row, note)
  else withNote(talk.speak, note).show(view.peopleScreen(talk.t, place, people))
  return true
}
