// The count: what was cast last, held against the log, under the frozen rule; seen by nobody before it is published.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { resultSalt } from '../../src/core/audit/mac.ts'
import { resultHash } from '../../src/core/audit/result-hash.ts'
import { tieSeed } from '../../src/core/audit/tie-seed.ts'
import { lotOf } from '../../src/core/counting/tie-break.ts'
import { headOfSize } from '../../src/store/log.ts'
import { resultsOf } from '../../src/store/results.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('count')
})
afterAll(() => app.done())

async function close(id: number) {
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
}

/**
 * Three villages with 10,000,000 each. In the first: a1 (4 m) 4 votes, a2 (5 m) and a3 (5 m) 3 each, a4 (2 m) 1 vote; so a1
 * first, then the lots of a2 and a3 decide who gets 5 of the 6 m left, the other one is too dear, a4 is too dear for the last
 * 1 m. In the second nobody votes, in the third there is nothing to vote on.
 */
async function counted(slug: string) {
  const cycle = await smallCycle(app, slug, [[4_000_000, 5_000_000, 5_000_000, 2_000_000], [1_000_000], []])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 5)
  const marks = [['a1', 'a2', 'a3'], ['a3', 'a1'], ['a1', 'a2'], ['a1', 'a4'], ['a4']]
  for (const [at, person] of people.entries()) must(await vote(app, cycle.id, person, marks[at] ?? []))
  // The last person thinks again: only this one counts.
  must(await vote(app, cycle.id, people[4] as (typeof people)[0], ['a2', 'a3']))
  await close(cycle.id)
  return cycle
}

test('the count is what one reckons by hand, a tie by the lots of a seed that nobody could choose', async () => {
  const cycle = await counted('by-hand')
  expect(kindOf(await countCycle(app, cycle.id, 'command'))).toBe('not-sequenced')
  await numberLeaves(app)
  const counts = must(await countCycle(app, cycle.id, 'command'))
  const [first, second, third] = counts
  const [closing] = await app.db.sql<{ seq: number }[]>`
    select e.seq from entry e join leaf l on l.id = e.leaf where l.log = ${cycle.id} and l.kind = 'closed'`
  const head = await headOfSize(app.db, cycle.id, (closing?.seq ?? 0) + 1)
  const seed = tieSeed((await app.secrets.tieSeed(cycle.id)) as Uint8Array, head?.root as Uint8Array)
  const [winner, loser] = ['a2', 'a3'].sort((a, b) => (lotOf(seed, a) < lotOf(seed, b) ? -1 : 1))
  expect(first?.ballots).toBe(5)
  expect(first?.count.votes.map(({ id, votes }) => [id, votes])).toEqual([
    ['a1', 4],
    ['a2', 3],
    ['a3', 3],
    ['a4', 1],
  ])
  expect(first?.count.winners).toEqual(['a1', winner])
  expect([first?.count.spent, first?.count.left]).toEqual([9_000_000, 1_000_000])
  expect(first?.count.ties).toEqual([
    { kind: 'tie', ids: [winner, loser], votes: 3, by: ['lots'], chosen: [winner] },
  ])
  // Nobody voted there, and a project that nobody wants does not win.
  expect(second).toMatchObject({ ballots: 0, count: { winners: [], spent: 0, left: 10_000_000 } })
  expect(second?.count.steps[0]).toMatchObject({ kind: 'below-threshold', votes: 0, needed: 1 })
  expect(third).toMatchObject({ ballots: 0, count: { winners: [], spent: 0, left: 10_000_000 } })
  const again = must(await countCycle(app, cycle.id, 'command'))
  expect(again.map(({ hash }) => hash)).toEqual(counts.map(({ hash }) => hash))
})

