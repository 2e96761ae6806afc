// Hostile input: whatever a resident sends instead of pressing what is shown, nothing changes, every press is answered, nothing breaks.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../src/bot/api.ts'
import { createBot } from '../../src/bot/bot.ts'
import { createPipeline, type Pipeline } from '../../src/bot/updates.ts'
import { packUuid } from '../../src/core/ids.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { NO_HURRY, PATIENCE_MS } from '../support/patience.ts'
import { cards } from '../support/cards.ts'
import { opened, openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
import { sized } from '../support/size.ts'
import { buttonsOf } from '../support/staff-screens.ts'
import { tableSums } from '../support/table-sums.ts'

const SIZE = Number(process.env.DAUYS_FUZZ ?? sized('forged buttons, links and queries', 1_000, 20_000))
/** Fewer than the flood limit lets through, so that every payload reaches its handler. */
const PER_PERSON = 50
/** So many people press in one moment. */
const AT_ONCE = 100
const ME = { id: 1, is_bot: true, first_name: 'b', username: 'b_bot', can_join_groups: false } as never

let app: TestApp
let cycle: SmallCycle
let draft: SmallCycle
let strangers: string[]
let telegram: Server
let pipeline: Pipeline
let close: () => Promise<void>
const answered = new Set<string>()
const lines: string[] = []

beforeAll(async () => {
  app = await testApp('fuzz')
  cycle = await smallCycle(app, 'fuzz', [[100, 200, 300], [400]])
  draft = await smallCycle(app, 'fuzz-draft', [[100]])
  await openVoting(app, cycle.id)
  await cards(app, cycle.id, cycle.villages[0] as number, 3)
  const others = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  strangers = await Promise.all(others.map(async (voter) => (await opened(app, cycle.id, voter)).ballot))
  for (const voter of others) await vote(app, cycle.id, voter, ['a2'])
  telegram = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString('utf8')))
    request.on('end', () => {
      const method = request.url?.split('/').at(-1)
      const { callback_query_id: press, inline_query_id: inline } = JSON.parse(body || '{}') as Record<
        string,
        string
      >
      if (method === 'answerCallbackQuery') answered.add(press as string)
      if (method === 'answerInlineQuery') answered.add(inline as string)
      response.end(JSON.stringify({ ok: true, result: { message_id: 1 } }))
    })
  })
  await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve))
  actions = [...RESIDENTS, ...(await buttonsOf(STAFF)).keys()]
  const session = memorySession()
  const metrics = createMetrics(false)
  const log = createLog('trace', (line) => lines.push(line))
  const root = `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`
  const client = createClient('1:x', root, session, metrics)
  const parts = { app, session, log, metrics, download: client.download, username: 'b_bot' }
  const bot = createBot({
    parts,
    api: client.api,
    me: ME,
    textsOf: createI18n(),
    mediaFolder: '/nowhere',
    pace: NO_HURRY,
  })
  pipeline = createPipeline({ session, log, metrics, ...bot, watchdogMs: PATIENCE_MS, waitMs: PATIENCE_MS })
  close = () => client.close()
})
afterAll(async () => {
  await close()
  telegram.close()
  await app.done()
})

const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -1),
  fc.nat({ max: 60 }),
  fc.integer(),
)
const field = () =>
  fc.oneof(
    number.map((n) => n.toString(36)),
    fc.constantFrom(...strangers.map(packUuid)),
    fc.uuid().map(packUuid),
    fc.constantFrom(
      '',
      'kk',
      'ru',
      'c_1234567890123450',
      '__proto__',
      'toString',
      'NaN',
      '%00',
      '💥',
      "';--",
    ),
    fc.string({ maxLength: 12 }),
  )
/** Buttons by which a resident looks at things or votes; erasing oneself is everybody's right. */
const RESIDENTS =
  'mn pl dl dc vt ra rs hd lg vl vn hw al vc bo ba bl bm bp br bs df ds dn dm dp dv bk bt bx'.split(' ')
