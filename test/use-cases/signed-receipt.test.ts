// The receipt is signed for the cast, at its time, and never again; a ballot is bound to its right.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowBond } from '../../src/core/audit/mac.ts'
import { receiptStatement } from '../../src/core/audit/receipt.ts'
import { toHex } from '../../src/core/bytes.ts'
import { verify } from '../../src/sealing/sign.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, opened, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('signed-receipt')
})
afterAll(() => app.done())

async function begun(slug: string, count: number) {
  const cycle = await smallCycle(app, slug, [[1000]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, count)
  return { cycle, people: people as [(typeof people)[0], (typeof people)[0]] }
}
interface Stored {
  hash: Uint8Array
  bond: Uint8Array
  signedAt: string
  signature: Uint8Array
  right: number
  apart: number
}
const stored = async (cycle: number): Promise<Stored[]> => app.db.sql<Stored[]>`
  select l.hash, b.bond, b.signed_at as "signedAt", b.signature, b.roll_row as right,
    abs(extract(epoch from b.at - b.signed_at))::float as apart
  from ballot b join leaf l on l.id = b.leaf where b.cycle = ${cycle} order by b.leaf`

function expectSigned(slug: string, at: string, { hash, signature }: Stored) {
  const statement = receiptStatement({ cycle: slug, leaf: hash, at })
  expect(verify(app.sodium, statement, signature, app.secrets.logKeys.publicKey)).toBe(true)
}

test('a receipt is signed before the call and stands with the ballot; a repeat hands out the same one', async () => {
  const { cycle, people } = await begun('signed', 1)
  const ballot = await opened(app, cycle.id, people[0])
  const first = must(await castBallot(app, { ...ballot, cycle: cycle.id, marks: ['a1'] }))
  const [row] = await stored(cycle.id)
  if (!row) throw new Error('nothing is stored')
  expect(first.at).toMatch(/\.\d{3}Z$/)
  expect(new Date(row.signedAt).toISOString()).toBe(first.at)
  expectSigned('signed', first.at, row)
  const bond = rowBond(app.secrets.leafKey, 'dauys.example/signed', {
    kind: 'ballot',
    leaf: toHex(row.hash),
    right: people[0].rollRow,
  })
  expect(toHex(row.bond)).toBe(toHex(bond))
  const again = must(await castBallot(app, { ...ballot, cycle: cycle.id, marks: undefined }))
  expect([again.number, again.at, again.repeat]).toEqual([first.number, first.at, true])
  expect(await stored(cycle.id)).toEqual([row])
})

test('a ballot is not cast for another right than the one it was opened for', async () => {
  const { cycle, people } = await begun('rights', 2)
  const [one, other] = people
  const ballot = await opened(app, cycle.id, one)
  const cast = { ...ballot, rollRow: other.rollRow, cycle: cycle.id, marks: ['a1'] }
  expect(kindOf(await castBallot(app, cast))).toBe('not-verified')
  expect(await stored(cycle.id)).toEqual([])
})

test.each([-3_600_000, -61_500, 61_500, 3_600_000])(
  'a program whose clock is %s ms off signs with the time of the database',
  async (off) => {
    const slug = `skew${off}`.replace('-', '-minus-')
    const { cycle, people } = await begun(slug, 1)
    app.setClock(new Date(Date.now() + off))
    const cast = must(await vote(app, cycle.id, people[0], ['a1']))
    app.setClock(undefined)
    const [row] = await stored(cycle.id)
    if (!row) throw new Error('nothing is stored')
    expectSigned(slug, cast.at, row)
    expect(row.apart).toBeLessThan(60)
    expect(Math.abs(Date.parse(cast.at) - Date.now())).toBeLessThan(60_000)
  },
)

test('seconds that the clocks are apart do no harm: the receipt has the time at which it was signed', async () => {
  const { cycle, people } = await begun('near', 1)
  const clock = new Date(Date.now() - 30_000)
  app.setClock(clock)
  const cast = must(await vote(app, cycle.id, people[0], ['a1']))
  app.setClock(undefined)
  expect(cast.at).toBe(clock.toISOString())
})
