// An observer with the specification of C2SP tlog-tiles and nothing of ours: every checkpoint is the beginning of the next, and a leaf is in the log.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { fill } from '../support/leaves.ts'

let app: TestApp
let serve: ReturnType<typeof openPages>
beforeAll(async () => {
  app = await testApp('log-reader')
  serve = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder('.') })
  const { id } = await smallCycle(app, 'read', [[1_000_000]])
  await numberLeaves(app)
  for (const [from, count] of [
    [0, 200],
    [200, 400],
  ] as const) {
    // The checkpoints before are an hour old.
    await unguarded(
      app.db,
      async (sql) => sql`update head set at = at - interval '2 hours' where log = ${id}`,
    )
    await fill(app, id, 'read', count, from)
    await numberLeaves(app)
  }
}, 60_000)
afterAll(() => app.done())

async function get(path: string): Promise<Buffer | undefined> {
  const page = await serve({ method: 'GET', path: `read/${path}`, query: new URLSearchParams() })
  return page.status === 200 ? Buffer.from(page.body) : undefined
}

const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

/** MTH of RFC 6962 over hashes of leaves. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0] as Buffer
  let left = 1
  while (2 * left < hashes.length) left *= 2
  return sha(Buffer.of(1), rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left)))
}

/** The hashes of a level of a tree of this size: full tiles, and the partial one that the size asks for. */
async function level(of: number, size: number): Promise<Buffer[]> {
  const hashes: Buffer[] = []
  const entries = Math.floor(size / 256 ** of)
  for (let index = 0; index * 256 < entries; index++) {
    const width = Math.min(256, entries - index * 256)
    const name = `tile/${of}/${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`
    const tile = await get(name)
    expect([name, tile?.length]).toEqual([name, width * 32])
    for (let at = 0; at < width; at++) hashes.push(Buffer.from(tile?.subarray(at * 32, at * 32 + 32) ?? []))
  }
  return hashes
}

test('all checkpoints lie on one log, which its tiles make at every level', async () => {
  const text = (await get('checkpoints'))?.toString('utf8') ?? ''
  const heads = [...text.matchAll(/^dauys\.example\/read\n(\d+)\n(\S+)\n\n— dauys\.example\/read \S+\n/gm)]
  const sizes = heads.map(([, size]) => Number(size))
  expect(sizes).toHaveLength(3)
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  const last = sizes.at(-1) ?? 0
  expect(last).toBeGreaterThan(512)
  const leaves = await level(0, last)
  // Each is a beginning of the last: the root of so many leaves is the one that was signed then.
  for (const [, size, root] of heads)
    expect(rootOf(leaves.slice(0, Number(size))).toString('base64')).toBe(root)
  for (const size of sizes) expect(await level(0, size)).toEqual(leaves.slice(0, size))
  const upper = await level(1, last)
  expect(upper).toEqual([0, 1].map((tile) => rootOf(leaves.slice(tile * 256, tile * 256 + 256))))
  // Empty tiles, wider ones than there are, and what the leaves say are not served.
  for (const none of ['tile/2/000.p/1', 'tile/1/000.p/3', 'tile/0/004', 'tile/entries/000', 'tile/0/0'])
    expect([none, await get(none)]).toEqual([none, undefined])
})
