// Erasing an account: nothing in the database names it any more, a right that has not voted is free, a ballot stays counted.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvent, type Event } from '../../src/core/audit/event.ts'
import { claimHash } from '../../src/core/audit/mac.ts'
import { enqueue, enqueueReceipts } from '../../src/store/deliveries.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { healReceipts } from '../../src/use-cases/deliver.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { followTerritory } from '../../src/use-cases/follow-territory.ts'
import { nameVoter } from '../../src/use-cases/list-voters.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { readMyData } from '../../src/use-cases/read-my-data.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { kindOf, must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { unguarded, untilBlocked } from '../support/database.ts'

let app: TestApp
let cycle: SmallCycle
let village: number
beforeAll(async () => {
  app = await testApp('erasing')
  cycle = await smallCycle(app, 'erasing', [[100, 200]])
  village = cycle.villages[0] as number
  await openVoting(app, cycle.id)
})
afterAll(() => app.done())

const claim = (account: number, code: string) =>
  verifyAccount(app, account, { id: cycle.id, method: 'card' }, code)

/** What the log of the cycle says, in the order of its leaves. */
async function eventsOf(): Promise<Event[]> {
  const rows = await app.db.sql<
    { body: Uint8Array }[]
  >`select body from leaf where log = ${cycle.id} order by id`
  return rows.map(({ body }) => must(decodeEvent(body)))
}

/** Somebody who chose a language and a village, with a card. */
async function resident(account: number): Promise<{ rollRow: number; code: string }> {
  const [card] = await cards(app, cycle.id, village, 1)
  if (!card) throw new Error('no card')
  await rememberAccount(app, account, { locale: 'kk', home: { cycle: cycle.id, territory: village } })
  return { rollRow: must(await claim(account, card.code)).rollRow, code: card.code }
}

async function votes(account: number, rollRow: number): Promise<string> {
  const { ballot } = must(await openBallot(app, account, cycle.id, rollRow))
  must(
    await castBallot(app, { ballot, account, cycle: cycle.id, territory: village, rollRow, marks: ['a1'] }),
  )
  return ballot
}

test('whoever voted, got a healed receipt and is erased is named by no column and no JSON value of any table', async () => {
  const account = 7_512_340_987
  const { rollRow, code } = await resident(account)
  await nameVoter(app, account, cycle.id, rollRow, 'мама 4417')
  must(await followTerritory(app, account, { territory: village, kinds: ['results'], locale: 'kk' }))
  const ballot = await votes(account, rollRow)
  await unguarded(app.db, (sql) => sql`update ballot set at = at - interval '61 seconds'`)
  expect(await healReceipts(app)).toBe(1)
  await app.db.begin((tx) =>
    enqueue(
      tx,
      { kind: 'results', cycle: cycle.id, territory: village },
      { account, dedupe: `x:${account}` },
    ),
  )
  expect(await everyValueWith(app.db, String(account))).toEqual(
    expect.arrayContaining(['account.id', 'claim.account', 'delivery.account', 'delivery.dedupe']),
  )
  const kept = await readMyData(app, account)
  expect(kept).toMatchObject({ queued: 2, opened: 1, rights: [{ label: 'мама 4417' }] })

  const before = await eventsOf()
  await eraseAccount(app, account)
  expect(await eventsOf(), 'no leaf tells which right it was').toEqual(before)

  expect(await everyValueWith(app.db, String(account))).toEqual([])
  expect(await everyValueWith(app.db, 'мама 4417')).toEqual([])
  // What still stands at the right leads to nobody.
  expect(await everyValueWith(app.db, ballot)).toEqual(['ballot.opened_ballot', 'opened_ballot.id'])
  expect(await app.db.sql`select account from opened_ballot where id = ${ballot}`).toEqual([
    { account: null },
  ])
  expect(await app.db.sql`select account, nonce, label from claim where roll_row = ${rollRow}`).toEqual([
    { account: null, nonce: null, label: null },
  ])
  expect(await healReceipts(app)).toBe(0)
  expect(kindOf(await claim(account, code)), 'the card stays used').toBe('wrong')
})

test('whoever is erased before voting gives the card back: another account votes with it', async () => {
  const [first, second] = [7_600_000_001, 7_600_000_002]
  const { rollRow, code } = await resident(first)
  const { ballot } = must(await openBallot(app, first, cycle.id, rollRow))
  expect(kindOf(await claim(second, code))).toBe('wrong')
  const before = (await eventsOf()).length
  const [held] = await app.db.sql<{ nonce: Uint8Array }[]>`select nonce from claim where account = ${first}`
  await eraseAccount(app, first)
  const released = (await eventsOf()).slice(before)
  expect(released).toMatchObject([{ kind: 'claim-released', village: String(village) }])
  expect(released[0]).toMatchObject({ claim: claimHash(held?.nonce as Uint8Array, rollRow, String(first)) })
  const gone = { ballot, account: first, cycle: cycle.id, territory: village, rollRow, marks: ['a1'] }
  expect(kindOf(await castBallot(app, gone)), 'a ballot opened before').toBe('not-verified')
  expect(must(await claim(second, code)).rollRow).toBe(rollRow)
  await votes(second, rollRow)
})

test('a receipt that is queued in the moment of the erasure is erased with the rest', async () => {
  const account = 7_700_000_001
  const { rollRow } = await resident(account)
  const ballot = await votes(account, rollRow)
  const receipt = { ballot, account, receipt: '12345678901234', at: new Date().toISOString() }
  let erased: Promise<boolean> | undefined
  await app.db.begin(async (tx) => {
    await enqueueReceipts(tx, [receipt])
    erased = eraseAccount(app, account)
    await untilBlocked(app.db)
  })
  await erased
  expect(await everyValueWith(app.db, String(account))).toEqual([])
  await enqueueReceipts(app.db, [receipt])
  expect(await everyValueWith(app.db, ballot), 'nothing is queued for nobody').toEqual([
    'ballot.opened_ballot',
    'opened_ballot.id',
  ])
})
