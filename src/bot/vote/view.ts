// Screens of the vote: who votes, marking, review, accepted, and every way it can go wrong.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { T } from '../../i18n.ts'
import type { CastProblem, Receipt } from '../../use-cases/cast-ballot.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Voter } from '../../use-cases/list-voters.ts'
import type { Project } from '../../use-cases/list-projects.ts'
import type { OpenBallotProblem } from '../../use-cases/open-ballot.ts'
import type { BallotView } from '../../use-cases/read-ballot.ts'
import { deskLine } from '../../words/desk.ts'
import { hasPots, potName } from '../../words/pot.ts'
import { trialLines } from '../../words/trial.ts'
import { factsOf } from '../../use-cases/verify-account.ts'
import { at } from '../at.ts'
import { arrivedButton, assistSendButton, receiptCopies, sendButton, toMenu, voteButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { closedScreen } from '../closed.ts'
import { type Button, press, primary, type Screen, success } from '../message.ts'
import { readLength } from '../new-message.ts'
import { pager } from '../pager.ts'
import { serialEnd, voterName } from '../voter-name.ts'
import { screenOf } from './screens/index.ts'
import { fullLines } from './screens/lines.ts'
import { otherPots, type Part, partPage, partsOf, potButtons, potHead } from './sections.ts'

export const openButton = button('bo', { cycle: 'int', rollRow: 'int' })
export const anotherButton = button('ba', { cycle: 'int', territory: 'int' })
export const labelButton = button('bl', { cycle: 'int', rollRow: 'int' })
export const markButton = button('bm', { ballot: 'uuid', number: 'int', page: 'int' })
export const takeButton = button('bt', { ballot: 'uuid', number: 'int', page: 'int' })
export const pageButton = button('bp', { ballot: 'uuid', page: 'int' })
export const reviewButton = button('br', { ballot: 'uuid' })

/** Projects on a page. */
export const PAGE = 8
/** A message holds 4,096; a line may still come on top. UTF-16 units as they are read. */
export const TEXT = 3_850

/** One account, several people: whose ballot shall it be? */
export function peopleScreen(t: T, place: Place, people: readonly Voter[]): Screen {
  const { cycle } = place
  const here = at(place)
  const rows = people.flatMap((person) => {
    const name = { person: voterName(t, person) }
    const label = person.castAt ? t('vote.person-voted.button', name) : t('vote.person-open.button', name)
    const at = { cycle: cycle.id, rollRow: person.rollRow }
    const own = [press(label, openButton.pack(at))]
    if (people.length === 1) return [own]
    // A row of its own: beside the name it would cut off whose vote it is, and whether it was accepted.
    const word = t('vote.label.button', { serial: serialEnd(person) })
    return [own, [press(word, labelButton.pack(at))]]
  })
  const more = people.length < cycle.maxPeople && factsOf(cycle.method).manyPeople
  const lines = [...trialLines(t, place), t.html('vote.who')]
  if (mayVoteAgain(place) && people.some((person) => person.castAt))
    lines.push(t.html(factsOf(cycle.method).usesCards ? 'vote.again' : 'vote.again-contact'))
  return {
    text: lines.join('\n'),
    buttons: [
      ...rows,
      ...(more ? [[press(t('vote.another.button'), anotherButton.pack(here))]] : []),
      [toMenu(t)],
    ],
  }
}

/** Asks for the word by which one of several people is called. */
export const labelScreen = (t: T, place: Place): Screen => ({
  text: [...trialLines(t, place), t.html('vote.label-ask')].join('\n'),
  buttons: [[press(t('common.back.button'), voteButton.pack(at(place))), toMenu(t)]],
})

/** A sent vote may be replaced by a later one, here and now. */
const mayVoteAgain = ({ cycle }: Place): boolean => cycle.phase === 'voting' && cycle.revote === 'until-close'

/** The ballot: marks are buttons, and what is marked is said in words. `note`: a line on top. */
export function ballotScreen(
  t: T,
  view: BallotView,
  projects: readonly Project[],
  marks: readonly string[],
  page: number,
  note?: string,
): Screen {
  const { opened, place } = view
  const parts = partsOf(place, projects, marks)
  const paged = partPage(parts, page, PAGE)
  const { part, at: shownPage, pages, shown } = paged
  const { marking } = part
  const screen = screenOf(marking.terms)
  const { id: ballot } = opened
  const head = [
    ...(note ? [note, ''] : []),
    ...trialLines(t, place),
    t.html('vote.heading', { person: voterName(t, opened) }),
    ...(opened.castAt ? [t.html('vote.earlier', { time: t.moment(opened.castAt) })] : []),
    ...potHead(t, { place, part }),
    ...screen.rule(t, marking),
    ...ruleLines(t, place),
    '',
  ]
  const foot = [
    '',
    ...screen.sofar(t, marking),
    ...otherPots(t, parts, part),
    ...(pages > 1 ? ['', t.html('common.page', { page: shownPage + 1, pages })] : []),
  ]
  const room = TEXT - readLength([...head, ...foot].join('\n'))
  return {
    text: [...head, ...fullLines(t, marking, shown, room), ...foot].join('\n'),
    buttons: [
      ...shown.flatMap((project) =>
        screen.buttons(t, marking, project).map(({ label, act }) => {
          const type = act === 'take' ? takeButton : markButton
          return [press(label, type.pack({ ballot, number: project.number, page: shownPage }))]
        }),
      ),
      ...pager(t, shownPage, pages, (to) => pageButton.pack({ ballot, page: to })),
      ...potButtons(t, parts, paged, (to) => pageButton.pack({ ballot, page: to })),
      [primary(t('vote.review.button'), reviewButton.pack({ ballot }))],
      [toMenu(t)],
    ],
    other: { press: pageButton.pack({ ballot, page: shownPage }), note: 'vote.not-sent-marking' },
  }
}

/** How the winners will be found, where votes alone do not say it. */
export const ruleLines = (t: T, { cycle: { ruleTerms } }: Place): string[] =>
  ruleTerms.rule === 'equal-shares' ? ['', t.html(`vote.equal-shares-${ruleTerms.utility}`)] : []

/** What is chosen in a pot, under its name where there are several. */
function chosenIn(t: T, place: Place, { pot, marking }: Part): string[] {
  const chosen = screenOf(marking.terms).chosen(t, marking)
  if (!hasPots(place)) return chosen
  return [
    '',
    t.html('vote.pot', { pot: potName(t, pot), sum: t.money(pot.budget, marking.currency) }),
    ...(marking.marks.length > 0 ? chosen : [t.html('vote.pot-blank')]),
  ]
}

/** Whoever is helped says their own yes. */
const sendOf = (t: T, { id: ballot, helped, cycle, territory, rollRow }: BallotView['opened']): Button =>
  helped
    ? success(t('assist.yes.button'), assistSendButton.pack({ ballot }))
    : success(t('vote.send.button'), sendButton.pack({ ballot, cycle, territory, rollRow }))

/** `few`: perhaps too few vote here for votes by project to be shown, which is said before the vote. */
export function reviewScreen(t: T, view: BallotView, marks: readonly string[], few = false): Screen {
  const { opened, place } = view
  const parts = partsOf(place, view.projects, marks)
  const chosen = parts.flatMap((part) => chosenIn(t, place, part))
  const { id: ballot } = opened
  return {
    text: [
      ...trialLines(t, place),
      t.html('vote.review', { person: voterName(t, opened) }),
      ...(marks.length > 0 ? chosen : [t.html('vote.chosen-none')]),
      '',
      ...(few ? [t.html('vote.few-people'), ''] : []),
      t.html(opened.helped ? 'assist.review-end' : 'vote.review-end'),
    ].join('\n'),
    buttons: [[sendOf(t, opened)], [press(t('vote.change.button'), pageButton.pack({ ballot, page: 0 }))]],
    other: { press: reviewButton.pack({ ballot }), note: 'vote.not-sent' },
  }
}

/** In place of the ballot: it is accepted, and no trace of the choice is left. */
export const sentScreen = (
  t: T,
  { place, person, at: time }: Pick<Receipt, 'at' | 'place' | 'person'>,
): Screen => ({
  text: [
    ...trialLines(t, place),
    ...(person ? [t.html('vote.heading', { person: voterName(t, person) })] : []),
    t.html('vote.sent', { time: t.moment(time) }),
  ].join('\n'),
})

/** The receipt, a message of its own: whose, time and number, and nothing of the choice. */
export function acceptedScreen(
  t: T,
  ballot: string,
  { place, person, ...receipt }: Pick<Receipt, 'number' | 'at' | 'place' | 'person'>,
): Screen {
  const here = at(place)
  const number = formatReceiptNumber(receipt.number)
  return {
    text: [
      ...trialLines(t, place),
      ...(person ? [t.html('vote.heading', { person: voterName(t, person) })] : []),
      t.html('vote.accepted', { time: t.dated(receipt.at), number }),
      ...(mayVoteAgain(place) ? [t.html('vote.may-change')] : []),
    ].join('\n'),
    buttons: [
      ...receiptCopies(t, ballot, number),
      ...(factsOf(place.cycle.method).manyPeople && place.cycle.maxPeople > 1
        ? [[press(t('vote.next-person.button'), voteButton.pack(here))]]
        : []),
      [press(t('start.arrived.button'), arrivedButton.pack(here)), toMenu(t)],
    ],
  }
}

export function openProblem(t: T, place: Place, problem: OpenBallotProblem, note?: string): Screen {
  if (problem.kind === 'closed') return closedScreen(t, place)
  const text = {
    'not-verified': () => t.html('vote.not-verified'),
    'not-open': () =>
      problem.kind === 'not-open' && problem.opensAt
        ? t.html('vote.not-open', { time: t.moment(problem.opensAt) })
        : t.html('vote.not-open-yet'),
    desk: () => t.html('vote.desk-voted', { desk: deskLine(t, place) }),
    paper: () => t.html('vote.paper', { desk: deskLine(t, place) }),
    voted: () => t.html('vote.voted'),
    'no-projects': () => t.html('vote.no-projects'),
  } satisfies Record<Exclude<OpenBallotProblem['kind'], 'closed'>, () => string>
  return {
    text: [...(note ? [note] : []), ...trialLines(t, place), text[problem.kind]()].join('\n'),
    buttons: [[toMenu(t)]],
  }
}

export function castProblem(t: T, place: Place, problem: CastProblem): Screen {
  if (problem.kind === 'closed' || problem.kind === 'halted') return closedScreen(t, place)
  const text = {
    'not-verified': () => t.html('vote.not-verified'),
    'marks-gone': () => t.html('vote.marks-gone'),
    desk: () => t.html('vote.desk-voted', { desk: deskLine(t, place) }),
    paper: () => t.html('vote.paper', { desk: deskLine(t, place) }),
    voted: () => t.html('vote.voted'),
    choices: () => t.html('vote.invalid'),
    clock: () => t.html('vote.clock'),
  } satisfies Record<Exclude<CastProblem['kind'], 'closed' | 'halted'>, () => string>
  const here = at(place)
  const again = ['marks-gone', 'choices', 'clock', 'not-verified'].includes(problem.kind)
  return {
    text: [...trialLines(t, place), text[problem.kind]()].join('\n'),
    buttons: [...(again ? [[primary(t('start.vote.button'), voteButton.pack(here))]] : []), [toMenu(t)]],
  }
}
