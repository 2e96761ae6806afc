// Acts that wait for a second official: proposed once at a time, decided once. Conditional updates decide.
import { and, eq, sql } from 'drizzle-orm'
import type { JointAct } from '../core/two-officials.ts'
import { iso, type Tx } from './db.ts'
import { proposal } from './schema-staff.ts'

export interface Proposal {
  id: string
  act: unknown
  /** Undefined once erased, as `decidedBy`. */
  proposedBy: number | undefined
  decidedBy: number | undefined
  state: 'open' | 'done' | 'refused' | 'expired'
  /** UTC ISO, as `decidedAt`. */
  until: string
  decidedAt: string | undefined
  bond: Uint8Array
}

/** Whoever proposes this very act now waits until the transaction ends; what ran out makes room. */
export async function holdKey(tx: Tx, key: string): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(9, hashtext(${key}))`
  await tx.orm
    .update(proposal)
    .set({ state: 'expired' })
    .where(
      and(eq(proposal.key, key), eq(proposal.state, 'open'), sql`${proposal.until} <= clock_timestamp()`),
    )
}

/** The open proposal of this act. */
export async function openProposal(tx: Tx, key: string): Promise<Proposal | undefined> {
  const [row] = await tx.orm
    .select()
    .from(proposal)
    .where(and(eq(proposal.key, key), eq(proposal.state, 'open')))
  return row && proposalOf(row)
}

/** Those that can still be decided, the oldest first. */
export async function openProposalIds(tx: Tx): Promise<string[]> {
  const rows = await tx.orm
    .select({ id: proposal.id })
    .from(proposal)
    .where(and(eq(proposal.state, 'open'), sql`${proposal.until} > clock_timestamp()`))
    .orderBy(proposal.at, proposal.id)
  return rows.map(({ id }) => id)
}

export async function insertProposal(
  tx: Tx,
  row: { id: string; act: JointAct; key: string; proposedBy: number; until: string; bond: Uint8Array },
): Promise<void> {
  await tx.orm.insert(proposal).values(row)
}

/** Held for a decision; one that ran out, by the database's clock, is expired from now on. */
export async function proposalForUpdate(tx: Tx, id: string): Promise<Proposal | undefined> {
  await tx.orm
    .update(proposal)
    .set({ state: 'expired' })
    .where(and(eq(proposal.id, id), eq(proposal.state, 'open'), sql`${proposal.until} <= clock_timestamp()`))
  const [row] = await tx.orm.select().from(proposal).where(eq(proposal.id, id)).for('update')
  return row && proposalOf(row)
}

/** Decides an open proposal, once; false where somebody was first. */
export async function decideProposal(
  tx: Tx,
  id: string,
  state: 'done' | 'refused',
  by: number,
): Promise<boolean> {
  const rows = await tx.orm
    .update(proposal)
    .set({ state, decidedBy: by, decidedAt: sql`clock_timestamp()` })
    .where(and(eq(proposal.id, id), eq(proposal.state, 'open'), sql`${proposal.until} > clock_timestamp()`))
    .returning({ id: proposal.id })
  return rows.length > 0
}

/** Open proposals of a cycle that would replace a card: serials, and until when (UTC ISO). */
export async function openReissues(
  tx: Tx,
  cycle: number,
): Promise<{ territory: number; old: number; serial: number; until: string }[]> {
  const rows = await tx.orm
    .select({ act: proposal.act, until: proposal.until })
    .from(proposal)
    .where(and(eq(proposal.state, 'open'), sql`${proposal.until} > clock_timestamp()`))
    .orderBy(proposal.until)
  return rows.flatMap(({ act, until }) =>
    act.kind === 'card-reissue' && act.cycle === cycle
      ? [{ territory: act.territory, old: act.old, serial: act.serial, until: iso(until) }]
      : [],
  )
}

const proposalOf = (row: typeof proposal.$inferSelect): Proposal => ({
  ...row,
  proposedBy: row.proposedBy ?? undefined,
  decidedBy: row.decidedBy ?? undefined,
  until: iso(row.until),
  decidedAt: row.decidedAt === null ? undefined : iso(row.decidedAt),
})
