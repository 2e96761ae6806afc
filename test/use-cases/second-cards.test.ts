// Second cards for rows that have one: asked for, told to the second official, and never more of them than both agreed on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type Imported, importRoll } from '../../src/use-cases/import-roll.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, smallCycle } from '../support/cycle.ts'
import { sealedRoll } from '../support/roll.ts'

const [FIRST, SECOND] = [11, 22]
let app: TestApp
beforeAll(async () => {
  app = await testApp('second-cards')
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(() => app.done())

const waiting = (imported: Imported): string => imported.proposed?.id ?? 'nothing waits'

test('a file that was proposed while nobody had a card brings no second ones that nobody agreed on', async () => {
  const cycle = await smallCycle(app, 'second-cards', [[1_000_000]], { profile: 'binding' })
  const village = cycle.villages[0] as number
  const cards = async () => (await app.db.sql`select 1 from card where cycle = ${cycle.id}`).length
  const early = sealedRoll(app, cycle.slug, village, [1, 2, 3], 100)
  const first = sealedRoll(app, cycle.slug, village, [1, 2])
  const waits = waiting(must(await importRoll(app, cycle.id, early, FIRST)))
  must(await confirmAct(app, waiting(must(await importRoll(app, cycle.id, first, FIRST))), SECOND))
  expect(await confirmAct(app, waits, SECOND)).toEqual({
    ok: false,
    problem: { kind: 'cannot', why: 'second-cards' },
  })
  expect(await cards()).toBe(2)
  expect(await importRoll(app, cycle.id, early, FIRST)).toEqual({
    ok: false,
    problem: { kind: 'second-cards', having: 2, again: 2 },
  })
  const wanted = must(await importRoll(app, cycle.id, early, FIRST, { secondCards: true }))
  expect(wanted.second).toEqual({ having: 2, again: 2 })
  expect(wanted.proposed?.act).toMatchObject({ second: { having: 2, again: 2 } })
  must(await confirmAct(app, waiting(wanted), SECOND))
  expect(await cards()).toBe(5)
})

test('two files for one row in one moment, by one official: one of them is asked for', async () => {
  const cycle = await smallCycle(app, 'second-at-once', [[1_000_000]])
  const files = [0, 10, 20, 30].map((higher) =>
    sealedRoll(app, cycle.slug, cycle.villages[0] as number, [1], higher),
  )
  const done = await Promise.all(files.map((file) => importRoll(app, cycle.id, file, 'command')))
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  for (const one of done)
    if (!one.ok) expect(one.problem).toEqual({ kind: 'second-cards', having: 1, again: 1 })
})

test('cards whose numbers others have are refused before a second official is asked', async () => {
  const cycle = await smallCycle(app, 'numbered-anew', [[1_000_000]], { profile: 'binding' })
  const village = cycle.villages[0] as number
  const first = sealedRoll(app, cycle.slug, village, [1, 2])
  must(await confirmAct(app, waiting(must(await importRoll(app, cycle.id, first, FIRST))), SECOND))
  const again = sealedRoll(app, cycle.slug, village, [2])
  expect(await importRoll(app, cycle.id, again, FIRST, { secondCards: true })).toEqual({
    ok: false,
    problem: { kind: 'serials-taken', cards: 1 },
  })
})
