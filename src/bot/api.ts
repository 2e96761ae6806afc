// The client of the Bot API: keep-alive connections over undici, and the one place that waits or repeats.
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Api, GrammyError, HttpError, type Transformer } from 'grammy'
import type { ApiResponse } from 'grammy/types'
import { Pool } from 'undici'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { Screen } from './message.ts'
import { type Download, downloads } from './download.ts'
import { NoPhoto, sendNew } from './new-message.ts'
import { type Mail, mailOver, mailPool, neverLeft, type Sent } from './mail.ts'
import { type Calling, type Pauses, pausesOf } from './pauses.ts'
import { type Post, poster } from './post.ts'

/** A call to no chat waits this long for Telegram's pause to end, and repeats go on this long. Milliseconds. */
const PATIENCE_MS = 10_000
/** So long an answer is waited for. */
const TIMEOUT_S = 70
/** What a program needs to start and to listen goes out during a pause too. */
const UNPAUSED = /^(getUpdates|getMe|setWebhook|deleteWebhook)$/
/** Calls that may be repeated when their outcome is unknown. */
const REPEATABLE = /^(edit|answer|delete|get|set)/
/** What answers people all the time, and never uploads anything. */
const LEAN = new Set(['answerCallbackQuery', 'editMessageText', 'sendMessage'])

export interface Client {
  /** For replies: a 429 pauses that chat, and everybody's replies only where Telegram refuses everybody. */
  api: Api
  /** For messages that nobody asked for just now: a 429 pauses them over the whole fleet. */
  bulk: Api
  /** An announcement to one of many, straight to Telegram: a 429 pauses announcements over the whole fleet and nothing else. */
  mail: Mail
  /** What people sent, by its file id. */
  download: Download
  close(): Promise<void>
}

export type { Sent }

type Init = Omit<RequestInit, 'body'> & { body?: unknown; signal?: AbortSignal }

/** grammY reads no more of an answer. */
interface Answer {
  json(): Promise<unknown>
}

/**
 * `apiRoot` without a slash at its end. A call to a chat never waits for a pause: it is refused, as Telegram would, and whoever made it
 * keeps what it was to show.
 */
export function createClient(token: string, apiRoot: string, session: Session, metrics: Metrics): Client {
  const pool = new Pool(new URL(apiRoot).origin, {
    connections: 100,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    bodyTimeout: 0,
    headersTimeout: 0,
  })
  const mails = mailPool(new URL(apiRoot).origin)
  const pauses = pausesOf(session)
  const post = poster(pool, TIMEOUT_S * 1000)
  const path = new URL(`${apiRoot}/bot${token}`).pathname
  const through = (bulk: boolean) => {
    const line = { pool, pauses, metrics, bulk }
    const api = new Api(token, {
      apiRoot,
      timeoutSeconds: TIMEOUT_S,
      fetch: asGrammyFetch((url, init) => fetched(line, url, init)),
    })
    api.config.use(leanly(line, post, path))
    return api
  }
  const bulk = through(true)
  return {
    api: through(false),
    bulk,
    mail: mailOver({ pool: mails, session, metrics }, `${apiRoot}/bot${token}`),
    download: downloads(bulk, pool, apiRoot, token),
    close: async () => {
      await Promise.all([pool.close(), mails.close()])
    },
  }
}

interface Line {
  pool: Pool
  pauses: Pauses
  metrics: Metrics
  bulk: boolean
}

/** A call by grammY's own client: uploads, and all that is not asked for at every press. Dialogs know no other way. */
async function fetched(line: Line, url: string, init: Init): Promise<Answer> {
  const body = await whole(init.body)
  const given = { ...init, body }
  const answer = await patientCall(line, methodOf(url), callingOf(body, line.bulk), () =>
    once(line.pool, url, given),
  )
  return { json: () => Promise.resolve(answer) }
}

const methodOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

/** The same without all that grammY makes for a call: a form, a timer and a signal each. */
const leanly =
  (line: Line, post: Post, path: string): Transformer =>
  (prev, method, payload, signal) => {
    if (signal || !LEAN.has(method)) return prev(method, payload, signal)
    const { chat_id: chat } = payload as { chat_id?: number | string }
    const call = { ...(typeof chat === 'number' && { chat: String(chat) }), bulk: line.bulk }
    const body = JSON.stringify(payload)
    const send = async () => {
      const { status, text } = await post(`${path}/${method}`, body)
      return { status, body: parse(text, status) }
    }
    return patientCall(line, method, call, send).catch((error: unknown) => {
      throw new HttpError(`Network request for '${method}' failed!`, error)
    }) as Promise<ApiResponse<never>>
  }