test('nothing leaks before the results are published, and then everyone is told once', async () => {
  const cycle = await counted('no-leak')
  await numberLeaves(app)
  const [village] = cycle.villages
  expect(kindOf(await publishResults(app, cycle.id, 'command'))).toBe('not-counted')
  must(await countCycle(app, cycle.id, 'command'))
  await rememberAccount(app, 901, { home: { cycle: cycle.id, territory: village as number } })
  expect(kindOf(await readResult(app, cycle.id, village as number, 'general'))).toBe('not-published')
  const both = await Promise.all([
    publishResults(app, cycle.id, 'command'),
    publishResults(app, cycle.id, 'command'),
  ])
  expect(both.map(kindOf).sort()).toEqual(['not-counting', 'ok'])
  expect(must(await readResult(app, cycle.id, village as number, 'general')).ballots).toBe(5)
  const told = await app.db
    .sql`select account, facts from delivery where kind = 'results' and facts->>'cycle' = ${String(cycle.id)}`
  expect(told).toEqual([{ account: 901, facts: { cycle: cycle.id, territory: village } }])
  expect(kindOf(await countCycle(app, cycle.id, 'command'))).toBe('not-counting')
  expect(new Set((await resultsOf(app.db, cycle.id)).map(({ state }) => state))).toEqual(
    new Set(['published']),
  )
})

test('where fewer than ten voted, what tells votes apart is not in the value at all', async () => {
  const cycle = await smallCycle(app, 'few', [[1_000_000, 2_000_000], [1_000_000]])
  await openVoting(app, cycle.id)
  for (const [at, count] of [9, 10].entries())
    for (const voter of await voters(app, cycle.id, cycle.villages[at] as number, count))
      must(await vote(app, cycle.id, voter, [at === 0 ? 'a2' : 'b1']))
  await close(cycle.id)
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
  const read = (village: number) => readResult(app, cycle.id, cycle.villages[village] as number, 'general')
  expect(kindOf(await read(1))).toBe('not-published')
  must(await publishResults(app, cycle.id, 'command'))
  const [few, enough] = [must(await read(0)), must(await read(1))]
  const { place, projects, ...said } = few
  expect([place.territory, projects.length]).toEqual([cycle.villages[0], 2])
  // Whatever is there: neither votes nor steps, nor a hash of them that one could find again by trying all.
  expect(said).toEqual({
    pot: 'general',
    budget: 10_000_000,
    shows: 'winners',
    ballots: 9,
    channels: [],
    count: { winners: ['a2'], spent: 2_000_000, left: 8_000_000 },
    roll: 9,
    changed: [],
    publishedAt: expect.stringMatching(/^\d{4}-/),
  })
  expect(enough).toMatchObject({ shows: 'all', ballots: 10, count: { votes: [{ id: 'b1', votes: 10 }] } })
})

test('a cycle is not counted while it is voted in', async () => {
  const cycle = await smallCycle(app, 'open-still', [[1_000_000]])
  await openVoting(app, cycle.id)
  expect(kindOf(await countCycle(app, cycle.id, 'command'))).toBe('not-counting')
})

