// dauys count FILE: any Pabulib file, without a database.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { withProgress } from '../../src/cli/progress.ts'
import type { PabulibFile } from '../../src/core/formats/pabulib/file.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'
import { ruleOf } from '../../src/core/formats/pabulib/election.ts'
import { createI18n } from '../../src/i18n.ts'
import { readElectionFile } from '../../src/cli/pabulib-lines.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'

const pabulib = fileURLToPath(new URL('../data/pabulib/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dauys-count-'))
afterAll(() => rmSync(folder, { recursive: true }))
const textsOf = createI18n()
const path = (name: string) => join(folder, name)
const real = (start: string) => pabulib + names.find((name) => name.startsWith(start))
const names = readdirSync(pabulib).filter((name) => /\.pb(\.gz)?$/.test(name))

/** Types `dauys count …`; nothing but a file may be touched. */
async function counts(...words: string[]): Promise<string> {
  const lines: string[] = []
  const outside = {
    textsOf,
    data: folder,
    dir: folder,
    media: mediaFolder(folder),
    say: (line: string) => void lines.push(line),
    migrate: () => Promise.reject(new Error('a database was opened')),
    run: () => Promise.reject(new Error('a database was opened')),
  }
  await runCommand(outside, ['count', ...words])
  return lines.join('\n')
}

const village = [
  'META',
  'key;value',
  'description;Ауыл бюджеті',
  'country;Kazakhstan',
  'unit;Baiqonyr',
  'instance;2026',
  'num_projects;3',
  'num_votes;4',
  'budget;100',
  'vote_type;approval',
  'rule;greedy',
  'date_begin;2026',
  'date_end;2026',
  'PROJECTS',
  'project_id;cost;name',
  'a;60;Құдық; <терең>'.replace('Құдық; <терең>', '"Құдық; <терең>"'),
  'b;50;=Lamps',
  'c;30;Park',
  'VOTES',
  'voter_id;vote;age',
  'v1;a,b;33',
  'v2;a;44',
  'v3;a,b;55',
  'v4;c;66',
]
const write = (name: string, changes: Record<number, string> = {}): string => {
  writeFileSync(path(name), village.map((line, at) => changes[at + 1] ?? line).join('\n'))
  return path(name)
}

const announced = await Promise.all(
  names.map(async (name) => [name, await readElectionFile(pabulib + name)] as [string, PabulibFile]),
)
const decided = announced.filter(
  ([, file]) => ruleOf(file).ok && file.projects.some((project) => project.selected !== undefined),
)

test('nine real elections state a rule and their winners', () => {
  expect(decided.map(([name]) => name)).toHaveLength(9)
})

test.each(decided)('%s: --json has the winners that the city announced', async (name, file) => {
  const told = JSON.parse(await counts(pabulib + name, '--json'))
  expect(Object.keys(told)).toEqual(['rule', 'budget', 'cost', 'winners', 'ties', 'steps', 'votes', 'notes'])
  const selected = file.projects.filter((project) => project.selected === 1).map((project) => project.id)
  expect(new Set(told.winners)).toEqual(new Set(selected))
  expect(told.winners).toHaveLength(selected.length)
  const cost = (id: string) => file.projects.find((project) => project.id === id)?.cost ?? 0
  expect(told.cost).toBe(selected.reduce((sum, id) => sum + cost(id), 0))
})

test('the table has place, id, name, cost and votes, and the steps are sentences in the language asked for', async () => {
  const english = await counts(write('village.pb'))
  expect(english).toMatch(/^ +1 +a +Құдық; <терең> +60 +3 +yes$/m)
  expect(english).toMatch(/^ +b +=Lamps +50 +2 +no$/m)
  expect(english).toContain('№\u00a0b does not win: 2 votes, it costs 50, 40 are left.')
  expect(await counts(path('village.pb'), '--lang', 'kk')).toContain('№\u00a0c өтеді: 1 дауыс')
  expect(await counts(path('village.pb'), '--lang', 'ru')).toContain('№\u00a0b не проходит: 2 голоса')
})

test('a packed file is read as it is', async () => {
  writeFileSync(path('packed.pb.gz'), gzipSync(readFileSync(write('plain.pb'))))
  expect(await counts(path('packed.pb.gz'))).toBe(await counts(path('plain.pb')))
})

test.each([
  [
    ['--rule', 'greedy-no-skip'],
    ['a', 'b'],
  ],
  [
    ['--rule', 'greedy-per-cost'],
    ['a', 'b'],
  ],
  [['--rule', 'equal-shares'], ['a']],
  [
    ['--rule', 'equal-shares', '--completion', 'greedy'],
    ['a', 'b'],
  ],
  [
    ['--rule', 'equal-shares', '--completion', 'add1u', '--exhaustive'],
    ['a', 'c'],
  ],
  [
    ['--rule', 'equal-shares', '--completion', 'add1u', '--exhaustive', '--comparison'],
    ['a', 'b'],
  ],
])('%s counts by another rule', async (options, winners) => {
  const told = JSON.parse(
    await counts(write('rules.pb', { 17: 'b;40;Lamps', 18: 'c;39;Park' }), '--json', ...options),
  )
  expect(told.winners).toEqual(winners)
})

