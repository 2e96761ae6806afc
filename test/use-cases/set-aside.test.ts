// What nobody can open, or the program did not write, blocks no village for ever: two officials set it aside, and the log says so.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeEvent } from '../../src/core/audit/event.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { toHex } from '../../src/core/bytes.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { proposeBallotAside } from '../../src/use-cases/set-ballot-aside.ts'
import { proposeLeafAside } from '../../src/use-cases/set-leaf-aside.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'

const [FIRST, SECOND, STRANGER] = [11, 22, 33]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('set-aside')
  desk = await clerk(app)
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

/** Seals so that nobody ever opens it: what a fault of the program, or of a memory, would do. */
const broken = (): TestApp => {
  const sodium = Object.create(app.sodium) as TestApp['sodium']
  Object.assign(sodium, {
    crypto_box_seal: (content: Uint8Array, key: Uint8Array) =>
      app.sodium.crypto_box_seal(content, key).map((byte) => byte ^ 1),
  })
  return { ...app, sodium }
}

test('a ballot that cannot be opened stops the count until two officials set it aside; one that opens stays', async () => {
  const cycle = await smallCycle(app, 'unreadable', [[1_000_000, 2_000_000]])
  await openVoting(app, cycle.id)
  const [ann, ben, eve] = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  if (!ann || !ben || !eve) throw new Error('nobody votes')
  const sound = must(await vote(app, cycle.id, ann, ['a1']))
  const before = must(await vote(broken(), cycle.id, ben, ['a2']))
  must(await vote(app, cycle.id, ben, ['a2']))
  const bad = must(await vote(broken(), cycle.id, eve, ['a2']))
  expect(kindOf(await proposeBallotAside(app, cycle.id, bad.number, FIRST))).toBe('not-counting')
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  expect(await countCycle(app, cycle.id, 'command')).toEqual({
    ok: false,
    problem: { kind: 'ballots', faults: [{ receipt: bad.number, fault: 'not-openable' }] },
  })

  expect(kindOf(await proposeBallotAside(app, cycle.id, sound.number, FIRST))).toBe('opens')
  expect(kindOf(await proposeBallotAside(app, cycle.id, before.number, FIRST))).toBe('not-counted')
  expect(kindOf(await proposeBallotAside(app, cycle.id, '1'.repeat(14), FIRST))).toBe('no-such-receipt')
  expect(kindOf(await proposeBallotAside(app, cycle.id, bad.number, STRANGER))).toBe('not-allowed')
  expect((await desk.types(`ballot set-aside ${sound.number} --cycle unreadable --as 11`)).refused).toBe(
    'This ballot can be opened: nobody sets aside a vote that counts.',
  )
  const told = await desk.types(`ballot set-aside ${bad.number} --cycle unreadable --as 11`)
  expect(told.lines.slice(0, 2)).toEqual([
    'Proposed: nothing is done yet.',
    'The bot asks these accounts in their own chat, and one of them must confirm: 22.',
  ])
  const { id } = must(await proposeBallotAside(app, cycle.id, bad.number, FIRST))
  expect(kindOf(await countCycle(app, cycle.id, 'command'))).toBe('ballots')
  expect(kindOf(await confirmAct(app, id, FIRST))).toBe('same-person')
  must(await confirmAct(app, id, SECOND))
  expect(kindOf(await proposeBallotAside(app, cycle.id, bad.number, FIRST))).toBe('set-aside-before')
  await numberLeaves(app)
  const [village] = must(await countCycle(app, cycle.id, 'command'))
  expect(village).toMatchObject({
    ballots: 2,
    tally: { cast: 4, counted: 2, superseded: 1, void: 0, set_aside: 1 },
  })
})

test('a leaf that somebody wrote by hand stops the log until two officials set it aside; one of the program stays', async () => {
  const cycle = await smallCycle(app, 'by-hand', [[1_000_000]])
  await numberLeaves(app)
  const body = encodeEvent({
    kind: 'exported',
    at: '2026-03-05T13:00:00Z',
    cycle: 'by-hand',
    what: 'x',
    by: 'command',
  })
  const leaf = toHex(leafHash(body))
  await asOwner(
    app.db,
    (sql) => sql`insert into leaf (log, kind, body, hash, mac)
      values (${cycle.id}, 'exported', ${body}, ${leafHash(body)}, ${new Uint8Array(32)})`,
  )
  const stopped = async () => (await numberLeaves(app)).stopped.filter(({ log }) => log === cycle.id)
  expect(await stopped()).toEqual([{ log: cycle.id, fault: { kind: 'leaf-mac', leaf } }])

  must(await movePhase(app, cycle.id, { by: 'command' }))
  const [own] = await app.db.sql<{ hash: string }[]>`
    select encode(hash, 'hex') as hash from leaf where log = ${cycle.id} and kind = 'phase'`
  expect(kindOf(await proposeLeafAside(app, cycle.id, own?.hash ?? '', FIRST))).toBe('leaf-holds')
  expect(kindOf(await proposeLeafAside(app, 0, leaf, FIRST))).toBe('no-such-leaf')
  expect((await desk.types(`log set-aside ${leaf.slice(1)} --log ${cycle.id} --as 11`)).refused).toContain(
    '64 characters',
  )
  expect((await desk.types(`log set-aside ${leaf} --log ${cycle.id} --as 11`)).refused).toBeUndefined()
  const { id } = must(await proposeLeafAside(app, cycle.id, leaf, FIRST))
  expect(await stopped()).toHaveLength(1)
  const ends = await Promise.all([confirmAct(app, id, SECOND), confirmAct(app, id, SECOND)])
  expect(ends.map(kindOf).sort()).toEqual(['done', 'ok'])
  expect(await stopped()).toEqual([])
  const [kept] = await app.db.sql<{ numbered: boolean; waiting: number }[]>`
    select exists (select 1 from entry e join leaf l on l.id = e.leaf where l.hash = decode(${leaf}, 'hex')) as numbered,
      (select count(*)::int from leaf l where l.log = ${cycle.id} and not exists (select 1 from entry e where e.leaf = l.id)) as waiting`
  expect(kept).toEqual({ numbered: false, waiting: 1 })
})