/** Resolves with what Telegram said; `send` may be asked several times. */
async function patientCall(
  line: Line,
  method: string,
  call: Calling,
  send: () => Promise<{ status: number; body: unknown }>,
): Promise<unknown> {
  const { pauses, metrics } = line
  const patience = call.chat === undefined ? PATIENCE_MS : 0
  const started = Date.now()
  const since = () => Date.now() - started
  for (let attempt = 1; ; attempt++) {
    const again = attempt < 4 && since() < PATIENCE_MS
    const paused = UNPAUSED.test(method) ? 0 : await pauses.left(call)
    // Calls during a pause make Telegram lengthen it: whoever cannot wait for its end does not call.
    if (paused > 0 && paused > patience - since()) return stillPaused(paused)
    if (paused > 0) await sleep(paused)
    try {
      const answer = await send()
      metrics.calls.inc({ method, outcome: String(answer.status) })
      if (answer.status === 429) {
        const ms = retryAfterOf(answer.body) * 1000
        await pauses.refused(call, ms)
        if (ms >= patience - since()) return answer.body
        await sleep(ms)
      } else if (answer.status >= 500 && REPEATABLE.test(method) && again) await sleep(100 * 2 ** attempt)
      else {
        if (answer.status < 300) pauses.served(call)
        return answer.body
      }
    } catch (error) {
      metrics.calls.inc({ method, outcome: 'lost' })
      if (method === 'getUpdates' || !again) throw error
      if (!REPEATABLE.test(method) && !neverLeft(error)) throw error
      await sleep(100 * 2 ** attempt)
    }
  }
}

type Body = string | Buffer | null

/** What is uploaded comes as a stream: taken in whole, it tells its chat and can be sent twice. */
const whole = async (body: unknown): Promise<Body> =>
  typeof body === 'string' ? body : body ? buffer(body as NodeJS.ReadableStream) : null

/** To which chat a call goes: grammY writes it first, as JSON or as the first part of a form. */
function callingOf(body: Body, bulk: boolean): Calling {
  const head = typeof body === 'string' ? body : (body?.toString('latin1', 0, 200) ?? '')
  const chat = /^\{"chat_id":"?(-?\d+)|^--\S+\r\n[^\r\n]*name="chat_id"\r\n\r\n(-?\d+)/.exec(head)
  const named = chat?.[1] ?? chat?.[2]
  return named === undefined ? { bulk } : { chat: named, bulk }
}

/** grammY's types want node-fetch's answer; it reads no more of ours than `json()`. */
const asGrammyFetch = (call: (url: string, init: Init) => Promise<Answer>): never => call as never

async function once(
  pool: Pool,
  url: string,
  init: Init & { body: Body },
): Promise<{ status: number; body: unknown }> {
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
      body: init.body,
      signal: native.signal,
    })
    const text = await response.body.text()
    return { status: response.statusCode, body: parse(text, response.statusCode) }
  } finally {
    init.signal?.removeEventListener('abort', abort)
  }
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { ok: false, error_code: status, description: 'not an answer of the Bot API' }
  }
}

/** Seconds; a 429 without them is given five. */
function retryAfterOf(body: unknown): number {
  const { parameters } = (typeof body === 'object' && body !== null ? body : {}) as {
    parameters?: { retry_after?: number }
  }
  return parameters?.retry_after ?? 5
}

const stillPaused = (ms: number) => ({
  ok: false,
  error_code: 429,
  description: 'paused since an earlier refusal',
  parameters: { retry_after: ms / 1000 },
})

/** Sends a screen to a person who did not ask for it just now. */
export async function sendNotice(api: Api, account: number, screen: Screen): Promise<Sent> {
  try {
    const message = await sendNew(api, account, screen)
    return { outcome: 'sent', messageId: message.message_id }
  } catch (error) {
    if (error instanceof NoPhoto) return { outcome: 'failed' }
    if (!(error instanceof GrammyError)) return { outcome: 'unknown' }
    if (error.error_code === 429)
      return { outcome: 'later', afterSeconds: Math.ceil(error.parameters.retry_after ?? 5) }
    if (error.error_code >= 500) return { outcome: 'unknown' }
    return {
      outcome: error.error_code === 403 || /chat not found/.test(error.description) ? 'blocked' : 'failed',
    }
  }
}

/** Whatever Telegram says within `patience` milliseconds is an answer, unless it says that it is broken itself. */
export async function isThere(api: Api, patience: number): Promise<boolean> {
  try {
    await api.getMe(AbortSignal.timeout(patience) as never)
    return true
  } catch (error) {
    return error instanceof GrammyError && error.error_code < 500
  }
}