test('a file that comes through a pipe is read as it is, packed or not', async () => {
  const plain = write('piped.pb')
  for (const command of [`cat ${plain}`, `gzip -c ${plain}`]) {
    const pipe = path(`pipe-${command.length}`)
    execFileSync('mkfifo', [pipe])
    spawn('sh', ['-c', `${command} > ${pipe}`])
    expect(await counts(pipe)).toBe(await counts(plain))
  }
  writeFileSync(path('nothing.pb'), '')
  await expect(counts(path('nothing.pb'))).rejects.toThrow('no section META')
  await expect(counts(folder)).rejects.toThrow('this is a folder')
})

test('what was read differently from how it stands is said, the first five places of it', async () => {
  const file = write('odd.pb', { 21: 'v1;a,a', 22: 'v2;' })
  expect((await counts(file)).split('\n').slice(3, 5)).toEqual([
    'File, line 21, ballot v1: a project is named twice; it counts once.',
    'File, line 22, ballot v2: nothing is marked.',
  ])
  expect(await counts(file, '--lang', 'kk')).toContain('жол 22, бюллетень v2: ештеңе белгіленбеген')
  expect(JSON.parse(await counts(file, '--json')).notes).toHaveLength(2)
  const many = Array.from({ length: 6 }, (_, at) => `e${at};`).join('\n')
  const told = await counts(write('odder.pb', { 8: 'num_votes;9', 24: many }))
  expect(told.match(/nothing is marked/g)).toHaveLength(5)
  expect(told).toContain('\n…\n')
})

test('amounts with fractions are counted and shown to the last hundredth, or refused where the rule raises by whole units', async () => {
  const [budget, a, b, c] = ['budget;999.99', 'a;333.33;Well', 'b;333.33;Lamps', 'c;333.34;Park']
  const file = write('hundredths.pb', {
    9: `${budget}\ncurrency;PLN`,
    16: a,
    17: b,
    18: c,
    21: 'v1;a,b,c;1',
    22: 'v2;a,b,c;1',
  })
  const told = await counts(file)
  expect(told).toMatch(/Budget 999,99.zł, allocated 666,66.zł, left 333,33.zł\./)
  expect(told).toMatch(/^ +c +Park +333\.34 +\d +no$/m)
  expect(told).toContain('it costs 333,34')
  const json = JSON.parse(await counts(file, '--json'))
  expect([json.scale, json.budget, json.cost, json.winners]).toEqual([100, 99_999, 66_666, ['a', 'b']])
  const shares = ['--rule', 'equal-shares'] as const
  expect(JSON.parse(await counts(file, ...shares, '--json')).winners).toEqual(['a', 'b'])
  await expect(counts(file, ...shares, '--completion', 'add1')).rejects.toThrow(
    'amounts of this file have fractions',
  )
  await counts(file, '--csv', path('hundredths.csv'), '--pb', path('hundredths-counted.pb'))
  expect(readFileSync(path('hundredths.csv'), 'utf8')).toContain(';Park;333.34;')
  expect(readFileSync(path('hundredths-counted.pb'), 'utf8')).toContain('budget;999.99')
})

test('a rule that nobody defines asks for one, and then the file is counted', async () => {
  const file = real('Poland_Poznan')
  await expect(counts(file)).rejects.toThrow(/“greedy-custom”.*--rule greedy\|/)
  await expect(counts(real('Switzerland_Zurich_D5'))).rejects.toThrow('--rule')
  expect(await counts(file, '--rule', 'greedy-no-skip')).toContain(
    'Rule: by votes, until the first that is too dear',
  )
})

test('options that say nothing together are refused', async () => {
  const file = write('options.pb')
  await expect(counts(file, '--utility', 'cost')).rejects.toThrow('belongs to --rule equal-shares')
  await expect(counts(file, '--rule', 'equal-shares', '--exhaustive')).rejects.toThrow('add1')
  await expect(counts(file, '--rule', 'greedy-threshold')).rejects.toThrow('min_project_score_threshold')
  await expect(counts(file, '--cycle', '1')).rejects.toThrow('name one of the two')
  await expect(counts()).rejects.toThrow('name one of the two')
  await expect(counts('--cycle', '1', '--rule', 'greedy')).rejects.toThrow('--rule is for files')
})

