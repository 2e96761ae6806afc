// The yardstick: a Send, a mark, a page of the list and /start as the handbooks of grammY and Drizzle show them. It neither seals nor
// logs. Default client, session read and written each time, a transaction of three awaited statements, API calls in a row.
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
const project = pgTable(
  'bench_project',
  {
    cycle: integer().notNull(),
    number: integer().notNull(),
    title: jsonb().$type<Record<string, string>>().notNull(),
    category: text().notNull(),
    cost: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.number] })],
)
const account = pgTable('bench_account', {
  id: bigint({ mode: 'number' }).primaryKey(),
  locale: text().notNull(),
  cycle: integer().notNull(),
})
const TABLES = `
  create table bench_project (cycle integer not null, number integer not null, title jsonb not null, category text not null,
    cost bigint not null, primary key (cycle, number));
  insert into bench_project
    select 1, n, jsonb_build_object('kk', 'Project ' || n, 'ru', 'Project ' || n), 'roads', 50000 + n from generate_series(1, 24) n;
  create table bench_account (id bigint primary key, locale text not null, cycle integer not null);
  insert into bench_account select 6000000 + n, 'kk', 1 from generate_series(0, 4999) n;
  create table bench_cycle (id integer primary key, phase text not null);
  create table bench_ballot (cycle integer not null, voter bigint not null, choices jsonb not null, at timestamptz not null,
    primary key (cycle, voter));
  create table bench_audit (id bigserial primary key, voter bigint not null, event text not null, at timestamptz not null);
  insert into bench_cycle values (1, 'voting');`

type Marked = Context & SessionFlavor<{ marks: string[] }>
type Project = typeof project.$inferSelect

const PAGE = 8
/** Longer than a busy machine takes: grammY's own ten seconds end the process. */
const PATIENCE_MS = 120_000

/** A page of the list, with a button a project and two to turn it. */
function pageOf(rows: readonly Project[], page: number, marks: readonly string[]): [string, InlineKeyboard] {
  const keyboard = new InlineKeyboard()
  const lines = rows.slice(page * PAGE, page * PAGE + PAGE).map(({ number, title, cost }) => {
    const mark = marks.includes(`p${number}`) ? '☑️' : '▫️'
    keyboard.text(`${mark} № ${number}. ${title.kk}`, `mark:1:${number}:${page}`).row()
    return `№ ${number}. ${title.kk}. ${cost} ₸`
  })
  keyboard.text('‹', `list:1:${page - 1}`).text('›', `list:1:${page + 1}`)
  return [lines.join('\n'), keyboard]
}

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
    await ctx.reply(`Receipt: <code>${ctx.from.id}</code>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Copy', 'copy'),
    })
  })
  const listOf = (id: number) =>
    db.select().from(project).where(eq(project.cycle, id)).orderBy(project.number)
  bot.callbackQuery(/^mark:(\d+):(\d+):(\d+)$/, async (ctx) => {
    const [, id, number, page] = Array.from(ctx.match, Number) as [number, number, number, number]
    const [open] = await db
      .select()
      .from(cycle)
      .where(and(eq(cycle.id, id), eq(cycle.phase, 'voting')))
    const rows = await listOf(id)
    const { marks } = ctx.session
    const one = `p${number}`
    ctx.session.marks = marks.includes(one) ? marks.filter((mark) => mark !== one) : [...marks, one]
    await ctx.answerCallbackQuery()
    const [said, keyboard] = pageOf(rows, page, ctx.session.marks)
    await ctx.editMessageText(open ? said : 'Voting is closed.', {
      parse_mode: 'HTML',
      reply_markup: keyboard,
    })
  })
  bot.callbackQuery(/^list:(\d+):(\d+)$/, async (ctx) => {
    const [, id, page] = Array.from(ctx.match, Number) as [number, number, number]
    const rows = await listOf(id)
    await ctx.answerCallbackQuery()
    const [said, keyboard] = pageOf(rows, page, ctx.session.marks)
    await ctx.editMessageText(said, { parse_mode: 'HTML', reply_markup: keyboard })
  })
  bot.command('start', async (ctx) => {
    const [who] = await db
      .select()
      .from(account)
      .where(eq(account.id, ctx.from?.id ?? 0))
    const [open] = await db
      .select()
      .from(cycle)
      .where(eq(cycle.id, who?.cycle ?? 0))
    await ctx.reply(`Hello! Stage: ${open?.phase}`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('List', 'list:1:0').row().text('Vote', 'vote:1'),
    })
  })
  await bot.init()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const hook = webhookCallback(bot, 'http', {
    secretToken: env.WEBHOOK_SECRET ?? '',
    timeoutMilliseconds: PATIENCE_MS,
  })
  const server = createServer((request, response) => {
    if (request.url === '/telegram') return void hook(request, response)
    void registry.metrics().then((metrics) => response.end(metrics))
  })
  server.keepAliveTimeout = 75_000
  server.listen(Number(env.PORT), '127.0.0.1')
  process.once('SIGTERM', () => process.exit(0))
}

await main(process.env)
