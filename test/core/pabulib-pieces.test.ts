// A .pb file that comes in pieces, and rows that are read from their bytes: the same file as read whole, from its text.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BallotGrouper, groupsOf } from '../../src/core/counting/ballots.ts'
import { ByteStrings, hashOf } from '../../src/core/formats/pabulib/fast/byte-strings.ts'
import { electionOf } from '../../src/core/formats/pabulib/election.ts'
import { PabulibParser, readPabulib } from '../../src/core/formats/pabulib/read.ts'

const folder = new URL('../data/pabulib/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.pb'))
  .map((name) => readFileSync(new URL(name, folder)))
  .filter((bytes) => bytes.length < 300_000)
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Reads a file that comes in pieces of these lengths, over and over. */
function inPieces(bytes: Uint8Array, lengths: readonly number[]) {
  const parser = new PabulibParser()
  for (let [at, turn] = [0, 0]; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1
    parser.push(bytes.subarray(at, at + length))
    at += length
  }
  return shown(parser.end())
}

/** What was read, as plain data. */
const shown = (read: ReturnType<typeof readPabulib>) =>
  read.ok ? { ...read.value, votes: [...read.value.votes], groups: groups(read.value) } : read.problem

const groups = (file: Parameters<typeof electionOf>[0]) => {
  const { ballots, projects } = electionOf(file)
  return [...groupsOf(ballots, projects)]
}

/** A small election in which anything may be unusual. */
const cell = fc.constantFrom(
  '1',
  '2',
  '01',
  ' 1',
  '2 ',
  '1,2',
  '2, 01',
  '1,1',
  '9',
  '',
  'ә',
  '"1"',
  '"1;2"',
  'v',
  '\u00A01',
)
const points = fc.constantFrom('1', '1,2', '-3', '2.0', '0.5', '1,', '', '7,7', '99999999999999999', ' 4')
const odd = fc.constantFrom('', ';', ';;', ';x', 'VOTES', '"', '"a\nb"')
const row = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd', ' e', '"f"', 'ғ', ''), cell, points, fc.option(odd, { nil: '' }))
  .map(([voter, vote, given, rest]) => `${voter};${vote};${given}${rest}`)
const elections = fc
  .tuple(
    fc.constantFrom('approval', 'cumulative', 'ordinal', 'scoring', 'choose-1'),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.array(row, { maxLength: 8 }),
  )
  .map(([type, end, rows]) =>
    [
      '\uFEFFMETA',
      'key;value',
      'budget;10',
      `vote_type;${type}`,
      'default_score;1',
      'PROJECTS',
      'project_id;cost;name',
      '1;5;"Құдық; су"',
      '2;5;Саябақ',
      '01;5;Шам',
      'VOTES',
      'voter_id;vote;points',
      ...rows,
    ].join(end),
  )

test('whatever the pieces, the file is the same', () => {
  fc.assert(
    fc.property(
      elections,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      (text, lengths) => {
        expect(inPieces(bytesOf(text), lengths)).toEqual(shown(readPabulib(text)))
      },
    ),
    { numRuns: 500 },
  )
})

test('real files in pieces of any length are what they are as a whole', () => {
  expect(files.length).toBeGreaterThan(3)
  for (const bytes of files)
    for (const lengths of [[1], [7, 64], [4096]])
      expect(inPieces(bytes, lengths)).toEqual(shown(readPabulib(bytes)))
})

test('a row read from its bytes is the row read from its text', () => {
  // With a column of its own that is to be kept, a row is read as text.
  fc.assert(
    fc.property(elections, (text) => {
      const wide = text.replace('voter_id;vote;points', 'voter_id;vote;points;street')
      expect(shown(readPabulib(wide))).toEqual(withoutMore(shown(readPabulib(wide, { more: true }))))
    }),
    { numRuns: 500 },
  )
})

/** The same without the further columns of the ballots. */
function withoutMore(read: ReturnType<typeof shown>) {
  if (Array.isArray(read)) return read
  const votes = read.votes.map(({ id, projects, points: given }) =>
    given ? { id, projects, points: given } : { id, projects },
  )
  return { ...read, votes }
}

