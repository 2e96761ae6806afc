// Pots in the count: one too small for anything has no winner; a stored ballot with a section of another list stops the whole count.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { day, editProject, letClose, must, newVillage, openVoting, vote, voters } from '../support/cycle.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('pots')
})
afterAll(() => app.done())

const POTS = [
  { pot: 'people', name: { kk: 'Адамдар', ru: 'Люди' }, budget: 10 },
  { pot: 'roads', name: { kk: 'Жолдар', ru: 'Дороги' }, budget: 5_000 },
]

/** Two villages with two pots each; projects `a1` (people), `a2` (roads) in the first, `b1`, `b2` in the second. */
async function twoPots(slug: string) {
  const villages = [await newVillage(app, `${slug} 1`), await newVillage(app, `${slug} 2`)]
  const id = must(
    await createCycle(
      app,
      {
        slug,
        title: everywhere(slug),
        profile: 'advisory',
        timeline: { announced: day(-2), voting: day(-1), counting: day(13), results: day(14) },
        territories: villages.map((territory) => ({ territory, pots: POTS })),
        projects: villages.flatMap((territory, at) =>
          ['people', 'roads'].map((pot, n) => ({
            id: `${'ab'[at]}${n + 1}`,
            territory,
            pot,
            title: everywhere(pot),
            category: 'other',
            cost: 1_000,
            ...(n === 0 && { marks: { marks: ['inclusion' as const], sdgs: [10] } }),
          })),
        ),
      },
      'command',
    ),
  )
  await openVoting(app, id)
  return { id, village: villages[0] as number, other: villages[1] as number }
}

async function count(id: number) {
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
  await numberLeaves(app)
  return countCycle(app, id, 'command')
}

test('a pot that is too small for each of its projects counts to no winner, and the other one to its own', async () => {
  const { id, village } = await twoPots('small')
  const people = await voters(app, id, village, 3)
  for (const one of people) must(await vote(app, id, one, ['a1', 'a2']))
  const counts = must(await count(id)).filter(({ territory }) => territory === village)
  expect(counts.map(({ pot, count: { winners, left } }) => [pot, winners, left])).toEqual([
    ['people', [], 10],
    ['roads', ['a2'], 4_000],
  ])
})

test.each([
  ['another pot', 'a2', () => `pot = 'people'`, () => `pot = 'roads'`],
  [
    'another village',
    'b2',
    (own: number) => `territory = ${own}, number = 9`,
    (_: number, other: number) => `territory = ${other}, number = 2`,
  ],
] as const)(
  'a stored ballot whose section names a project of %s stops the count',
  async (what, project, moved, back) => {
    const { id, village, other } = await twoPots(what.replace(' ', '-'))
    const [misled, honest] = await voters(app, id, village, 2)
    if (!honest || !misled) throw new Error('nobody')
    // The program is misled while it casts, so that box, leaf and receipt fit each other.
    await editProject(app.db, project, moved(village), id)
    const { number } = must(await vote(app, id, misled, [project]))
    await editProject(app.db, project, back(village, other), id)
    app.frozen.clear()
    must(await vote(app, id, honest, ['a1', 'a2']))
    expect(await count(id)).toMatchObject({
      problem: { kind: 'ballots', faults: [{ receipt: number, fault: 'choices' }] },
    })
  },
)
