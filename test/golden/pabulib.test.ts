// Real elections: what the city announced comes out again, file by file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readElectionFile } from '../../src/cli/pabulib-lines.ts'
import { type Election, tallies } from '../../src/core/counting/election.ts'
import type { EqualSharesTerms } from '../../src/core/counting/equal-shares-terms.ts'
import { count } from '../../src/core/counting/index.ts'
import { electionOf, ruleOf } from '../../src/core/formats/pabulib/election.ts'
import type { PabulibFile } from '../../src/core/formats/pabulib/file.ts'
import { plainShares as shares } from '../support/shares-terms.ts'

const folder = new URL('../data/pabulib/', import.meta.url)
const names = readdirSync(folder).filter((name) => /\.pb(\.gz)?$/.test(name))
const noSeed = new Uint8Array()

const read = async (name: string) =>
  [name, await readElectionFile(fileURLToPath(new URL(name, folder)))] as const
const files = new Map(await Promise.all(names.map(read)))
const elections = new Map<string, Election>([...files].map(([name, file]) => [name, electionOf(file)]))
const electionIn = (name: string): Election => elections.get(name) as Election

/** What a peer found for a file under a rule, or undefined. */
function peer(name: string, rule: string): Record<string, unknown> | undefined {
  const path = new URL(`expected/${name.replace(/\.pb(\.gz)?$/, '')}.${rule}.json`, folder)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort()
const announced = (file: PabulibFile): string[] =>
  sorted(file.projects.filter((project) => project.selected === 1).map((project) => project.id))

test('all sixteen elections are read', () => {
  expect(names).toHaveLength(16)
})

test.each([...files])('%s: votes and points of every project are those of the city', (name, file) => {
  const found = tallies(electionIn(name))
  const stated = file.projects.map(({ id, votes, score }) => ({ id, votes, score: score ?? votes }))
  expect(found).toEqual(stated)
})

const decided = [...files].filter(
  ([, file]) => ruleOf(file).ok && file.projects.some((p) => p.selected !== undefined),
)

test('nine elections state their winners and a rule defined closely enough', () => {
  expect(decided.map(([name]) => name)).toHaveLength(9)
})

test.each(decided)('%s: the announced winners come out again', (name, file) => {
  const rule = ruleOf(file)
  if (!rule.ok) throw new Error('no rule')
  expect(sorted(count(electionIn(name), rule.value, noSeed).winners)).toEqual(announced(file))
})

test('Poznań: its own rule is stopping at the first project that does not fit, before the reserve is added', () => {
  const name = names.find((other) => other.startsWith('Poland_Poznan')) ?? ''
  const file = files.get(name) as PabulibFile
  expect(ruleOf(file)).toEqual({ ok: false, problem: { kind: 'rule-not-supported', rule: 'greedy-custom' } })
  const stopping = count(
    electionIn(name),
    { rule: 'greedy', skip: false, minVotes: 0, ties: ['rows'] },
    noSeed,
  )
  expect(sorted(stopping.winners)).toEqual(announced(file))
})

test.each(names.filter((name) => peer(name, 'greedy')))(
  '%s: greedy with skipping agrees with pabutools',
  (name) => {
    const ours = count(electionIn(name), { rule: 'greedy', skip: true, minVotes: 0, ties: ['rows'] }, noSeed)
    const theirs = peer(name, 'greedy')
    expect(ours.winners).toEqual(theirs?.order)
    expect(ours.spent).toBe(theirs?.total_cost)
  },
)

test.each(names.filter((name) => peer(name, 'greedy-per-cost')))(
  '%s: votes per cost agrees with pabutools',
  (name) => {
    const ours = count(electionIn(name), { rule: 'greedy-per-cost', minVotes: 0, ties: ['rows'] }, noSeed)
    expect(ours.winners).toEqual(peer(name, 'greedy-per-cost')?.order)
  },
)

test.each<[string, EqualSharesTerms]>([
  ['mes', shares],
  ['mes-card', { ...shares, utility: 'cardinality' }],
  ['mes-add1', { ...shares, completion: 'add1', start: 'whole' }],
  ['mes-add1u', { ...shares, completion: 'add1u', start: 'whole', exhaustive: true }],
])(
  'Equal Shares, %s: the same purchases in the same order as the exact peers, in all sixteen elections',
  (rule, terms) => {
    for (const name of names) {
      const theirs = peer(name, rule)
      const ours = count(electionIn(name), terms, noSeed)
      expect([name, ours.winners]).toEqual([name, theirs?.order])
      expect([name, ours.spent]).toEqual([name, theirs?.total_cost])
      const raised = ours.steps.find((step) => step.kind === 'raised')
      if (theirs?.endowment !== undefined)
        expect([name, Number(raised?.to)]).toEqual([name, theirs.endowment])
    }
  },
)

test('Wieliczka: more voters prefer the equal shares, counted with those who have nothing under one outcome', () => {
  const name = names.find((other) => other.startsWith('Poland_Wieliczka')) ?? ''
  const terms: EqualSharesTerms = {
    ...shares,
    completion: 'add1',
    start: 'whole',
    comparison: 'satisfaction',
  }
  const result = count(electionIn(name), terms, noSeed)
  expect(result.spent).toBe(995_079)
  expect(result.steps).toContainEqual({ kind: 'compared', forShares: 1615, forGreedy: 873, kept: 'shares' })
})

test('Assen: as many prefer either outcome, so the equal shares stay; by coverage too', () => {
  const assen = electionIn('Netherlands_Assen_2024.pb')
  const add1: EqualSharesTerms = { ...shares, completion: 'add1', start: 'whole' }
  const satisfaction = count(assen, { ...add1, comparison: 'satisfaction' }, noSeed)
  expect(satisfaction.steps).toContainEqual({
    kind: 'compared',
    forShares: 21,
    forGreedy: 21,
    kept: 'shares',
  })
  expect(sorted(satisfaction.winners)).toEqual(
    announced(files.get('Netherlands_Assen_2024.pb') as PabulibFile),
  )
})

test('Bloemenbuurt: a tie that rounded arithmetic does not see is seen and stated', () => {
  const result = count(electionIn('Netherlands_Amsterdam_179.pb'), { ...shares, ties: ['lots'] }, noSeed)
  expect(result.ties.map((tie) => sorted(tie.ids))).toContainEqual(['15004', '15045'])
})
