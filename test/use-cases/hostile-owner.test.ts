// Somebody who owns the database alters a closed cycle before it is counted. Each alteration is named and nothing is stored.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultsOf } from '../../src/store/results.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('hostile-owner')
})
afterAll(() => app.done())

/** Three people vote, the last one twice; the vote is closed and its log is signed. */
async function closed(slug: string): Promise<number> {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  for (const [at, person] of people.entries())
    must(await vote(app, cycle.id, person, [at === 0 ? 'a1' : 'a2']))
  must(await vote(app, cycle.id, people[2] as (typeof people)[0], ['a1']))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  return cycle.id
}

const last = 'roll_row = (select max(roll_row) from ballot where cycle = $1)'

/** What is done, to the cycle `$1`, and the faults that it is named by. */
const ALTERATIONS: readonly [what: string, act: string, faults: readonly string[]][] = [
  ['a ballot removed', `delete from ballot where cycle = $1 and ${last} and s = 2`, ['ballot-missing']],
  ['all ballots of a right removed', `delete from ballot where cycle = $1 and ${last}`, ['ballot-missing']],
  [
    'a ballot lent to another cycle',
    `update ballot set cycle = 0 where cycle = $1 and ${last} and s = 2`,
    ['ballot-missing'],
  ],
  ['versions swapped', `update ballot set s = 3 where cycle = $1 and ${last} and s = 1`, ['ballot-version']],
  [
    'ballots given to another right',
    `update ballot set roll_row = (select min(roll_row) from ballot where cycle = $1), s = s + 1 where cycle = $1 and ${last} and s = 2`,
    ['ballot-version'],
  ],
  ['a vote said to be on paper', `update roll_row set way = 'paper' where cycle = $1`, ['way']],
  ['another budget', 'update pot set budget = 1 where cycle = $1', ['frozen']],
  ['another cost', `update project set cost = 1 where cycle = $1 and id = 'a2'`, ['frozen']],
  [
    'another title',
    `update project set title = jsonb_set(title, '{kk}', '"x"') where cycle = $1 and id = 'a1'`,
    ['frozen'],
  ],
  ['projects numbered anew', `update project set number = number + 5 where cycle = $1`, ['frozen']],
  ['a project withdrawn', `update project set withdrawn = true where cycle = $1 and id = 'a1'`, ['frozen']],
  [
    'another rule',
    `update cycle set rule_terms = jsonb_set(rule_terms, '{x}', '1') where id = $1`,
    ['frozen'],
  ],
  [
    'another ballot',
    `update cycle set ballot_terms = jsonb_set(ballot_terms, '{x}', '1') where id = $1`,
    ['frozen'],
  ],
  ['another key', `update cycle set public_key = repeat('0', 64) where id = $1`, ['frozen']],
  ['another seed commitment', `update cycle set seed_commitment = repeat('0', 64) where id = $1`, ['frozen']],
  ['another fingerprint', `update cycle set frozen_rules = repeat('0', 64) where id = $1`, ['frozen']],
  [
    'another body of the opening',
    `update leaf set body = body || 'x' where log = $1 and kind = 'opened'`,
    ['leaf-hash'],
  ],
  [
    'the opening called something else',
    `update leaf set kind = 'phase' where log = $1 and kind = 'opened'`,
    ['opening-missing'],
  ],
]

for (const [at, [what, act, faults]] of ALTERATIONS.filter(([, , named]) => named.length > 0).entries())
  test(`${what} is named`, async () => {
    const id = await closed(`altered-${at}`)
    await unguarded(app.db, (sql) => sql.unsafe(act, act.includes('$1') ? [id] : []))
    const counted = await countCycle(app, id, 'command')
    expect(counted.ok ? 'counted' : counted.problem.kind).toBe('log')
    const found = !counted.ok && counted.problem.kind === 'log' ? counted.problem.faults : []
    expect([...new Set(found.map(({ kind }) => kind))]).toEqual(faults)
    expect(await resultsOf(app.db, id)).toEqual([])
  })

test('a cycle that nobody altered is counted', async () => {
  const [village] = must(await countCycle(app, await closed('untouched'), 'command'))
  expect(village?.ballots).toBe(3)
})
