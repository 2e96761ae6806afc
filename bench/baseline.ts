// The yardstick of `send`: the same Send as the handbooks of grammY and Drizzle show it. It neither seals nor logs.
// Default client, session read and written each time, a transaction of three awaited statements, API calls in a row.
import { createServer } from 'node:http'
import { and, eq } from 'drizzle-orm'
import { bigint, bigserial, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { Bot, type Context, InlineKeyboard, session, type SessionFlavor, webhookCallback } from 'grammy'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { collectDefaultMetrics, Registry } from 'prom-client'

const cycle = pgTable('bench_cycle', { id: integer().primaryKey(), phase: text().notNull() })
const ballot = pgTable(
  'bench_ballot',
  {
    cycle: integer().notNull(),
    voter: bigint({ mode: 'number' }).notNull(),
    choices: jsonb().$type<string[]>().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.voter] })],
)
const audit = pgTable('bench_audit', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  voter: bigint({ mode: 'number' }).notNull(),
  event: text().notNull(),
  at: timestamp({ withTimezone: true }).notNull(),
})
const TABLES = `
  create table bench_cycle (id integer primary key, phase text not null);
  create table bench_ballot (cycle integer not null, voter bigint not null, choices jsonb not null, at timestamptz not null,
    primary key (cycle, voter));
  create table bench_audit (id bigserial primary key, voter bigint not null, event text not null, at timestamptz not null);
  insert into bench_cycle values (1, 'voting');`

type Marked = Context & SessionFlavor<{ marks: string[] }>

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const sql = postgres(env.DATABASE_URL ?? '', { max: 10, onnotice: () => {} })
  await sql.unsafe(TABLES)
  const db = drizzle(sql)
  const redis = new Redis(env.REDIS_URL ?? '')
  const bot = new Bot<Marked>(env.BOT_TOKEN ?? '', { client: { apiRoot: env.TELEGRAM_API_ROOT ?? '' } })
  bot.use(
    session({
      initial: () => ({ marks: [] }),
      storage: {
        read: async (key) => JSON.parse((await redis.get(`bench:${key}`)) ?? 'null') ?? undefined,
        write: async (key, value) => void (await redis.set(`bench:${key}`, JSON.stringify(value))),
        delete: async (key) => void (await redis.del(`bench:${key}`)),
      },
    }),
  )
  bot.callbackQuery(/^send:(\d+)$/, async (ctx) => {
    const id = Number(ctx.match[1])
    const saved = await db.transaction(async (tx) => {
      const [open] = await tx
        .select()
        .from(cycle)
        .where(and(eq(cycle.id, id), eq(cycle.phase, 'voting')))
      if (!open) return undefined
      const at = new Date()
      const choices = ctx.session.marks
      const [row] = await tx
        .insert(ballot)
        .values({ cycle: id, voter: ctx.from.id, choices, at })
        .onConflictDoUpdate({ target: [ballot.cycle, ballot.voter], set: { choices, at } })
        .returning()
      await tx.insert(audit).values({ voter: ctx.from.id, event: 'ballot', at })
      return row
    })
    ctx.session.marks = []
    await ctx.answerCallbackQuery()
    await ctx.editMessageText(
      saved ? `<b>Your vote is accepted</b>: ${saved.at.toISOString()}` : 'Voting is closed.',
      { parse_mode: 'HTML', reply_markup: new InlineKeyboard().text('Menu', 'menu') },
    )
  })
  await bot.init()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const hook = webhookCallback(bot, 'http', { secretToken: env.WEBHOOK_SECRET ?? '' })
  const server = createServer((request, response) => {
    if (request.url === '/telegram') return void hook(request, response)
    void registry.metrics().then((metrics) => response.end(metrics))
  })
  server.keepAliveTimeout = 75_000
  server.listen(Number(env.PORT), '127.0.0.1')
  process.once('SIGTERM', () => process.exit(0))
}

await main(process.env)
