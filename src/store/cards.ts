// The cards of a cycle: printed, handed over, replaced, returned, destroyed. Codes come in as hashes only.
import type { TestsSaid } from '../core/roll.ts'
import { and, eq, inArray, max, notInArray } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { type HashedRollRow, hexOf } from './roll.ts'
import { card } from './schema-roll.ts'

export interface HashedCard {
  territory: number
  registerNo: number
  serial: number
  codeHash: Uint8Array
}
/** A roll as it may be kept: codes and phones as keyed hashes. */
export interface HashedRoll {
  rows: HashedRollRow[]
  cards: HashedCard[]
  /** Mark of the official who printed the cards. */
  printer?: string
  /** Test cards are among them. */
  tests?: TestsSaid
}

export interface BoundCard {
  territory: number
  serial: number
  rollRow: number
  codeHash: Uint8Array
  /** `rowBond` of all of it. */
  bond: Uint8Array
}

/** How many serials of these cards belong, in their village, to a card with another code. */
export async function takenSerials(
  tx: Tx,
  cycle: number,
  cards: readonly Pick<HashedCard, 'territory' | 'serial' | 'codeHash'>[],
): Promise<number> {
  const given = JSON.stringify(
    cards.map(({ territory: t, serial: s, codeHash }) => ({ t, s, hash: hexOf(codeHash) })),
  )
  const [row] = await tx.sql<{ taken: number }[]>`
    select count(*)::int as taken from jsonb_to_recordset(${given}::text::jsonb) x(t int, s int, hash text)
    join card k on k.cycle = ${cycle}::int and k.territory = x.t and k.serial = x.s and k.code_hash <> decode(x.hash, 'hex')`
  return row?.taken ?? 0
}

/**
 * Stores cards by their hashes; a card of the same village and serial that is there stays. `added`: the new ones; `second`: how
 * many rows that had a card which works or will got one more; `others`: how many serials belong to a card with another code, so
 * that the one on paper would never work.
 */
export async function insertCards(
  tx: Tx,
  cycle: number,
  cards: readonly BoundCard[],
): Promise<{ added: { territory: number; serial: number }[]; second: number; others: number }> {
  const [before] = await tx.sql<[{ last: number }]>`
    select coalesce(max(id), 0)::int as last from card where cycle = ${cycle}`
  const second = new Set<number>()
  const added: { territory: number; serial: number }[] = []
  for (let start = 0; start < cards.length; start += 2000) {
    const part = JSON.stringify(
      cards.slice(start, start + 2000).map((one) => ({
        t: one.territory,
        s: one.serial,
        r: one.rollRow,
        hash: hexOf(one.codeHash),
        bond: hexOf(one.bond),
      })),
    )
    const given = tx.sql`jsonb_to_recordset(${part}::text::jsonb) x(t int, s int, r int, hash text, bond text)`
    const stored = await tx.sql<{ territory: number; serial: number; row: number; second: boolean }[]>`
      insert into card (cycle, territory, serial, roll_row, code_hash, bond)
      select ${cycle}::int, x.t, x.s, x.r, decode(x.hash, 'hex'), decode(x.bond, 'hex') from ${given}
      on conflict (cycle, territory, serial) do nothing returning territory, serial, roll_row as row, exists (
        select 1 from card k where k.roll_row = card.roll_row and k.id <= ${before.last}::int and k.state in ('printed', 'handed_over')) as second`
    for (const { territory, serial, row, second: again } of stored) {
      added.push({ territory, serial })
      if (again) second.add(row)
    }
  }
  return { added, second: second.size, others: await takenSerials(tx, cycle, cards) }
}

/** Says which cards a leaf about cards lists. */
export async function insertCardAct(tx: Tx, leaf: number, serials: readonly number[]): Promise<void> {
  await tx.sql`insert into card_act (leaf, serial) select ${leaf}::bigint, s from unnest(${serials as number[]}::int[]) s`
}

/** The highest serial of a territory's cards, 0 when it has none. */
export async function lastSerial(tx: Tx, cycle: number, territory: number): Promise<number> {
  const [row] = await tx.orm
    .select({ serial: max(card.serial) })
    .from(card)
    .where(and(eq(card.cycle, cycle), eq(card.territory, territory)))
  return row?.serial ?? 0
}

export interface HandOver {
  handed: number[]
  /** Died by it: cards of the same roll rows that nobody had been given. */
  killed: number[]
  already: number[]
  dead: number[]
  unknown: number[]
  /** Of a row whose card is in somebody's hands. */
  second: number[]
  /** Of a row that has another card in this list. */
  twins: number[]
}

/**
 * Enters serials as handed over; cards of the same rows that nobody had been given die. Where one is dead, unknown, second or a twin
 * nothing is entered at all. A row has one card in somebody's hands: `card_in_hands` keeps it so.
 */
