// The vote: marks are buttons and state of their own, then a review, then one Send.
import { Composer } from 'grammy'
import { checkBallot } from '../../core/ballots/index.ts'
import { choicesOf } from '../../core/ballots/marks.ts'
import { ownOrder } from '../../core/own-order.ts'
import { castBallot } from '../../use-cases/cast-ballot.ts'
import { labelOf, listPeople, nameVoter } from '../../use-cases/list-people.ts'
import { markShown } from '../../use-cases/mark-shown.ts'
import { openBallot, unsentBallot } from '../../use-cases/open-ballot.ts'
import { type BallotView, readBallot } from '../../use-cases/read-ballot.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { voteButton } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answer, show } from '../message.ts'
import { type BotParts, expect } from '../parts.ts'
import { problemAlert } from './ballot-problem.ts'
import { forgetScreens, rememberScreen } from './open-screens.ts'
import { screenOf } from './screens/index.ts'
import type { Act } from './screens/screen.ts'
import * as view from './view.ts'

export interface VoteFeature {
  composer: Composer<Ctx>
  /** Opens the ballot of a person who was just verified. `note`: a line on top of it. */
  open: (ctx: Ctx, cycle: number, rollRow: number, note?: string) => Promise<void>
  label: (ctx: Ctx, at: { cycle: number; rollRow: number }, word: string) => Promise<void>
}

