// The webhook: updates pushed lane by lane, one in flight per lane, lanes in parallel, retried until they expire.
import { Agent, request as httpRequest } from 'node:http'
import { Agent as TlsAgent, request as httpsRequest } from 'node:https'
import { bad, done, tooMany } from './answer.ts'
import type { Form } from './http.ts'
import { readForm } from './http.ts'
import type { Call, Method } from './methods/call.ts'
import { flag, int, json, text } from './params.ts'
import type { WebhookSetting, World } from './state.ts'
import type { Update } from './updates.ts'
import { acknowledge, rememberAllowed } from './updates.ts'

const firstDelayMs = 100
const longestDelayMs = 60_000
const longestRetryAfterMs = 3_600_000
const answerWithinMs = 60_000
const betweenSetsMs = 1000
const longestAnswer = 10 << 20

interface Item {
  update: Update
  state: 'waiting' | 'flying' | 'sleeping'
  delay: number
  /** Clock milliseconds. */
  wakeAt: number
  timer?: NodeJS.Timeout
}
type Lane = Item[]
interface Hook {
  url: URL
  secret: string
  max: number
  lanes: Map<string, Lane>
  ready: Set<Lane>
  sleeping: Map<Item, Lane>
  inFlight: number
  agent: Agent
  lastError?: { date: number; message: string }
}
export interface Webhook {
  active(): boolean
  info(): Record<string, unknown>
  methods: Record<string, Method>
  /** Looks again, after updates were held back. */
  wake(): void
  close(): void
}
type Outcome = { ok: true; form: Form | undefined } | { ok: false; message: string; retryAfter: number }

function post(hook: Hook, body: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const fail = (message: string, retryAfter = 0) => resolve({ ok: false, message, retryAfter })
    const secure = hook.url.protocol === 'https:'
    const outgoing = (secure ? httpsRequest : httpRequest)(
      hook.url,
      {
        method: 'POST',
        agent: hook.agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(hook.secret ? { 'x-telegram-bot-api-secret-token': hook.secret } : {}),
        },
      },
      (answer) => {
        const code = answer.statusCode ?? 0
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size <= longestAnswer) parts.push(part)
        })
        answer.on('error', () => fail('Webhook connection closed'))
        answer.on('close', () => fail('Webhook connection closed'))
        answer.on('end', () => {
          const type = answer.headers['content-type'] ?? ''
          if (code >= 200 && code < 300)
            resolve({ ok: true, form: readForm(new URLSearchParams(), type, Buffer.concat(parts)) })
          else
            fail(
              `Wrong response from the webhook: ${code} ${answer.statusMessage ?? ''}`,
              Number(answer.headers['retry-after']) || 0,
            )
        })
      },
    )
    outgoing.setTimeout(answerWithinMs, () => outgoing.destroy(new Error('Read timeout expired')))
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'ECONNREFUSED' ? 'Connection refused' : error.message || 'Webhook connection closed',
      ),
    )
    outgoing.end(body)
  })
}

