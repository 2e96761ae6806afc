// One side of the scene `announce`, a process of its own: the program's own loop, grammY's client, undici and nothing
// else, or undici between a durable mark before and after: what that promise costs whoever gives it with the least.
import { Api } from 'grammy'
import postgres from 'postgres'
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
  side: 'dauys' | 'grammy' | 'undici' | 'noted'
  apiRoot: string
  inFlight: number
  /** Of the program's own side. */
  places: number
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
  startDelivery({
    app,
    api: client.bulk,
    mail: client.mail,
    session,
    textsOf: createI18n(),
    log: createLog('warn'),
    metrics,
    pace: 0,
    inFlight: wish.places,
  })
}

function theirs(): (chat: number, text: string) => Promise<unknown> {
  const rest = { parse_mode: 'HTML', reply_markup: KEYBOARD } as const
  if (wish.side === 'grammy') {
    const api = new Api(TOKEN, { apiRoot: wish.apiRoot })
    return (chat, text) => api.sendMessage(chat, text, rest)
  }
  const pool = new Pool(wish.apiRoot, { connections: wish.inFlight })
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

/** So many are marked in one statement, and so many statements are on their way. */
const NOTED = 250
const CLAIMERS = 2

/** A table of no more than a mark, and the barest loop around it. */
async function noted(sql: postgres.Sql, send: (chat: number) => Promise<unknown>, wanted: ToAnnouncer) {
  const { first, count } = wanted
  await sql`truncate floor_letter`
  await sql`insert into floor_letter (chat) select ${first}::bigint + n from generate_series(0, ${count - 1}::int) n`
  const claimer = async () => {
    for (let came: number[] = []; ; ) {
      const rows = await sql<{ chat: string }[]>`
        with marked as (update floor_letter set state = 'sent' where chat = any(${came}::bigint[]))
        update floor_letter l set state = 'sending' from (
          select chat from floor_letter where not taken order by chat limit ${NOTED} for update skip locked) x
        where l.chat = x.chat returning l.chat`
      if (rows.length === 0) return
      came = rows.map(({ chat }) => Number(chat))
      await Promise.all(came.map(send))
    }
  }
  await Promise.all(Array.from({ length: CLAIMERS }, claimer))
}

async function withMarks(send: (chat: number, text: string) => Promise<unknown>): Promise<void> {
  const sql = postgres(wish.databaseUrl, { max: CLAIMERS, onnotice: () => {} })
  await sql.unsafe(`create table if not exists floor_letter (chat bigint primary key, state text not null default 'pending',
    taken boolean generated always as (state <> 'pending') stored) with (fillfactor = 50);
    create index if not exists floor_waiting on floor_letter (chat) where not taken`)
  process.on('message', (told: ToAnnouncer) => void noted(sql, (chat) => send(chat, told.text), told))
}

if (wish.side === 'dauys') ours()
else if (wish.side === 'noted') await withMarks(theirs())
else {
  const send = theirs()
  process.on('message', (told: ToAnnouncer) => void toAll((chat) => send(chat, told.text), told))
}
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
