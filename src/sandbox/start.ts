// Starts the sandbox: a Bot API server, its control API and its chat page on one port.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { botApi } from './bot-api.ts'
import { controlApi } from './control.ts'
import { writeJson } from './http.ts'
import { forgetOld } from './methods/callbacks.ts'
import { startPolling } from './polling.ts'
import { keep, restore, savedToken } from './snapshot.ts'
import { createWorld, newToken } from './state.ts'
import { servePage } from './static.ts'
import { startWebhook } from './webhook.ts'

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number
  host: string
  /** Absent: the token of the earlier run in `dir`, else a new one. */
  token?: string
  botName?: string
  botUsername?: string
  /** Folder that keeps people, chats and files between runs; absent: all is forgotten at the end. */
  dir?: string
}
export interface Sandbox {
  /** `http://host:port`, the API root for the bot and the address of the page. */
  url: string
  token: string
  close(): Promise<void>
}

const botId = 7_100_000_001

/** Serves until `close`. Rejects when the port cannot be taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dir, host } = options
  const token = options.token ?? (dir === undefined ? undefined : savedToken(dir)) ?? newToken(botId)
  const world = createWorld(token, options.botName ?? 'Dauys', options.botUsername ?? 'dauys_sandbox_bot')
  if (dir !== undefined) restore(world, dir)
  const kept = dir === undefined ? undefined : keep(world, dir)

  const webhook = startWebhook(
    world,
    () => polling.interrupt('terminated by setWebhook request'),
    (answer) => bot.playAnswer(answer),
  )
  const polling = startPolling(world, () => webhook.active())
  world.clock.onAdvance(() => forgetOld(world))
  const release = () => {
    webhook.wake()
    polling.wake()
  }
  const bot = botApi(world, polling, webhook)
  const boundToLoopback = ['localhost', '127.0.0.1', '::1'].includes(host)
  const control = controlApi(world, webhook, boundToLoopback, release)
  const page = new URL('./page/', import.meta.url)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    if (url.pathname.startsWith('/bot')) return bot.call(request, response, url)
    if (url.pathname.startsWith('/file/bot')) return bot.file(response, url)
    if (url.pathname.startsWith('/control/')) return control(request, response, url)
    if (request.method === 'GET' || request.method === 'HEAD') return servePage(page, response, url.pathname)
    writeJson(response, 405, { error: 'GET only' })
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const broken = error instanceof URIError ? 400 : 500
      const description = error instanceof Error ? error.message : 'unknown'
      if (response.headersSent || response.destroyed) response.destroy()
      else writeJson(response, broken, { ok: false, error_code: broken, description, error: description })
    })
  })
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host

  return {
    url: `http://${name}:${port}`,
    token,
    async close() {
      polling.close()
      webhook.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      kept?.flush()
    },
  }
}
