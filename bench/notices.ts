// The scene `notices`: thirty notices and a receipt behind them, with Telegram as far away as it is, against sending one by one.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '../src/bot/api.ts'
import { readConfig } from '../src/config.ts'
import type { Notice } from '../src/core/notice.ts'
import { createI18n } from '../src/i18n.ts'
import { createLog } from '../src/log.ts'
import { createDelivery, type DeliveryParts } from '../src/loops/delivery.ts'
import { createMetrics } from '../src/metrics.ts'
import { openApp } from '../src/program/open-app.ts'
import { startSandbox } from '../src/sandbox/start.ts'
import { memorySession } from '../src/session/memory.ts'
import { redisSession } from '../src/session/redis.ts'
import { enqueue } from '../src/store/deliveries.ts'
import { quantile } from './figures.ts'
import { type Control, controlOf } from './person.ts'
import { openServices } from './services.ts'

const NOTICES = 30
const DELAY_MS = 150
const ROUNDS = 5
const RESULTS: Notice = { kind: 'results', cycle: 1, territory: 1 }
const RECEIPT: Notice = {
  kind: 'receipt',
  ballot: '01890a5d-ac96-774b-bcce-b302099a8057',
  receipt: '12345678901234',
  at: '2026-11-07T04:00:00.000Z',
}

interface Way {
  name: string
  pace: number
  inFlight: number
}
/** The first and the last differ in how many are on their way at once, and in nothing else. */
const WAYS: readonly Way[] = [
  { name: 'one by one', pace: 1000, inFlight: 1 },
  { name: 'as it is set', pace: 27, inFlight: 12 },
  { name: 'at most 30 in a second', pace: 30, inFlight: 12 },
  { name: 'with no pace', pace: 1000, inFlight: 12 },
]

/** The lines to print. Takes under a minute. */
export async function noticesScene(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })]
  try {
    const { parts, control, people } = await prepare(dir, ends)
    let queued = 0
    /** Sends a second, and which one in the order of sending the receipt was. */
    const measure = async ({ pace, inFlight }: Way): Promise<[number, number]> => {
      const [hasty, ...others] = people as [number, ...number[]]
      for (const account of others)
        await enqueue(parts.app.db, RESULTS, { account, dedupe: `bench:${queued++}` })
      await enqueue(parts.app.db, RECEIPT, { account: hasty, dedupe: `bench:${queued++}` })
      const before = Math.max(0, ...(await sends(control)).map(({ n }) => n))
      const delivery = createDelivery({ ...parts, pace, inFlight })
      while ((await delivery.round()) > 0);
      await delivery.idle()
      const calls = (await sends(control)).filter(({ n }) => n > before)
      if (calls.length !== people.length) throw new Error('not everything was sent once')
      const seconds = ((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / 1000
      const place = calls.findIndex(({ params }) => Number(params.chat_id) === hasty) + 1
      return [(calls.length - 1) / seconds, place]
    }
    const rounds: [Way, number, number][] = []
    for (const way of WAYS) await measure(way) // warms up
    for (let round = 0; round < ROUNDS; round++)
      for (const way of WAYS) rounds.push([way, ...(await measure(way))])
    const of = (way: Way) => rounds.filter(([one]) => one === way)
    const rate = (way: Way) =>
      quantile(
        of(way).map(([, perSecond]) => perSecond),
        0.5,
      )
    const [alone, set, ...more] = WAYS as [Way, Way, ...Way[]]
    const last = Math.max(...of(set).map(([, , place]) => place))
    return [
      ...[alone, set, ...more].map((way) => `${way.name}: ${rate(way).toFixed(1)} a second`),
      `${NOTICES} notices with Telegram at ${DELAY_MS} ms: ${rate(set).toFixed(1)} a second as it is set, ${(rate(set) / rate(alone)).toFixed(1)} times one by one; a receipt queued behind them was sent as number ${last} of ${people.length}`,
    ]
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

async function prepare(dir: string, ends: (() => Promise<unknown>)[]) {
  const services = await openServices(process.env, { dir, needRedis: false, keep: false })
  ends.push(() => services.stop())
  const settings = { DAUYS_DIR: dir, ...(services.databaseUrl ? { DATABASE_URL: services.databaseUrl } : {}) }
  const log = createLog('error')
  const opened = await openApp(readConfig(settings), log)
  ends.push(() => opened.close())
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  ends.push(() => sandbox.close())
  const session = services.redisUrl ? redisSession(services.redisUrl, 1) : memorySession()
  ends.push(() => session.close())
  const metrics = createMetrics(false)
  const client = createClient(sandbox.token, sandbox.url, session, metrics)
  ends.push(() => client.close())
  const control = controlOf(sandbox.url, 10)
  ends.push(() => control.close())
  const people: number[] = []
  for (let n = 0; n <= NOTICES; n++) {
    const { id } = await control.post<{ id: number }>('people', { first_name: `Тұрғын ${n}` })
    await control.post(`people/${id}/send`, { text: '/start' })
    people.push(id)
  }
  await control.post('faults', { method: 'sendMessage', kind: 'delay', ms: DELAY_MS, times: 0 })
  const { app } = opened
  const parts: DeliveryParts = {
    app,
    api: client.bulk,
    mail: client.mail,
    session,
    textsOf: createI18n(),
    log,
    metrics,
  }
  return { parts, control, people }
}

interface Call {
  n: number
  at: number
  method: string
  params: { chat_id: number | string }
}

const sends = async (control: Control): Promise<Call[]> =>
  (await control.get<Call[]>('calls?after=0')).filter(({ method }) => method === 'sendMessage')
