// Reading and writing .pb files: every oddity of real files, and what is wrong said with line and column.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tallies } from '../../src/core/counting/election.ts'
import { count, pabulibRule } from '../../src/core/counting/index.ts'
import { electionOf, ruleOf } from '../../src/core/formats/pabulib/election.ts'
import { inCountOrder } from '../../src/core/formats/pabulib/export.ts'
import type { PabulibProblem } from '../../src/core/formats/pabulib/file.ts'
import { writePabulib } from '../../src/core/formats/pabulib/write.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'
import { read, village } from '../support/village-file.ts'

const problems = (text: string): PabulibProblem[] => {
  const file = readPabulib(text)
  return file.ok ? [] : file.problem
}

test.each([
  ['Windows line ends', village().replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${village()}`],
  ['a final newline and blank lines', `${village().replace('PROJECTS', '\n;;\nPROJECTS')}\n\n`],
  ['spaces after semicolons', village().replaceAll(';', '; ')],
  ['section titles in small letters', village({ 1: 'meta', 14: 'Projects', 19: 'votes' })],
  ['quotes where none are needed', village({ 16: '"c1";"60";"Well"', 21: 'v1;"c1,01"' })],
  ['decimal amounts', village({ 9: 'budget;100.0', 16: 'c1;60.00;Well' })],
  [
    'semicolons added by a spreadsheet',
    village({ 1: 'META;;', 3: 'description;Village budget;;', 20: 'voter_id;vote;;' }),
  ],
])('a file with %s is the same election', (_, text) => {
  const { meta, projects, votes } = read(text)
  expect({ projects, votes, budget: meta.budget }).toEqual({
    projects: read(village()).projects,
    votes: read(village()).votes,
    budget: 100,
  })
})

test('ids are text: 01 and 1 are two projects', () => {
  expect(tallies(electionOf(read(village())))).toEqual([
    { id: 'c1', votes: 1, score: 1 },
    { id: '01', votes: 2, score: 2 },
    { id: '1', votes: 0, score: 0 },
  ])
})

test('names keep their semicolons and quotes, and a quote in the middle of a word is a letter', () => {
  const file = read(village({ 16: 'c1;60;"Well; ""Bulaq"" street"', 17: '01;50;Lamps 5" wide' }))
  expect(file.projects.map((project) => project.name)).toEqual([
    'Well; "Bulaq" street',
    'Lamps 5" wide',
    'Park',
  ])
})

const inOrder = { rule: 'greedy', skip: true, minVotes: 0, ties: ['rows'] } as const

test('three projects that together cost a hundredth too much do not all fit, and sums stay as they stand', () => {
  const file = read(
    village({
      9: 'budget;999.99',
      16: 'c1;333.33;Well',
      17: '01;333,33;Lamps',
      18: '1;333.34;Park',
      21: 'v1;c1,01,1',
      22: 'v2;c1,01,1',
    }),
  )
  const counted = count(electionOf(file), inOrder, new Uint8Array())
  expect(counted.winners).toEqual(['c1', '01'])
  expect([file.meta.scale, counted.spent, counted.left]).toEqual([100, 66_666, 33_333])
  expect(file.notes).toEqual([])
  const text = writePabulib(file)
  if (!text.ok) throw new Error('not written')
  const again = read(text.value)
  expect([again.meta.budget, again.projects.map(({ cost }) => cost)]).toEqual([
    99_999,
    [33_333, 33_333, 33_334],
  ])
})

test('what the city could pay to the last hundredth stays payable, and decimals that say nothing change nothing', () => {
  const file = read(village({ 9: 'budget;60.50', 16: 'c1;60.5;Well', 21: 'v1;c1', 22: 'v2;c1' }))
  expect(count(electionOf(file), inOrder, new Uint8Array()).winners).toEqual(['c1'])
  expect(read(village({ 9: 'budget;100.00', 16: 'c1;60.0;Well' })).meta).toMatchObject({
    budget: 100,
    scale: 1,
  })
})

test('a project withdrawn after printing is known among hundredths too, and no sum is taken for it', () => {
  const file = read(village({ 16: 'c1;999999999;Well', 17: '01;9999999.99;Lamps' }))
  expect(electionOf(file).projects.map(({ withdrawn }) => withdrawn)).toEqual([true, undefined, undefined])
})

test('a ballot that names a project twice counts it once, and the file says so', () => {
  const file = read(village({ 22: 'v2;01,01' }))
  expect(tallies(electionOf(file)).map((tally) => tally.votes)).toEqual([1, 2, 0])
  expect(file.notes).toEqual([{ kind: 'named-twice', line: 22, column: 2, found: 'v2' }])
})

test.each<[string, Record<number, string>, string[]]>([
  ['more projects than it may', { 10: 'vote_type;approval\nmax_length;1' }, ['v1']],
  ['less projects than it must', { 10: 'vote_type;approval\nmin_length;2' }, ['v2']],
  ['projects that cost too much', { 10: 'vote_type;approval\nmax_sum_cost;109' }, ['v1']],
  ['projects that cost just as much as they may', { 10: 'vote_type;approval\nmax_sum_cost;110' }, []],
  ['just as many as it may', { 10: 'vote_type;approval\nmax_length;2' }, []],
])('a ballot that names %s is counted, and the file says whose', (_, changes, beyond) => {
  // Read as text, for one ballot is quoted, and read from its bytes.
  for (const more of [{}, { 21: 'v1;"c1,01"', 22: 'v2;"01"' }]) {
    const file = read(village({ ...changes, ...more }))
    expect(tallies(electionOf(file)).map((tally) => tally.votes)).toEqual([1, 2, 0])
    expect(file.notes.map(({ kind, found }) => [kind, found])).toEqual(
      beyond.map((voter) => ['beyond-limit', voter]),
    )
  }
})

test('letters of a one-byte page are refused by their line, never read as signs that stand for anything', () => {
  const bytes = Buffer.from(village({ 16: 'c1;60;Well'.replace('Well', '\u00ca\u00ee\u00eb') }), 'latin1')
  const file = readPabulib(bytes)
  expect(!file.ok && file.problem).toEqual([{ kind: 'not-utf8', line: 16, column: 1 }])
})

test.each([
  ['46,79', '82,02', { lat: 46.79, lon: 82.02 }],
  ['46.79', '82.02', { lat: 46.79, lon: 82.02 }],
  ['820.2', '46.79', {}],
  ['46.79', '-181', {}],
])('a place at %s, %s is read with a decimal comma, and none that is not on the earth', (lat, lon, place) => {
  const file = read(village({ 15: 'project_id;cost;latitude;longitude', 16: `c1;60;${lat};${lon}` }))
  const [{ lat: y, lon: x } = {} as never] = file.projects
  expect(y === undefined ? {} : { lat: y, lon: x }).toEqual(place)
})

test('columns nobody asked for are kept, coordinates averaged', () => {
  const file = read(
    village({ 15: 'project_id;cost;latitude;longitude;street', 16: 'c1;60;50.0,51.0;70.5;Abai' }),
  )
  expect(file.projects[0]).toEqual({
    id: 'c1',
    cost: 60,
    name: 'c1',
    lat: 50.5,
    lon: 70.5,
    more: { street: 'Abai' },
  })
})

test.each<[string, Record<number, string>, Partial<PabulibProblem>]>([
  [
    'a project nobody listed',
    { 22: 'v2;01,9' },
    { kind: 'unknown-project', line: 22, column: 2, found: '9' },
  ],
  [
    'two projects with one id',
    { 17: 'c1;50;Lamps' },
    { kind: 'project-twice', line: 17, column: 1, found: 'c1' },
  ],
  ['one voter twice', { 22: 'v1;01' }, { kind: 'voter-twice', line: 22, column: 1, found: 'v1' }],
  ['a cost in words', { 16: 'c1;sixty;Well' }, { kind: 'bad-money', line: 16, column: 2, found: 'sixty' }],
  ['a cost below zero', { 16: 'c1;-60;Well' }, { kind: 'bad-money', line: 16, column: 2, found: '-60' }],
  [
    'a cost that is a thousand to some and one to others',
    { 16: 'c1;1,000;Well' },
    { kind: 'bad-money', line: 16, column: 2, found: '1,000' },
  ],
  ['a budget of that kind', { 9: 'budget;1.000' }, { kind: 'bad-money', line: 9, found: '1.000' }],
  ['no cost', { 16: 'c1;;Well' }, { kind: 'empty-cell', line: 16, column: 2, field: 'cost' }],
  [
    'a name with a bare semicolon',
    { 16: 'c1;60;Well; deep' },
    { kind: 'too-many-cells', line: 16, column: 4 },
  ],
  ['a quote that never ends', { 16: 'c1;60;"Well' }, { kind: 'quote-open', line: 16, column: 3 }],
  ['no budget', { 9: 'edition;1' }, { kind: 'no-key', field: 'budget' }],
  [
    'a vote type of its own',
    { 10: 'vote_type;lottery' },
    { kind: 'bad-vote-type', line: 10, column: 2, found: 'lottery' },
  ],
  [
    'a file cut short',
    { 8: 'num_votes;900' },
    { kind: 'count-differs', line: 8, field: 'num_votes', found: '900' },
  ],
  ['no column of votes', { 20: 'voter_id;choice' }, { kind: 'no-column', line: 20, field: 'vote' }],
  ['no votes at all', { 19: 'BALLOTS' }, { kind: 'no-section', field: 'VOTES' }],
  ['a title twice', { 19: 'PROJECTS' }, { kind: 'section-twice', line: 19 }],
])('%s is refused with its place', (_, changes, problem) => {
  expect(problems(village(changes))[0]).toMatchObject(problem)
})

test('whatever the bytes, reading ends in a file or in problems with a line', () => {
  const alphabet = fc.constantFrom(
    ...'META\nPROJECTS\nVOTES\n;;;",,.0159abc#=\r\t \uFEFF'.split(''),
    'META\n',
    'VOTES\n',
    '__proto__',
  )
  const noise = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''))
  const spoiled = fc
    .tuple(fc.nat(village().length), fc.nat(8), noise)
    .map(([at, cut, text]) => village().slice(0, at) + text + village().slice(at + cut))
  fc.assert(
    fc.property(fc.oneof(noise, spoiled), (text) => {
      const file = readPabulib(text)
      if (file.ok) expect(tallies(electionOf(file.value))).toHaveLength(file.value.projects.length)
      else for (const problem of file.problem) expect(problem.line).toBeGreaterThan(0)
    }),
    { numRuns: 500, seed: 5 },
  )
})

test.each([
  ['greedy', [], { skip: true, minVotes: 0 }],
  ['greedy-no-skip', [], { skip: false, minVotes: 0 }],
  ['greedy-threshold', ['min_project_score_threshold;30'], { skip: true, minVotes: 30 }],
])('%s is a rule we can count', (rule, more, terms) => {
  const file = read(village({ 11: [`rule;${rule}`, ...more].join('\n') }))
  expect(ruleOf(file)).toEqual({ ok: true, value: { rule: 'greedy', ties: ['rows'], ...terms } })
})

test.each(['greedy-exclusive', 'greedy-custom', 'unknown', 'dice'])('%s is refused by name', (rule) => {
  expect(ruleOf(read(village({ 11: `rule;${rule}` })))).toEqual({
    ok: false,
    problem: { kind: 'rule-not-supported', rule },
  })
})

test('what is written is read again as the same election', () => {
  const file = read(village({ 16: 'c1;60;"Well; ""Bulaq"""' }))
  const text = writePabulib(file)
  if (!text.ok) throw new Error('not written')
  const again = read(text.value)
  expect(again.votes).toEqual(file.votes)
  expect(again.projects.map(({ id, cost, name, votes }) => [id, cost, name, votes])).toEqual([
    ['c1', 60, 'Well; "Bulaq"', 1],
    ['01', 50, 'Lamps', 2],
    ['1', 30, 'Park', 0],
  ])
})

test('an export drops empty ballots and unknown keys, counts its rows and marks full funding', () => {
  const file = read(village({ 9: 'budget;140\nwebsite;dauys.kz\nmax_length;9', 21: 'v1;' }))
  const text = writePabulib(file)
  expect(text.ok && text.value.split('\n').slice(6, 13)).toEqual([
    'num_projects;3',
    'num_votes;1',
    'budget;140',
    'vote_type;approval',
    'rule;greedy',
    'date_begin;01.10.2026',
    'date_end;31.10.2026',
  ])
  expect(text.ok && text.value).toContain('\nmax_length;3\nfully_funded;1\n')
  expect(text.ok && text.value).not.toContain('website')
})

test('a name that a spreadsheet would run is written as text, on one line', () => {
  const file = read(village())
  const [first, ...rest] = file.projects
  const text = writePabulib({ ...file, projects: [{ ...first!, name: '=HYPERLINK("x")\nWell' }, ...rest] })
  expect(text.ok && text.value).toContain('c1;60;1;"\'=HYPERLINK(""x"") Well"\n')
})

test('an export without an obligatory key says which', () => {
  expect(writePabulib(read(village({ 4: 'comment;no country' })))).toEqual({
    ok: false,
    problem: { kind: 'no-key', key: 'country' },
  })
})

test('tied projects are exported in the order in which the count took them', () => {
  const file = read(village({ 22: 'v2;c1,01' }))
  const terms = { rule: 'greedy', skip: true, minVotes: 0, ties: ['cheaper'] } as const
  const result = count(electionOf(file), terms, new Uint8Array())
  expect(inCountOrder(file.projects, result).map((project) => project.id)).toEqual(['01', 'c1', '1'])
  expect(pabulibRule({ ...terms, minVotes: 2 })).toEqual({
    rule: 'greedy-threshold',
    entries: [['min_project_score_threshold', '2']],
  })
})
