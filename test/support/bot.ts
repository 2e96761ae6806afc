// The bot as people meet it: the real pieces in this process, against the sandbox's Bot API over HTTP, on a database of their own.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { createChannelPosts } from '../../src/bot/announce/channel-posts.ts'
import { createProgress } from '../../src/bot/announce/progress.ts'
import { createClient } from '../../src/bot/api.ts'
import { createBot } from '../../src/bot/bot.ts'
import { createCards } from '../../src/bot/moderation/cards.ts'
import { createChatCommands } from '../../src/bot/chat-commands.ts'
import { tellCommands } from '../../src/bot/commands.ts'
import { ALLOWED_UPDATES, startPolling } from '../../src/bot/polling.ts'
import type { Pace } from '../../src/bot/pace.ts'
import { createRedraw } from '../../src/bot/redraw.ts'
import { createPipeline, type Pipeline } from '../../src/bot/updates.ts'
import { readHowVoices } from '../../src/bot/voice.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { startLoops } from '../../src/loops/loops.ts'
import { startSandbox } from '../../src/sandbox/start.ts'
import { startServer } from '../../src/server.ts'
import { memorySession } from '../../src/session/memory.ts'
import { redisSession } from '../../src/session/redis.ts'
import type { Session } from '../../src/session/session.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import type { MediaStore } from '../../src/store/media-store.ts'
import { openPages } from '../../src/web/pages.ts'
import { testApp } from './app.ts'
import { botCycle, type BotVillage, type CycleWish } from './bot-cycle.ts'
import { must } from './cycle.ts'
import { sayNotRun } from './notes.ts'
import { NO_HURRY, PATIENCE_MS } from './patience.ts'
import { type Person, putPerson } from './person.ts'

export interface BotWish {
  /** Steers chance and names the story. */
  seed: string
  cycle?: CycleWish
  /** Redis where the run has one, else memory with a note. */
  session?: 'memory' | 'redis'
  webhook?: boolean
  /** How fast a chat is drawn; as fast as people of a story act unless told. */
  pace?: Pace
  /** Sequencer, phase clock and deliveries. */
  loops?: boolean
  mediaFolder?: string
  /** Where copies of what people send lie, instead of a folder. */
  copies?: MediaStore
  /** A folder of voice notes that explain how it works. */
  voiceFolder?: string
  /** A folder of languages instead of locales/. */
  locales?: string
}

export type TestBot = Awaited<ReturnType<typeof startBot>>

const DATA = fileURLToPath(new URL('../../data/', import.meta.url))
const SECRET = 'the-secret-of-a-story'
const LANGUAGES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const
type Language = keyof typeof LANGUAGES