/** Whose buttons no resident may press. */
const STAFF =
  'announce answering assist holding keeping manage moderation new-cycle paper second signals'.split(' ')
let actions: string[]
const payload = () =>
  fc
    .oneof(
      fc
        .tuple(fc.constantFrom(...actions), fc.array(field(), { maxLength: 6 }))
        .map(([action, fields]) => [action, ...fields].join(':')),
      // A button of somebody else, or of a cycle that is not open.
      fc
        .tuple(fc.constantFrom('bm', 'bp', 'br', 'bs'), fc.constantFrom(...strangers), number, number)
        .map(([action, ballot, a, b]) => `${action}:${packUuid(ballot)}:${a.toString(36)}:${b.toString(36)}`),
      fc
        .tuple(fc.constantFrom('vt', 'pl', 'dl', 'ra', 'rs', 'hd', 'ba', 'bo'), number)
        .map(([action, n]) => `${action}:${draft.id.toString(36)}:${n.toString(36)}`),
      fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
    )
    .filter((data) => !data.startsWith('dx'))
const link = () =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('v', 'p', 'c', 'x', ''), fc.array(field(), { maxLength: 4 }))
      .map(([k, f]) => [k, ...f].join('_')),
    // Sixteen digits whose check digits are wrong: a right guess would be a look-up, and counted.
    fc.stringMatching(/^[0-9]{14}$/).map((digits) => `c_${digits}00`),
    fc.string({ maxLength: 70 }),
  )

type Sent = (id: number, from: number) => Update
const someone = (id: number) => ({ id, is_bot: false, first_name: 'x', language_code: 'ru' })
const chat = (id: number) => ({ id, type: 'private' as const, first_name: 'x' })
const hostile = (): fc.Arbitrary<Sent> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: payload().map(
        (data): Sent =>
          (id, from) => ({
            update_id: id,
            callback_query: {
              id: `q${id}`,
              from: someone(from),
              chat_instance: '1',
              data,
              message: { message_id: 1, date: 1, chat: chat(from), text: 'x' } as never,
            },
          }),
      ),
    },
    {
      weight: 2,
      arbitrary: link().map(
        (text): Sent =>
          (id, from) => ({
            update_id: id,
            message: {
              message_id: id,
              date: 1,
              from: someone(from),
              chat: chat(from),
              text: `/start ${text}`,
              entities: [{ type: 'bot_command', offset: 0, length: 6 }],
            } as never,
          }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.oneof(link(), fc.string({ maxLength: 300 })).map(
        (query): Sent =>
          (id, from) => ({
            update_id: id,
            inline_query: { id: `q${id}`, from: someone(from), query, offset: '' },
          }),
      ),
    },
  )

test(`${SIZE} forged buttons, links and queries change nothing, are all answered, and break nothing`, async () => {
  const people = Array.from({ length: Math.ceil(SIZE / PER_PERSON) }, (_, at) => 9_000_000 + at)
  for (const [at, id] of people.entries()) {
    const home = { cycle: cycle.id, territory: cycle.villages[at % 2] as number }
    await rememberAccount(app, id, { locale: at % 2 ? 'kk' : 'ru', home })
  }
  const before = await tableSums(app, people)
  const all = fc.sample(hostile(), { numRuns: SIZE, seed: 20_260_802 })
  const asked: string[] = []
  const updates = all.map((make, at) => make(1_000_000 + at, people[at % people.length] as number))
  const atOnce = Math.min(AT_ONCE, people.length)
  for (let start = 0; start < updates.length; start += atOnce) {
    const part = updates.slice(start, start + atOnce)
    await Promise.all(part.map((update) => pipeline.process(update)))
    asked.push(...part.flatMap((update) => update.callback_query?.id ?? update.inline_query?.id ?? []))
  }
  await pipeline.idle()
  expect(asked.length).toBeGreaterThan(SIZE / 2)
  expect(asked.filter((id) => !answered.has(id))).toEqual([])
  expect(lines.filter((line) => /"level":(40|50|60)/.test(line))).toEqual([])
  expect(await tableSums(app, people)).toEqual(before)
})
