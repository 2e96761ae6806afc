// Hostile requests: whatever anybody sends to the program's own port changes nothing, is answered, and leaves no line in the log.
import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { type Server, startServer } from '../../src/server.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { sized } from '../support/size.ts'
import { tableSums } from '../support/table-sums.ts'

const SIZE = Number(process.env.DAUYS_FUZZ ?? sized('forged requests', 1_000, 20_000))
const AT_ONCE = 20
const SECRET = 'a-secret-of-the-webhook'

let app: TestApp
let server: Server
let village: number
let draft: number
const lines: string[] = []
/** Updates that came through the webhook. */
let believed = 0
beforeAll(async () => {
  app = await testApp('requests')
  const cycle = await smallCycle(app, 'auyl', [[100, 200]])
  await openVoting(app, cycle.id)
  village = cycle.villages[0] as number
  const [someone] = await voters(app, cycle.id, village, 1)
  must(await vote(app, cycle.id, someone as NonNullable<typeof someone>, ['a1']))
  await numberLeaves(app)
  draft = (await smallCycle(app, 'draft', [[100]])).villages[0] as number
  const log = createLog('info', (line) => lines.push(line))
  const open = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder('nowhere') })
  const believe = async () => {
    believed++
    return undefined
  }
  const webhook = { path: '/telegram', secret: SECRET, process: believe }
  server = await startServer({ host: '127.0.0.1', port: 0, log, open, webhook })
})
afterAll(async () => {
  await server.close()
  await app.done()
})

const piece = () =>
  fc.oneof(
    fc.constantFrom(
      'auyl',
      'draft',
      'key',
      'checkpoint',
      'checkpoints',
      'bundle',
      'tile',
      '0',
      '000',
      'photo',
      'work',
      '..',
      '',
      '.',
    ),
    fc.constantFrom(
      String(village),
      String(draft),
      'share-kk.png',
      'result.json',
      'vote.pb',
      'report.pdf',
      '-1',
      '999999999',
      '1e3',
    ),
    fc.nat({ max: 300 }).map(String),
    fc.string({ maxLength: 20 }).map(encodeURIComponent),
    fc.constantFrom('%', '%00', '%2e%2e%2f', '__proto__', 'x'.repeat(500), '%F0%9F%92%A5'),
  )
const path = () =>
  fc.oneof(
    { weight: 8, arbitrary: fc.array(piece(), { maxLength: 6 }).map((parts) => `/open/${parts.join('/')}`) },
    { weight: 2, arbitrary: fc.array(piece(), { maxLength: 3 }).map((parts) => `/${parts.join('/')}`) },
    { weight: 3, arbitrary: fc.constantFrom('/telegram', '/healthz', '/metrics', '/') },
  )
const hostile = () =>
  fc.record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
    path: fc
      .tuple(
        path(),
        fc.option(fc.string({ maxLength: 30 }).map((text) => `?lang=${encodeURIComponent(text)}`)),
      )
      .map(([at, query]) => at + (query ?? '')),
    language: fc.option(fc.constantFrom('kk', 'ru;q=0.1', '*', 'x'.repeat(300), ';;;', 'kk,,,ru;q=abc')),
    secret: fc.option(fc.constantFrom('', 'guessed', `${SECRET}x`, SECRET.slice(1), SECRET.toUpperCase())),
    body: fc.oneof(
      fc.constantFrom('', '{', 'null', '[]', '{"update_id":1}', '{"update_id":"1","message":{}}'),
      fc.json(),
      fc.string({ maxLength: 200, unit: 'binary' }),
    ),
  })
type Hostile = typeof hostile extends () => fc.Arbitrary<infer R> ? R : never

const statusOf = ({ method, path: at, language, secret, body }: Hostile): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request({
      port: server.port,
      host: '127.0.0.1',
      method,
      path: at,
      headers: {
        ...(language !== null && { 'accept-language': language }),
        ...(secret !== null && { 'x-telegram-bot-api-secret-token': secret }),
      },
    })
    asked.once('response', (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.once('error', (error) => reject(new Error(`${error.message}: ${method} ${at}`)))
    asked.end(['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method) ? undefined : body)
  })

test(`${SIZE} forged requests change nothing, are all answered, and break nothing`, async () => {
  const before = await tableSums(app)
  const all = fc.sample(hostile(), { numRuns: SIZE, seed: 20_261_129 })
  const statuses = new Map<number, number>()
  for (let start = 0; start < all.length; start += AT_ONCE)
    for (const status of await Promise.all(all.slice(start, start + AT_ONCE).map(statusOf)))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
  expect([...statuses.keys()].filter((status) => status < 200 || status >= 500)).toEqual([])
  expect(statuses.get(200) ?? 0, 'some pages were found').toBeGreaterThan(SIZE / 100)
  expect(believed).toBe(0)
  expect(lines).toEqual([])
  expect(await tableSums(app)).toEqual(before)
})
