// The program at work: bot, loops, server, and the sandbox where there is no token; until it is told to stop.
import { hostname } from 'node:os'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { UserFromGetMe } from 'grammy/types'
import { builtBeside, programFolder, programVersion } from '../beside.ts'
import { createChannelPosts } from '../bot/announce/channel-posts.ts'
import { createProgress } from '../bot/announce/progress.ts'
import { createClient } from '../bot/api.ts'
import { createBot } from '../bot/bot.ts'
import { createCards } from '../bot/moderation/cards.ts'
import { createChatCommands } from '../bot/chat-commands.ts'
import { tellCommands } from '../bot/commands.ts'
import { tellProfile } from '../bot/profile.ts'
import { ALLOWED_UPDATES, startPolling } from '../bot/polling.ts'
import { createRedraw } from '../bot/redraw.ts'
import { createPipeline, type Pipeline } from '../bot/updates.ts'
import { readHowVoices } from '../bot/voice.ts'
import type { Config } from '../config.ts'
import { OFFSET, ZONE } from '../core/zone.ts'
import { createI18n, zoneIsCurrent } from '../i18n.ts'
import { createLog, errorFacts, type Log } from '../log.ts'
import { startLoops } from '../loops/loops.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { watchStores } from './gauges.ts'
import { openApp, type Opened } from './open-app.ts'
import { listening, telegramAway, type Wait, waiting } from './patiently.ts'
import { openMedia } from './open-media.ts'
import { openSession } from './open-session.ts'
import { inEarnest } from './played.ts'
import { sampledLog } from './sampled-log.ts'
import { openSandbox } from './sandbox-people.ts'
import { startOpsServer } from '../ops-server.ts'
import { type Server, startServer } from '../server.ts'
import { isSessionAway } from '../session/away.ts'
import { memorySession } from '../session/memory.ts'
import { databaseAway } from '../store/db.ts'
import { nameFirstAdmins } from '../use-cases/name-first-admins.ts'
import { readFigures } from '../use-cases/read-figures.ts'
import { openPages } from '../web/pages.ts'

/** An orderly stop takes no longer for what is under way. */
const STOP_MS = 8_000

/** Runs until SIGINT or SIGTERM; resolves after an orderly stop. Throws what the person who starts it must know. */
export async function runProgram(config: Config, say: (line: string) => void): Promise<void> {
  if (config.mode === 'sandbox' && config.refusal) throw new Error(config.refusal)
  const holder = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const quiet = config.mode === 'sandbox' && config.logLevel === 'info'
  const log = sampledLog(createLog(quiet ? 'warn' : config.logLevel, undefined, { replica: holder }))
  if (!zoneIsCurrent())
    throw new Error(`the time zone data of this Node.js is from before March 2024: ${ZONE} must be ${OFFSET}`)
  const ending: (() => Promise<unknown>)[] = []
  const end = async () => {
    for (const step of ending.splice(0).reverse())
      await step().catch((error: unknown) => log.warn('stopping', errorFacts(error)))
    log.flush()
  }
  try {
    const wait = waiting(config.startPatience, say)
    const opened = await wait('PostgreSQL (DATABASE_URL)', databaseAway, () => openApp(config, log))
    ending.push(() => opened.close())
    const running = await start(config, opened, log, ending, wait, holder)
    const stopped = stopSignal()
    say(running)
    await stopped
    say('Stopping…')
  } finally {
    await end()
  }
}

