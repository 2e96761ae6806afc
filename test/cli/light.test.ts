// A command starts light: what it does not need is not loaded. Measured in bytes and packages, which are the same on every machine.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildShipped } from '../support/shipped.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const read = (file: string) => readFile(join(DIST, file), 'utf8')

interface Loaded {
  bytes: number
  packages: Set<string>
  /** What is loaded later, by its sources. */
  later: Map<string, string>
}

/** What a file brings with it at once, imports of imports too. */
async function loadedBy(file: string, seen = new Set<string>()): Promise<Loaded> {
  const all: Loaded = { bytes: 0, packages: new Set(), later: new Map() }
  const queue = [file]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const text = await read(next)
    all.bytes += text.length
    queue.push(...[...text.matchAll(/(?:from|^import) "\.\/([^"]+)"/gm)].map(([, name = '']) => name))
    for (const source of await sourcesOf(next)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]
      if (name !== undefined) all.packages.add(name)
    }
    for (const [, name = ''] of text.matchAll(/import\("\.\/([^"]+)"\)/g))
      for (const source of await sourcesOf(name)) all.later.set(source.replace(/^(\.\.\/)+/, ''), name)
  }
  return all
}
const sourcesOf = async (file: string): Promise<string[]> =>
  (JSON.parse(await read(`${file}.map`)) as { sources: string[] }).sources

const HEAVY = [
  'grammy',
  'postgres',
  'drizzle-orm',
  'ioredis',
  'pdfkit',
  'fontkit',
  '@resvg/resvg-wasm',
  'undici',
  'pino',
]
const heavy = ({ packages }: Loaded) => HEAVY.filter((name) => packages.has(name))

test('a help text loads no bot, no database and nothing that draws', async () => {
  await buildShipped()
  const help = await loadedBy('dauys.mjs')
  expect(heavy(help)).toEqual([])
  expect([...help.packages]).toContain('commander')
  expect(help.bytes).toBeLessThan(1_200_000)
  const program = await loadedBy(help.later.get('src/program/program.ts') ?? '')
  expect(heavy(program)).toEqual(HEAVY)
})

test('a count of a file loads the count besides, and nothing that draws', async () => {
  await buildShipped()
  const seen = new Set<string>()
  const help = await loadedBy('dauys.mjs', seen)
  const command = help.later.get('src/cli/count.ts')
  expect(command).toBeDefined()
  const words = await loadedBy(command ?? '', seen)
  const file = words.later.get('src/cli/count-file.ts')
  expect(file).toBeDefined()
  const count = await loadedBy(file ?? '', seen)
  expect([...heavy(words), ...heavy(count)]).toEqual([])
  expect(words.bytes + count.bytes).toBeLessThan(400_000)
})
