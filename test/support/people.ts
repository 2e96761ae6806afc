// People on the roll of a story, with the leaves that the program writes when officials enter them: nothing here is unlogged.
import { claimHash } from '../../src/core/audit/mac.ts'
import { rollNeedsTwo } from '../../src/core/cycle.ts'
import { toHex } from '../../src/core/bytes.ts'
import { cardCode } from '../../src/core/person.ts'
import { handOver, type HashedCard, insertCards, lastSerial } from '../../src/store/cards.ts'
import { clock } from '../../src/store/clock.ts'
import { type Cycle, cycleById } from '../../src/store/cycles.ts'
import type { Tx } from '../../src/store/db.ts'
import { upsertRollRows } from '../../src/store/roll.ts'
import { accountMark } from '../../src/use-cases/actor.ts'
import type { App } from '../../src/use-cases/app.ts'
import { appendCardLeaf } from '../../src/use-cases/append-card-leaf.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { bindCards } from '../../src/use-cases/bind-cards.ts'
import { hashCards } from '../../src/use-cases/hash-cards.ts'
import { methodOf } from '../../src/verification/index.ts'

/** Officials who agree on additions where two must. */
export const OFFICIALS = [71, 72] as const
const [FIRST, SECOND] = OFFICIALS

/** Enters rows, by register number, as an import does: new ones by a leaf, by two officials where the cycle asks for them. */
export async function enterRows(
  app: App,
  tx: Tx,
  cycle: Cycle,
  rows: readonly { territory: number; registerNo: number; contactMac?: Uint8Array }[],
): Promise<void> {
  const added = await upsertRollRows(
    tx,
    cycle.id,
    rows.map((row) => ({ ...row, contactMac: row.contactMac })),
  )
  const file = toHex(app.random(32))
  const said = { at: await clock(tx), cycle: cycle.slug, rows: added, file }
  await appendLeaf(app, tx, cycle.id, { kind: 'roll-imported', ...said, by: accountMark(app, FIRST) })
  if (rollNeedsTwo(cycle))
    await appendLeaf(app, tx, cycle.id, {
      kind: 'roll-approved',
      ...said,
      by: accountMark(app, FIRST),
      second: accountMark(app, SECOND),
    })
}

export interface Entered {
  rollRow: number
  registerNo: number
  serial: number
}

/** So many more people on a village's roll, with a card each under one of these hashes, which lies in its envelope. */
export async function enterPeople(
  app: App,
  cycle: Cycle,
  territory: number,
  hashes: readonly Uint8Array[],
): Promise<Entered[]> {
  return app.db.begin(async (tx) => {
    const serial = await lastSerial(tx, cycle.id, territory)
    const [row] = await tx.sql<{ last: number }[]>`
      select coalesce(max(register_no), 0) as last from roll_row where cycle = ${cycle.id} and territory = ${territory}`
    const cards = hashes.map((codeHash, at): HashedCard => {
      return { territory, registerNo: (row?.last ?? 0) + at + 1, serial: serial + at + 1, codeHash }
    })
    await enterRows(
      app,
      tx,
      cycle,
      cards.map(({ registerNo }) => ({ territory, registerNo })),
    )
    const bound = await bindCards(app, tx, cycle, cards)
    if (methodOf(cycle.method).facts.usesCards) await insertCards(tx, cycle.id, bound)
    return bound.map(({ rollRow }, at) => {
      const { registerNo, serial } = cards[at] as HashedCard
      return { rollRow, registerNo, serial }
    })
  })
}

/** New cards, printed for rows that have one already; serials follow the last one of the village. */
export async function enterCards(
  app: App,
  cycle: Cycle,
  territory: number,
  registers: readonly number[],
): Promise<{ serial: number; code: string }[]> {
  const serial = await lastSerial(app.db, cycle.id, territory)
  const plain = registers.map((registerNo, at) => ({
    territory,
    registerNo,
    serial: serial + at + 1,
    code: cardCode(app.random(16)),
  }))
  const hashed = await hashCards(plain, app.secrets.pepper(cycle.id))
  await app.db.begin(async (tx) => insertCards(tx, cycle.id, await bindCards(app, tx, cycle, hashed)))
  return plain.map(({ serial, code }) => ({ serial, code }))
}

/** The desk hands over the cards of these people. */
export async function handThemOver(app: App, cycle: Cycle, territory: number, people: readonly Entered[]) {
  if (people.length === 0 || !methodOf(cycle.method).facts.usesCards) return
  const serials = people.map(({ serial }) => serial)
  await app.db.begin(async (tx) => {
    const { handed } = await handOver(tx, cycle.id, territory, serials)
    if (handed.length !== serials.length) throw new Error('not handed over')
    await appendCardLeaf(app, tx, cycle, 'cards-handed-over', { territory, serials, by: FIRST })
  })
}

/** These people are in: claims as verifying makes them, without a code and its ten milliseconds. */
export async function claimFor(
  app: App,
  cycle: Cycle,
  territory: number,
  people: readonly (Entered & { account: number })[],
): Promise<void> {
  const { usesCards } = methodOf(cycle.method).facts
  await app.db.begin(async (tx) => {
    const at = await clock(tx)
    const village = String(territory)
    for (const { account, rollRow, serial } of people) {
      const nonce = app.random(32)
      await tx.sql`
        insert into claim (cycle, roll_row, account, nonce, method, serial)
        values (${cycle.id}, ${rollRow}, ${account}, ${nonce}, ${cycle.method}, ${usesCards ? serial : null})`
      const claim = claimHash(nonce, rollRow, String(account))
      await appendLeaf(app, tx, cycle.id, {
        kind: 'claimed',
        at,
        cycle: cycle.slug,
        village,
        method: cycle.method,
        claim,
      })
    }
  })
}

/** Throws when there is none. */
export async function cycleOf(app: App, id: number): Promise<Cycle> {
  const cycle = await cycleById(app.db, id)
  if (!cycle) throw new Error('no such cycle')
  return cycle
}
