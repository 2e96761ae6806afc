// The floors: what is left of the yardstick when everything that can be left out is. No framework, no texts, no order of one's own,
// neither lock nor limit. `one`: a session in Redis and one statement an update. `batch`: no session, and the statements of many
// people in one.
import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { Pool } from 'undici'

const TABLES = `
  create table if not exists floor_ballot (voter bigint primary key, choices jsonb not null, at timestamptz not null);
  create table if not exists floor_audit (id bigserial primary key, voter bigint not null, event text not null, at timestamptz not null);`
const MARKS = ['p3', 'p7', 'p11', 'p20']
const LIST = Array.from({ length: 8 }, (_, at) => `№ ${at + 1}. Project ${at + 1}. ${50_000 + at} ₸`).join(
  '\n',
)
const KEYBOARD = {
  inline_keyboard: Array.from({ length: 8 }, (_, at) => [
    { text: `▫️ № ${at + 1}. Project ${at + 1}`, callback_data: `mark:1:${at + 1}:0` },
  ]),
}
const MOST = 100

interface Update {
  message?: { from: { id: number } }
  callback_query?: { id: string; from: { id: number }; data: string }
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const batched = env.FLOOR === 'batch'
  const sql = postgres(env.DATABASE_URL ?? '', { max: 10, onnotice: () => {} })
  await sql.unsafe(TABLES)
  const redis = new Redis(env.REDIS_URL ?? '', { enableAutoPipelining: true })
  const pool = new Pool(env.TELEGRAM_API_ROOT ?? '', { connections: 100 })
  const call = async (method: string, params: object): Promise<void> => {
    const answer = await pool.request({
      method: 'POST',
      path: `/bot${env.BOT_TOKEN}/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    await answer.body.dump()
  }
  const castOne = async (voter: number, choices: readonly string[]): Promise<void> => {
    await sql`
      with cast_one as (
        insert into floor_ballot (voter, choices, at) values (${voter}, ${JSON.stringify(choices)}::text::jsonb, now())
        on conflict (voter) do update set choices = excluded.choices, at = excluded.at)
      insert into floor_audit (voter, event, at) values (${voter}, 'ballot', now())`
  }
  const cast = batched ? batching(sql) : castOne
  const marksOf = async (id: number): Promise<string[]> =>
    batched ? MARKS : (JSON.parse((await redis.get(`bench:${id}`)) ?? '{}').marks ?? MARKS)
  const keep = (id: number, marks: readonly string[]): unknown =>
    batched ? undefined : redis.set(`bench:${id}`, JSON.stringify({ marks }))

  async function act(update: Update): Promise<() => unknown> {
    const { message, callback_query: press } = update
    const chat_id = (message ?? press)?.from.id ?? 0
    const marks = await marksOf(chat_id)
    if (!press)
      return () => call('sendMessage', { chat_id, text: 'Hello! Stage: voting', reply_markup: KEYBOARD })
    const sends = press.data.startsWith('send')
    if (sends) await cast(chat_id, marks)
    await keep(chat_id, sends ? [] : marks)
    return async () => {
      const text = sends ? 'Your vote is accepted' : LIST
      await Promise.all([
        call('answerCallbackQuery', { callback_query_id: press.id }),
        call('editMessageText', { chat_id, message_id: 77, text, reply_markup: KEYBOARD }),
        ...(sends ? [call('sendMessage', { chat_id, text: `Receipt: ${chat_id}` })] : []),
      ])
    }
  }
  const server = createServer((request, response) => {
    if (request.url !== '/telegram') return void response.end('ok')
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      void act(JSON.parse(Buffer.concat(parts).toString()) as Update).then((answer) => {
        response.end()
        void answer()
      })
    })
  })
  server.keepAliveTimeout = 75_000
  server.listen(Number(env.PORT), '127.0.0.1')
  process.once('SIGTERM', () => process.exit(0))
}

/** One statement for all that wait, one in flight. */
function batching(sql: postgres.Sql): (voter: number, choices: readonly string[]) => Promise<void> {
  const waiting: { voter: number; choices: string; done: () => void }[] = []
  let busy = false
  const flush = async (): Promise<void> => {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST)
      const voters = batch.map(({ voter }) => voter)
      const choices = batch.map((one) => one.choices)
      await sql`
        with given as (select * from unnest(${voters}::bigint[], ${choices}::text[]) as one (voter, choices)),
        cast_all as (
          insert into floor_ballot (voter, choices, at) select voter, choices::jsonb, now() from given
          on conflict (voter) do update set choices = excluded.choices, at = excluded.at)
        insert into floor_audit (voter, event, at) select voter, 'ballot', now() from given`
      for (const { done } of batch) done()
    }
    busy = false
  }
  return (voter, choices) =>
    new Promise((done) => {
      waiting.push({ voter, choices: JSON.stringify(choices), done })
      setImmediate(() => void flush())
    })
}

await main(process.env)