export async function handOver(
  tx: Tx,
  cycle: number,
  territory: number,
  serials: readonly number[],
): Promise<HandOver> {
  const here = and(eq(card.cycle, cycle), eq(card.territory, territory), inArray(card.serial, [...serials]))
  const before = await tx.orm
    .select({ serial: card.serial, state: card.state, rollRow: card.rollRow, id: card.id })
    .from(card)
    .where(here)
    .for('update')
  const fresh = before.filter(({ state }) => state === 'printed')
  const rows = fresh.map(({ rollRow }) => rollRow)
  const held = await tx.orm
    .select({ rollRow: card.rollRow })
    .from(card)
    .where(and(inArray(card.rollRow, rows), eq(card.state, 'handed_over')))
  const states = new Map(before.map((row) => [row.serial, row.state]))
  const entered = {
    already: serials.filter((serial) => states.get(serial) === 'handed_over'),
    dead: serials.filter((serial) => ['dead', 'returned', 'destroyed'].includes(states.get(serial) ?? '')),
    unknown: serials.filter((serial) => !states.has(serial)),
    second: ofRows(fresh, new Set(held.map(({ rollRow }) => rollRow))),
    twins: ofRows(fresh, new Set(rows.filter((row, at) => rows.indexOf(row) !== at))),
  }
  const { dead, unknown, second, twins } = entered
  if ([dead, unknown, second, twins].some((list) => list.length > 0))
    return { ...entered, handed: [], killed: [] }
  const killed = await killOthers(tx, fresh)
  const handed = await tx.orm
    .update(card)
    .set({ state: 'handed_over' })
    .where(and(here, eq(card.state, 'printed')))
    .returning({ serial: card.serial })
  return { ...entered, handed: handed.map((row) => row.serial), killed }
}

const ofRows = (cards: readonly { serial: number; rollRow: number }[], rows: ReadonlySet<number>): number[] =>
  cards.flatMap(({ serial, rollRow }) => (rows.has(rollRow) ? [serial] : [])).sort((a, b) => a - b)

/** Kills the other cards of these cards' roll rows that nobody was given, and returns their serials. */
async function killOthers(tx: Tx, cards: readonly { id: number; rollRow: number }[]): Promise<number[]> {
  if (cards.length === 0) return []
  const rows = await tx.orm
    .update(card)
    .set({ state: 'dead' })
    .where(
      and(
        inArray(
          card.rollRow,
          cards.map((one) => one.rollRow),
        ),
        eq(card.state, 'printed'),
        notInArray(
          card.id,
          cards.map((one) => one.id),
        ),
      ),
    )
    .returning({ serial: card.serial })
  return rows.map(({ serial }) => serial)
}

/** Kills cards nobody has used, so that new ones can be printed for their rows. Returns the dead, by territory. */
export async function killUnusedCards(tx: Tx, cycle: number): Promise<Map<number, number[]>> {
  const rows = await tx.sql<{ territory: number; serial: number }[]>`
    update card k set state = 'dead' where k.cycle = ${cycle} and k.state in ('printed', 'handed_over')
      and not exists (select 1 from claim c where c.cycle = k.cycle and c.roll_row = k.roll_row) returning k.territory, k.serial`
  const dead = new Map<number, number[]>()
  for (const { territory, serial } of rows) dead.set(territory, [...(dead.get(territory) ?? []), serial])
  return dead
}

export interface TakeBack {
  taken: number[]
  already: number[]
  /** Somebody claimed a right with them. */
  used: number[]
  /** Handed over, where only what is at the desk can be destroyed. */
  held: number[]
  dead: number[]
  unknown: number[]
}

/** Enters serials as returned (from people or never handed over), or as destroyed (never handed over, returned or replaced). */
export async function takeBack(
  tx: Tx,
  cycle: number,
  territory: number,
  serials: readonly number[],
  to: 'returned' | 'destroyed',
): Promise<TakeBack> {
  const here = and(eq(card.cycle, cycle), eq(card.territory, territory), inArray(card.serial, [...serials]))
  const from = to === 'returned' ? ['printed', 'handed_over'] : ['printed', 'returned', 'dead']
  const before = await tx.orm
    .select({ serial: card.serial, state: card.state })
    .from(card)
    .where(here)
    .for('update')
  const used = await tx.sql<{ serial: number }[]>`
    select k.serial from card k join claim c on c.cycle = k.cycle and c.roll_row = k.roll_row and c.serial = k.serial
    where k.cycle = ${cycle} and k.territory = ${territory} and k.serial = any(${serials as number[]}::int[]) order by k.serial`
  const inState = (...states: string[]) =>
    before.flatMap(({ serial, state }) => (states.includes(state) ? [serial] : [])).sort((a, b) => a - b)
  const taken = inState(...from)
  await tx.orm
    .update(card)
    .set({ state: to })
    .where(and(here, inArray(card.state, from)))
  const known = new Set(before.map(({ serial }) => serial))
  return {
    taken,
    already: inState(to),
    used: used.map(({ serial }) => serial),
    held: to === 'destroyed' ? inState('handed_over') : [],
    dead: to === 'returned' ? inState('dead', 'destroyed') : [],
    unknown: serials.filter((serial) => !known.has(serial)),
  }
}

/** Where the cards of each village are, by territory. `replaced`: another card took their place. */
export const cardNumbers = (
  tx: Tx,
  cycle: number,
): Promise<
  {
    territory: number
    cards: number
    printed: number
    handed: number
    returned: number
    destroyed: number
    replaced: number
  }[]
> => tx.sql`
    select territory, count(*)::int as cards, count(*) filter (where state = 'printed')::int as printed,
      count(*) filter (where state = 'handed_over')::int as handed, count(*) filter (where state = 'returned')::int as returned,
      count(*) filter (where state = 'destroyed')::int as destroyed, count(*) filter (where state = 'dead')::int as replaced
    from card where cycle = ${cycle} group by territory order by territory`
