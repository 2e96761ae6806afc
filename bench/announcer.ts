// One side of the scene `announce`, a process of its own: the program's own loop, grammY's client, or undici and nothing else.
import { Api } from 'grammy'
import { Pool } from 'undici'
import { createClient } from '../src/bot/api.ts'
import { createI18n } from '../src/i18n.ts'
import { createLog } from '../src/log.ts'
import { startDelivery } from '../src/loops/delivery.ts'
import { createMetrics } from '../src/metrics.ts'
import { redisSession } from '../src/session/redis.ts'
import { connect } from '../src/store/db.ts'
import type { App } from '../src/use-cases/app.ts'

export interface AnnouncerWish {
  side: 'dauys' | 'grammy' | 'undici'
  apiRoot: string
  inFlight: number
  databaseUrl: string
  redisUrl: string
}
/** Send the message to so many chats from `first` on; the program's loop needs no telling. */
export interface ToAnnouncer {
  first: number
  count: number
  text: string
}

const TOKEN = '1:a-stub-needs-no-token'
const wish = JSON.parse(process.argv[2] ?? '{}') as AnnouncerWish
/** The button that is under an announcement. */
const KEYBOARD = { inline_keyboard: [[{ text: 'Open', callback_data: 'an:1', style: 'primary' as const }]] }

/** As many calls in flight as the program has. */
async function toAll(send: (chat: number) => Promise<unknown>, { first, count }: ToAnnouncer): Promise<void> {
  let next = first
  const worker = async () => {
    while (next < first + count) await send(next++)
  }
  await Promise.all(Array.from({ length: wish.inFlight }, worker))
}

function ours(): void {
  const session = redisSession(wish.redisUrl, 1)
  const metrics = createMetrics(false)
  const client = createClient(TOKEN, wish.apiRoot, session, metrics)
  // Of the App the loop needs no more: an announcement reads neither secrets nor chance.
  const app = {
    db: connect(wish.databaseUrl),
    now: () => new Date(),
    quiet: (moment: string) => moment,
  } as App
  const { inFlight } = wish
  startDelivery({
    app,
    api: client.bulk,
    mail: client.mail,
    session,
    textsOf: createI18n(),
    log: createLog('warn'),
    metrics,
    pace: 0,
    inFlight,
  })
}

function theirs(): (chat: number, text: string) => Promise<unknown> {
  const rest = { parse_mode: 'HTML', reply_markup: KEYBOARD } as const
  if (wish.side === 'grammy') {
    const api = new Api(TOKEN, { apiRoot: wish.apiRoot })
    return (chat, text) => api.sendMessage(chat, text, rest)
  }
  const pool = new Pool(wish.apiRoot, { connections: 100 })
  return async (chat, text) => {
    const answer = await pool.request({
      path: `/bot${TOKEN}/sendMessage`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: chat, text, ...rest }),
    })
    return answer.body.json()
  }
}

if (wish.side === 'dauys') ours()
else {
  const send = theirs()
  process.on('message', (told: ToAnnouncer) => void toAll((chat) => send(chat, told.text), told))
}
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
