// A fleet for a story: replicas of the bot on one database and one session store, fed by the sandbox's webhook, their logs caught.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { UserFromGetMe } from 'grammy/types'
import { Redis } from 'ioredis'
import { type Client, createClient } from '../../src/bot/api.ts'
import { createBot } from '../../src/bot/bot.ts'
import { ALLOWED_UPDATES } from '../../src/bot/polling.ts'
import type { Pace } from '../../src/bot/pace.ts'
import { createRedraw, type Redraw } from '../../src/bot/redraw.ts'
import { createPipeline, personOf, type Pipeline } from '../../src/bot/updates.ts'
import type { Locale } from '../../src/core/localised.ts'
import { createI18n, type T, type Texts } from '../../src/i18n.ts'
import { createLog, type Log } from '../../src/log.ts'
import { createMetrics, type Metrics } from '../../src/metrics.ts'
import { type Server, startServer } from '../../src/server.ts'
import { redisSession } from '../../src/session/redis.ts'
import type { Session } from '../../src/session/session.ts'
import { connect } from '../../src/store/db.ts'
import type { App } from '../../src/use-cases/app.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { openPages } from '../../src/web/pages.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { openRoom, type Room, type Someone } from '../sandbox/room.ts'
import type { TestApp } from './app.ts'
import { appRole } from './database.ts'
import { NO_HURRY, PATIENCE_MS } from './patience.ts'

const HASTY_MS = 500
export const SECRET = 'a-secret-of-the-webhook'

export interface FleetOptions {
  replicas?: number
  /** Default: the run's Redis, under a prefix of its own. */
  redisUrl?: string
  prefix?: string
  /** Default: the test's own database. */
  databaseUrl?: string
  waitMs?: number
  /** How fast a chat is drawn; as fast as people of a story act unless told. */
  pace?: Pace
  /** Webhook unless told: `none` leaves it to the story to feed the pipelines. */
  feed?: 'webhook' | 'none'
}

export interface Replica {
  app: App
  session: Session
  client: Client
  pipeline: Pipeline
  redraw: Redraw
  metrics: Metrics
}

export interface Fleet {
  room: Room
  replicas: Replica[]
  first: Replica
  log: Log
  /** Every log line so far. */
  lines: string[]
  /** Where the webhook listens: `http://127.0.0.1:<port>/telegram`. */
  webhook: string
  /** What stands before its keys in Redis. */
  keys: string
  textsOf: Texts
  /** A resident who has chosen language and village. */
  resident(
    name: string,
    home: { cycle: number; territory: number },
    locale?: Locale,
    id?: number,
  ): Promise<Resident>
  /** Resolves when Telegram has nothing to deliver, and no update or answer is under way. */
  settled(withinMs?: number): Promise<void>
  /** While `act` runs, updates of this person lose their turn after half a second; the others' have as long as they need. */
  impatientWith(person: { id: number }, act: () => Promise<void>): Promise<void>
  /** Lets Telegram's waiting times go by, until `done` holds (default: nothing is left to deliver) and all is quiet. */
  hurry(done?: () => Promise<boolean>): Promise<void>
  /** Replicas draw screens that are due, as their loops would, until `done` holds. */
  redraws(done: () => boolean | Promise<boolean>): Promise<void>
  stop(): Promise<void>
}

export interface Resident extends Someone {
  t: T
  /** Writes and waits until all is quiet. */
  tells(text: string): Promise<void>
  /** Presses a button and waits until all is quiet. */
  taps(label: string, messageId?: number): Promise<void>
  /** The texts of the bot's messages, oldest first. */
  texts(): Promise<string[]>
}

