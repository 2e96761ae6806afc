// The demo: open for voting in one step, with cards in hand, and again as often as one likes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { createDemo, extendDemo } from '../../src/use-cases/create-demo.ts'
import type { DemoCard } from '../../src/use-cases/print-demo-cards.ts'
import { listPlaces } from '../../src/use-cases/list-places.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { demoProjects, seededBytes, type TestApp, testApp, withClassifier } from '../support/app.ts'

let app: TestApp
const chance = seededBytes('demo cards')
const DAY = 86_400_000

beforeAll(async () => {
  app = await testApp('demo')
  await withClassifier(app)
})
afterAll(() => app.done())

const claim = async (account: number, card: DemoCard) => {
  const [place] = await listPlaces(app)
  if (!place) throw new Error('no place')
  return verifyAccount(app, account, { id: place.cycle.id, method: 'card' }, card.code)
}

test('a newcomer can vote in the demo as soon as it is made, in three villages and one without projects', async () => {
  const cards = await createDemo(app, await demoProjects(), chance)
  const places = await listPlaces(app)
  const seen = places.map(({ name, kind, projects, budget }) => [name.ru, kind, projects, budget])
  expect(seen).toHaveLength(4)
  expect(seen).toEqual(
    expect.arrayContaining([
      ['Баршатас', 'village', 9, 15_000_000],
      ['Бестерек', 'village', 0, 15_000_000],
      ['Маканчи', 'village', 4, 15_000_000],
      ['Улытау', 'village', 2, 15_000_000],
    ]),
  )
  for (const { cycle } of places)
    expect([cycle.phase, cycle.trial, cycle.profile]).toEqual(['voting', true, 'advisory'])
  expect(cards).toHaveLength(4 * 30)
  expect(new Set(cards.map(({ code }) => code)).size).toBe(120)
  const [card] = cards.filter(({ name }) => name.ru === 'Улытау')
  expect(card?.within.map(({ en }) => en)).toEqual(['Ulytau rural okrug', 'Ulytau district'])
  const claimed = await claim(1, card as DemoCard)
  if (!claimed.ok) throw new Error(claimed.problem.kind)
  const { rollRow, territory } = claimed.value
  const cycle = places[0]?.cycle.id as number
  const opened = await openBallot(app, 1, cycle, rollRow)
  if (!opened.ok) throw new Error(opened.problem.kind)
  const marks = ['p14']
  const sent = { ballot: opened.value.ballot, account: 1, cycle, territory, rollRow }
  const cast = await castBallot(app, { ...sent, marks })
  expect(cast.ok && cast.value.number).toMatch(/^\d{14}$/)
})

test('neighbours have voted when it opens: with one vote more its end shows votes, steps and reasons', async () => {
  const rows = await app.db.sql<{ name: string; ballots: number; unshown: number }[]>`
    select t.name ->> 'ru' as name, count(b.box)::int as ballots, count(*) filter (where o.shown_at is null)::int as unshown
    from ballot b join roll_row r on r.id = b.roll_row join territory t on t.id = r.territory
    join opened_ballot o on o.id = b.opened_ballot where o.account > 8000000000000 group by 1 order by 1`
  expect(rows.map(({ name, ballots }) => [name, ballots])).toEqual([
    ['Баршатас', 25],
    ['Маканчи', 25],
    ['Улытау', 25],
  ])
  // Nobody is behind these accounts: no message waits for one.
  expect(rows.every(({ unshown }) => unshown === 0)).toBe(true)
  expect(await app.db.sql`select from delivery where account > 8000000000000`).toHaveLength(0)
})

test('made again it prints new cards, and the unused old ones are dead; who is in stays in', async () => {
  const [before] = await listPlaces(app)
  const first = await createDemo(app, await demoProjects(), chance)
  const [after] = await listPlaces(app)
  expect(after?.cycle.id).toBe(before?.cycle.id)
  expect(first).toHaveLength(119)
  const second = await createDemo(app, await demoProjects(), chance)
  expect(await claim(2, first[0] as DemoCard)).toEqual({ ok: false, problem: { kind: 'wrong' } })
  expect((await claim(2, second[0] as DemoCard)).ok).toBe(true)
})

test('a start with days enough left changes nothing; one with less gives 14 days from then', async () => {
  expect(await extendDemo(app, await demoProjects(), chance)).toEqual({ did: 'nothing' })
  const [place] = await listPlaces(app)
  const soon = new Date(Date.now() + 2 * DAY).toISOString()
  await app.db
    .sql`update phase_start set starts_at = ${soon} where cycle = ${place?.cycle.id as number} and phase = 'counting'`
  expect(await extendDemo(app, await demoProjects(), chance)).toEqual({ did: 'extended' })
  const [later] = await listPlaces(app)
  expect(Date.parse(later?.cycle.timeline.counting ?? '') / DAY).toBeCloseTo(Date.now() / DAY + 14, 1)
})

test('when the demo is over, a start makes another one, and newcomers see that one', async () => {
  const [old] = await listPlaces(app)
  expect((await movePhase(app, old?.cycle.id as number, { by: 'command' })).ok).toBe(true)
  const state = await extendDemo(app, await demoProjects(), chance)
  expect(state.did === 'made' && state.cards.length).toBe(120)
  expect(new Set((await listPlaces(app)).map(({ cycle }) => cycle.slug))).toEqual(new Set(['demo-2']))
})
