// The program at work: bot, loops, server, and the sandbox where there is no token; until it is told to stop.
import { hostname } from 'node:os'
import { randomBytes } from 'node:crypto'
import type { UserFromGetMe } from 'grammy/types'
import { programFolder } from '../beside.ts'
import { createClient } from '../bot/api.ts'
import { createBot } from '../bot/bot.ts'
import { tellCommands } from '../bot/commands.ts'
import { ALLOWED_UPDATES, startPolling } from '../bot/polling.ts'
import { createPipeline, type Pipeline } from '../bot/updates.ts'
import type { Config } from '../config.ts'
import { OFFSET, ZONE } from '../core/zone.ts'
import { createI18n, zoneIsCurrent } from '../i18n.ts'
import { createLog, errorFacts, type Log } from '../log.ts'
import { startLoops } from '../loops/loops.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { openApp, type Opened } from './open-app.ts'
import { openSandbox } from './sandbox-people.ts'
import { startOpsServer } from '../ops-server.ts'
import { startServer } from '../server.ts'
import { memorySession } from '../session/memory.ts'
import { redisSession } from '../session/redis.ts'
import type { Session } from '../session/session.ts'
import { nameFirstAdmins } from '../use-cases/name-first-admins.ts'
import { openPage } from '../web/pages.ts'

/** Runs until SIGINT or SIGTERM; resolves after an orderly stop. Throws what the person who starts it must know. */
export async function runProgram(config: Config, say: (line: string) => void): Promise<void> {
  if (config.mode === 'sandbox' && config.refusal) throw new Error(config.refusal)
  const log = createLog(config.mode === 'sandbox' && config.logLevel === 'info' ? 'warn' : config.logLevel)
  if (!zoneIsCurrent())
    throw new Error(`the time zone data of this Node.js is from before March 2024: ${ZONE} must be ${OFFSET}`)
  const ending: (() => Promise<unknown>)[] = []
  const end = async () => {
    for (const step of ending.splice(0).reverse())
      await step().catch((error: unknown) => log.warn('stopping', errorFacts(error)))
  }
  try {
    const opened = await openApp(config, log)
    ending.push(() => opened.close())
    await start(config, opened, log, ending, say)
    await stopSignal()
    say('Stopping…')
  } finally {
    await end()
  }
}

async function start(
  config: Config,
  opened: Opened,
  log: Log,
  ending: (() => Promise<unknown>)[],
  say: (line: string) => void,
): Promise<void> {
  const { app } = opened
  await nameFirstAdmins(app, config.admins)
  const textsOf = createI18n()
  const metrics = createMetrics()
  const sandbox = config.mode === 'sandbox' ? await openSandbox(config, app) : undefined
  if (sandbox) ending.push(() => sandbox.close())
  const link = sandbox ?? {
    token: config.mode === 'sandbox' ? '' : config.token,
    apiRoot: config.mode === 'sandbox' ? '' : config.apiRoot,
  }
  const me = await whoWeAre(link.token, link.apiRoot, metrics)
  const session = await openSession(config, me.id)
  ending.push(() => session.close())
  const client = createClient(link.token, link.apiRoot, session, metrics)
  ending.push(() => client.close())

  const parts = { app, session, log, metrics, username: me.username }
  const bot = createBot({ parts, api: client.api, me, textsOf, mediaFolder: programFolder('data') })
  const pipeline = createPipeline({ session, log, metrics, ...bot })
  const loops = startLoops({
    app,
    api: client.api,
    session,
    textsOf,
    log,
    metrics,
    pace: config.messages.perSecond,
    inFlight: config.messages.atOnce,
    holder: `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
  })
  ending.push(() => loops.stop())
  ending.push(() => pipeline.idle())

  const server = await startServer({
    host: config.host,
    port: sandbox && config.port !== 0 ? config.port + 1 : config.port,
    log,
    open: (request) => openPage({ app, textsOf }, request),
    ...(config.mode === 'webhook'
      ? {
          webhook: {
            path: new URL(config.webhookUrl).pathname,
            secret: config.webhookSecret,
            process: (update) => pipeline.process(update),
          },
        }
      : {}),
  })
  ending.push(() => server.close())
  const ops = await startOpsServer({ ...config.ops, log, metrics, ready: bot.ready })
  ending.push(() => ops.close())
  await receive(config, client.api, pipeline, log, ending)
  await tellCommands(client.api, textsOf).catch((error: unknown) =>
    log.warn('commands not told', errorFacts(error)),
  )
  say(
    sandbox
      ? `Dauys sandbox: open ${sandbox.page}  (server: port ${server.port})`
      : `Dauys runs as @${me.username} (server: port ${server.port})`,
  )
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

/** Redis where it is configured, the memory of the process where it is not. Redis must keep nothing on disk. */
async function openSession(config: Config, bot: number): Promise<Session> {
  if (!config.redisUrl) return memorySession()
  const session = redisSession(config.redisUrl, bot)
  await session.ready()
  if ((await session.keepsNothingOnDisk()) === false) {
    await session.close()
    throw new Error(
      "Redis writes to disk: start it with --save '' --appendonly no, so that no mark of a ballot is kept",
    )
  }
  return session
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