/** `verify`: shows how to be verified in this place. */
export function voteFeature(
  parts: BotParts,
  verify: (ctx: Ctx, at: { cycle: number; territory: number }) => Promise<void>,
): VoteFeature {
  const { app, session, metrics } = parts
  const composer = new Composer<Ctx>()
  const outdated = (ctx: Ctx) => answer(ctx, ctx.t('common.outdated.alert'), true)

  async function open(ctx: Ctx, cycle: number, rollRow: number, note?: string): Promise<void> {
    const unsent = await unsentBallot(app, ctx.who.id, cycle, rollRow)
    const kept = unsent === undefined ? undefined : await session.marks(unsent)
    const again = kept && kept.length > 0 ? unsent : undefined
    const opened = await openBallot(app, ctx.who.id, cycle, rollRow, again)
    const home = ctx.who.home
    if (!opened.ok) {
      const place = home && (await readPlace(app, cycle, home.territory))
      return place ? show(ctx, view.openProblem(ctx.t, place, opened.problem)) : outdated(ctx)
    }
    const marks = opened.value.ballot === again && kept ? kept : []
    if (marks.length === 0) await session.setMarks(opened.value.ballot, [])
    const ballot = await readBallot(app, opened.value.ballot, ctx.who.id)
    if (ballot) marking(ctx, ballot, marks, 0, note)
  }

  /** The list stands in the person's own order, as everywhere. */
  function marking(
    ctx: Ctx,
    ballot: BallotView,
    marks: readonly string[],
    page: number,
    note?: string,
  ): void {
    const { cycle, rollRow, id } = ballot.opened
    const list = ownOrder(cycle, ctx.who.id, ballot.projects).filter((project) => !project.withdrawn)
    show(ctx, view.ballotScreen(ctx.t, ballot, list, marks, page, note), (message) =>
      rememberScreen(session, ctx.who.id, { ballot: id, rollRow, message }),
    )
  }

  /** The ballot behind a button with its marks; a ballot that was cast answers with what is recorded. */
  async function pressed(ctx: Ctx, id: string | undefined) {
    const ballot = id === undefined ? undefined : await readBallot(app, id, ctx.who.id)
    if (!ballot) {
      outdated(ctx)
      return undefined
    }
    if (ballot.opened.castHere) {
      await sendIt(ctx, ballot.opened, undefined)
      return undefined
    }
    const marks = await session.marks(ballot.opened.id)
    return { ballot, marks }
  }

  composer.callbackQuery(voteButton.pattern, async (ctx) => {
    const at = voteButton.parse(ctx.callbackQuery.data)
    const place = at && (await readPlace(app, at.cycle, at.territory))
    if (!at || !place || isOutdated(place)) return outdated(ctx)
    const people = await listPeople(app, ctx.who.id, at.cycle)
    const [first] = people
    if (!first) return verify(ctx, at)
    if (people.length === 1 && !first.castAt) return open(ctx, at.cycle, first.rollRow)
    show(ctx, view.peopleScreen(ctx.t, place, people))
  })
  composer.callbackQuery(view.openButton.pattern, async (ctx) => {
    const input = view.openButton.parse(ctx.callbackQuery.data)
    if (!input) return outdated(ctx)
    await open(ctx, input.cycle, input.rollRow)
  })
  composer.callbackQuery(view.anotherButton.pattern, async (ctx) => {
    const at = view.anotherButton.parse(ctx.callbackQuery.data)
    if (!at) return outdated(ctx)
    await verify(ctx, at)
  })
  composer.callbackQuery(view.labelButton.pattern, async (ctx) => {
    const at = view.labelButton.parse(ctx.callbackQuery.data)
    if (!at) return outdated(ctx)
    await expect(parts, ctx.who.id, { kind: 'label', ...at })
    show(ctx, { text: ctx.t.html('vote.label-ask') })
  })

  composer.callbackQuery(view.markButton.pattern, (ctx) =>
    mark(ctx, view.markButton.parse(ctx.callbackQuery.data), 'mark'),
  )
  composer.callbackQuery(view.takeButton.pattern, (ctx) =>
    mark(ctx, view.takeButton.parse(ctx.callbackQuery.data), 'take'),
  )
  async function mark(ctx: Ctx, input: ReturnType<typeof view.markButton.parse>, act: Act): Promise<void> {
    const found = await pressed(ctx, input?.ballot)
    if (!found || !input) return
    const { ballot, marks } = found
    if (marks === undefined) return startAgain(ctx, ballot)
    const project = ballot.projects.find((one) => one.number === input.number)
    if (!project || project.withdrawn) return outdated(ctx)
    const { ballotTerms: terms, currency } = ballot.place.cycle
    const marked = { terms, currency, projects: ballot.projects, marks }
    const next = screenOf(terms).press(marked, project.id, act)
    if (!next.ok) return answer(ctx, problemAlert(ctx.t, next.problem, currency), true)
    await session.setMarks(ballot.opened.id, next.value)
    marking(ctx, ballot, next.value, input.page)
  }
  composer.callbackQuery(view.pageButton.pattern, async (ctx) => {
    const input = view.pageButton.parse(ctx.callbackQuery.data)
    const found = await pressed(ctx, input?.ballot)
    if (!found || !input) return
    if (found.marks === undefined) return startAgain(ctx, found.ballot)
    marking(ctx, found.ballot, found.marks, input.page)
  })
  composer.callbackQuery(view.reviewButton.pattern, async (ctx) => {
    const found = await pressed(ctx, view.reviewButton.parse(ctx.callbackQuery.data)?.ballot)
    if (!found) return
    const { ballot, marks } = found
    if (marks === undefined) return startAgain(ctx, ballot)
    const { ballotTerms, currency } = ballot.place.cycle
    const checked = checkBallot(choicesOf(marks), ballotTerms, ballot.projects)
    if (!checked.ok) return answer(ctx, problemAlert(ctx.t, checked.problem, currency), true)
    show(ctx, view.reviewScreen(ctx.t, ballot, marks))
  })

  /** The session store lost the marks: said plainly, and the list opens blank. */
  async function startAgain(ctx: Ctx, ballot: BallotView): Promise<void> {
    await session.setMarks(ballot.opened.id, [])
    marking(ctx, ballot, [], 0, ctx.t.html('vote.marks-gone'))
  }

  composer.callbackQuery(view.sendButton.pattern, async (ctx) => {
    const input = view.sendButton.parse(ctx.callbackQuery.data)
    if (!input) return outdated(ctx)
    await sendIt(ctx, { id: input.ballot, ...input }, await session.marks(input.ballot))
  })

  async function sendIt(
    ctx: Ctx,
    ballot: { id: string; cycle: number; territory: number },
    marks: readonly string[] | undefined,
  ): Promise<void> {
    const { id, cycle, territory } = ballot
    const cast = await castBallot(app, { ballot: id, account: ctx.who.id, cycle, territory, marks })
    metrics.casts.inc({ outcome: cast.ok ? (cast.value.repeat ? 'repeat' : 'cast') : cast.problem.kind })
    if (!cast.ok) {
      const place = await readPlace(app, cycle, territory)
      return place ? show(ctx, view.castProblem(ctx.t, place, cast.problem)) : outdated(ctx)
    }
    const { rollRow } = cast.value
    show(ctx, view.acceptedScreen(ctx.t, cast.value), async (message) => {
      await Promise.all([markShown(app, id), forgetScreens(ctx, session, { ballot: id, rollRow, message })])
    })
  }

  return {
    composer,
    open,
    async label(ctx, at, word) {
      await session.expectNothing(String(ctx.who.id))
      await nameVoter(app, ctx.who.id, at.cycle, at.rollRow, word)
      await open(ctx, at.cycle, at.rollRow, ctx.t.html('vote.label-set', { label: labelOf(word) }))
    },
  }
}
