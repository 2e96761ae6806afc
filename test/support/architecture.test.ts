// The checker of the tree finds one planted fault of each kind, and is not fooled by comments, strings and near misses.
import { describe, expect, test } from 'vitest'
import {
  circleFaults,
  importFaults,
  lengthFaults,
  moduleFaults,
  shapeFaults,
  type Table,
} from './architecture.ts'
import { importsOf, readSource } from './source.ts'

const row = (ours: string[], npm: string[] = [], node = true) => ({ ours, npm, node })
const TABLE: Table = {
  core: row([], ['zod', '@noble/hashes'], false),
  store: row(['core'], ['drizzle-orm', 'postgres']),
  bot: row(['core', 'i18n'], ['grammy']),
  loops: row(['bot/api.ts', 'bot/*/view.ts']),
  sandbox: row([]),
  i18n: row(['core']),
  main: row(['*'], ['*']),
}
const REST: [string, string][] = [
  'core/ids.ts',
  'bot/api.ts',
  'bot/vote/view.ts',
  'bot/vote/feature.ts',
  'i18n.ts',
  'store/rows.ts',
  'sandbox/start.ts',
  'sandbox/chat.ts',
].map((file) => [file, '// empty'])
/** The faults of one file, set into a small tree. */
const faultsOf = (file: string, text: string) => importFaults(new Map([...REST, [file, text]]), TABLE)

describe('an import that the table forbids is found', () => {
  const planted: [string, string, string][] = [
    ['core/a.ts', "import { rows } from '../store/rows.ts'", 'may not import store/rows.ts'],
    ['core/a.ts', "import type { Rows } from '../store/rows.ts'", 'may not import store/rows.ts'],
    ['core/a.ts', "type Rows = import('../store/rows.ts').Rows", 'may not import store/rows.ts'],
    ['core/a.ts', "export type { Rows } from '../store/rows.ts'", 'may not import store/rows.ts'],
    ['core/a.ts', "export * from '../store/rows.ts'", 'may not import store/rows.ts'],
    ['core/a.ts', "import {\n  one,\n  type Two,\n} from '../store/rows.ts'", 'may not import store/rows.ts'],
    ['core/a.ts', "const rows = await import('../store/rows.ts')", 'may not import store/rows.ts'],
    ['core/a.ts', "import { hash } from 'node:crypto'", 'may not import node:crypto'],
    ['core/a.ts', "import 'grammy'", 'may not import the package grammy'],
    [
      'core/a.ts',
      "import { sha } from '@noble/curves/ed25519.js'",
      'may not import the package @noble/curves',
    ],
    ['i18n.ts', "import { t } from './bot/api.ts'", 'may not import bot/api.ts'],
    [
      'bot/ideas/view.ts',
      "import { x } from '../vote/view.ts'",
      'the feature ideas may not import the feature vote',
    ],
    ['loops/a.ts', "import { x } from '../bot/vote/feature.ts'", 'may not import bot/vote/feature.ts'],
    ['main.ts', "import { x } from './sandbox/chat.ts'", 'of the sandbox only start.ts, not sandbox/chat.ts'],
    ['main.ts', "import postgres from 'postgres'", 'only store may import postgres'],
    ['main.ts', "import { eq } from 'drizzle-orm/pg-core'", 'only store may import drizzle-orm'],
    ['bot/a.ts', "import data from '../../package.json'", 'imports ../../package.json from outside src'],
    ['bot/a.ts', "import { x } from './api'", 'imports ./api, which is not there (extension?)'],
    ['bot/a.ts', 'const x = await import(name)', 'imports a computed path, which nobody can check'],
    ['bot/a.ts', 'const x = await import(`./${name}.ts`)', 'imports a computed path, which nobody can check'],
    ['bot/a.ts', "const x = require('undici')", 'may not import the package undici'],
    ['shop/a.ts', '', 'the table has no row for shop'],
  ]
  test.each(planted)('%s: %s', (file, text, fault) => {
    expect(faultsOf(file, text)).toEqual([`${file}: ${fault}`])
  })
})

test('what the table allows passes', () => {
  const allowed: [string, string][] = [
    ['core/a.ts', "import { sha256 } from '@noble/hashes/sha2.js'\nimport { ids } from './ids.ts'"],
    ['bot/a.ts', "import { x } from './vote/feature.ts'\nimport { readFile } from 'node:fs/promises'"],
    ['bot/vote/screens/a.ts', "import { x } from '../view.ts'\nimport { y } from '../../api.ts'"],
    ['loops/a.ts', "import { x } from '../bot/api.ts'\nimport { y } from '../bot/vote/view.ts'"],
    [
      'main.ts',
      "import { x } from './sandbox/start.ts'\nimport data from '../package.json' with { type: 'json' }",
    ],
  ]
  for (const [file, text] of allowed) expect(faultsOf(file, text)).toEqual([])
})

test('comments, strings, templates and regular expressions are not taken for imports', () => {
  const text = [
    "// import { a } from 'a'",
    "/* import { b } from 'b' */",
    'const one = "import c from \'c\'"',
    "const two = `import d from 'd' ${list.map((x) => `import('e') ${x}`)} import 'f'`",
    "const three = /import 'g'|[/]import 'h'/.test(one) && size! / 2 > 1 / 3",
    "roll.import('i')",
    'const here = import.meta.url',
    "import { real } from 'real' // from 'unreal'",
    "const four = `${await import('inner')}`",
  ].join('\n')
  expect(importsOf(readSource(text)).map((found) => found.spec)).toEqual(['real', 'inner'])
})