/** Webhook delivery of the world's queue. `onSet` ends a waiting getUpdates; `play` gets what the bot answered. */
export function startWebhook(w: World, onSet: () => void, play: (answer: Form) => Promise<void>): Webhook {
  const queue = w.updates
  let lastSet = Number.NEGATIVE_INFINITY
  let hook: Hook | undefined

  function take(lane: Lane): Item | undefined {
    if (w.delivery.parallel) {
      const items = w.delivery.reorder ? [...lane].reverse() : lane
      return items.find((item) => item.state === 'waiting')
    }
    if (lane.some((item) => item.state === 'flying')) return undefined
    const item = w.delivery.reorder ? lane.at(-1) : lane[0]
    return item?.state === 'waiting' ? item : undefined
  }

  function forget(h: Hook, lane: Lane, item: Item): void {
    const at = lane.indexOf(item)
    if (at >= 0) lane.splice(at, 1)
    if (lane.length === 0) h.lanes.delete(item.update.lane)
    else h.ready.add(lane)
  }

  function sleep(h: Hook, lane: Lane, item: Item, ms: number): void {
    item.state = 'sleeping'
    item.wakeAt = w.clock.now() + ms
    h.sleeping.set(item, lane)
    item.timer = setTimeout(() => rouse(h, lane, item), ms)
    if (w.delivery.parallel) h.ready.add(lane)
  }
  function rouse(h: Hook, lane: Lane, item: Item): void {
    clearTimeout(item.timer)
    h.sleeping.delete(item)
    item.state = 'waiting'
    h.ready.add(lane)
    pump()
  }

  async function deliver(h: Hook, lane: Lane, item: Item): Promise<void> {
    const copies = 1 + w.delivery.duplicate
    item.state = 'flying'
    h.inFlight++
    queue.delivered += copies
    const outcomes = await Promise.all(Array.from({ length: copies }, () => post(h, item.update.body)))
    h.inFlight--
    for (const outcome of outcomes) if (outcome.ok && outcome.form) await play(outcome.form)
    if (h !== hook) return
    // One copy accepted is accepted: Telegram would not ask again.
    const failed = outcomes.some((outcome) => outcome.ok)
      ? undefined
      : outcomes.find((outcome) => !outcome.ok)
    if (!failed || failed.ok) {
      acknowledge(queue, item.update.id)
      forget(h, lane, item)
    } else {
      h.lastError = { date: w.clock.seconds(), message: failed.message }
      item.delay = item.delay === 0 ? firstDelayMs : Math.min(longestDelayMs, item.delay * 2)
      const wait =
        failed.retryAfter > 0 ? Math.min(longestRetryAfterMs, failed.retryAfter * 1000) : item.delay
      if (w.clock.now() + wait > item.update.expires) {
        if (queue.pending.delete(item.update.id)) queue.expired++
        forget(h, lane, item)
      } else sleep(h, lane, item, wait)
    }
    pump()
  }

  function pump(): void {
    const h = hook
    if (!h || w.delivery.hold) return
    const lanes = w.delivery.reorder ? [...h.ready].reverse() : h.ready
    for (const lane of lanes) {
      for (;;) {
        if (h.inFlight >= h.max) return
        const item = take(lane)
        if (!item) break
        if (!queue.pending.has(item.update.id)) forget(h, lane, item)
        else void deliver(h, lane, item)
      }
      h.ready.delete(lane)
    }
  }

  function enqueue(h: Hook, update: Update): void {
    const lane = h.lanes.get(update.lane) ?? []
    h.lanes.set(update.lane, lane)
    lane.push({ update, state: 'waiting', delay: 0, wakeAt: 0 })
    h.ready.add(lane)
  }
  queue.listeners.push((update) => {
    if (!hook) return
    enqueue(hook, update)
    pump()
  })
  w.clock.onAdvance(() => {
    for (const [item, lane] of hook?.sleeping ?? [])
      if (hook && item.wakeAt <= w.clock.now()) rouse(hook, lane, item)
  })

  function stop(): void {
    if (!hook) return
    for (const item of hook.sleeping.keys()) clearTimeout(item.timer)
    hook.agent.destroy()
    hook = undefined
  }

  function remove({ params }: Call) {
    if (flag(params, 'drop_pending_updates')) queue.pending.clear()
    stop()
    delete w.webhook
    w.saved()
    return done(true)
  }

  function set(call: Call) {
    const { params } = call
    const given = text(params, 'url') ?? ''
    if (given === '') return remove(call)
    if (w.clock.now() < lastSet + betweenSetsMs) return tooMany(1)
    lastSet = w.clock.now()
    const url = URL.canParse(given) ? new URL(given) : undefined
    if (!url || !/^https?:$/.test(url.protocol)) return bad('invalid webhook URL specified')
    const secret = text(params, 'secret_token') ?? ''
    if (secret.length > 256) return bad('secret token is too long')
    if (!/^[A-Za-z0-9_-]*$/.test(secret)) return bad('secret token contains unallowed characters')
    rememberAllowed(queue, json(params, 'allowed_updates'))
    if (flag(params, 'drop_pending_updates')) queue.pending.clear()
    stop()
    onSet()
    const max = Math.min(100, Math.max(1, int(params, 'max_connections') ?? 40))
    w.webhook = { url: url.href, secret, max }
    w.saved()
    hang(w.webhook)
    return done(true)
  }

  function hang({ url: address, secret, max }: WebhookSetting): void {
    const url = new URL(address)
    const secure = url.protocol === 'https:'
    const agent = secure ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
    hook = { url, secret, max, lanes: new Map(), ready: new Set(), sleeping: new Map(), inFlight: 0, agent }
    for (const update of queue.pending.values()) enqueue(hook, update)
    pump()
  }

  function info(): Record<string, unknown> {
    return {
      url: hook?.url.href ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending.size,
      ...(hook ? { max_connections: hook.max } : {}),
      ...(hook?.lastError
        ? { last_error_date: hook.lastError.date, last_error_message: hook.lastError.message }
        : {}),
      ...(queue.allowed ? { allowed_updates: queue.allowed } : {}),
    }
  }

  if (w.webhook) hang(w.webhook)

  return {
    active: () => hook !== undefined,
    info,
    wake: pump,
    close: stop,
    methods: { setwebhook: set, deletewebhook: remove, getwebhookinfo: () => done(info()) },
  }
}