test('sections may stand in any order: ballots wait for the projects', () => {
  const [meta, projects, votes] = [
    'META\nkey;value\nbudget;9\nvote_type;approval',
    'PROJECTS\nproject_id;cost\na;5\nb;4',
    'VOTES\nvoter_id;vote\nv1;a,b\nv2;b',
  ]
  const usual = shown(readPabulib([meta, projects, votes].join('\n')))
  for (const order of [
    [meta, votes, projects],
    [votes, projects, meta],
    [projects, meta, votes],
  ])
    expect(shown(readPabulib(order.join('\n')))).toEqual(usual)
})

test('a line that never ends, in small pieces, is copied a few times, not over and over', () => {
  let copied = 0
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its array
  const original = Uint8Array.prototype.set
  Uint8Array.prototype.set = function (this: Uint8Array, from: ArrayLike<number>, at?: number) {
    copied += from.length
    original.call(this, from, at)
  }
  try {
    const parser = new PabulibParser()
    for (let piece = 0; piece < 20_000; piece += 1) parser.push(bytesOf('0123456789'))
    expect(parser.end()).toMatchObject({ ok: false })
  } finally {
    Uint8Array.prototype.set = original
  }
  expect(copied).toBeGreaterThan(200_000)
  expect(copied).toBeLessThan(4 * 200_000)
})

test('ten thousand ids are told apart, and each is found again', () => {
  const ids = new ByteStrings()
  const names = Array.from({ length: 10_000 }, (_, at) => `ғ${at % 97}-${at}`)
  for (const name of names) expect(ids.addText(name)).toBe(true)
  expect(ids.addText('ғ3-100')).toBe(false)
  names.forEach((name, at) => expect([ids.findText(name), ids.text(at)]).toEqual([at, name]))
  expect(ids.findText('ғ3-10000')).toBe(-1)
})

test('ballots are equal whatever the order of their marks, and however it is said that each is worth 1', () => {
  const grouper = new BallotGrouper()
  grouper.add(Uint32Array.of(2, 0, 1), undefined, 3)
  grouper.add(Uint32Array.of(0, 1, 2), Float64Array.of(1, 1, 1), 3)
  grouper.add(Uint32Array.of(1, 0), Float64Array.of(5, 1), 2)
  for (let more = 0; more < 4; more += 1) grouper.add(Uint32Array.of(1, 2, 0), undefined, 3)
  grouper.add(Uint32Array.of(0, 1), undefined, 2)
  grouper.add(Uint32Array.of(), undefined, 0)
  const projects = ['a', 'b', 'c'].map((id) => ({ id }))
  expect([...groupsOf(grouper.done(), projects)]).toEqual([
    { times: 6, utilities: new Map(Object.entries({ a: 1, b: 1, c: 1 })) },
    { times: 1, utilities: new Map(Object.entries({ a: 1, b: 5 })) },
    { times: 1, utilities: new Map(Object.entries({ a: 1, b: 1 })) },
    { times: 1, utilities: new Map() },
  ])
})

test('points that differ by a power of two are different ballots, and as quickly told apart', () => {
  const grouper = new BallotGrouper()
  const places = Uint32Array.from({ length: 13 }, (_, at) => at)
  for (let one = 0; one < 2 ** 13; one += 1)
    grouper.add(
      places,
      Float64Array.from(places, (at) => ((one >> at) & 1) * 2_147_483_647 + 2),
      13,
    )
  expect(grouper.done().times).toHaveLength(2 ** 13)
})

test('the seed of the hash tables changes nothing that is read', () => {
  fc.assert(
    fc.property(elections, fc.nat(0xffffffff), (text, seed) => {
      expect(shown(readPabulib(text, { seed }))).toEqual(shown(readPabulib(text)))
    }),
    { numRuns: 200 },
  )
})

test('ids that collide under one seed do not under another', () => {
  const hash = (seed: number, id: string) => hashOf(seed, bytesOf(id), 0, id.length)
  const byHash = new Map<number, string>()
  const pairs: [string, string][] = []
  for (let at = 0; at < 200_000; at += 1) {
    const id = `${(Math.imul(at, 0x9e3779b1) >>> 0).toString(36)}-${(at * at).toString(36)}`
    const other = byHash.get(hash(0, id))
    if (other !== undefined) pairs.push([id, other])
    byHash.set(hash(0, id), id)
  }
  expect(pairs.length).toBeGreaterThan(0)
  expect(pairs.filter(([a, b]) => hash(77, a) === hash(77, b))).toEqual([])
})
