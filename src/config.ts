// The environment, read once: the only reader of process.env.
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const schema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'looks like 123456:ABC…, from @BotFather')
    .optional(),
  WEBHOOK_URL: z.url().optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, '16–256 letters, digits, _ or -')
    .optional(),
  TELEGRAM_API_ROOT: z.url().default('https://api.telegram.org'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'begins with postgres://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'begins with redis://')
    .optional(),
  ADMIN_IDS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .pipe(z.array(z.string().regex(/^\d{1,15}$/, 'Telegram ids, separated by commas')))
    .transform((ids) => ids.map(Number)),
  PORT: port.default(8080),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  SECRETS_DIR: z.string().optional(),
  DAUYS_DIR: z.string().default('.dauys'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

interface Common {
  databaseUrl: string | undefined
  redisUrl: string | undefined
  admins: number[]
  port: number
  host: string
  publicUrl: string | undefined
  /** Data of a checkout: embedded PostgreSQL, secrets, demo cards. */
  dir: string
  secretsDir: string
  logLevel: string
}
export type Config = Common &
  (
    | { mode: 'sandbox' }
    | { mode: 'polling'; token: string; apiRoot: string }
    | {
        mode: 'webhook'
        token: string
        apiRoot: string
        webhookUrl: string
        webhookSecret: string
        redisUrl: string
      }
  )

/** Throws with one line a mistake, naming the variable and what it accepts; never the value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  }
  const e = parsed.data
  const common: Common = {
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    admins: e.ADMIN_IDS,
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/$/, ''),
    dir: e.DAUYS_DIR,
    secretsDir: e.SECRETS_DIR ?? `${e.DAUYS_DIR}/secrets`,
    logLevel: e.LOG_LEVEL,
  }
  if (!e.BOT_TOKEN) return { ...common, mode: 'sandbox' }
  const bot = { token: e.BOT_TOKEN, apiRoot: e.TELEGRAM_API_ROOT.replace(/\/$/, '') }
  if (!e.WEBHOOK_URL) return { ...common, ...bot, mode: 'polling' }
  if (!e.REDIS_URL) throw new Error('REDIS_URL: a webhook may be served by several replicas and needs Redis')
  if (!e.WEBHOOK_SECRET)
    throw new Error('WEBHOOK_SECRET: a webhook needs one (16–256 letters, digits, _ or -)')
  return {
    ...common,
    ...bot,
    mode: 'webhook',
    webhookUrl: e.WEBHOOK_URL,
    webhookSecret: e.WEBHOOK_SECRET,
    redisUrl: e.REDIS_URL,
  }
}
