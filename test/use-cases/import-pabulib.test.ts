// A real election as a trial: its list, its money and its rule, voted on anew and counted.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readElectionFile } from '../../src/cli/pabulib-lines.ts'
import { territoriesOf } from '../../src/store/places.ts'
import { projectsOf } from '../../src/store/projects.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { importPabulib } from '../../src/use-cases/import-pabulib.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, vote, voters } from '../support/cycle.ts'
import { read, village } from '../support/village-file.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('pabulib')
})
afterAll(() => app.done())

async function election(name: string) {
  const path = fileURLToPath(new URL(`../data/pabulib/${name}`, import.meta.url))
  return { name: name.replace(/\.gz$/, ''), file: await readElectionFile(path) }
}

test('Stara Ochota is open for voting with its 24 projects, and a few votes make a result by its rule', async () => {
  const id = must(await importPabulib(app, await election('Poland_Warszawa_2026_Stara_Ochota_Filtry.pb')))
  const [place] = await territoriesOf(app.db, id)
  if (!place) throw new Error('no place')
  expect(place).toMatchObject({
    name: { kk: 'Warszawa, Stara Ochota, Filtry' },
    budget: 1_088_407,
    cycle: {
      slug: 'poland-warszawa-2026-stara-ochota-filtry',
      phase: 'voting',
      trial: true,
      currency: 'PLN',
    },
  })
  expect(place.cycle.ballotTerms).toEqual({ kind: 'approval', min: 1, max: 5 })
  expect(place.cycle.ruleTerms).toEqual({ rule: 'greedy', skip: true, minVotes: 30, ties: ['rows'] })
  const projects = await projectsOf(app.db, id, place.territory)
  expect(projects).toHaveLength(24)
  expect(projects[0]).toMatchObject({
    id: '930',
    number: 1,
    cost: 200_000,
    category: 'public transit and roads',
  })
  const people = await voters(app, id, place.territory, 31)
  // 1196 costs 435,000: 31 votes. 986 (290,000) and 930 (200,000): 30 each, a tie that the order of rows would break. 76: 29.
  for (const [at, person] of people.entries()) {
    const marks = ['1196', ...(at < 30 ? ['986', '930'] : []), ...(at < 29 ? ['76'] : [])]
    must(await vote(app, id, person, marks))
  }
  must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
  const [result] = must(await countCycle(app, id, 'command'))
  expect(result?.count.winners).toEqual(['1196', '930', '986'])
  expect([result?.ballots, result?.count.spent]).toEqual([31, 925_000])
  expect(result?.count.steps.find((step) => 'id' in step && step.id === '76')).toEqual({
    kind: 'below-threshold',
    id: '76',
    votes: 29,
    needed: 30,
  })
})

test('a project that was withdrawn stays on the list and cannot win; the same file again is told', async () => {
  const gdynia = await election('Poland_Gdynia_2020_Grabowek__large.pb')
  const id = must(await importPabulib(app, gdynia))
  const [place] = await territoriesOf(app.db, id)
  const projects = await projectsOf(app.db, id, place?.territory ?? 0)
  const withdrawn = projects.filter((project) => project.withdrawn)
  expect(withdrawn.map(({ cost }) => cost)).toEqual(withdrawn.map(() => 999_999_999))
  expect(withdrawn.length).toBeGreaterThan(0)
  expect(projects.length).toBe(gdynia.file.projects.length)
  expect(kindOf(await importPabulib(app, gdynia))).toBe('slug-taken')
  expect(kindOf(await importPabulib(app, { ...gdynia, slug: 'gdynia-again' }))).toBe('ok')
})

test.each([
  ['Netherlands_Amsterdam_179.pb', { kind: 'rule-limit', key: 'budget_per_category' }],
  ['Switzerland_Zurich_S5R.pb', { kind: 'rule-not-supported', rule: 'unknown' }],
  [
    'Poland_Poznan_2023_11_-_Fabianowo-Kotowo_Gorczyn_Junikowo_Kwiatowe_Lawica.pb',
    { kind: 'rule-not-supported', rule: 'greedy-custom' },
  ],
])('%s is refused by the name of what is not done here', async (name, problem) => {
  expect(await importPabulib(app, await election(name))).toEqual({ ok: false, problem })
})

test.each([
  ['Poland_Krakow_2020.pb', { kind: 'ranking', min: 3, max: 3 }, ['A', 'B', 'C'], { votes: 1, score: 3 }],
  [
    'France_Toulouse_2019.pb',
    { kind: 'points', min: 1, max: 30, least: 1, most: 3, minSum: 0, maxSum: 7, unlisted: 0 },
    ['A=3', 'B=1'],
    { votes: 1, score: 3 },
  ],
  ['Netherlands_Assen_2024.pb', { kind: 'approval', min: 2, max: 14 }, ['A', 'B'], { votes: 1, score: 1 }],
])('%s is voted on with its own ballot and counted by its own rule', async (name, terms, marks, first) => {
  const { file, ...named } = await election(name)
  const id = must(await importPabulib(app, { ...named, file }))
  const [place] = await territoriesOf(app.db, id)
  expect(place?.cycle.ballotTerms).toEqual(terms)
  const [a, b, c] = file.projects.map((project) => project.id)
  const named3 = { A: a, B: b, C: c }
  const filled = marks.map((mark) => mark.replace(/[ABC]/, (letter) => named3[letter as 'A'] ?? ''))
  const [voter] = await voters(app, id, place?.territory ?? 0, 1)
  must(await vote(app, id, voter as NonNullable<typeof voter>, filled))
  must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
  const [result] = must(await countCycle(app, id, 'command'))
  expect(result?.count.votes[0]).toEqual({ id: a, ...first })
})

test('what can be run, can be run: ids, currencies and decimal costs of other cities', async () => {
  for (const name of [
    'Poland_Wroclaw_2017.pb.gz',
    'France_Toulouse_2022_11_-_Bonhoure_Guilhemery_Chateau_de_lHers_Limayrac_Cote_Pavee.pb',
    'Poland_Warszawa_2025_Wawer.pb',
  ])
    expect([name, kindOf(await importPabulib(app, await election(name)))]).toEqual([name, 'ok'])
})

test('a file with fractions of a unit is no trial: sums would be shown that it does not have', async () => {
  const text = village({ 9: 'budget;999.99', 16: 'c1;333.33;Well' })
  expect(kindOf(await importPabulib(app, { name: 'hundredths.pb', file: read(text) }))).toBe('fractions')
})