test('a bad file is refused with line, column and reason of each problem, twenty at most', async () => {
  const bad = write('bad.pb', { 16: 'a;sixty;Well', 22: 'v1;a;44', 23: 'v3;a,x;55' })
  await expect(counts(bad)).rejects.toThrow(
    /line 16, column 2 \(cost\): “sixty” is not an amount: [^\n]*\n.*line 22, column 1 \(voter_id\): a second ballot has the voter “v1”\n.*line 23, column 2 \(vote\): there is no project “x”$/,
  )
  const many = Array.from({ length: 30 }, (_, at) => `w${at};nobody;1`).join('\n')
  const lines = await counts(write('many.pb', { 8: 'num_votes;33', 24: many })).catch(
    (error) => error.message,
  )
  expect(lines.match(/line \d+/g)).toHaveLength(20)
  expect(lines).toContain('and 10 or more besides')
  writeFileSync(path('broken.gz'), gzipSync('META').subarray(0, 12))
  await expect(counts(path('broken.gz'))).rejects.toThrow('does not unpack')
  await expect(counts(path('nowhere.pb'))).rejects.toThrow('no such file')
  const megabyte = gzipSync(`${'x'.repeat(999)}\n`.repeat(1000))
  writeFileSync(path('bomb.gz'), Buffer.concat(Array.from({ length: 501 }, () => megabyte)))
  await expect(counts(path('bomb.gz'))).rejects.toThrow('more than 500 MB of text')
})

test('nothing in a file moves the cursor of whoever reads what is wrong with it', async () => {
  const evil = 'x\u001b[2J\u009b2J\u0007\u202e'
  const told = await counts(write('evil.pb', { 24: `w1;${evil};1` })).catch((error) => error.message)
  expect(told).toContain('there is no project “x\\u{1b}[2J\\u{9b}2J\\u{7}\\u{202e}”')
  expect(told).not.toMatch(/[^\P{C}\n]/u)
})

test('a loser is told what was missing, and "fewer do not suffice" only after every number was recounted', async () => {
  const told = await counts(write('why.pb'), '--explain', 'b')
  expect(told).toContain('when its turn came 40 were left, and it costs 50. Missing: 10.')
  expect(told).toContain('With 2 more voters for it alone it would have won. Fewer do not suffice')
  expect(told).toContain('At a cost of 40 it would have won. At none above')
  expect(await counts(path('why.pb'), '--explain', 'a')).toContain(
    '№\u00a0a won: number 1 in order, 40 were left',
  )
  await expect(counts(path('why.pb'), '--explain', 'z')).rejects.toThrow('There is no project “z”')
})

test('with equal shares one reads what the supporters of a project paid for', async () => {
  const told = await counts(write('paid.pb'), '--rule', 'equal-shares', '--explain', 'b')
  expect(told).toContain('it costs 50, and its supporters had 10 left. Missing: 40.')
  expect(told).toContain(
    'It has 2 supporters, each held 25. What they paid for together:\n№\u00a0a: 40\n10 are left',
  )
})

test('the exports: a table that no spreadsheet runs, and an election that is read again with its new outcome', async () => {
  await counts(write('out.pb'), '--rule', 'greedy-no-skip', '--csv', path('out.csv'), '--pb', path('new.pb'))
  const csv = readFileSync(path('out.csv'), 'utf8')
  expect(csv.startsWith('\uFEFFPlace;№;Project;Cost;Votes;Won\r\n1;a;"Құдық; <терең>";60;3;1\r\n')).toBe(true)
  expect(csv).toContain(";b;'=Lamps;50;2;0\r\n")
  const again = readPabulib(readFileSync(path('new.pb'), 'utf8'))
  if (!again.ok) throw new Error(JSON.stringify(again.problem))
  expect(again.value.meta.rule).toBe('greedy-no-skip')
  expect(again.value.projects.map(({ id, selected }) => [id, selected])).toEqual([
    ['a', 1],
    ['b', 0],
    ['c', 0],
  ])
  expect(readFileSync(path('new.pb'), 'utf8')).toContain('voter_id;vote;age\nv1;a,b;33\n')
  await expect(counts(path('out.pb'), '--csv', path('out.csv'))).rejects.toThrow('there already')
})

test('the picture is written as SVG or PNG, and as nothing else', async () => {
  await counts(write('seen.pb'), '--picture', path('seen.svg'))
  await counts(path('seen.pb'), '--picture', path('seen.png'), '--lang', 'kk')
  expect(readFileSync(path('seen.svg'), 'utf8')).toMatch(/^<svg /)
  expect(readFileSync(path('seen.png')).subarray(1, 4).toString()).toBe('PNG')
  await expect(counts(path('seen.pb'), '--picture', path('seen.jpg'))).rejects.toThrow('.svg or a .png')
})

test('a long count says on the side that it still counts, a short one does not', async () => {
  const [long, short] = [path('long.txt'), path('short.txt')]
  const [told, untold] = [openSync(long, 'w'), openSync(short, 'w')]
  /** Holds the thread, as a count does, until the other thread has written. */
  const busy = (mayLast: () => void) => {
    mayLast()
    const giveUp = performance.now() + 60_000
    while (readFileSync(long, 'utf8') === '' && performance.now() < giveUp);
    return 7
  }
  expect(await withProgress('counting:', busy, { after: 100, fd: told })).toBe(7)
  await withProgress('counting:', () => 1, { after: 60_000, fd: untold })
  expect(readFileSync(long, 'utf8')).toMatch(/^counting: \d+ s\n/)
  expect(readFileSync(short, 'utf8')).toBe('')
})
