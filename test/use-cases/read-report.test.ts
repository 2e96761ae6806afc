// The figures of a report: links by their poster, announcements, milestones that were in time, and no small number, not even by subtraction.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readReport } from '../../src/use-cases/read-report.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, opened, type SmallCycle, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
let cycle: SmallCycle
let [first, second] = [0, 0]
beforeAll(async () => {
  app = await testApp('report')
  cycle = await smallCycle(app, 'kuz', [[100], [100]])
  ;[first = 0, second = 0] = cycle.villages
})
afterAll(() => app.done())

let last = 5000
/** So many people who chose this village, and the link that brought them. */
const come = (territory: number, people: number, source: string | null) =>
  unguarded(app.db, async (sql) => {
    for (let n = 0; n < people; n++)
      await sql`insert into account (id, home_cycle, home_territory, source) values (${++last}, ${cycle.id}, ${territory}, ${source})`
  })
const people = async () => {
  const { villages, people: sums } = must(await readReport(app, cycle.id, 'command'))
  const of = (territory: number) => villages.find((one) => one.territory === territory)?.people
  return { first: of(first), second: of(second), sums }
}

test('who came by a link is told apart from who came by the poster of the own village', async () => {
  await come(first, 30, `v_${first}`)
  await come(first, 15, `v_${second}`)
  await come(first, 20, null)
  await come(second, 25, `v_${second}`)
  await come(second, 40, null)
  const { first: one, second: two, sums } = await people()
  expect(one).toMatchObject({ started: 65, byLink: 45, byPoster: 30 })
  expect(two).toMatchObject({ started: 65, byLink: 25, byPoster: 25 })
  expect(sums).toMatchObject({ started: 130, byLink: 70, byPoster: 55 })
})

test('where a figure beside its whole would tell a few, it is left out, and with it what its column would tell', async () => {
  // Now 25 of 28 came by the own poster: three by another one.
  await come(second, 3, `v_${first}`)
  const { first: one, second: two, sums } = await people()
  expect(two).toMatchObject({ started: 68, byLink: 28, byPoster: null })
  // Alone it would follow from the sum and the other village.
  expect(one?.byPoster).toBeNull()
  expect(sums).toMatchObject({ byLink: 73, byPoster: 55 })
})

test('announcements that were sent stand there oldest first, with what was read of them', async () => {
  await unguarded(app.db, async (sql) => {
    for (const [who, started, figures] of [
      ['verified', '2026-03-05T13:00:00Z', { sent: 200, pressed: 195 }],
      ['all', '2026-03-01T13:00:00Z', { sent: 300, pressed: 40 }],
      ['followers', null, null],
      ['authors', '2026-03-06T13:00:00Z', { sent: 12, pressed: 3 }],
    ] as const)
      await sql`insert into announcement (cycle, audience, state, started_at, figures)
        values (${cycle.id}, ${JSON.stringify({ who })}::text::jsonb, ${started === null ? 'draft' : 'done'}, ${started},
          ${figures === null ? null : JSON.stringify(figures)}::text::jsonb)`
  })
  const { announcements } = must(await readReport(app, cycle.id, 'command'))
  expect(announcements.map(({ who, sent, pressed }) => [who, sent, pressed])).toEqual([
    ['all', 300, 40],
    ['verified', 200, null],
    ['authors', 12, null],
  ])
})

test('the step at which people stopped is told for all villages, and not where it would tell a few', async () => {
  const steps = await smallCycle(app, 'qadam', [[100]])
  const [territory = 0] = steps.villages
  const people = await voters(app, steps.id, territory, 45)
  await openVoting(app, steps.id)
  const upTo = (from: number, to: number) => people.slice(from, to)
  for (const voter of upTo(0, 15)) must(await vote(app, steps.id, voter, ['a1']))
  for (const voter of upTo(15, 27)) await opened(app, steps.id, voter)
  await unguarded(app.db, async (sql) => {
    for (const { account } of people)
      await sql`insert into account (id, locale, home_cycle, home_territory) values (${account}, 'kk', ${steps.id}, ${territory})
        on conflict (id) do update set home_cycle = ${steps.id}, home_territory = ${territory}`
    for (let n = 0; n < 11; n++)
      await sql`insert into account (id, locale, home_cycle, home_territory) values (${++last}, 'kk', ${steps.id}, ${territory})`
    for (let n = 0; n < 14; n++) await sql`insert into account (id, locale) values (${++last}, 'ru')`
    await sql`insert into account (id) values (${++last})`
  })
  const read = async () => must(await readReport(app, steps.id, 'command'))
  expect((await read()).stops).toEqual({ noVillage: 14, unverified: 11, unopened: 18, unsent: 12 })
  expect((await read()).people).toMatchObject({
    started: 56,
    verified: 45,
    opened: 27,
    voted: 15,
    online: 15,
  })
  // Three fewer: nine are left who opened a ballot and sent none.
  for (const voter of upTo(15, 18)) must(await vote(app, steps.id, voter, ['a1']))
  const { stops, villages } = await read()
  expect(stops).toMatchObject({ unopened: 18, unsent: null })
  expect(villages[0]?.people).toMatchObject({ opened: 27, voted: null })
})
