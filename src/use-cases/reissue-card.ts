// A card that was handed over gives way to another one of its row, by two officials: lost, stolen, spoiled, or to vote by another
// account. Whoever held the right gives it up, while no ballot was cast, and is told.
import { claimHash } from '../core/audit/mac.ts'
import { isOver } from '../core/cycle.ts'
import { uuidOf } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { ACTS_OF, type JointAct } from '../core/two-officials.ts'
import { handOver } from '../store/cards.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { type HeldRow, killHanded, registerOfCard, releaseClaim, rowForUpdate } from '../store/reissue.ts'
import type { App } from './app.ts'
import { appendCardLeaf } from './append-card-leaf.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { mayAct } from './may-act.ts'
import { ownPrints } from './printed-by.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { transact } from './transact.ts'

export type ReissueProblem =
  | { kind: 'closed' }
  /** The village's roll has no such register number. */
  | { kind: 'no-such-row' }
  /** No card of the row is in anybody's hands: the new one is handed over like any other. */
  | { kind: 'not-handed-over' }
  /** A ballot was cast for the row: its card stays what it is. */
  | { kind: 'has-voted' }
  /** Nobody votes for the row: there is nothing to move. */
  | { kind: 'nobody-claimed' }
  /** The new card is not of this row, or handed over, returned, destroyed or replaced before. */
  | { kind: 'not-its-card' }
  /** Another card is in the person's hands than the one that was named. */
  | { kind: 'other-card' }

export type ProposeReissueProblem =
  | ProposeProblem
  | ReissueProblem
  | { kind: 'no-such-cycle' }
  /** The village has no such card. */
  | { kind: 'no-such-card'; serial: number }
  /** Who proposes printed the new card: another official proposes it. */
  | { kind: 'own-print'; serial: number }

export interface Reissue {
  territory: number
  /** Serial of the new card, which was printed for the row. */
  serial: number
  /** Register number of the row, or the serial of its card; both where they agree. Neither: the row of the new card. */
  register?: number | undefined
  lost?: number | undefined
  /** The right shall go to another account: somebody must hold it. */
  moved: boolean
}

type ReissueAct = Extract<JointAct, { kind: 'card-reissue' }>

/** Nothing happens until another official confirms. */
export const proposeReissue = (
  app: App,
  cycleId: number,
  wanted: Reissue,
  by: number,
): Promise<Result<Proposed, ProposeReissueProblem>> =>
  transact<Proposed, ProposeReissueProblem>(app, async (tx) => {
    const may = await checkReissue(app, tx, cycleId, wanted, by)
    return may.ok ? proposeAct(app, tx, may.value, by) : may
  })

/** The act that would be proposed, by the same rules; nobody is asked. */
export const previewReissue = (
  app: App,
  cycleId: number,
  wanted: Reissue,
  by: number,
): Promise<Result<ReissueAct, ProposeReissueProblem>> =>
  transact<ReissueAct, ProposeReissueProblem>(app, async (tx) => {
    const role = ACTS_OF['card-reissue'].propose
    if (!(await mayAct(app, tx, by, role, [wanted.territory]))) return fail({ kind: 'not-allowed' })
    return checkReissue(app, tx, cycleId, wanted, by)
  })

async function checkReissue(
  app: App,
  tx: Tx,
  cycleId: number,
  { territory, serial, lost, moved, register: named }: Reissue,
  by: number,
): Promise<Result<ReissueAct, ProposeReissueProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  for (const card of lost === undefined ? [serial] : [serial, lost])
    if ((await registerOfCard(tx, cycleId, territory, card)) === undefined)
      return fail({ kind: 'no-such-card', serial: card })
  const register = named ?? (await registerOfCard(tx, cycleId, territory, lost ?? serial)) ?? 0
  const row = await rowForUpdate(tx, cycleId, territory, register)
  const old = row?.cards.find(({ state }) => state === 'handed_over')?.serial
  const act: ReissueAct = {
    kind: 'card-reissue',
    cycle: cycleId,
    territory,
    register,
    old: lost ?? old ?? 0,
    serial,
    moved,
  }
  const found = reissuable(cycle, row, act)
  if (!found.ok) return found
  const own = await ownPrints(app, tx, cycleId, territory, [serial], by)
  return own.serials.length > 0 ? fail({ kind: 'own-print', serial }) : ok(act)
}

function reissuable(
  cycle: Cycle,
  row: HeldRow | undefined,
  act: ReissueAct,
): Result<HeldRow, ReissueProblem> {
  if (isOver(cycle.phase)) return fail({ kind: 'closed' })
  if (!row) return fail({ kind: 'no-such-row' })
  if (row.voted) return fail({ kind: 'has-voted' })
  const old = row.cards.find(({ state }) => state === 'handed_over')
  if (!old) return fail({ kind: 'not-handed-over' })
  if (old.serial !== act.old) return fail({ kind: 'other-card' })
  const next = row.cards.find(({ serial }) => serial === act.serial)
  if (next?.state !== 'printed') return fail({ kind: 'not-its-card' })
  if (act.moved && !row.claimed) return fail({ kind: 'nobody-claimed' })
  return ok(row)
}

/** In the transaction of the confirmation: the old card is dead, the right free and the new card alive, or nothing is changed. */
export async function reissueCard(
  app: App,
  tx: Tx,
  act: ReissueAct,
  { by, second }: BothOfficials,
): Promise<Result<void, ReissueProblem>> {
  const { territory, register, old, serial } = act
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (!cycle) return fail({ kind: 'closed' })
  const held = reissuable(cycle, await rowForUpdate(tx, cycle.id, territory, register), act)
  if (!held.ok) return held
  await release(app, tx, cycle, act, held.value.rollRow)
  await killHanded(tx, held.value.rollRow, old)
  const { handed, killed } = await handOver(tx, cycle.id, territory, [serial])
  if (handed.length !== 1) throw new Error('a held card was not handed over')
  await appendCardLeaf(app, tx, cycle, 'cards-reissued', { territory, serials: [old, ...killed], by, second })
  await appendCardLeaf(app, tx, cycle, 'cards-handed-over', { territory, serials: handed, by })
  return ok(undefined)
}

/** Whoever held the right holds it no more, by a leaf, and is told. */
async function release(app: App, tx: Tx, cycle: Cycle, act: ReissueAct, rollRow: number): Promise<void> {
  const claim = await releaseClaim(tx, cycle.id, rollRow)
  if (!claim) return
  const { account, nonce } = claim
  const { territory, old } = act
  const at = await clock(tx)
  await appendLeaf(app, tx, cycle.id, {
    kind: 'claim-released',
    at,
    cycle: cycle.slug,
    village: String(territory),
    claim: claimHash(nonce, rollRow, String(account)),
  })
  const notice = { kind: 'right-released', cycle: cycle.id, territory, serial: old, at } as const
  await enqueue(tx, notice, { account, dedupe: `released:${uuidOf(app.random(16))}` })
}
