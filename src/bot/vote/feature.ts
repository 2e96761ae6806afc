// The vote: whose ballot, then marks that are buttons with state of their own, a review, and one Send.
import type { Message } from 'grammy/types'
import { labelOf } from '../../core/person.ts'
import { listVoters, nameVoter } from '../../use-cases/list-voters.ts'
import { openBallot, unsentBallot } from '../../use-cases/open-ballot.ts'
import { readBallot } from '../../use-cases/read-ballot.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import type { At } from '../at.ts'
import { voteButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { mark, review, showMarking, turn } from './marking.ts'
import { sendIt } from './send.ts'
import * as view from './view.ts'

type Row = { cycle: number; rollRow: number }

export function voteFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.button(voteButton, vote)
  on.button(view.openButton, (_, talk, row) => open(parts, talk, row))
  on.button(view.anotherButton, (_, talk, where) => parts.doors.verify(talk, where))
  on.button(view.labelButton, askLabel)
  on.button(view.markButton, (_, talk, input) => mark(parts, talk, input, 'mark'))
  on.button(view.takeButton, (_, talk, input) => mark(parts, talk, input, 'take'))
  on.button(view.pageButton, turn)
  on.button(view.reviewButton, review)
  on.button(view.sendButton, send)
  return {
    composer: on.composer,
    opens: { ballot: (talk, row, note) => open(parts, talk, row, note) },
    expects: { label: { take: (talk, row, message) => label(parts, talk, row, message) } },
  } satisfies Feature
}

async function vote(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  const place = await readPlace(parts.app, where.cycle, where.territory)
  if (!place || isOutdated(place)) return outdated(talk)
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
  const kept = unsent === undefined ? undefined : await session.marks(unsent)
  const again = kept && kept.length > 0 ? unsent : undefined
  const opened = await openBallot(app, who.id, row.cycle, row.rollRow, again)
  if (!opened.ok) {
    const place = who.home && (await readPlace(app, row.cycle, who.home.territory))
    return place ? speak.show(view.openProblem(t, place, opened.problem)) : outdated(talk)
  }
  const marks = opened.value.ballot === again && kept ? kept : []
  if (marks.length === 0) await session.setMarks(opened.value.ballot, [])
  const ballot = await readBallot(app, opened.value.ballot, who.id)
  if (ballot) showMarking(parts, talk, ballot, marks, 0, note)
}

async function send(
  parts: FeatureParts,
  talk: Talk,
  input: At & { ballot: string; rollRow: number },
): Promise<void> {
  await sendIt(parts, talk, { id: input.ballot, ...input }, await parts.session.marks(input.ballot))
}

async function askLabel(parts: FeatureParts, { t, who, speak }: Talk, row: Row): Promise<void> {
  await expect(parts, who.id, { kind: 'label', ...row })
  speak.show({ text: t.html('vote.label-ask') })
}

async function label(parts: FeatureParts, talk: Talk, row: Row, { text }: Message): Promise<boolean> {
  if (text === undefined) return false
  await parts.session.expectNothing(talk.who.id)
  await nameVoter(parts.app, talk.who.id, row.cycle, row.rollRow, text)
  await open(parts, talk, row, talk.t.html('vote.label-set', { label: labelOf(text) }))
  return true
}
