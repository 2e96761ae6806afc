// After the days for disputes two officials let a vote be forgotten: what was sealed or names somebody goes, all that is published stays.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiptNumber } from '../../src/core/audit/receipt.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { proposeForget } from '../../src/use-cases/forget-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { readHistory } from '../../src/use-cases/read-history.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { openDrawnSample } from '../../src/use-cases/sample-ballots.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { bundleOf, publishedVote } from '../support/published-vote.ts'

const OFFICIALS = [71, 74] as const
let app: TestApp
let desk: Clerk
let waits: SmallCycle
let over: SmallCycle
beforeAll(async () => {
  app = await testApp('forget-cycle')
  desk = await clerk(app)
  for (const account of OFFICIALS) must(await grantRole(app, { account, role: 'official' }, 'command'))
  waits = await publishedVote(app, 'waits')
  over = await publishedVote(app, 'over', {
    terms: { trust: { ...PROFILES.advisory.trust, dispute: 0 } },
  })
}, 60_000)
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const faultsOf = async ({ id }: SmallCycle): Promise<string[]> => {
  const read = await publishedBallots(app, id)
  return read.ok || read.problem.kind !== 'log' ? [] : read.problem.faults.map(({ kind }) => kind)
}
const forgets = ({ id }: SmallCycle) => app.db.sql`select forget_cycle(${id})`
const stored = async ({ id }: SmallCycle) => {
  const [row] = await app.db.sql<{ boxes: number; claims: number; codes: number; accounts: number }[]>`
    select (select count(box)::int from ballot where cycle = ${id}) as boxes, (select count(*)::int from claim where cycle = ${id}) as claims,
      (select count(code_hash)::int from card where cycle = ${id}) as codes,
      (select count(account)::int from opened_ballot where cycle = ${id}) as accounts`
  return row
}

test('nothing is forgotten before the publication, before the days are over, or without two officials and their leaf', async () => {
  const early = await smallCycle(app, 'early', [[1_000_000]])
  expect(kindOf(await proposeForget(app, early.id, OFFICIALS[0]))).toBe('wrong-phase')
  expect(kindOf(await proposeForget(app, over.id, 99))).toBe('not-allowed')
  expect(kindOf(await proposeForget(app, waits.id, OFFICIALS[0]))).toBe('too-early')
  expect((await desk.types('cycle forget --cycle waits --as 71')).refused).toContain('The days for disputes')
  for (const cycle of [waits, over]) await expect(forgets(cycle)).rejects.toMatchObject({ code: '23001' })
  await expect(app.db.sql`update ballot set box = null where cycle = ${over.id}`).rejects.toThrow()
  expect((await stored(over))?.boxes).toBeGreaterThan(10)
})

test('once the days are over it goes by two officials, and everything that was published can still be checked', async () => {
  const before = await bundleOf(app, over)
  const ballots = must(await publishedBallots(app, over.id))
  const [vote] = await app.db.sql<{ hash: Uint8Array }[]>`
    select l.hash from ballot b join leaf l on l.id = b.leaf where b.cycle = ${over.id} limit 1`
  expect((await desk.types('cycle forget --cycle over --as 71')).refused).toBeUndefined()
  const [proposal] = await app.db.sql<{ id: string }[]>`select id from proposal where state = 'open'`
  expect(kindOf(await confirmAct(app, proposal?.id ?? '', OFFICIALS[0]))).not.toBe('ok')
  must(await confirmAct(app, proposal?.id ?? '', OFFICIALS[1]))
  await numberLeaves(app)
  expect(await stored(over)).toEqual({ boxes: 0, claims: 0, codes: 0, accounts: 0 })
  expect(Buffer.from(await bundleOf(app, over)).equals(Buffer.from(before))).toBe(true)
  expect(must(await publishedBallots(app, over.id))).toEqual(ballots)
  expect((await readResult(app, over.id, over.villages[0] as number, 'general')).ok).toBe(true)
  expect((await readReceipt(app, receiptNumber(vote?.hash ?? new Uint8Array()))).ok).toBe(true)
  expect((await readHistory(app)).flatMap(({ faults }) => faults)).toEqual([])
  expect(kindOf(await openDrawnSample(app, over.id))).toBe('forgotten')
  expect(kindOf(await proposeForget(app, over.id, OFFICIALS[0]))).toBe('forgotten-before')
})

test('what is gone without its leaf, or still there in spite of it, is named', async () => {
  await unguarded(
    app.db,
    (sql) =>
      sql`update ballot set box = 'x' where cycle = ${over.id} and roll_row = (select max(roll_row) from ballot where cycle = ${over.id})`,
  )
  expect(await faultsOf(over)).toContain('forgotten')
  await unguarded(app.db, (sql) => sql`update card set code_hash = null where cycle = ${waits.id}`)
  expect(await faultsOf(waits)).toContain('card-row')
  await unguarded(app.db, (sql) => sql`update ballot set box = null where cycle = ${waits.id}`)
  expect(await faultsOf(waits)).toContain('ballot-box')
  const at = new Date().toISOString()
  const both = { by: 'a'.repeat(64), second: 'b'.repeat(64) }
  await appendLeaf(app, app.db, waits.id, { kind: 'forgotten', at, cycle: waits.slug, ...both })
  await numberLeaves(app)
  expect(await faultsOf(waits)).toContain('forgotten')
  await expect(forgets(waits)).rejects.toMatchObject({ code: '23001' })
})