describe('a ballot that is not as it was recorded is named, and nothing is stored', () => {
  /** Changes the stored ballots behind the back of the rules that forbid it, as whoever owns the disk could. */
  async function tampered(slug: string, change: (id: number, receipts: string[]) => Promise<unknown>) {
    const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000]])
    await openVoting(app, cycle.id)
    const people = await voters(app, cycle.id, cycle.villages[0] as number, 3)
    const receipts: string[] = []
    for (const [at, person] of people.entries())
      receipts.push(must(await vote(app, cycle.id, person, [at === 0 ? 'a1' : 'a2'])).number)
    await close(cycle.id)
    await numberLeaves(app)
    await change(cycle.id, receipts)
    const answer = await countCycle(app, cycle.id, 'command')
    expect(await resultsOf(app.db, cycle.id)).toEqual([])
    return answer.ok ? undefined : answer.problem
  }
  const breakIn = (act: string) => unguarded(app.db, (sql) => sql.unsafe(act))

  test('a box with a flipped bit', async () => {
    const problem = await tampered('flipped', (_, [first]) =>
      breakIn(`update ballot set box = set_byte(box, 60, get_byte(box, 60) # 1) where receipt = '${first}'`),
    )
    expect(problem).toEqual({ kind: 'log', faults: [{ kind: 'ballot-box', seq: expect.any(Number) }] })
  })

  test('two boxes that changed places', async () => {
    const problem = await tampered('swapped', (id, [first, second]) =>
      breakIn(`update ballot b set box = x.box from ballot x where b.cycle = ${id} and x.cycle = ${id} and
        (b.receipt, x.receipt) in (('${first}', '${second}'), ('${second}', '${first}'))`),
    )
    const faults = [1, 2].map(() => ({ kind: 'ballot-box', seq: expect.any(Number) }))
    expect(problem).toEqual({ kind: 'log', faults })
  })

  test('a leaf that says something else than its hash', async () => {
    const problem = await tampered('body', (_, [first]) =>
      breakIn(`update leaf set body = convert_to(replace(convert_from(body, 'UTF8'), 'online', 'paper'), 'UTF8')
        from ballot b where b.leaf = leaf.id and b.receipt = '${first}'`),
    )
    expect(problem).toMatchObject({
      kind: 'log',
      faults: [{ kind: 'leaf-hash' }, { kind: 'leaf-mac' }, { kind: 'ballot-channel' }],
    })
  })

  test('a leaf hash that is not the one that was signed', async () => {
    const problem = await tampered('log', (_, [first]) =>
      breakIn(
        `update leaf set hash = sha256(hash) from ballot b where b.leaf = leaf.id and b.receipt = '${first}'`,
      ),
    )
    const kinds = problem?.kind === 'log' ? problem.faults.map(({ kind }) => kind) : []
    expect(new Set(kinds)).toEqual(
      new Set(['root', 'tile', 'leaf-hash', 'ballot-receipt', 'ballot-right', 'forked']),
    )
  })
})

test('of a village where one person voted nobody finds the ballot by trying every outcome against the log', async () => {
  const cycle = await smallCycle(app, 'alone', [[1_000_000, 2_000_000, 3_000_000]])
  const village = String(cycle.villages[0])
  await openVoting(app, cycle.id)
  const [person] = await voters(app, cycle.id, Number(village), 1)
  must(await vote(app, cycle.id, person as NonNullable<typeof person>, ['a2']))
  await close(cycle.id)
  await numberLeaves(app)
  const [made] = must(await countCycle(app, cycle.id, 'command'))
  const [leaf] = await app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where log = ${cycle.id} and kind = 'counted'`
  const said = must(decodeEvent(leaf?.body as Uint8Array))
  if (said.kind !== 'counted') throw new Error('not a count')
  // All else is public or easily guessed: the outcome of each possible ballot, with the very steps of the count.
  const outcomes = ['a1', 'a2', 'a3'].map(
    (id) => JSON.parse(JSON.stringify(made?.count).replaceAll('"a2"', `"${id}"`)) as unknown,
  )
  const pot = { village, pot: 'general' } as const
  const fingerprints = (salt: string) => outcomes.map((one) => resultHash('alone', pot, 1, one, salt))
  expect(fingerprints('')).not.toContain(said.result)
  const salt = resultSalt(app.secrets.leafKey, `${app.origin}/alone`, pot)
  expect(fingerprints(salt).indexOf(said.result)).toBe(1)
  // The salt is nowhere in the database, and another one in each village.
  expect(resultSalt(app.secrets.leafKey, `${app.origin}/alone`, { ...pot, village: '1' })).not.toBe(salt)
  const [row] = await app.db.sql<{ all: string }[]>`
    select coalesce(string_agg(r::text, ''), '') || (select string_agg(convert_from(body, 'UTF8'), '') from leaf) as all from result r`
  expect(row?.all).not.toContain(salt)
})
