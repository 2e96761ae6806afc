// Stored subtree hashes: a look-up reads a handful of rows however long the log is, and nothing wrong in them is believed.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyInclusion } from '../../src/core/audit/merkle.ts'
import { fromHex } from '../../src/core/bytes.ts'
import { lastHead } from '../../src/store/log.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { trustedHead } from '../../src/use-cases/trusted-head.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { fill } from '../support/leaves.ts'

let app: TestApp
beforeAll(async () => {
  // One connection: its statistics are those of everything that is asked.
  app = await testApp('log-tiles', 1)
})
afterAll(() => app.done())

async function begun(slug: string, people: number) {
  const cycle = await smallCycle(app, slug, [[1000]])
  await openVoting(app, cycle.id)
  const list = await voters(app, cycle.id, cycle.villages[0] as number, people)
  const casts = async (at: number) =>
    must(await vote(app, cycle.id, list[at] as (typeof list)[0], ['a1'])).number
  return { id: cycle.id, casts }
}

/** Rows that were read of each table of the log since the database was made, and scans that went through a whole one. */
async function rowsRead(): Promise<Record<string, number>> {
  await app.db.sql`select pg_stat_force_next_flush()`
  const rows = await app.db.sql<{ name: string; read: number }[]>`
    select relname as name, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_user_tables
    where relname in ('leaf', 'entry', 'ballot', 'head', 'tile')`
  return Object.fromEntries(rows.map(({ name, read }) => [name, read]))
}

async function provenAt(number: string): Promise<number> {
  const [vote] = must(await readReceipt(app, number))
  if (!vote?.proof) throw new Error('no proof')
  const { seq, size, root, path } = vote.proof
  const bytes = (hex: string) => fromHex(hex, 32) as Uint8Array
  const claim = { index: seq, size, leaf: bytes(vote.leaf), root: bytes(root) }
  expect(verifyInclusion(claim, path.map(bytes))).toBe(true)
  return seq
}

test('among ten thousand leaves a receipt is proved from a handful of rows', {
  timeout: 300_000,
}, async () => {
  const { id, casts } = await begun('long', 3)
  const first = await casts(0)
  await fill(app, id, 'long', 5000, 0)
  const middle = await casts(1)
  await numberLeaves(app)
  await fill(app, id, 'long', 5000, 5000)
  const last = await casts(2)
  await numberLeaves(app)
  const size = (await lastHead(app.db, id))?.size as number
  expect(size).toBeGreaterThan(10_000)
  await app.db.sql`select 1`
  const before = await rowsRead()
  const seqs = [await provenAt(first), await provenAt(middle), await provenAt(last)]
  const after = await rowsRead()
  const read = Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  )
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
  expect(seqs[2]).toBe(size - 1)
  // Three look-ups, of which each needs its ballot, leaf and number, one head, and at most two tiles a level.
  expect(read.leaf).toBeLessThanOrEqual(12)
  expect(read.entry).toBeLessThanOrEqual(12)
  expect(read.ballot).toBeLessThanOrEqual(12)
  expect(read.tile).toBeLessThanOrEqual(3 * 45)

  // Somebody died before the file of the last head was written: what it extends is told from tiles as well.
  const kept = await app.secrets.keptHead(id)
  await fill(app, id, 'long', 1, 10_000)
  await numberLeaves(app)
  await app.secrets.keepHead(id, kept as string)
  const then = await rowsRead()
  expect((await trustedHead(app, id)).ok).toBe(true)
  expect(((await rowsRead()).leaf ?? 0) - (then.leaf ?? 0)).toBeLessThanOrEqual(4)
})

test('tiles that somebody took away or changed prove nothing, and are made again from the leaves', async () => {
  const { id, casts } = await begun('tiles', 4)
  const first = await casts(0)
  await fill(app, id, 'tiles', 300, 0)
  await numberLeaves(app)
  await provenAt(first)
  const acts = [
    (sql: typeof app.db.sql) => sql`delete from tile where log = ${id}`,
    (sql: typeof app.db.sql) => sql`
      update tile set hashes = sha256(hashes) || substr(hashes, 33) where log = ${id} and level = 0 and index = 1`,
  ]
  for (const [at, act] of acts.entries()) {
    await unguarded(app.db, (sql) => act(sql as unknown as typeof app.db.sql))
    const found = await readReceipt(app, first)
    if (at === 0) expect(found).toEqual({ ok: false, problem: { kind: 'log-stopped', fault: 'root' } })
    await casts(at + 1)
    expect((await numberLeaves(app)).stopped).toEqual([])
    await provenAt(first)
  }
  // Leaves that lead elsewhere are another thing: nothing more is signed over them.
  await asOwner(app.db, async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update leaf set hash = sha256(hash) where id = (select leaf from entry where log = ${id} and seq = 7)`
    await sql`delete from tile where log = ${id}`
  })
  await casts(3)
  const { stopped } = await numberLeaves(app)
  expect(stopped.map(({ log, fault }) => [log, fault.kind])).toEqual([[id, 'root']])
})
