// Rights, cards and claims count only with their leaves: whole cycles are read without a fault, and what was written past the program is named.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardsAfter } from '../../src/store/trusted-rights.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { createDemo } from '../../src/use-cases/create-demo.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { demoProjects, type TestApp, testApp, withClassifier } from '../support/app.ts'
import { cards, type EnvelopeCard, replaceCard } from '../support/cards.ts'
import { kindOf, letClose, must, openVoting, smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
/** A cycle is lived by accounts of its own: wrong cards count against an account everywhere. */
let accounts = 0
beforeAll(async () => {
  app = await testApp('hostile-rights')
})
afterAll(() => app.done())

async function votes(cycle: number, territory: number, account: number, rollRow: number, mark: string) {
  const { ballot } = must(await openBallot(app, account, cycle, rollRow))
  must(await castBallot(app, { ballot, account, cycle, territory, rollRow, marks: [mark] }))
}

/**
 * Six people on the roll of a village. One votes, one votes and is erased, one claims and is erased before the vote, one votes with
 * the card that the desk gave for a lost one, one holds a card unused, one never came for it.
 */
async function closed(slug: string): Promise<number> {
  const [voter, gone, early, lost] = [1, 2, 3, 4].map((n) => accounts + n) as [number, number, number, number]
  accounts += 4
  const { id, villages } = await smallCycle(app, slug, [[1_000_000, 2_000_000]])
  await openVoting(app, id)
  const territory = villages[0] as number
  const deck = await cards(app, id, territory, 5)
  await cards(app, id, territory, 1, 'printed')
  const claim = (account: number, code = '') =>
    verifyAccount(app, account, { id, method: 'card' }, code).then(must)
  const stays = await claim(voter, deck[0]?.code)
  await votes(id, territory, voter, stays.rollRow, 'a1')
  const goes = await claim(gone, deck[1]?.code)
  await votes(id, territory, gone, goes.rollRow, 'a2')
  await eraseAccount(app, gone)
  await claim(early, deck[2]?.code)
  await eraseAccount(app, early)
  const fresh = await replaceCard(app, id, territory, deck[3] as EnvelopeCard)
  expect(kindOf(await verifyAccount(app, lost, { id, method: 'card' }, deck[3]?.code ?? ''))).toBe('wrong')
  const again = await claim(lost, fresh.code)
  await votes(id, territory, lost, again.rollRow, 'a1')
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
  await numberLeaves(app)
  return id
}

/** The kinds of faults that a count names. */
async function faultsOf(id: number): Promise<string[]> {
  const counted = await countCycle(app, id, 'command')
  if (counted.ok) return []
  expect(counted.problem.kind).toBe('log')
  const faults = counted.problem.kind === 'log' ? counted.problem.faults : []
  return [...new Set(faults.map(({ kind }) => kind))].sort()
}

test('claims given back before a vote and erased after it, lost and replaced cards: a cycle without a fault', async () => {
  expect(await faultsOf(await closed('lived'))).toEqual([])
})

test('the demo with its cards, printed anew for whoever has not used theirs, is read without a fault', async () => {
  await withClassifier(app)
  const projects = await demoProjects()
  const old = await createDemo(app, projects, app.random)
  const [demo] = await app.db.sql<{ id: number }[]>`select id from cycle where slug = 'demo'`
  const id = demo?.id ?? 0
  const claim = (account: number, code = '') =>
    verifyAccount(app, account, { id, method: 'card' }, code).then(must)
  const first = await claim(9_011, old[0]?.code)
  const anew = await createDemo(app, projects, app.random)
  const second = await claim(9_012, anew[0]?.code)
  for (const [account, { rollRow, territory }] of [[9_011, first] as const, [9_012, second] as const]) {
    const [project] = await app.db.sql<{ id: string }[]>`
      select id from project where cycle = ${id} and territory = ${territory} order by number limit 1`
    await votes(id, territory, account, rollRow, project?.id ?? '')
  }
  expect(
    (await cardsAfter(app.db, id, 0, 1000)).filter(({ state }) => state === 'dead').length,
  ).toBeGreaterThan(100)
  must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
  expect(await faultsOf(id)).toEqual([])
})

const first = '(select min(roll_row) from ballot where cycle = $1)'
const unclaimed = `(select min(r.id) from roll_row r where r.cycle = $1
  and not exists (select 1 from claim c where c.roll_row = r.id))`

/** What is done, to the cycle `$1`, and the faults that it is named by. */
const ALTERATIONS: readonly [what: string, act: string, faults: readonly string[]][] = [
  [
    'a row added to the roll',
    'insert into roll_row (cycle, territory, register_no) select cycle, territory, 999 from roll_row where cycle = $1 limit 1',
    ['roll-rows'],
  ],
  [
    'a right claimed',
    `insert into claim (cycle, roll_row, account, nonce, method, serial)
      select $1, roll_row, 666, decode(repeat('ab', 32), 'hex'), 'card', serial from card where roll_row = ${unclaimed}`,
    ['claim-unlogged'],
  ],
  [
    'a claim given to another account',
    `update claim set account = 666 where roll_row = ${first}`,
    ['claim-unlogged', 'claims'],
  ],
  [
    'an account taken from a claim, as if it were erased',
    `update claim set account = null, nonce = null, label = null where roll_row = ${first}`,
    ['claim-erased'],
  ],
  [
    'an account taken from a claim with the mark of another erasure',
    `update claim set account = null, nonce = null, erased = (select erased from claim where cycle = $1 and erased is not null)
      where roll_row = ${first}`,
    ['claim-erased'],
  ],
  ['a claim taken away', `delete from claim where roll_row = ${first}`, ['claims', 'right-unclaimed']],
  ['a claim by another card', `update claim set serial = 5 where roll_row = ${first}`, ['claim-card']],
  ['a claim without a card', `update claim set serial = null where roll_row = ${first}`, ['claim-card']],
  [
    'a card handed over',
    `update card set state = 'handed_over' where cycle = $1 and state = 'printed'`,
    ['card-state'],
  ],
  [
    'a dead card brought to life',
    `update card set state = 'handed_over' where cycle = $1 and state = 'dead'`,
    ['card-state'],
  ],
  [
    'a card reissued and its right moved to another account',
    `with dead as (update card set state = 'dead' where cycle = $1 and serial = 5 returning roll_row),
      gone as (delete from claim where roll_row = ${first}),
      given as (insert into claim (cycle, roll_row, account, nonce, method, serial)
        select $1, roll_row, 666, decode(repeat('ab', 32), 'hex'), 'card', 99 from dead)
      insert into card (cycle, territory, serial, roll_row, code_hash, bond, state)
      select $1, territory, 99, roll_row, decode(repeat('cd', 32), 'hex'), bond, 'handed_over'
        from card where cycle = $1 and serial = 5`,
    ['card-row', 'card-state', 'claim-card', 'claim-unlogged', 'claims', 'right-unclaimed'],
  ],
  ['a card killed', `update card set state = 'dead' where cycle = $1 and serial = 5`, ['card-state']],
  [
    'a card moved to another right',
    `update card set roll_row = ${unclaimed} where cycle = $1 and serial = 7`,
    ['card-row', 'claim-card'],
  ],
  [
    'another code on a card',
    `update card set code_hash = decode(repeat('ab', 32), 'hex') where cycle = $1 and serial = 5`,
    ['card-row'],
  ],
  [
    'a card of its own making',
    `insert into card (cycle, territory, serial, roll_row, code_hash, bond)
      select $1, territory, 99, roll_row, decode(repeat('cd', 32), 'hex'), bond from card where cycle = $1 and serial = 5`,
    ['card-row'],
  ],
  [
    'another list behind a hand-over',
    `update card_act set serial = 6 where serial = 5 and leaf in (select id from leaf where log = $1)`,
    ['card-list', 'card-state', 'cards-fewer', 'claim-card'],
  ],
  [
    'the rows of a hand-over removed',
    `delete from card_act where leaf in (select id from leaf where log = $1 and kind = 'cards-reissued')`,
    ['card-list', 'card-state'],
  ],
]

for (const [at, [what, act, faults]] of ALTERATIONS.entries())
  test(`${what}, past the program: ${faults.join(', ')}`, async () => {
    const id = await closed(`altered-${at}`)
    await unguarded(app.db, async (sql) => {
      // The owner of a table takes its constraints away as well.
      await sql`drop index if exists card_in_hands`
      await sql.unsafe(act, [id])
    })
    expect(await faultsOf(id)).toEqual(faults)
  })
