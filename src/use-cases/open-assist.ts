// A facilitator opens an assisted session for a person on the roll: by the card that the person shows, or by the document of a row.
import { rowBond } from '../core/audit/mac.ts'
import { toHex } from '../core/bytes.ts'
import { hasClosed } from '../core/cycle.ts'
import { uuidOf } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { helpedBy, holdFacilitator, insertAssist, lookUpCard, rowById } from '../store/assist.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleById, shareCasts } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { placeOfCycle } from '../store/places.ts'
import { rowForUpdate } from '../store/paper.ts'
import { waitBeforeLookUp } from '../store/votes.ts'
import { cardHash } from '../verification/card.ts'
import { methodOf } from '../verification/index.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { originOf } from './log-origin.ts'
import { loggedFacilitators } from './logged-facilitators.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type OpenAssistProblem =
  | NotAllowed
  | { kind: 'no-such-cycle' }
  | { kind: 'not-open' }
  | { kind: 'halted' }
  | { kind: 'no-projects' }
  /** People show a card in this vote; there is none, or none of this village. */
  | { kind: 'wrong' }
  | { kind: 'not-handed-over' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'no-such-row' }
  /** The row votes at the desk or on paper. */
  | { kind: 'desk' }
  | { kind: 'paper' }
  /** Nobody helps themselves. */
  | { kind: 'own-row' }
  | { kind: 'most-helped'; most: number }

/** What the person shows: the digits of a card, or the number of their row on the akimat's list. */
export type Shown = { card: string } | { registerNo: number }

/**
 * Returns the ballot that is now open on the facilitator's phone. Nothing tells whether the person has voted already, or whether an
 * account of their own votes for them.
 */
export async function openAssist(
  app: App,
  where: { cycle: number; territory: number },
  shown: Shown,
  by: number,
): Promise<Result<string, OpenAssistProblem>> {
  const known = await cycleById(app.db, where.cycle)
  if (!known) return fail({ kind: 'no-such-cycle' })
  const { usesCards } = methodOf(known.method).facts
  if (usesCards !== 'card' in shown) return fail({ kind: usesCards ? 'wrong' : 'no-such-row' })
  let hash: Uint8Array | undefined
  if ('card' in shown) {
    const seconds = await waitBeforeLookUp(app.db, where.cycle, by)
    if (seconds > 0) return fail({ kind: 'wait', seconds })
    hash = await cardHash(shown.card, app.secrets.pepper(where.cycle))
  }
  // A look-up that found nothing counts, whatever is answered: the transaction is committed.
  const done = await transact<Result<string, OpenAssistProblem>, never>(app, async (tx) =>
    ok(await inside(app, tx, where, hash ? { hash } : shown, by)),
  )
  return done.ok ? done.value : done
}

async function inside(
  app: App,
  tx: Tx,
  where: { cycle: number; territory: number },
  shown: { hash: Uint8Array } | Shown,
  by: number,
): Promise<Result<string, OpenAssistProblem>> {
  await holdFacilitator(tx, by)
  const cycle = await cycleById(tx, where.cycle)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayAssist(app, tx, cycle, where.territory, by))) return fail({ kind: 'not-allowed' })
  const found = await rowOf(tx, where, shown, by)
  if (!found.ok) return found
  const { rollRow, way, account } = found.value
  await shareCasts(tx, cycle.id)
  const now = await cycleById(tx, cycle.id)
  if (!now) return fail({ kind: 'no-such-cycle' })
  if (now.halt) return fail({ kind: 'halted' })
  if (now.phase !== 'voting' || hasClosed(now)) return fail({ kind: 'not-open' })
  if (((await placeOfCycle(tx, cycle.id, where.territory))?.projects ?? 0) === 0)
    return fail({ kind: 'no-projects' })
  if (way === 'desk' || way === 'paper') return fail({ kind: way })
  if (account === by) return fail({ kind: 'own-row' })
  if ((await helpedBy(tx, cycle.id, by, rollRow)) >= cycle.helped)
    return fail({ kind: 'most-helped', most: cycle.helped })
  const ballot = uuidOf(app.random(16))
  await insertAssist(tx, { ballot, cycle: cycle.id, rollRow, account: by })
  const bond = { kind: 'assisted', right: rollRow } as const
  await appendLeaf(app, tx, cycle.id, {
    kind: 'assist-opened',
    at: await clock(tx),
    cycle: cycle.slug,
    village: String(where.territory),
    method: 'registerNo' in shown ? 'in-person' : 'card',
    row: toHex(rowBond(app.secrets.leafKey, originOf(app, cycle.slug), bond)),
    by: accountMark(app, by),
  })
  return ok(ballot)
}

/** Whether this account is a facilitator of the village now: by its role, and by the cycle's log. */
export async function mayAssist(
  app: App,
  tx: Tx,
  cycle: Pick<Cycle, 'id' | 'slug'>,
  territory: number,
  by: number,
): Promise<boolean> {
  if (!(await mayAct(app, tx, by, 'assist', [territory]))) return false
  const mark = accountMark(app, by)
  const ledger = await loggedFacilitators(app, tx, cycle, mark)
  return ledger.has(String(territory), mark, await clock(tx))
}

type Row = { rollRow: number; way: string; account: number | null }

async function rowOf(
  tx: Tx,
  where: { cycle: number; territory: number },
  shown: { hash: Uint8Array } | Shown,
  by: number,
): Promise<Result<Row, OpenAssistProblem>> {
  if ('registerNo' in shown) {
    const row = await rowForUpdate(tx, where, shown.registerNo)
    return row ? ok(row) : fail({ kind: 'no-such-row' })
  }
  if (!('hash' in shown)) throw new Error('a card is looked up by its hash')
  const card = await lookUpCard(tx, where.cycle, by, shown.hash)
  switch (card.outcome) {
    case 'found': {
      const row = card.territory === where.territory && (await rowById(tx, card.rollRow))
      return row ? ok(row) : fail({ kind: 'wrong' })
    }
    case 'wait':
      return fail({ kind: 'wait', seconds: card.wait })
    case 'not-handed-over':
    case 'wrong':
      return fail({ kind: card.outcome })
  }
}
