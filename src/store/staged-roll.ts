// Rows and cards of a roll that waits for its second official: codes and phones as hashes, and the hash of it all.
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { fromHex, toHex } from '../core/bytes.ts'
import { testsSaid } from '../core/roll.ts'
import type { Tx } from './db.ts'
import type { HashedRoll } from './cards.ts'
import { stagedRoll } from './schema-staff.ts'

const text = z.string()
const bodySchema = z.object({
  /** Territory, register number, MAC of the phone. */
  rows: z.array(z.tuple([z.int(), z.int(), text.nullable()])),
  /** Territory, register number, serial, hash of the code. */
  cards: z.array(z.tuple([z.int(), z.int(), z.int(), text])),
  printer: text.exactOptional(),
  tests: testsSaid.exactOptional(),
})

const hashOf = (body: string): string => createHash('sha256').update(body).digest('hex')

/** Keeps a roll until a second official decides; returns the hash, hex, by which the proposal knows it. */
export async function stageRoll(
  tx: Tx,
  id: number,
  { rows, cards, printer, tests }: HashedRoll,
): Promise<string> {
  const body = JSON.stringify({
    rows: rows.map((row) => [row.territory, row.registerNo, row.contactMac ? toHex(row.contactMac) : null]),
    cards: cards.map((card) => [card.territory, card.registerNo, card.serial, toHex(card.codeHash)]),
    ...(printer === undefined ? {} : { printer }),
    ...(tests === undefined ? {} : { tests }),
  } satisfies z.infer<typeof bodySchema>)
  await tx.orm
    .insert(stagedRoll)
    .values({ import: id, body })
    .onConflictDoUpdate({ target: stagedRoll.import, set: { body } })
  return hashOf(body)
}

/** Takes it out, once, with the hash of what is there now. `roll` throws where that is no roll: read it behind the hash. */
export async function takeStagedRoll(
  tx: Tx,
  id: number,
): Promise<{ hash: string; roll: () => HashedRoll } | undefined> {
  const [row] = await tx.orm
    .delete(stagedRoll)
    .where(eq(stagedRoll.import, id))
    .returning({ body: stagedRoll.body })
  return row && { hash: hashOf(row.body), roll: () => readBody(row.body) }
}

function readBody(body: string): HashedRoll {
  const { rows, cards, printer, tests } = bodySchema.parse(JSON.parse(body))
  return {
    ...(printer === undefined ? {} : { printer }),
    ...(tests === undefined ? {} : { tests }),
    rows: rows.map(([territory, registerNo, mac]) => ({
      territory,
      registerNo,
      contactMac: mac === null ? undefined : bytesOf(mac),
    })),
    cards: cards.map(([territory, registerNo, serial, code]) => ({
      territory,
      registerNo,
      serial,
      codeHash: bytesOf(code),
    })),
  }
}

function bytesOf(hex: string): Uint8Array {
  const read = fromHex(hex)
  if (!read) throw new Error('a staged roll holds what is no hash')
  return read
}

/** Rolls that nobody confirmed in time are kept no longer. */
export async function forgetStagedRolls(tx: Tx): Promise<void> {
  await tx.sql`
    delete from staged_roll s using roll_import i where i.id = s.import and not exists (
      select 1 from proposal p where p.state = 'open' and p.until > clock_timestamp() and p.act ->> 'file' = i.file_hash)`
}
