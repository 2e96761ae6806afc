// A leaf that the program did not write is never signed, whoever owns the database: its log stops there, and the others go on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeEvent, type Event } from '../../src/core/audit/event.ts'
import { leafMac } from '../../src/core/audit/mac.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { toHex } from '../../src/core/bytes.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('leaf-mac')
})
afterAll(() => app.done())

const exported = (cycle: string, what: string): Event => ({
  kind: 'exported',
  at: '2026-03-05T13:00:00Z',
  cycle,
  what,
  by: 'command',
})
const act = (log: number, event: Event) => app.db.begin((tx) => appendLeaf(app, tx, log, event))

/** The owner of the tables writes a leaf by hand. Returns its hash, hex. */
async function byHand(
  log: number,
  event: Event,
  mac: Uint8Array,
  body = encodeEvent(event),
): Promise<string> {
  const hash = leafHash(encodeEvent(event))
  await asOwner(
    app.db,
    (sql) =>
      sql`insert into leaf (log, kind, body, hash, mac) values (${log}, ${event.kind}, ${body}, ${hash}, ${mac})`,
  )
  return toHex(hash)
}
const numbered = async (log: number) => {
  const rows = await app.db.sql<{ hash: Uint8Array }[]>`
    select l.hash from entry e join leaf l on l.id = e.leaf where e.log = ${log} order by e.seq`
  return rows.map(({ hash }) => toHex(hash))
}
const stoppedAt = async (log: number) =>
  (await numberLeaves(app)).stopped.flatMap((one) => (one.log === log ? [one.fault] : []))

test.each([
  ['no MAC', () => new Uint8Array(0)],
  ['a MAC under another key', (body: Uint8Array) => leafMac(new Uint8Array(32), 'dauys.example/x', body)],
  ['the MAC of another log', (body: Uint8Array) => leafMac(app.secrets.leafKey, 'dauys.example/y', body)],
])('the owner of the database inserts a leaf with %s: it is never signed', async (what, macOf) => {
  const slug = what.toLowerCase().replaceAll(/[^a-z]+/g, '-')
  const [cycle, other] = [
    await smallCycle(app, slug, [[1000]]),
    await smallCycle(app, `${slug}-beside`, [[1000]]),
  ]
  await openVoting(app, cycle.id)
  await act(cycle.id, exported(slug, 'before'))
  const granted = exported(slug, 'by-hand')
  const bad = await byHand(cycle.id, granted, macOf(encodeEvent(granted)))
  const [person] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  if (!person) throw new Error('nobody votes')
  must(await vote(app, cycle.id, person, ['a1']))
  await act(other.id, exported(`${slug}-beside`, 'after'))

  const fault = { kind: 'leaf-mac', leaf: bad }
  for (let step = 0; step < 3; step++) expect(await stoppedAt(cycle.id)).toEqual([fault])
  const signed = await numbered(cycle.id)
  expect(signed).toContain(toHex(leafHash(encodeEvent(exported(slug, 'before')))))
  expect(signed).not.toContain(bad)
  expect(await numbered(other.id)).toContain(
    toHex(leafHash(encodeEvent(exported(`${slug}-beside`, 'after')))),
  )

  // What the owner writes to set it aside counts for nothing, nor does one official alone.
  const [by, second] = ['a'.repeat(64), 'b'.repeat(64)]
  const aside = (mine: string): Event => ({
    kind: 'leaf-set-aside',
    at: '2026-03-05T14:00:00Z',
    leaf: bad,
    by,
    second: mine,
  })
  await byHand(cycle.id, { ...aside(second), at: '2026-03-05T13:59:00Z' } as Event, new Uint8Array(32))
  await act(cycle.id, aside(by))
  expect(await stoppedAt(cycle.id)).toEqual([fault])
})

test('a leaf whose body is not the one that was hashed stops its log', async () => {
  const cycle = await smallCycle(app, 'body', [[1000]])
  await numberLeaves(app)
  const body = encodeEvent(exported('body', 'other'))
  const bad = await byHand(
    cycle.id,
    exported('body', 'this'),
    leafMac(app.secrets.leafKey, 'dauys.example/body', body),
    body,
  )
  expect(await stoppedAt(cycle.id)).toEqual([{ kind: 'leaf-hash', leaf: bad }])
})

test('two officials set a leaf aside: it gets no number, and its log goes on', async () => {
  const cycle = await smallCycle(app, 'aside', [[1000]])
  const bad = await byHand(cycle.id, exported('aside', 'by-hand'), new Uint8Array(32))
  await act(cycle.id, exported('aside', 'after'))
  expect(await stoppedAt(cycle.id)).toHaveLength(1)
  const [by, second] = ['a'.repeat(64), 'b'.repeat(64)]
  await act(cycle.id, { kind: 'leaf-set-aside', at: '2026-03-05T14:00:00Z', leaf: bad, by, second })
  for (let step = 0; step < 2; step++) expect(await stoppedAt(cycle.id)).toEqual([])
  const signed = await numbered(cycle.id)
  expect(signed).not.toContain(bad)
  expect(signed.slice(-2)[0]).toBe(toHex(leafHash(encodeEvent(exported('aside', 'after')))))
  expect(signed).toHaveLength(3)
})
