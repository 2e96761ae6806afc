// The public pages over HTTP: who reads them, keeps them, asks in another language, or asks for nonsense.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCheckpointText, readSignedNote, readVerifierKey } from '../../src/core/audit/checkpoint.ts'
import { rootOf } from '../../src/core/audit/merkle.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { type Server, startServer } from '../../src/server.ts'
import { lastCheckpoint } from '../../src/use-cases/last-checkpoint.ts'
import { mendTiles } from '../../src/use-cases/mend-tiles.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openPages } from '../../src/web/pages.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { unguarded } from '../support/database.ts'
import { fill } from '../support/leaves.ts'
import { must, openVoting, type SmallCycle, smallCycle, vote, voters } from '../support/cycle.ts'

const PATH = '/open/auyl/checkpoint'

let app: TestApp
let server: Server
let cycle: SmallCycle
const lines: string[] = []
beforeAll(async () => {
  app = await testApp('pages')
  const textsOf = createI18n()
  const log = createLog('info', (line) => lines.push(line))
  const open = openPages({ app, textsOf, bot: 'dauys_bot', copies: mediaFolder('nowhere') })
  server = await startServer({ host: '127.0.0.1', port: 0, log, open })
  cycle = await smallCycle(app, 'auyl', [[1_000_000]])
  await openVoting(app, cycle.id)
  await castOne()
})
afterAll(async () => {
  await server.close()
  await app.done()
})

/** One more person votes, and the log has a new head. */
async function castOne(): Promise<void> {
  const [someone] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  if (!someone) throw new Error('nobody votes')
  must(await vote(app, cycle.id, someone, ['a1']))
  await numberLeaves(app)
}

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, init)

/** The status of a request whose first line is written by hand: fetch would mend it. */
const statusOf = (line: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    )
    let said = ''
    socket.on('data', (part) => (said += part.toString()))
    socket.on('end', () => resolve(said.split(' ')[1] ?? ''))
    socket.on('error', reject)
  })

