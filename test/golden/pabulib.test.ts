// Real elections: what the city announced comes out again, file by file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Election, tallies } from '../../src/core/counting/election.ts'
import { count } from '../../src/core/counting/index.ts'
import { electionOf, ruleOf } from '../../src/core/formats/pabulib-election.ts'
import type { PabulibFile } from '../../src/core/formats/pabulib-file.ts'
import { readPabulib } from '../../src/core/formats/pabulib.ts'

const folder = new URL('../data/pabulib/', import.meta.url)
const names = readdirSync(folder).filter((name) => /\.pb(\.gz)?$/.test(name))
const noSeed = new Uint8Array()

function read(name: string): PabulibFile {
  const bytes = readFileSync(new URL(name, folder))
  const file = readPabulib((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
  if (!file.ok) throw new Error(`${name}: ${JSON.stringify(file.problem)}`)
  return file.value
}

const files = new Map(names.map((name) => [name, read(name)]))
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

test('seven elections state their winners and a rule defined closely enough', () => {
  expect(decided.map(([name]) => name)).toHaveLength(7)
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
