// The program's own HTTP server, open to the world: webhook, public pages, and whether it is alive. Figures are in ops-server.ts.
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import { timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Log } from './log.ts'
import { errorFacts } from './log.ts'

const BODY_LIMIT = 1_000_000

export interface OpenRequest {
  method: string
  /** What follows `/open/`. */
  path: string
  query: URLSearchParams
  acceptLanguage: string | undefined
  ifNoneMatch: string | undefined
}

export interface OpenAnswer {
  status: number
  type: string
  body: string | Uint8Array
  etag: string
  /** Seconds. */
  maxAge: number
  immutable?: true
  language?: string
  /** A Content-Security-Policy, where it is more than nothing. */
  policy?: string
}

/** A page loads nothing, runs nothing, stands in nobody's frame and tells no other site where its reader came from. */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}
const READING = { allow: 'GET, HEAD' }

export interface ServerParts {
  host: string
  port: number
  log: Log
  /** Public pages under /open/. */
  open(request: OpenRequest): Promise<OpenAnswer>
  /** `process` resolves with a call that Telegram makes out of the acknowledgement, or with nothing. */
  webhook?: { path: string; secret: string; process(update: never): Promise<object | undefined> }
}

export interface Server {
  port: number
  close(): Promise<void>
}

/** Listens, and resolves with the port it got. */
export async function startServer(parts: ServerParts): Promise<Server> {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      parts.log.warn('request failed', errorFacts(error))
      if (!response.headersSent) reply(response, 503, 'try again', { 'retry-after': '1' })
    })
  })
  server.keepAliveTimeout = 75_000
  // A proxy keeps its connections: each is told to end with the answer that is under way.
  server.prependListener('request', (_, response) => {
    if (!server.listening) response.setHeader('connection', 'close')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(parts.port, parts.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server),
  }
}

const SWEEP_MS = 100
const LAST_ANSWERS_MS = 5_000

/** Ends within five seconds: connections that fall idle are closed as they do, and at last those that do not. */
function closeServer(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    const end = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(end)
      resolve()
    })
    server.closeIdleConnections()
  })
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // By far the most asked for, and always in these letters.
  if (parts.webhook && request.url === parts.webhook.path) return hook(parts.webhook, request, response)
  const url = addressOf(request)
  if (!url) return reply(response, 400, 'not an address')
  const path = url.pathname
  if (parts.webhook && path === parts.webhook.path) return hook(parts.webhook, request, response)
  if (path.startsWith('/open/')) return open(parts, request, url, response)
  if (request.method !== 'GET' && request.method !== 'HEAD') return reply(response, 405, 'GET only', READING)
  if (path === '/healthz') return reply(response, 200, 'alive')
  return reply(response, 404, 'not found')
}

/** What stands in the request's first line is anybody's text: `//` is no address. */
function addressOf({ url = '' }: IncomingMessage): URL | undefined {
  const whole = `http://localhost${url}`
  return url.startsWith('/') && URL.canParse(whole) ? new URL(whole) : undefined
}

async function open(
  parts: ServerParts,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const page = await parts.open({
    method: request.method ?? '',
    path: url.pathname.slice('/open/'.length),
    query: url.searchParams,
    acceptLanguage: request.headers['accept-language'],
    ifNoneMatch: request.headers['if-none-match'],
  })
  reply(response, page.status, page.body, {
    ...SECURITY,
    ...(page.policy ? { 'content-security-policy': page.policy } : {}),
    ...(page.status === 405 ? READING : {}),
    ...(page.language ? { 'content-language': page.language, vary: 'accept-language' } : {}),
    'content-type': page.type,
    'cache-control':
      page.maxAge > 0 ? `public, max-age=${page.maxAge}${page.immutable ? ', immutable' : ''}` : 'no-cache',
    etag: page.etag,
  })
}

/** 200 only after the commit; 503 with Retry-After when the update must come again. */
async function hook(
  webhook: NonNullable<ServerParts['webhook']>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return reply(response, 405, 'POST only', { allow: 'POST' })
  const given = request.headers['x-telegram-bot-api-secret-token']
  if (typeof given !== 'string' || !sameSecret(given, webhook.secret))
    return reply(response, 401, 'unauthorized')
  const body = await readBody(request)
  if (body === undefined) return reply(response, 413, 'too large', { connection: 'close' })
  const update = parseUpdate(body)
  if (!update) return reply(response, 400, 'not an update')
  try {
    const call = await webhook.process(update as never)
    if (call) reply(response, 200, JSON.stringify(call), { 'content-type': 'application/json' })
    else reply(response, 200, 'ok')
  } catch {
    reply(response, 503, 'again', { 'retry-after': '1' })
  }
}

function sameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Undefined when it is too large; rejects when the connection breaks. By events: an iterator costs more than all else here. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= BODY_LIMIT) parts.push(part)
      else resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    request.on('error', reject)
  })
}

function parseUpdate(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const id =
      typeof value === 'object' && value !== null ? (value as { update_id?: unknown }).update_id : undefined
    return Number.isSafeInteger(id) ? (value as object) : undefined
  } catch {
    return undefined
  }
}

function reply(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...headers,
  })
  response.end(body)
}
