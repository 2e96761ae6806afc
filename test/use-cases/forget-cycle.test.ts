// After the days for disputes two officials let a vote be forgotten: what was sealed or names somebody goes, all that is published stays.
import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiptNumber } from '../../src/core/audit/receipt.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { busiestFacilitators } from '../../src/store/assist.ts'
import { castAssisted } from '../../src/use-cases/cast-assisted.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { nameFacilitator } from '../../src/use-cases/name-facilitator.ts'
import { openAssist } from '../../src/use-cases/open-assist.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { proposeForget } from '../../src/use-cases/forget-cycle.ts'
import { forgetLapsed } from '../../src/use-cases/forget-lapsed.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { readHistory } from '../../src/use-cases/read-history.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { keepReason } from '../../src/store/reviews.ts'
import { refuseAct } from '../../src/use-cases/refuse-act.ts'
import { proposeReview } from '../../src/use-cases/review-village.ts'
import { readReports } from '../../src/use-cases/read-reports.ts'
import { reportPressure } from '../../src/use-cases/report-pressure.ts'
import { openDrawnSample } from '../../src/use-cases/sample-ballots.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { day, kindOf, letClose, must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { cycleOf, enterRows } from '../support/people.ts'
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
  const [row] = await app.db.sql<Record<string, number>[]>`
    select (select count(box)::int from ballot where cycle = ${id}) as boxes, (select count(*)::int from claim where cycle = ${id}) as claims,
      (select count(code_hash)::int from card where cycle = ${id}) as codes,
      (select count(account)::int from opened_ballot where cycle = ${id}) as accounts,
      (select count(account)::int from assist where cycle = ${id}) as helpers,
      (select count(box)::int from paper_box where cycle = ${id}) as papers`
  return row
}
const NOTHING = { boxes: 0, claims: 0, codes: 0, accounts: 0, helpers: 0, papers: 0 }
async function forgetsByTwo(slug: string): Promise<void> {
  expect((await desk.types(`cycle forget --cycle ${slug} --as 71`)).refused).toBeUndefined()
  const [proposal] = await app.db.sql<{ id: string }[]>`select id from proposal where state = 'open'`
  expect(kindOf(await confirmAct(app, proposal?.id ?? '', OFFICIALS[0]))).not.toBe('ok')
  must(await confirmAct(app, proposal?.id ?? '', OFFICIALS[1]))
  await numberLeaves(app)
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

test('a report of pressure is taken and kept as long as the days for disputes run, and no longer', async () => {
  const here = ({ id, villages }: SmallCycle) => ({ cycle: id, territory: villages[0] as number })
  const said = { text: 'Дауыс үшін ақша береді' }
  must(await reportPressure(app, 500, here(waits), said))
  expect(kindOf(await reportPressure(app, 500, here(over), said))).toBe('too-late')
  await app.db.sql`
    insert into pressure_report (cycle, territory, text, day, slot) values (${over.id}, ${here(over).territory}, 'x', now()::date, 1)`
  await forgetLapsed(app)
  expect(must(await readReports(app, waits.id, 'command'))).toHaveLength(1)
  expect(must(await readReports(app, over.id, 'command'))).toEqual([])
})

test('why a vote was reviewed is kept as long; then no review is begun, and one that lasts may be ended', async () => {
  const wish = ({ id, villages }: SmallCycle, turn: number) => ({
    cycle: id,
    territory: villages[0] as number,
    step: turn === 0 ? ('open' as const) : ('close' as const),
    turn,
    reason: 'Көп дауыс бір сағатта түсті',
  })
  expect(kindOf(await proposeReview(app, wish(over, 0), OFFICIALS[0]))).toBe('too-late')
  const early = must(await proposeReview(app, wish(waits, 0), OFFICIALS[0]))
  const row = { cycle: over.id, territory: over.villages[0] as number, turn: 0, reason: 'a'.repeat(64) }
  await keepReason(app.db, row, 'Көп дауыс бір сағатта түсті')
  await forgetLapsed(app)
  expect(await app.db.sql`select cycle from review_reason`).toEqual([{ cycle: waits.id }])
  must(await refuseAct(app, early.id, OFFICIALS[1]))
  // It was begun in time.
  await appendLeaf(app, app.db, over.id, {
    kind: 'review-opened',
    at: new Date().toISOString(),
    cycle: over.slug,
    village: String(over.villages[0]),
    by: 'a'.repeat(64),
    second: 'b'.repeat(64),
  })
  const proposed = must(await proposeReview(app, wish(over, 1), OFFICIALS[0]))
  must(await confirmAct(app, proposed.id, OFFICIALS[1]))
  await numberLeaves(app)
})

test('once the days are over it goes by two officials, and everything that was published can still be checked', async () => {
  const before = await bundleOf(app, over)
  const ballots = must(await publishedBallots(app, over.id))
  const [vote] = await app.db.sql<{ hash: Uint8Array }[]>`
    select l.hash from ballot b join leaf l on l.id = b.leaf where b.cycle = ${over.id} limit 1`
  await forgetsByTwo('over')
  expect(await stored(over)).toEqual(NOTHING)
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

test('who helped whom and the sealed papers go as well, and what of them is left is named', async () => {
  const cycle = await smallCycle(app, 'helped', [[1_000_000, 2_000_000]], {
    terms: { method: 'in-person', trust: { ...PROFILES.advisory.trust, dispute: 0 } },
  })
  const at = { cycle: cycle.id, territory: cycle.villages[0] as number }
  await openVoting(app, cycle.id)
  const known = await cycleOf(app, cycle.id)
  const rows = [1, 2, 3].map((registerNo) => ({ territory: at.territory, registerNo }))
  await app.db.begin((tx) => enterRows(app, tx, known, rows))
  const named = must(await nameFacilitator(app, { ...at, account: 21, until: day(10) }, OFFICIALS[0]))
  must(await confirmAct(app, 'id' in named ? named.id : '', OFFICIALS[1]))
  const ballot = must(await openAssist(app, at, { registerNo: 1 }, 21))
  must(await castAssisted(app, { ballot, account: 21, marks: ['a1'] }))
  for (const row of [2, 3]) must(await markPaper(app, at, row, OFFICIALS[0]))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  for (const by of OFFICIALS) must(await enterPapers(app, at, { text: '2\n1 2', returned: 0 }, by))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  await numberLeaves(app)
  expect(await stored(cycle)).toMatchObject({ boxes: 1, accounts: 1, helpers: 1, papers: 1 })
  expect(await busiestFacilitators(app.db, cycle.id)).toHaveLength(1)
  const before = await bundleOf(app, cycle)
  const papers = () =>
    asOwner(app.db, (sql) => sql`update paper_box set box = null where cycle = ${cycle.id}`)
  await expect(papers()).rejects.toThrow('as two people entered it')
  await forgetsByTwo('helped')
  expect(await stored(cycle)).toEqual(NOTHING)
  expect(await busiestFacilitators(app.db, cycle.id)).toEqual([])
  expect(await faultsOf(cycle)).toEqual([])
  expect(Buffer.from(await bundleOf(app, cycle)).equals(Buffer.from(before))).toBe(true)
  const left = (what: (sql: postgres.TransactionSql) => Promise<unknown>) => unguarded(app.db, what)
  await left((sql) => sql`update assist set account = 21 where cycle = ${cycle.id}`)
  expect(await faultsOf(cycle)).toContain('forgotten')
  await left((sql) => sql`update assist set account = null where cycle = ${cycle.id}`)
  await left((sql) => sql`update paper_box set box = 'x' where cycle = ${cycle.id}`)
  expect(await faultsOf(cycle)).toEqual(expect.arrayContaining(['paper-row', 'forgotten']))
})