describe('the signed head of a log', () => {
  test('is the note to the byte, may be kept for seconds, and carries nothing that a browser would run', async () => {
    const answer = await ask(PATH)
    expect(answer.status).toBe(200)
    const note = await answer.text()
    expect(note).toBe(must(await lastCheckpoint(app, 'auyl')))
    expect(note).toMatch(/^dauys\.example/)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(Buffer.byteLength(note)),
      'cache-control': 'public, max-age=5',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })

  test('is not sent again to whoever has it, until there is another one', async () => {
    const etag = (await ask(PATH)).headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask(PATH, { headers: { 'if-none-match': known } })
      expect([again.status, await again.text(), again.headers.get('etag')], known).toEqual([304, '', etag])
    }
    expect((await ask(PATH, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    await castOne()
    expect((await ask(PATH, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('HEAD tells of it without sending it', async () => {
    const [head, whole] = [await ask(PATH, { method: 'HEAD' }), await ask(PATH)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['content-length', 'etag', 'content-type', 'cache-control'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name))
  })
})

test('the key of a log is published in the form that auditors keep, and checks what the log signs', async () => {
  const answer = await ask('/open/auyl/key')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  const key = readVerifierKey((await answer.text()).trimEnd())
  expect(must(key)).toMatchObject({ name: `${app.origin}/auyl`, publicKey: app.secrets.logKeys.publicKey })
  expect((await ask('/open/elsewhere/key')).status).toBe(404)
})

describe('the tiles of a log', () => {
  const tile = (path: string, init?: RequestInit) => ask(`/open/auyl/tile/${path}`, init)
  const bytesOf = async (path: string) => new Uint8Array(await (await tile(path)).arrayBuffer())
  const head = async () => {
    const note = must(readSignedNote(await (await ask(PATH)).text()))
    return must(readCheckpointText(note.text))
  }

  beforeAll(async () => {
    await fill(app, cycle.id, 'auyl', 600)
    await numberLeaves(app)
  })

  test('give whoever fetches them the root that the checkpoint signs', async () => {
    const { size, root } = await head()
    // As the specification says which there are: floor(s / 256^l) hashes at level l, the last tile as wide as is left.
    const levels: Uint8Array[][] = []
    for (let level = 0; Math.floor(size / 256 ** level) > 0; level++) {
      const count = Math.floor(size / 256 ** level)
      const hashes: Uint8Array[] = []
      for (let index = 0; index * 256 < count; index++) {
        const width = Math.min(256, count - index * 256)
        const name = `${level}/${String(index).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`
        const bytes = await bytesOf(name)
        expect(bytes.length, name).toBe(width * 32)
        for (let at = 0; at < width; at++) hashes.push(bytes.slice(at * 32, at * 32 + 32))
      }
      levels.push(hashes)
    }
    expect(rootOf(levels[0] ?? [])).toEqual(root)
    expect(levels[1]).toEqual([
      rootOf(levels[0]?.slice(0, 256) ?? []),
      rootOf(levels[0]?.slice(256, 512) ?? []),
    ])
    expect(levels).toHaveLength(2)
    // What stands in the log stands in a tile: the leaf of a receipt.
    const [row] = await app.db.sql<{ hash: Uint8Array; seq: number }[]>`
      select l.hash, e.seq from ballot b join leaf l on l.id = b.leaf join entry e on e.leaf = l.id limit 1`
    expect(levels[0]?.[row?.seq ?? -1]).toEqual(new Uint8Array(row?.hash ?? []))
  })

  test('a full one is kept for good, an unfinished one for an hour, and neither is sent twice', async () => {
    for (const [path, control] of [
      ['0/001', 'public, max-age=31536000, immutable'],
      ['1/000.p/2', 'public, max-age=3600'],
    ] as const) {
      const answer = await tile(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
      expect(answer.headers.get('cache-control')).toBe(control)
      const etag = answer.headers.get('etag') ?? ''
      const again = await tile(path, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      const told = await tile(path, { method: 'HEAD' })
      expect([told.headers.get('content-length'), told.headers.get('etag')]).toEqual([
        answer.headers.get('content-length'),
        etag,
      ])
    }
  })

  test('an unfinished one stays what it was when the log grows on', async () => {
    const { size } = await head()
    const [path, then] = [`0/002.p/${size - 512}`, await bytesOf(`0/002.p/${size - 512}`)]
    await castOne()
    expect((await head()).size).toBeGreaterThan(size)
    expect(await bytesOf(path)).toEqual(then)
    expect((await bytesOf(`0/002.p/1`)).length).toBe(32)
  })

  test('what no tile is called, or no tile of this log, is not there; nor are the acts themselves', async () => {
    const { size } = await head()
    for (const path of [
      '',
      '0',
      '0/2',
      '0/003',
      '0/000.p/0',
      '0/000.p/256',
      '0/000.p/0256',
      `0/002.p/${size - 512 + 1}`,
      '0/002',
      '1/000',
      '2/000.p/1',
      '63/000.p/1',
      '64/000',
      '0/x000/000',
      '0/000/',
      '0/-01',
      'entries/000',
      'data/000',
    ])
      expect([path, (await tile(path)).status]).toEqual([path, 404])
    expect((await ask('/open/nowhere/tile/0/000')).status).toBe(404)
  })

  test('one that somebody altered or took away is shown to nobody, and is made anew from the log', async () => {
    const then = await bytesOf('0/001')
    const acts: [string, string, string[]][] = [
      [
        `update tile set hashes = sha256(hashes) || substr(hashes, 33) where log = ${cycle.id} and level = 0 and index = 1`,
        'altered',
        ['0/001', '0/001.p/7'],
      ],
      [
        `delete from tile where log = ${cycle.id} and level = 1`,
        'removed',
        ['0/001', '1/000.p/2', '0/002.p/3'],
      ],
    ]
    for (const [act, what, paths] of acts) {
      await unguarded(app.db, (sql) => sql.unsafe(act))
      for (const path of paths) {
        const answer = await tile(path, { headers: { 'accept-language': 'en' } })
        expect([what, path, answer.status, answer.headers.get('cache-control')]).toEqual([
          what,
          path,
          503,
          'no-cache',
        ])
        expect(await answer.text()).toContain('tile')
      }
      expect(must(await mendTiles(app, cycle.id))).toBe(4)
      expect(await bytesOf('0/001')).toEqual(then)
    }
  })
})

describe('what is not there', () => {
  const MISSING = { kk: 'Мұндай бет жоқ.', ru: 'Такой страницы нет.', en: 'There is no such page.' }

  test.each([
    ['/open/nowhere/checkpoint', undefined, 'kk'],
    ['/open/nowhere/checkpoint', 'ru', 'ru'],
    ['/open/', 'en-US,en;q=0.9,ru;q=0.8', 'en'],
    ['/open/', 'de,en;q=0.4,ru-RU;q=0.6', 'ru'],
    ['/open/', 'ru;q=0,en;q=nonsense,*', 'kk'],
    ['/open/?lang=en', 'ru', 'en'],
    ['/open/?lang=tlh', 'ru', 'ru'],
    ['/open/?lang=%00%ff', '', 'kk'],
  ] as const)('%s for a reader of %s is said in %s', async (path, accept, locale) => {
    const answer = await ask(path, { headers: { 'accept-language': accept ?? '' } })
    expect([answer.status, await answer.text()]).toEqual([404, `${MISSING[locale]}\n`])
    expect(answer.headers.get('content-language')).toMatch(new RegExp(`^${locale}-`))
    expect(answer.headers.get('vary')).toBe('accept-language')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  test('is a 404 outside of the pages too', async () => {
    for (const path of ['/', '/open', '/favicon.ico', '/open/../healthz/x'])
      expect((await ask(path)).status, path).toBe(404)
  })
})

test('pages are only read', async () => {
  for (const path of [PATH, '/healthz', '/nowhere'])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await ask(path, { method })
      expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([405, 'GET, HEAD'])
    }
})

test('an address that is none is the fault of whoever sent it, and no line in our log', async () => {
  expect(await statusOf('GET //')).toBe('404')
  expect(await statusOf('GET //[')).toBe('404')
  expect(await statusOf('GET http://elsewhere.example/healthz')).toBe('400')
  expect(await statusOf('OPTIONS *')).toBe('400')
  expect(await statusOf('GET /open/%')).toBe('404')
  expect(await statusOf(`GET /open/${'a'.repeat(2000)}/checkpoint`)).toBe('404')
  expect(lines).toEqual([])
})