test('a circle is found, through types and over three files, and told once', () => {
  const files = new Map([
    ['core/c.ts', "import { a } from './a.ts'"],
    ['core/a.ts', "import type { B } from './b.ts'"],
    ['core/b.ts', "export { c } from './c.ts'"],
    ['core/d.ts', "import { a } from './a.ts'"],
  ])
  expect(circleFaults(files)).toEqual(['core/a.ts → core/b.ts → core/c.ts → core/a.ts'])
  files.set('core/b.ts', '')
  expect(circleFaults(files)).toEqual([])
})

describe('a misshapen file is found', () => {
  const long = `${'const x = 1\n'.repeat(300)}`
  const planted: [string, string, string][] = [
    [
      'bot/utils.ts',
      '// Odds and ends.',
      'a name that says nothing: put each thing with the code that makes it',
    ],
    [
      'core/types.ts',
      '// All of it.',
      'a name that says nothing: put each thing with the code that makes it',
    ],
    ['core/castBallot.ts', '// Casts.', 'not named in kebab-case'],
    ['core/a.ts', "import { x } from './x.ts'", 'its first line is not a comment that says what it is'],
    ['core/a.ts', `// Long.\n${long}`, '301 lines and no reason (300+: …) in the first'],
  ]
  test.each(planted)('%s', (file, text, fault) => {
    expect(shapeFaults(new Map([[file, text]]))).toEqual([`${file}: ${fault}`])
  })
  test('a long file that says why is left in peace', () => {
    expect(
      shapeFaults(new Map([['core/a.ts', `// 300+: one table, which must be read as one.\n${long}`]])),
    ).toEqual([])
  })
})

describe('state, acts on import and impurity are found', () => {
  const planted: [string, string, string][] = [
    ['bot/a.ts', 'export let count = 0', 'module-level export let count = 0'],
    ['bot/a.ts', 'let count: number', 'module-level let count: number'],
    ['bot/a.ts', "register('x', () => {\n  run()\n})", "runs on import: register(' ', () => {"],
    ['bot/a.ts', 'await connect()', 'runs on import: await connect()'],
    ['bot/a.ts', 'for (const x of list) use(x)', 'runs on import: for (const x of list) use(x)'],
    ['bot/a.ts', 'export default function a() {}', 'export default'],
    ['bot/a.ts', 'const f = () => process.env.HOME', 'reads process.env, which only config.ts may'],
    ['bot/a.ts', "const f = () => process['env']", 'reads process.env, which only config.ts may'],
    [
      'bot/a.ts',
      'const f = () => {\n  const { env } = process\n}',
      'reads process.env, which only config.ts may',
    ],
    ['bot/a.ts', "import { env } from 'node:process'", 'reads process.env, which only config.ts may'],
    ['bot/index.ts', "export { a } from './a.ts'", 'an index.ts is a registry or nothing'],
    ['bot/index.ts', "import { a } from './a.ts'\nexport { a }", 'an index.ts is a registry or nothing'],
    ['bot/index.ts', 'export type A = string', 'an index.ts is a registry or nothing'],
    ['bot/a.ts', "export * from './b.ts'", 'export *: import from the file itself'],
    ['core/a.ts', 'const f = () => Date.now()', 'touches Date.now, and it must stay pure'],
    ['core/a.ts', 'const f = () => new Date()', 'touches new Date(), and it must stay pure'],
    ['sealing/a.ts', 'const f = () => Math.random()', 'touches Math.random, and it must stay pure'],
    ['core/a.ts', "const f = () => Buffer.from('x')", 'touches Buffer., and it must stay pure'],
  ]
  test.each(planted)('%s: %s', (file, text, fault) => {
    expect(moduleFaults(new Map([[file, text]]))).toEqual([`${file}: ${fault}`])
  })
})

test('well-behaved modules pass', () => {
  const files = new Map([
    ['config.ts', 'export const readConfig = () => process.env'],
    ['main.ts', 'await start(process.env)'],
    [
      'core/ballots/index.ts',
      "import { approval } from './approval.ts'\n\nexport const BALLOTS = {\n  approval,\n} satisfies X",
    ],
    [
      'core/a.ts',
      'export const day = (now: string) => new Date(now)\n\nexport function f() {\n  let n = 0\n  return n\n}',
    ],
    [
      'bot/a.ts',
      "// process.env is read in config.ts\nconst text = 'process.env'\nexport const LONG =\n  'x'\n",
    ],
    [
      'bot/b.ts',
      'export type A =\n  | { kind: 1 }\n  | { kind: 2 }\n\nexport const list = [\n  1,\n] as const\n',
    ],
  ])
  expect(moduleFaults(files)).toEqual([])
})

describe('a function that is too long is found', () => {
  const body = (lines: number, indent = '  ') => `${indent}act()\n`.repeat(lines)
  const planted: [string, string][] = [
    [
      'export async function long(a: number): void {',
      `export async function long(a: number): void {\n${body(59)}}\n`,
    ],
    ['export function wrapped({', `export function wrapped({\n  a,\n}: Parts): void {\n${body(57)}}\n`],
    ['const arrow = async (a: number) => {', `const arrow = async (a: number) => {\n${body(59)}}\n`],
    ['async handle(update) {', `const bot = {\n  async handle(update) {\n${body(59, '    ')}  },\n}\n`],
  ]
  test.each(planted)('%s', (head, text) => {
    expect(lengthFaults(new Map([['bot/a.ts', text]]))).toEqual([
      `bot/a.ts: 61 lines in one function: ${head}`,
    ])
  })
  test('sixty lines, a long list and two functions in a row pass', () => {
    const list = `export const list = [\n${body(90)}]\n`
    const two = `function one() {\n${body(40)}}\n\nfunction two() {\n${body(40)}}\n`
    const sixty = `function sixty() {\n${body(58)}}\n`
    expect(lengthFaults(new Map([['bot/a.ts', list + two + sixty]]))).toEqual([])
  })
})
