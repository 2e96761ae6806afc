// The sequencer: no gaps, in the order of ids, signed heads that anyone can check, and nothing that can be changed afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteKeyId, readCheckpointText, readSignedNote } from '../../src/core/audit/checkpoint.ts'
import { encodeEvent, type Event } from '../../src/core/audit/event.ts'
import {
  leafHash,
  rootOf,
  verifyConsistency,
  consistencyProof,
  verifyInclusion,
} from '../../src/core/audit/merkle.ts'
import { checkReceiptText } from '../../src/core/audit/receipt-text.ts'
import { equal, fromHex, toHex, utf8 } from '../../src/core/bytes.ts'
import { verify } from '../../src/sealing/sign.ts'
import { headOfSize, lastHead, leafHashes } from '../../src/store/log.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { logVerifierKey } from '../../src/use-cases/log-key.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { freshProgress, numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { crowd } from '../support/crowd.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { countingRows } from '../support/rows-read.ts'
import { signal } from '../support/signal.ts'
import { asOwner, unguarded } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('sequencer')
})
afterAll(() => app.done())

const seqs = async (log: number) => {
  const rows = await app.db.sql<{ seq: number; leaf: number }[]>`
    select seq, leaf from entry where log = ${log} order by seq`
  return rows.map((row) => [row.seq, row.leaf] as const)
}

const exported = (cycle: string): Event => ({
  kind: 'exported',
  at: '2026-03-01T04:00:00.000Z',
  cycle,
  what: 'x',
  by: 'command',
})

/** Holds the note of a head against the log's key and the leaves as they are stored. */
async function checkHead(log: number, slug: string, size: number) {
  const head = await headOfSize(app.db, log, size)
  const note = readSignedNote(head?.note ?? '')
  if (!head || !note.ok) throw new Error('no head')
  const name = `dauys.example/${slug}`
  const { publicKey } = app.secrets.logKeys
  const [signature] = note.value.signatures
  expect(signature?.name).toBe(name)
  expect(signature?.keyId).toEqual(noteKeyId(name, publicKey))
  expect(verify(app.sodium, utf8(note.value.text), signature?.signature as Uint8Array, publicKey)).toBe(true)
  const root = rootOf(await leafHashes(app.db, log, size))
  expect(readCheckpointText(note.value.text)).toEqual({ ok: true, value: { origin: name, size, root } })
  return root
}