export async function startBot(wish: BotWish) {
  const app = await testApp(wish.seed)
  const cycle = await botCycle(app, wish.cycle)
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  const metrics = createMetrics(false)
  const textsOf = createI18n(wish.locales)
  const { session, forget } = openSession(wish)
  const client = createClient(sandbox.token, sandbox.url, session, metrics)
  const me = await client.api.getMe()
  const parts = { app, session, log, metrics, download: client.download, username: me.username }
  const ideaMedia = join(tmpdir(), `dauys-media-${randomUUID()}`)
  const copies = wish.copies ?? mediaFolder(ideaMedia)
  const bot = createBot({
    parts,
    api: client.api,
    me,
    textsOf,
    mediaFolder: wish.mediaFolder ?? DATA,
    copies,
    pace: wish.pace ?? NO_HURRY,
    howVoices: await readHowVoices(wish.voiceFolder, textsOf.languages),
  })
  const pipeline = createPipeline({ session, log, metrics, ...bot })
  const watched = watch(pipeline)
  const ending: (() => Promise<unknown>)[] = []
  if (wish.webhook) {
    const webhook = {
      path: '/telegram',
      secret: SECRET,
      process: (update: never) => watched.process(update, true),
    }
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      log,
      webhook,
      open: openPages({ app, textsOf, bot: me.username, copies }),
    })
    const url = `http://127.0.0.1:${server.port}/telegram`
    await client.api.setWebhook(url, { secret_token: SECRET, allowed_updates: ALLOWED_UPDATES })
    ending.push(() => client.api.deleteWebhook().then(() => server.close()))
  } else {
    const poller = startPolling(client.api, { ...pipeline, process: watched.process }, log)
    ending.push(() => poller.stop())
  }
  await tellCommands(client.api, textsOf)
  ending.push(() => rm(ideaMedia, { recursive: true, force: true }))
  if (wish.loops) {
    const redraw = createRedraw({ session, log, metrics, draw: bot.draw })
    const loops = startLoops({
      app,
      api: client.bulk,
      mail: client.mail,
      progress: createProgress({ app, api: client.bulk, textsOf }),
      posts: createChannelPosts({ app, api: client.api, textsOf, log, links: { bot: me.username } }),
      cards: createCards({ app, api: client.api, textsOf, log, copies }),
      media: { store: copies, download: client.download },
      session,
      textsOf,
      log,
      metrics,
      holder: 'story',
      redraw,
      chatCommands: createChatCommands({ app, api: client.api, textsOf, log, bot: me.id }),
    })
    ending.push(() => loops.stop())
  }

  const control = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const sent = await fetch(`${sandbox.url}/control/${path}`, { method, ...(body ? json : {}) })
    return (await sent.json()) as Record<string, unknown>
  }
  const person = (fields: object = {}): Promise<Person> =>
    putPerson({ control, settled: watched.settled }, fields)
  const spent = new Map<number, number>()

  return {
    app,
    session,
    cycle,
    textsOf,
    control,
    person,
    username: me.username,
    /** Where copies of photos and voice notes of ideas lie. */
    ideaMedia,
    copies,
    settled: watched.settled,
    /** A resident who stands before the menu of a village, come by its link. */
    async resident(language: Language = 'kk', village: BotVillage = cycle.villages[0]): Promise<Person> {
      const someone = await person({ language_code: language })
      await someone.says(`/start v_${village.territory}`)
      await someone.taps(LANGUAGES[language])
      return someone
    },
    /** The code of a card that nobody has used yet, with its serial. */
    envelope(village: BotVillage = cycle.villages[0]) {
      const at = spent.get(village.territory) ?? 0
      spent.set(village.territory, at + 1)
      const card = village.cards[at]
      if (!card) throw new Error('no envelope is left in this village')
      return card
    },
    /** Bytes of the Bot API, both ways, so far. */
    async traffic(): Promise<number> {
      const { bytes_in, bytes_out } = await control('GET', 'stats')
      return Number(bytes_in) + Number(bytes_out)
    },
    /** Ends a trial's vote now. */
    close: async (id = cycle.id) => must(await movePhase(app, id, { by: 'command' })),
    /** Numbers the log, counts and publishes. */
    async publish(id = cycle.id): Promise<void> {
      await numberLeaves(app)
      must(await countCycle(app, id, 'command'))
      must(await publishResults(app, id, 'command'))
    },
    metrics,
    /** What went wrong inside, as the log has it. */
    faults: (): string[] => lines.filter((line) => /"level":(40|50)/.test(line)),
    /** The same, once: what a story means to happen is no fault at its end. */
    takeFaults(): string[] {
      const faults = this.faults()
      lines.splice(0)
      return faults
    },
    /** Ends everything; a fault in the log fails the story. */
    async stop(): Promise<void> {
      for (const end of ending.reverse()) await end()
      await pipeline.idle()
      await client.close()
      await session.close()
      await forget()
      await sandbox.close()
      await app.done()
      const faults = this.faults()
      if (faults.length > 0) throw new Error(`the log tells of faults:\n${faults.join('\n')}`)
    },
  }
}

/** The pipeline, and a way to wait until it is done with one update and everything it said. */
function watch(pipeline: Pipeline) {
  const done = new Set<number>()
  const waiting = new Map<number, () => void>()
  return {
    process: async (...given: Parameters<Pipeline['process']>) => {
      const carried = await pipeline.process(...given)
      const { update_id } = given[0]
      done.add(update_id)
      waiting.get(update_id)?.()
      return carried
    },
    settled: async (update: number): Promise<void> => {
      if (!done.has(update))
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new Error(`update ${update} was never done with`)),
            PATIENCE_MS,
          )
          waiting.set(update, () => {
            clearTimeout(timer)
            resolve()
          })
        })
      await pipeline.idle()
    },
  }
}

/** A session store, and how to leave nothing of it behind. */
function openSession({ session: kind }: BotWish): {
  session: Session
  forget: () => Promise<void>
} {
  const url = process.env.DAUYS_TEST_REDIS_URL
  if (kind === 'redis' && !url) sayNotRun('a story on Redis (memory instead)', 'no Redis')
  if (kind !== 'redis' || !url) return { session: memorySession(), forget: async () => {} }
  const prefix = `dauys-story-${randomUUID()}:`
  const forget = async () => {
    const redis = new Redis(url)
    const keys = await redis.keys(`${prefix}*`)
    if (keys.length > 0) await redis.del(...keys)
    redis.disconnect()
  }
  return { session: redisSession(url, 1, { prefix }), forget }
}
