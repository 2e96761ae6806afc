// Real .pb files with bytes changed: reading ends in a file or in named problems, and the work grows with the length.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tallies } from '../../src/core/counting/election.ts'
import { count } from '../../src/core/counting/index.ts'
import { electionOf, ruleOf } from '../../src/core/formats/pabulib/election.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'

const folder = new URL('../data/pabulib/', import.meta.url)
const kinds =
  'quote-open text-before-meta no-section section-twice no-header no-column column-twice no-key key-twice empty-cell too-many-cells bad-number bad-money points-not-whole bad-vote-type project-twice voter-twice unknown-project points-differ count-differs'.split(
    ' ',
  )
/** The small ones, cut to their first ballots: damage anywhere in them is found at once. */
const originals = readdirSync(folder)
  .filter((name) => name.endsWith('.pb'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8').split(/\r?\n/))
  .filter((lines) => lines.length < 3000)
  .map((lines) => {
    const votes = lines.findIndex((line) => line.toUpperCase().startsWith('VOTES'))
    const rows = lines.slice(votes + 2).filter((line) => line !== '')
    const kept = rows.slice(0, 40)
    const head = lines
      .slice(0, votes + 2)
      .map((line) => line.replace(/^num_votes;\d+/, `num_votes;${kept.length}`))
    return [...head, ...kept].join('\n')
  })

/** Reads, counts by the file's rule or by greedy, and checks that whatever is refused is refused by name and place. */
function survives(text: string): void {
  const file = readPabulib(text)
  if (!file.ok) {
    expect(file.problem.length).toBeGreaterThan(0)
    for (const { kind, line, column } of file.problem) {
      expect(kinds).toContain(kind)
      expect(line).toBeGreaterThan(0)
      expect(column).toBeGreaterThanOrEqual(0)
    }
    return
  }
  const election = electionOf(file.value)
  expect(tallies(election)).toHaveLength(file.value.projects.length)
  const rule = ruleOf(file.value)
  const greedy = { rule: 'greedy', skip: true, minVotes: 0, ties: ['rows'] } as const
  const { spent, left } = count(election, rule.ok ? rule.value : greedy, new Uint8Array())
  expect(spent + left).toBe(election.budget)
}

test('the originals are read as they are', () => {
  expect(originals.length).toBeGreaterThanOrEqual(8)
  for (const text of originals) expect(readPabulib(text)).toMatchObject({ ok: true })
})

const signs = [
  ';',
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\t',
  '-',
  '0',
  '9'.repeat(17),
  '.5',
  '1e9',
  'NaN',
  '\0',
  '\uFEFF',
]
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(30),
  put: fc.oneof(
    fc.constantFrom(...signs, 'META\n', '\nPROJECTS\n', '\nVOTES\n', '__proto__', 'constructor', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
})

test('a real file damaged in up to five places is read or refused, never a crash', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...originals),
      fc.array(damage, { minLength: 1, maxLength: 5 }),
      (text, all) => {
        const spoiled = all.reduce((rest, { at, cut, put }) => {
          const from = Math.floor(at * rest.length)
          return rest.slice(0, from) + put + rest.slice(from + cut)
        }, text)
        survives(spoiled)
      },
    ),
    { numRuns: 400, seed: 11 },
  )
})

test('a real file whose lines are doubled, dropped or swapped is read or refused', () => {
  const move = fc.record({ kind: fc.constantFrom('drop', 'double', 'swap'), a: fc.nat(), b: fc.nat() })
  fc.assert(
    fc.property(
      fc.constantFrom(...originals),
      fc.array(move, { minLength: 1, maxLength: 4 }),
      (text, moves) => {
        const lines = text.split('\n')
        for (const { kind, a, b } of moves) {
          const [from, to] = [a % lines.length, b % lines.length]
          const line = lines[from] ?? ''
          if (kind === 'drop') lines.splice(from, 1)
          else if (kind === 'double') lines.splice(to, 0, line)
          else [lines[from], lines[to]] = [lines[to] ?? '', line]
        }
        survives(lines.join('\n'))
      },
    ),
    { numRuns: 300, seed: 12 },
  )
})

/** How many characters the reader's searches for a sign go over while it reads a text. */
function searched(text: string): number {
  let work = 0
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its string
  const original = String.prototype.indexOf
  String.prototype.indexOf = function (this: string, what: string, from = 0) {
    const found = original.call(this, what, from)
    work += (found < 0 ? this.length : found) - from + 1
    return found
  }
  try {
    readPabulib(text)
  } finally {
    String.prototype.indexOf = original
  }
  return work
}

test.each([
  ['a quote that is opened and never closed, over lines full of doubled ones', '"', '""\n'],
  ['cells that are closed and opened again on every line', '"', '";"\n'],
  ['one line of doubled quotes', '"', '""'],
  ['one line of quoted cells', '', '"x";'],
  ['quoted rows', '', '"x";"y"\n'],
])('%s: twice the length is about twice the work', (_, first, again) => {
  const of = (times: number) => `META\nkey;value\n${first}${again.repeat(times)}`
  const [once, twice] = [searched(of(1000)), searched(of(2000))]
  expect(once).toBeGreaterThan(900)
  expect(twice).toBeLessThan(2.5 * once)
})

test('a hundred thousand empty cells in META are dropped or kept in one go', () => {
  const meta = `META\nkey;value\ncomment${';'.repeat(100_000)}x\n`
  const file = readPabulib(`${meta}PROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n`)
  expect(file.ok ? [] : file.problem.map(({ kind }) => kind)).toEqual(['no-key', 'no-key'])
})