test('with parallel writers and two sequencers every leaf has one number, without gaps', async () => {
  const cycle = await smallCycle(app, 'parallel', [[1_000_000]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 40)
  const other = replica(app)
  let done = false
  const sequence = async (one: typeof other | TestApp) => {
    const progress = freshProgress()
    while (!done) await numberLeaves(one, progress)
    await numberLeaves(one, progress)
  }
  const cast = Promise.all(people.map((one) => vote(app, cycle.id, one, ['a1']))).finally(() => {
    done = true
  })
  const [answers] = await Promise.all([cast, sequence(app), sequence(other)])
  await other.close()
  expect(answers.filter((answer) => !answer.ok)).toEqual([])
  const numbered = await seqs(cycle.id)
  const [{ count } = { count: 0 }] = await app.db.sql<{ count: number }[]>`
    select count(*)::int as count from leaf where log = ${cycle.id}`
  expect(numbered.map(([seq]) => seq)).toEqual(Array.from({ length: count }, (_, at) => at))
  // created, announced, opened, voting; the roll by two, its cards handed over; a claim and a ballot each.
  expect(count).toBe(4 + 3 + 40 + 40)
  await checkHead(cycle.id, 'parallel', count)
})

test('a leaf whose transaction took long is numbered when it commits, behind those that did not wait for it', async () => {
  const cycle = await smallCycle(app, 'slow', [[1_000_000]])
  const progress = freshProgress()
  await numberLeaves(app, progress)
  const [inserted, commit] = [signal(), signal()]
  const slow = app.db.begin(async (tx) => {
    await appendLeaf(app, tx, cycle.id, exported('slow'))
    inserted.give()
    await commit.given
  })
  await Promise.race([inserted.given, slow])
  must(await movePhase(app, cycle.id, { by: 'command' }))
  for (let step = 0; step < 5; step++) await numberLeaves(app, progress)
  expect(await seqs(cycle.id)).toHaveLength(2)
  commit.give()
  await slow
  expect((await numberLeaves(app, progress)).numbered).toBe(1)
  const leaves = (await seqs(cycle.id)).map(([, leaf]) => leaf)
  expect(leaves[2]).toBeLessThan(leaves[1] as number)
  // Once every transaction of before has ended, what is numbered is not looked at again.
  await expect
    .poll(async () => {
      await numberLeaves(app, progress)
      return progress.above
    })
    .toBeGreaterThanOrEqual(Math.max(...leaves))
})

test('a head is signed that ends with CLOSE, and no ballot stands behind it; every kept head is a beginning of the next', async () => {
  const cycle = await smallCycle(app, 'to-close', [[1_000_000]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  for (const one of people.slice(0, 2)) must(await vote(app, cycle.id, one, ['a1']))
  await numberLeaves(app)
  const early = await lastHead(app.db, cycle.id)
  must(await vote(app, cycle.id, people[2] as (typeof people)[0], ['a1']))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  // created, announced, opened, voting, roll imported and approved, cards, three claims, three ballots, the close moved, CLOSE; then the phase.
  const root = await checkHead(cycle.id, 'to-close', 15)
  const hashes = await leafHashes(app.db, cycle.id, 15)
  expect(toHex(hashes[14] as Uint8Array)).toBe(
    toHex(leafHash(encodeEvent({ kind: 'closed', cycle: 'to-close' }))),
  )
  expect((await lastHead(app.db, cycle.id))?.size).toBe(16)
  expect(early?.size).toBe(12)
  const proof = consistencyProof(hashes, 12)
  const roots = { firstRoot: early?.root as Uint8Array, secondRoot: root }
  expect(verifyConsistency({ first: 12, second: 15, ...roots }, proof)).toBe(true)
})

test('an hour without a checkpoint keeps the standing head as one', async () => {
  const cycle = await smallCycle(app, 'hourly', [[1_000_000]])
  await numberLeaves(app)
  must(await movePhase(app, cycle.id, { by: 'command' }))
  await numberLeaves(app)
  const kept = () => app.db.sql`select size from head where log = ${cycle.id} and checkpoint order by size`
  expect((await kept()).map(({ size }) => size)).toEqual([1])
  await unguarded(
    app.db,
    (sql) => sql`update head set at = at - interval '61 minutes' where log = ${cycle.id}`,
  )
  await numberLeaves(app)
  expect((await kept()).map(({ size }) => size)).toEqual([1, 2])
})

test('a receipt number leads to a signed promise at once, and to a proof once the leaf is numbered', async () => {
  const cycle = await smallCycle(app, 'receipts', [[1_000_000]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 5)
  const cast = []
  for (const one of people) cast.push(must(await vote(app, cycle.id, one, ['a1'])))
  const number = cast[2]?.number as string
  const [before] = must(await readReceipt(app, number.replace(/(\d{4})/g, '$1 ')))
  const leaf = fromHex(before?.leaf ?? '') as Uint8Array
  const key = (await logVerifierKey(app, 'receipts')) as string
  const signed = checkReceiptText(before?.text ?? '', key, (bytes, signature, publicKey) =>
    verify(app.sodium, bytes, signature, publicKey),
  )
  expect(must(signed)).toMatchObject({ cycle: 'receipts', leaf, at: before?.at, number })
  expect([before?.at, before?.proof]).toEqual([cast[2]?.at, undefined])
  await numberLeaves(app)
  const [after] = must(await readReceipt(app, number))
  const proof = after?.proof
  if (!proof) throw new Error('no proof')
  const root = await checkHead(cycle.id, 'receipts', proof.size)
  expect(equal(root, fromHex(proof.root) as Uint8Array)).toBe(true)
  const path = proof.path.map((hash) => fromHex(hash) as Uint8Array)
  expect(verifyInclusion({ index: proof.seq, size: proof.size, leaf, root }, path)).toBe(true)
  expect(verifyInclusion({ index: proof.seq + 1, size: proof.size, leaf, root }, path)).toBe(false)
  expect(kindOf(await readReceipt(app, '12345678901234'))).toBe('check-digits')
  expect(kindOf(await readReceipt(app, '00000000000000'))).toBe('check-digits')
  expect(kindOf(await readReceipt(app, '12345678901297'.slice(0, 12)))).toBe('too-short')
})

test('leaves, their numbers and ballots can be neither changed nor deleted', async () => {
  const acts = [
    `update leaf set body = 'x'`,
    'delete from leaf',
    'truncate leaf cascade',
    'update entry set seq = seq + 1',
    'delete from entry',
    `update ballot set box = 'x'`,
    'delete from ballot',
    'truncate ballot',
  ]
  for (const act of acts) {
    await expect(app.db.sql.unsafe(act), act).rejects.toMatchObject({ code: '42501' })
    await expect(
      asOwner(app.db, (sql) => sql.unsafe(act)),
      act,
    ).rejects.toMatchObject({ code: '23001' })
  }
})

test('a receipt is not said to be in a log that no longer leads to its signed root', async () => {
  const cycle = await smallCycle(app, 'forked', [[1_000_000]])
  await openVoting(app, cycle.id)
  const [one] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  const { number } = must(await vote(app, cycle.id, one as NonNullable<typeof one>, ['a1']))
  await numberLeaves(app)
  expect(must(await readReceipt(app, number))[0]?.proof).toBeDefined()
  await unguarded(app.db, (sql) => sql`update head set root = sha256(root) where log = ${cycle.id}`)
  const stopped = { kind: 'log-stopped', fault: 'note-root' }
  expect(await readReceipt(app, number)).toEqual({ ok: false, problem: stopped })
})

test('a backlog of thousands is numbered by reading each of its leaves once', async () => {
  const { id, villages } = await smallCycle(app, 'backlog', [[100]])
  await crowd(app, { cycle: id, territory: villages[0] as number }, 3_000, 43_000_000)
  const rows = countingRows(app.url)
  try {
    let numbered = 0
    const read = await rows.readIn('leaf', async () => {
      numbered = (await numberLeaves({ ...app, db: rows.db })).numbered
    })
    expect(numbered).toBeGreaterThanOrEqual(3_000)
    // Once itself, once for the key of its number.
    expect(read).toBeLessThan(2.5 * numbered)
  } finally {
    await rows.db.close()
  }
})