/** Resolves, once everything runs, with the line that says so. */
async function start(
  config: Config,
  opened: Opened,
  log: Log,
  ending: (() => Promise<unknown>)[],
  wait: Wait,
  holder: string,
): Promise<string> {
  const { app } = opened
  await nameFirstAdmins(app, config.admins)
  const textsOf = createI18n()
  const metrics = createMetrics()
  metrics.ownsTables.set(opened.owns ? 1 : 0)
  const sandbox = config.mode === 'sandbox' ? await openSandbox(config, app) : undefined
  if (sandbox) ending.push(() => sandbox.close())
  else await inEarnest(config)
  const link = sandbox ?? {
    token: config.mode === 'sandbox' ? '' : config.token,
    apiRoot: config.mode === 'sandbox' ? '' : config.apiRoot,
  }
  const me = await wait('Telegram (TELEGRAM_API_ROOT)', telegramAway, () =>
    whoWeAre(link.token, link.apiRoot, metrics),
  )
  const session = await wait('Redis (REDIS_URL)', isSessionAway, () => openSession(config, me.id))
  ending.push(() => session.close())
  const client = createClient(link.token, link.apiRoot, session, metrics)
  ending.push(() => client.close())

  const { publicUrl } = config
  const parts = { app, session, log, metrics, download: client.download, username: me.username, publicUrl }
  const howVoices = await readHowVoices(config.voiceDir, textsOf.languages)
  const mediaFolder = programFolder('data')
  const copies = openMedia(config)
  const bot = createBot({ parts, api: client.api, me, textsOf, mediaFolder, copies, howVoices })
  const pipeline = createPipeline({ session, log, metrics, ...bot })
  const redraw = createRedraw({ session, log, metrics, draw: bot.draw })
  const loops = startLoops({
    app,
    redraw,
    chatCommands: createChatCommands({ app, api: client.api, textsOf, log, bot: me.id }),
    cards: createCards({ app, api: client.api, textsOf, log, copies }),
    api: client.bulk,
    mail: client.mail,
    progress: createProgress({ app, api: client.bulk, textsOf }),
    posts: createChannelPosts({ app, api: client.api, textsOf, log, links: { bot: me.username, publicUrl } }),
    media: { store: copies, download: client.download },
    session,
    textsOf,
    log,
    metrics,
    pace: config.messages.perSecond,
    inFlight: config.messages.atOnce,
    holder,
  })
  const servers: Server[] = []
  // At the same time: nothing new comes in, no loop begins a step, and what was begun has a few seconds.
  ending.push(() =>
    within(
      STOP_MS,
      Promise.all([...servers.map((one) => one.close()), loops.stop()]).then(() => pipeline.idle()),
    ),
  )
  const server = await listening(
    'PORT',
    config.port,
    startServer({
      host: config.host,
      port: sandbox && config.port !== 0 ? config.port + 1 : config.port,
      log,
      open: openPages({
        app,
        textsOf,
        bot: me.username,
        publicUrl,
        kit: builtBeside('kit.html'),
        copies,
      }),
      ...(config.mode === 'webhook'
        ? {
            webhook: {
              path: new URL(config.webhookUrl).pathname,
              secret: config.webhookSecret,
              process: (update) => pipeline.process(update, true),
            },
          }
        : {}),
    }),
  )
  servers.push(server)
  const ops = await listening(
    'OPS_PORT',
    config.ops.port,
    startOpsServer({
      ...config.ops,
      log,
      metrics,
      ready: bot.ready,
      gather: watchStores(metrics, app, session, config, opened.keys),
    }),
  )
  ending.push(() => ops.close())
  await receive(config, client.api, pipeline, log, ending)
  await tellCommands(client.api, textsOf).catch((error: unknown) =>
    log.warn('commands not told', errorFacts(error)),
  )
  await tellProfile(client.api, textsOf, me.username).catch((error: unknown) =>
    log.warn('what stands before Start not told', errorFacts(error)),
  )
  const { mode, databaseUrl, redisUrl } = config
  const stores = `${databaseUrl ? 'PostgreSQL' : 'embedded PostgreSQL'}, ${redisUrl ? 'Redis' : 'memory'}`
  log.info('started', {
    version: programVersion(),
    node: process.versions.node,
    schema: (await readFigures(app)).schema,
    keys: Object.entries(opened.keys)
      .map(([name, fingerprint]) => `${name}=${fingerprint}`)
      .join(' '),
    mode,
    stores,
    port: server.port,
    ops: ops.port,
  })
  return sandbox
    ? `Dauys sandbox: open ${sandbox.page}  (server: port ${server.port})`
    : `Dauys runs as @${me.username} (server: port ${server.port})`
}

async function receive(
  config: Config,
  api: ReturnType<typeof createClient>['api'],
  pipeline: Pipeline,
  log: Log,
  ending: (() => Promise<unknown>)[],
): Promise<void> {
  if (config.mode === 'webhook') {
    await api.setWebhook(config.webhookUrl, {
      secret_token: config.webhookSecret,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: 100,
    })
    return
  }
  await api.deleteWebhook()
  const poller = startPolling(api, pipeline, log)
  ending.push(() => poller.stop())
}

/** Asked before the session store is opened, whose keys carry the bot's id; no pause holds this question up. */
async function whoWeAre(token: string, apiRoot: string, metrics: Metrics): Promise<UserFromGetMe> {
  const client = createClient(token, apiRoot, memorySession(), metrics)
  try {
    return await client.api.getMe()
  } finally {
    await client.close()
  }
}

/** What is not done by then is left as a kill would leave it: whatever was begun is begun again by the next who runs. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, pause(ms, undefined, { ref: false })])
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
