// The second official confirms in their own chat: the act happens now, in one transaction with its leaf, which names both.
import { fail, ok, type Result } from '../core/result.ts'
import { ACTS_OF, type JointAct, type JointKind } from '../core/two-officials.ts'
import { cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { acceptRollback, type NotRolledBack } from './accept-rollback.ts'
import { approveAnnouncement, type NotApproved } from './announce.ts'
import type { App } from './app.ts'
import { approveRoll, type ApproveRollProblem } from './approve-roll.ts'
import { codesFree } from './apply-roll.ts'
import { changeResult } from './change-result.ts'
import { type AnsweredAct, decidable, decide, type DecideProblem } from './decide-act.ts'
import { type BothOfficials, placesOfAct } from './joint-act.ts'
import { extendInside } from './extend-cycle.ts'
import { forgetCycle } from './forget-cycle.ts'
import { type HaltAct, haltCycle } from './halt-cycle.ts'
import { mayAct } from './may-act.ts'
import { moveInside } from './move-phase.ts'
import { nameInside } from './name-facilitator.ts'
import { publishInside, type PublishProblem } from './publish-results.ts'
import { readProposal } from './read-proposal.ts'
import { reissueCard, type ReissueProblem } from './reissue-card.ts'
import { type ReviewAct, reviewVillage } from './review-village.ts'
import { setBallotAside, type SetAsideProblem } from './set-ballot-aside.ts'
import { type LeafAsideProblem, setLeafAside } from './set-leaf-aside.ts'
import { transact } from './transact.ts'
import { onTrustedLog, type TrustedTip } from './trusted-reading.ts'

/** Why an act that was proposed cannot be done now: nothing is changed, and the proposal stands until its time is over. */
export type JointProblem =
  | ApproveRollProblem
  | ReissueProblem
  | SetAsideProblem
  | LeafAsideProblem
  | NotRolledBack
  /** Phase, close or count are no more what they were when it was proposed. */
  | { kind: 'cycle-changed' }
  /** The log cannot be relied on just now. */
  | { kind: 'log-doubt' }
  /** Whoever shall be the facilitator is no second official. */
  | { kind: 'facilitator-self' }
  | NotApproved

export type ConfirmProblem =
  | DecideProblem
  /** Whoever proposed it may not do it there any more. */
  | { kind: 'proposer-not-allowed' }
  | { kind: 'cannot'; why: JointProblem['kind'] }

type Perform<K extends JointKind> = (
  app: App,
  tx: Tx,
  act: Extract<JointAct, { kind: K }>,
  who: BothOfficials,
  tip: TrustedTip | undefined,
) => Promise<Result<void, JointProblem>>

const CHANGED = fail({ kind: 'cycle-changed' } as const)
const DOUBTS: readonly PublishProblem['kind'][] = ['not-sequenced', 'log-stopped', 'log']

/** What made sense when it was proposed, and does not any more. */
const asWas = (done: Result<unknown, unknown>): Result<void, JointProblem> =>
  done.ok ? ok(undefined) : CHANGED

const halt = async (
  app: App,
  tx: Tx,
  act: HaltAct,
  both: BothOfficials,
): Promise<Result<void, JointProblem>> => asWas(await haltCycle(app, tx, act, both))

const review = async (
  app: App,
  tx: Tx,
  act: ReviewAct,
  both: BothOfficials,
): Promise<Result<void, JointProblem>> => asWas(await reviewVillage(app, tx, act, both))

const PERFORM = {
  roll: approveRoll,
  'card-reissue': reissueCard,
  'ballot-aside': setBallotAside,
  'leaf-aside': setLeafAside,
  announce: approveAnnouncement,
  rollback: acceptRollback,
  move: async (app, tx, { cycle, from }, both) => asWas(await moveInside(app, tx, cycle, { from, ...both })),
  extend: async (app, tx, { cycle, before, to }, both) => {
    const stands = (await cycleById(tx, cycle))?.timeline.counting === before
    return stands ? asWas(await extendInside(app, tx, cycle, { to, ...both })) : CHANGED
  },
  publish: async (app, tx, { cycle, result }, both, tip) => {
    if (!tip) throw new Error('a publication needs its log')
    const done = await publishInside(app, tx, cycle, tip, { result, ...both })
    return !done.ok && DOUBTS.includes(done.problem.kind) ? fail({ kind: 'log-doubt' }) : asWas(done)
  },
  suspend: halt,
  resume: halt,
  void: halt,
  'review-open': review,
  'review-close': review,
  forget: async (app, tx, { cycle }, both) => asWas(await forgetCycle(app, tx, cycle, both)),
  'result-change': async (app, tx, act, both) => asWas(await changeResult(app, tx, act, both)),
  facilitator: async (app, tx, act, both) => {
    const done = await nameInside(app, tx, act, both)
    return !done.ok && done.problem.kind === 'to-oneself' ? fail({ kind: 'facilitator-self' }) : asWas(done)
  },
} satisfies { [K in JointKind]: Perform<K> }

/** `account`: a person's own Telegram account, as it comes with the press; never a number that somebody typed. */
export async function confirmAct(
  app: App,
  id: string,
  account: number,
): Promise<Result<AnsweredAct, ConfirmProblem>> {
  const asked = await readProposal(app, id)
  const inside = (tx: Tx, tip?: TrustedTip) => confirm(app, tx, id, { account, tip })
  const done = await codesFree(() =>
    asked?.act.kind === 'publish'
      ? onTrustedLog<AnsweredAct, ConfirmProblem>(app, asked.act.cycle, inside)
      : transact<AnsweredAct, ConfirmProblem>(app, inside),
  )
  // Two cards of one code break a key of the database, which ends the transaction.
  if (!done.ok && done.problem.kind === 'code-taken') return fail({ kind: 'cannot', why: 'code-taken' })
  return done as Result<AnsweredAct, ConfirmProblem>
}

async function confirm(
  app: App,
  tx: Tx,
  id: string,
  { account, tip }: { account: number; tip: TrustedTip | undefined },
): Promise<Result<AnsweredAct, ConfirmProblem>> {
  const found = await decidable(app, tx, id, account)
  if (!found.ok) return found
  const { act, by } = found.value
  if (!(await mayAct(app, tx, by, ACTS_OF[act.kind].propose, await placesOfAct(tx, act))))
    return fail({ kind: 'proposer-not-allowed' })
  const perform = PERFORM[act.kind] as Perform<JointKind>
  const performed = await perform(app, tx, act, { by, second: account }, tip)
  if (!performed.ok) return fail({ kind: 'cannot', why: performed.problem.kind })
  return ok(await decide(app, tx, found.value, 'done', account))
}
