// Telegram in a storm: it delivers each update until it is acknowledged, now and then twice, late or without waiting for the answer, and
// keeps what the bot told each chat. Answers of its own are dropped now and then.
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

export const STORM_TOKEN = '1:storm'
export const STORM_SECRET = 'a-secret-of-the-storm'

export interface StormTelegram {
  /** Of the Bot API. */
  url: string
  /** Receipt numbers that each chat was told, by a message or by the answer to a press, whose id begins with the account. */
  told: Map<number, Set<string>>
  /** Resolves when Telegram has the 200 of this update; the replicas are asked in no order. */
  deliver(update: object): Promise<void>
  /** What it did besides delivering each once. */
  did: { copies: number; late: number; hurried: number; dropped: number; again: number }
  /** Late copies are delivered too, then it is over. */
  end(): Promise<void>
}

export interface Weather {
  /** Of a hundred updates so many come twice at once, once more later, and without anybody waiting for the answer. */
  copies: number
  late: number
  hurried: number
  /** Of a hundred answers to the bot so many are lost after the call was heard. */
  dropped: number
}

/** Telegram waits longer; a replica that stands still is given up sooner, so that the story goes on. */
const WAIT_MS = 6_000
const AGAIN_MS = 100
const ME = { id: 1, is_bot: true, first_name: 'Storm', username: 'storm_bot' }
const RECEIPT = /\b\d{4} \d{4} \d{4} \d{2}\b/g

/** `ports`: of the replicas' webhooks. */
export async function stormTelegram(ports: readonly number[], weather: Weather): Promise<StormTelegram> {
  const told = new Map<number, Set<string>>()
  const did = { copies: 0, late: 0, hurried: 0, dropped: 0, again: 0 }
  const hits = (percent: number) => Math.random() * 100 < percent
  const server = createServer((asked: IncomingMessage, out: ServerResponse) => {
    void text(asked).then((body) => {
      const method = asked.url?.split('/').at(-1) ?? ''
      const params = JSON.parse(body || '{}') as {
        chat_id?: unknown
        callback_query_id?: string
        text?: string
      }
      const chat = Number(params.chat_id ?? params.callback_query_id?.split('-')[0])
      for (const number of params.text?.match(RECEIPT) ?? [])
        told.set(chat, (told.get(chat) ?? new Set()).add(number.replaceAll(' ', '')))
      if (method === 'sendMessage' && hits(weather.dropped)) {
        did.dropped++
        return void asked.socket.destroy()
      }
      out.writeHead(200, { 'content-type': 'application/json' })
      out.end(JSON.stringify({ ok: true, result: resultOf(method, chat) }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const portOf = (avoid?: number) => {
    const others = ports.filter((port) => port !== avoid)
    return others[Math.floor(Math.random() * others.length)] ?? ports[0] ?? 0
  }
  const untilTaken = async (body: string): Promise<void> => {
    for (;;) {
      if ((await post(agent, portOf(), body)) === 200) return
      did.again++
      await sleep(AGAIN_MS * (0.5 + Math.random()))
    }
  }
  const lateOnes: string[] = []
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    did,
    async deliver(update) {
      const body = JSON.stringify(update)
      if (hits(weather.hurried)) {
        did.hurried++
        post(agent, portOf(), body, 1 + Math.random() * 20).catch(() => undefined)
      }
      const copy = hits(weather.copies)
      if (copy) did.copies++
      if (hits(weather.late)) lateOnes.push(body)
      // One that is older than what was delivered since.
      const late = lateOnes.length > 20 ? lateOnes.shift() : undefined
      if (late) did.late++
      await Promise.all([body, ...(copy ? [body] : []), ...(late ? [late] : [])].map(untilTaken))
    },
    async end() {
      for (const late of lateOnes.splice(0)) {
        did.late++
        await untilTaken(late)
      }
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

function resultOf(method: string, chat: number): unknown {
  if (method === 'getMe') return ME
  if (!/^(?:send|edit)Message/.test(method)) return true
  const message_id = method === 'sendMessage' ? 100 + Math.floor(Math.random() * 1e6) : 77
  return { message_id, date: 1_700_000_000, chat: { id: chat, type: 'private', first_name: 'x' }, text: 'x' }
}

/** Resolves with the status; undefined where the connection broke or nothing came within the time. */
function post(agent: Agent, port: number, body: string, waitMs = WAIT_MS): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asking = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/telegram',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-telegram-bot-api-secret-token': STORM_SECRET,
        },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => end(answer.statusCode))
        answer.once('error', () => end(undefined))
      },
    )
    const timer = setTimeout(() => {
      asking.destroy()
      end(undefined)
    }, waitMs)
    const end = (status: number | undefined) => {
      clearTimeout(timer)
      resolve(status)
    }
    asking.once('error', () => end(undefined))
    asking.end(body)
  })
}
