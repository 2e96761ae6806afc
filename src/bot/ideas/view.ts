// A person's own ideas: the list, one of them with what may be done about it, and what came of that.
import { graphemeCut } from '../../core/text.ts'
import type { T } from '../../i18n.ts'
import type { Idea } from '../../use-cases/list-ideas.ts'
import { LONGEST_NAME } from '../../use-cases/author-name.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { trialLines } from '../../words/trial.ts'
import { decisionLines, ideaTitle, listLines, ownStateName, showsSupporters } from '../../words/idea.ts'
import { IDEA, ideaButton, ownIdeaButton, ownIdeasButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { ownLines } from './questions.ts'

export const askWithdrawButton = button('iw', { idea: 'int' })
export const withdrawButton = button('iy', { idea: 'int' })
export const askAppealButton = button('ik', { idea: 'int' })
/** `act`: ask for the name, show it as it was read back, or hide it. */
export const nameButton = button('in', { idea: 'int', act: 'word' })
export const appealButton = button('ia', { idea: 'int' })

const PAGE = 6
const SHORT = 60

/** `open`: one that is being written stands above all. */
export function ownIdeasScreen(t: T, ideas: readonly Idea[], page: number): Screen {
  const open = ideas.some(({ step }) => step !== null)
  const numbered = ideas.filter(({ number }) => number !== null)
  const { at: here, pages, shown } = pageOf(numbered.toReversed(), page, PAGE)
  const line = (idea: Idea) =>
    t.html('ideas.own-line', {
      number: idea.number ?? 0,
      title: graphemeCut(titleOf(t, idea), SHORT),
      state: ownStateName(t, idea.state),
    })
  return {
    text: [
      t.html('ideas.own'),
      ...(numbered.length === 0 ? [t.html('ideas.own-none')] : shown.map(line)),
      ...(pages > 1 ? [t.html('common.page', { page: here + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...(open ? [[primary(t('ideas.continue.button'), ideaButton.pack(IDEA))]] : []),
      ...shown.map((idea) => [openOwn(t, idea)]),
      ...pager(t, here, pages, (to) => ownIdeasButton.pack({ page: to })),
      [toMenu(t)],
    ],
  }
}

/** A title as its author knows it. */
const titleOf = (t: T, idea: Idea): string => idea.title ?? ideaTitle(t, idea)

const openOwn = (t: T, idea: Idea): Button => {
  const { cycle, number } = idea
  const label = t('ideas.own-one.button', { number: number ?? 0, title: titleOf(t, idea) })
  return press(cutLabel(label), ownIdeaButton.pack({ cycle, number: number ?? 0 }))
}

/** Where it stands, what its author wrote, what was decided and why, and what may be done. */
export function ownIdeaScreen(t: T, idea: Idea, place: Place | undefined): Screen {
  const { state, number, dueAt } = idea
  return {
    text: [
      ...(place ? trialLines(t, place) : []),
      t.html('ideas.own-head', { number: number ?? 0, state: ownStateName(t, state) }),
      ...decided(t, idea),
      ...(state === 'sent' && dueAt !== null ? [t.html('ideas.line-due', { time: t.moment(dueAt) })] : []),
      '',
      ...ownLines(t, idea),
      ...listLines(t, idea),
      ...nameLine(t, idea),
      ...(showsSupporters(idea) ? [t.html('ideas.line-supporters', { number: idea.supporters })] : []),
    ].join('\n'),
    buttons: [
      ...acts(t, idea),
      ...nameRow(t, idea),
      [press(t('ideas.mine.button'), ownIdeasButton.pack({ page: 0 }))],
      [toMenu(t)],
    ],
  }
}

const isNamed = ({ nameShown, authorName }: Idea): boolean => nameShown && authorName !== null

const nameLine = (t: T, idea: Idea): string[] =>
  isNamed(idea) ? [t.html('ideas.named', { name: idea.authorName ?? '' })] : []

/** To ask for one's name beside it, or for it to go. */
function nameRow(t: T, idea: Idea): Button[][] {
  const { id, state } = idea
  if (isNamed(idea)) return [[press(t('ideas.unname.button'), nameButton.pack({ idea: id, act: 'hide' }))]]
  return state === 'withdrawn' || state === 'draft'
    ? []
    : [[press(t('ideas.name.button'), nameButton.pack({ idea: id, act: 'ask' }))]]
}

const backTo = (t: T, { cycle, number }: Idea): Button =>
  press(t('common.back.button'), ownIdeaButton.pack({ cycle, number: number ?? 0 }))

/** Asks for the name as everybody is to read it. */
export const askNameScreen = (t: T, idea: Idea): Screen => ({
  text: t.html('ideas.ask-name', { most: LONGEST_NAME }),
  buttons: [[backTo(t, idea)]],
})

/** The name read back, before anybody else reads it. */
export const nameScreen = (t: T, idea: Idea): Screen => ({
  text: t.html('ideas.name-back', { name: idea.authorName ?? '' }),
  buttons: [
    [press(t('common.yes.button'), nameButton.pack({ idea: idea.id, act: 'show' }))],
    [press(t('common.no.button'), nameButton.pack({ idea: idea.id, act: 'hide' }))],
  ],
})

function decided(t: T, { state, reason, note, cost, mergedInto, appealed }: Idea): string[] {
  const kinds = {
    returned: 'return',
    rejected: 'reject',
    merged: 'merge',
    feasible: 'feasible',
    unfeasible: 'unfeasible',
  } as const
  const decision = (kinds as Partial<Record<Idea['state'], (typeof kinds)[keyof typeof kinds]>>)[state]
  if (!decision) return []
  return decisionLines(t, {
    decision,
    reason: reason ?? undefined,
    note: note ?? undefined,
    cost: cost ?? undefined,
    into: mergedInto ?? undefined,
    mine: true,
    last: appealed,
  })
}

function acts(t: T, { id, state, appealed }: Idea): Button[][] {
  const write = ideaButton.pack({ ...IDEA, idea: id })
  const withdraw = [press(t('ideas.withdraw.button'), askWithdrawButton.pack({ idea: id }))]
  if (state === 'sent') return [withdraw]
  if (state === 'returned') return [[primary(t('ideas.revise.button'), write)], withdraw]
  if (state !== 'rejected') return []
  const appeal = [[press(t('ideas.appeal.button'), askAppealButton.pack({ idea: id }))]]
  return [[primary(t('ideas.resend.button'), write)], ...(appealed ? [] : appeal), withdraw]
}

/** An act that is asked for once more: yes, or back to the idea. */
const sureScreen = (t: T, idea: Idea, question: string, yes: string): Screen => ({
  text: question,
  buttons: [
    [
      press(t('common.yes.button'), yes),
      primary(t('common.no.button'), ownIdeaButton.pack({ cycle: idea.cycle, number: idea.number ?? 0 })),
    ],
  ],
})

export const askWithdrawScreen = (t: T, idea: Idea): Screen =>
  sureScreen(
    t,
    idea,
    t.html('ideas.ask-withdraw', { number: idea.number ?? 0, title: titleOf(t, idea) }),
    withdrawButton.pack({ idea: idea.id }),
  )

export const askAppealScreen = (t: T, idea: Idea): Screen =>
  sureScreen(t, idea, t.html('ideas.ask-appeal'), appealButton.pack({ idea: idea.id }))

/** `said`: what was done, or why not. HTML. */
export const doneScreen = (t: T, said: string): Screen => ({
  text: said,
  buttons: [[press(t('ideas.mine.button'), ownIdeasButton.pack({ page: 0 }))], [toMenu(t)]],
})
