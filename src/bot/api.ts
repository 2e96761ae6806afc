// The client of the Bot API: keep-alive connections over undici, and the one rule for 429.
import { setTimeout as sleep } from 'node:timers/promises'
import { Api, GrammyError } from 'grammy'
import { Pool } from 'undici'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { Screen } from './message.ts'
import { NoPhoto, sendNew } from './new-message.ts'

/** A reply waits this long for Telegram's pause to end, and no longer. Milliseconds. */
const PATIENCE_MS = 10_000
/** What a program needs to start and to listen goes out during a pause too. */
const UNPAUSED = /^(getUpdates|getMe|setWebhook|deleteWebhook)$/
/** Calls that may be repeated when their outcome is unknown. */
const REPEATABLE = /^(edit|answer|delete|get|set)/

export interface Client {
  api: Api
  close(): Promise<void>
}

type Init = RequestInit & { body?: unknown; signal?: AbortSignal }

interface Answer {
  json(): Promise<unknown>
  [key: string]: unknown
}

/** `apiRoot` without a slash at its end. A 429 pauses the whole fleet; replies wait it out as long as people would. */
export function createClient(token: string, apiRoot: string, session: Session, metrics: Metrics): Client {
  const root = new URL(apiRoot)
  const pool = new Pool(root.origin, {
    connections: 100,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    bodyTimeout: 0,
    headersTimeout: 0,
  })
  const pause = pauseAsker(session)
  const call = async (url: string, init: Init): Promise<Answer> => {
    const method = url.slice(url.lastIndexOf('/') + 1)
    const started = Date.now()
    for (let attempt = 1; ; attempt++) {
      const left = () => PATIENCE_MS - (Date.now() - started)
      const paused = UNPAUSED.test(method) ? 0 : await pause.left()
      // Calls during a pause make Telegram lengthen it: whoever cannot wait for its end does not call.
      if (paused > 0 && paused > left()) return { json: async () => stillPaused(paused) }
      if (paused > 0) await sleep(paused)
      try {
        const answer = await once(pool, url, init)
        metrics.calls.inc({ method, outcome: String(answer.status) })
        const retryAfter = answer.status === 429 ? retryAfterOf(answer.body) : undefined
        if (retryAfter !== undefined) {
          pause.forget()
          await session.pause('api', retryAfter * 1000).catch(() => undefined)
          if (retryAfter * 1000 < left() && replayable(init.body)) {
            await sleep(retryAfter * 1000)
            continue
          }
        }
        if (
          answer.status >= 500 &&
          REPEATABLE.test(method) &&
          attempt < 4 &&
          left() > 0 &&
          replayable(init.body)
        ) {
          await sleep(100 * 2 ** attempt)
          continue
        }
        return { json: async () => answer.body }
      } catch (error) {
        metrics.calls.inc({ method, outcome: 'lost' })
        if (method === 'getUpdates' || !replayable(init.body) || attempt >= 4 || left() <= 0) throw error
        if (!REPEATABLE.test(method) && !neverLeft(error)) throw error
        await sleep(100 * 2 ** attempt)
      }
    }
  }
  const api = new Api(token, { apiRoot, timeoutSeconds: 70, fetch: asGrammyFetch(call) })
  return { api, close: () => pool.close() }
}

/** grammY's types want node-fetch's answer; it reads no more of ours than `json()`. */
const asGrammyFetch = (call: (url: string, init: Init) => Promise<Answer>): never => call as never

/** Calls of one moment ask the session store once; a question from before a pause of our own is not joined. */
function pauseAsker(session: Session) {
  let asked: Promise<number> | undefined
  return {
    /** Milliseconds left of the fleet's pause. */
    left(): Promise<number> {
      if (asked) return asked
      const question = session.pausedFor('api').catch(() => 0)
      asked = question
      return question.finally(() => {
        if (asked === question) asked = undefined
      })
    },
    forget(): void {
      asked = undefined
    },
  }
}

async function once(pool: Pool, url: string, init: Init): Promise<{ status: number; body: unknown }> {
  const address = new URL(url)
  // grammY's signal is a polyfill that undici does not know.
  const native = new AbortController()
  const abort = () => native.abort()
  init.signal?.addEventListener('abort', abort)
  if (init.signal?.aborted) native.abort()
  try {
    const response = await pool.request({
      path: address.pathname + address.search,
      method: (init.method ?? 'GET') as 'GET' | 'POST',
      headers: init.headers as Record<string, string>,
      body: (init.body ?? null) as string | null,
      signal: native.signal,
    })
    const text = await response.body.text()
    return { status: response.statusCode, body: parse(text, response.statusCode) }
  } finally {
    init.signal?.removeEventListener('abort', abort)
  }
}

const replayable = (body: unknown) => body === undefined || body === null || typeof body === 'string'

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { ok: false, error_code: status, description: 'not an answer of the Bot API' }
  }
}

function retryAfterOf(body: unknown): number | undefined {
  const parameters =
    typeof body === 'object' && body !== null
      ? (body as { parameters?: { retry_after?: number } }).parameters
      : undefined
  return parameters?.retry_after
}

const stillPaused = (ms: number) => ({
  ok: false,
  error_code: 429,
  description: 'the fleet is paused',
  parameters: { retry_after: Math.ceil(ms / 1000) },
})

/** The connection was refused: the call certainly did not happen. */
function neverLeft(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ENOTFOUND'
}

/** What came of a message that rides on no request. `unknown`: it may have arrived, so it is never sent again. */
export type Sent =
  | { outcome: 'sent'; messageId: number }
  | { outcome: 'later'; afterSeconds: number }
  | { outcome: 'blocked' | 'failed' | 'unknown' }

/** Sends a screen to a person who did not ask for it just now. */
export async function sendNotice(api: Api, account: number, screen: Screen): Promise<Sent> {
  try {
    const message = await sendNew(api, account, screen)
    return { outcome: 'sent', messageId: message.message_id }
  } catch (error) {
    if (error instanceof NoPhoto) return { outcome: 'failed' }
    if (!(error instanceof GrammyError)) return { outcome: 'unknown' }
    if (error.error_code === 429) return { outcome: 'later', afterSeconds: error.parameters.retry_after ?? 5 }
    if (error.error_code >= 500) return { outcome: 'unknown' }
    return {
      outcome: error.error_code === 403 || /chat not found/.test(error.description) ? 'blocked' : 'failed',
    }
  }
}