export async function openFleet(app: TestApp, options: FleetOptions = {}): Promise<Fleet> {
  const { replicas: count = 1, redisUrl = process.env.DAUYS_TEST_REDIS_URL ?? '', feed = 'webhook' } = options
  if (!redisUrl) throw new Error('this story needs Redis')
  const prefix = options.prefix ?? `dauys-test-${randomUUID()}:`
  const room = await openRoom()
  const lines: string[] = []
  const log = createLog('trace', (line) => lines.push(line))
  const textsOf = createI18n()
  const replicas: Replica[] = []
  const rushed = new Set<string>()
  const me: UserFromGetMe = await room.does('getMe')
  for (let n = 0; n < count; n++) {
    const url = options.databaseUrl ?? app.url
    const db = connect(url, { role: appRole(new URL(url).username) })
    const session = redisSession(redisUrl, me.id, { prefix })
    const metrics = createMetrics(false)
    const client = createClient(room.sandbox.token, room.sandbox.url, session, metrics)
    const own: App = { ...app, db, frozen: new Map() }
    const parts = { app: own, session, log, metrics, download: client.download, username: me.username }
    const mediaFolder = fileURLToPath(new URL('../../data/', import.meta.url))
    const bot = createBot({
      parts,
      api: client.api,
      me,
      textsOf,
      mediaFolder,
      pace: options.pace ?? NO_HURRY,
    })
    const { waitMs = PATIENCE_MS } = options
    const served = (watchdogMs: number) =>
      createPipeline({ session, log, metrics, ...bot, watchdogMs, waitMs })
    const [patient, hasty] = [served(PATIENCE_MS), served(HASTY_MS)]
    const pipeline: Pipeline = {
      process: (update, carries) => (rushed.has(personOf(update)) ? hasty : patient).process(update, carries),
      idle: async () => void (await Promise.all([patient.idle(), hasty.idle()])),
    }
    const redraw = createRedraw({ session, log, metrics, draw: bot.draw })
    replicas.push({ app: own, session, client, pipeline, redraw, metrics })
  }
  const first = replicas[0] as Replica
  let turn = 0
  const server: Server = await startServer({
    host: '127.0.0.1',
    port: 0,
    log,
    open: openPages({ app, textsOf, bot: me.username, copies: mediaFolder('.') }),
    // Copies of one update go to different replicas, as behind a balancer.
    webhook: {
      path: '/telegram',
      secret: SECRET,
      process: (update) => (replicas[turn++ % count] as Replica).pipeline.process(update, true),
    },
  })
  const webhook = `http://127.0.0.1:${server.port}/telegram`
  if (feed === 'webhook')
    await first.client.api.setWebhook(webhook, {
      secret_token: SECRET,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: 100,
    })

  const settled = async (withinMs = PATIENCE_MS): Promise<void> => {
    const deadline = Date.now() + withinMs
    for (;;) {
      for (const { pipeline } of replicas) await pipeline.idle()
      const { pending } = (await room.control('GET', 'stats')) as { pending: number }
      if (pending === 0) break
      if (Date.now() > deadline) throw new Error(`${pending} updates are still pending`)
      await new Promise((wake) => setTimeout(wake, 5))
    }
    for (const { pipeline } of replicas) await pipeline.idle()
  }

  const hurry = async (done?: () => Promise<boolean>): Promise<void> => {
    const empty = async () => (await room.control('GET', 'stats')).pending === 0
    const deadline = Date.now() + PATIENCE_MS
    while (!(await (done ?? empty)())) {
      if (Date.now() > deadline) throw new Error('it does not come to an end')
      // Telegram's clock does not run on while the bot is still at work.
      if (!done) for (const { pipeline } of replicas) await pipeline.idle()
      await room.control('POST', 'clock', { advance_ms: 500 })
      await new Promise((wake) => setTimeout(wake, 50))
    }
    if (!done) await settled()
  }

  return {
    room,
    hurry,
    async impatientWith({ id }, act) {
      rushed.add(String(id))
      await act()
      rushed.delete(String(id))
    },
    replicas,
    first,
    log,
    lines,
    webhook,
    keys: `${prefix}${me.id}:`,
    textsOf,
    settled,
    async resident(name, home, locale = 'ru', id) {
      const someone = await room.person(name, { language_code: locale, ...(id === undefined ? {} : { id }) })
      await rememberAccount(app, someone.id, { locale, home })
      return {
        ...someone,
        t: textsOf(locale),
        async tells(text) {
          await someone.says(text)
          await settled()
        },
        async taps(label, messageId) {
          const pressed = await someone.presses(
            label,
            messageId === undefined ? {} : { message_id: messageId },
          )
          if (pressed.error) throw new Error(pressed.error)
          await settled()
        },
        async texts() {
          const { messages } = await someone.sees()
          return messages
            .filter((one: { from: string }) => one.from === 'bot')
            .map((one: { text?: string; caption?: string }) => one.text ?? one.caption ?? '')
        },
      }
    },
    async redraws(done) {
      const deadline = Date.now() + PATIENCE_MS
      while (!(await done())) {
        if (Date.now() > deadline) throw new Error('the screens do not come')
        await Promise.all(replicas.map(({ redraw }) => redraw.round()))
        await Promise.all(replicas.map(({ redraw }) => redraw.idle()))
        await new Promise((wake) => setTimeout(wake, 50))
      }
    },
    async stop() {
      await room.bot('deleteWebhook')
      for (const { pipeline } of replicas) await pipeline.idle()
      await server.close()
      await Promise.all(
        replicas.flatMap(({ client, session, app: own }) => [
          client.close(),
          session.close(),
          own.db.close(),
        ]),
      )
      await room.close()
      await forget(redisUrl, prefix)
    },
  }
}

/** Removes what this fleet left in a shared Redis. */
async function forget(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    await redis.connect()
    const keys = await redis.keys(`${prefix}*`)
    if (keys.length > 0) await redis.del(...keys)
  } catch {
    // A Redis of the story's own is gone by now.
  } finally {
    redis.disconnect()
  }
}
