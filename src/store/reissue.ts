// A row of the register at the desk: its cards, who votes for it, and its next card in the place of the one that was handed over.
import { and, eq } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { card, rollRow } from './schema-roll.ts'

export interface HeldRow {
  rollRow: number
  /** In the order of their serials. */
  cards: { serial: number; state: string }[]
  /** An account votes for it. */
  claimed: boolean
  /** A ballot was cast for it. */
  voted: boolean
}

/**
 * The row of a register number; undefined where it is not on the roll. Its cards and then the row are held until the transaction
 * ends, as a claim holds them: whoever claims or casts for it was before, or comes after.
 */
export async function rowForUpdate(
  tx: Tx,
  cycle: number,
  territory: number,
  registerNo: number,
): Promise<HeldRow | undefined> {
  const [row] = await tx.orm
    .select({ id: rollRow.id })
    .from(rollRow)
    .where(
      and(eq(rollRow.cycle, cycle), eq(rollRow.territory, territory), eq(rollRow.registerNo, registerNo)),
    )
  if (!row) return undefined
  const cards = await tx.orm
    .select({ serial: card.serial, state: card.state })
    .from(card)
    .where(eq(card.rollRow, row.id))
    .orderBy(card.serial)
    .for('update')
  await tx.orm.select({ id: rollRow.id }).from(rollRow).where(eq(rollRow.id, row.id)).for('update')
  const [found] = await tx.sql<[{ claimed: boolean; voted: boolean }]>`
    select exists (select 1 from claim where cycle = ${cycle} and roll_row = ${row.id}) as claimed,
      exists (select 1 from ballot where cycle = ${cycle} and roll_row = ${row.id}) as voted`
  return { rollRow: row.id, cards, ...found }
}

/** The register number that a card of a village is for. */
export async function registerOfCard(
  tx: Tx,
  cycle: number,
  territory: number,
  serial: number,
): Promise<number | undefined> {
  const [row] = await tx.orm
    .select({ registerNo: rollRow.registerNo })
    .from(card)
    .innerJoin(rollRow, eq(rollRow.id, card.rollRow))
    .where(and(eq(card.cycle, cycle), eq(card.territory, territory), eq(card.serial, serial)))
  return row?.registerNo
}

/** Kills the card that was handed over for a held row; throws where that is another one. */
export async function killHanded(tx: Tx, row: number, serial: number): Promise<void> {
  const dead = await tx.orm
    .update(card)
    .set({ state: 'dead' })
    .where(and(eq(card.rollRow, row), eq(card.serial, serial), eq(card.state, 'handed_over')))
    .returning({ id: card.id })
  if (dead.length !== 1) throw new Error('a held card is not what it was')
}

/** Takes the claim of a held row away, unless a ballot was cast for it; says whose it was, and what its leaf was made with. */
export async function releaseClaim(
  tx: Tx,
  cycle: number,
  row: number,
): Promise<{ account: number; nonce: Uint8Array } | undefined> {
  const [released] = await tx.sql<{ account: number; nonce: Uint8Array }[]>`
    delete from claim c where c.cycle = ${cycle} and c.roll_row = ${row} and c.account is not null
      and not exists (select 1 from ballot b where b.cycle = c.cycle and b.roll_row = c.roll_row)
    returning c.account, c.nonce`
  return released
}
