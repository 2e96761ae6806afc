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
  OPS_PORT: port.optional(),
  OPS_HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  SECRETS_DIR: z.string().optional(),
  DAUYS_DIR: z.string().default('.dauys'),
  DAUYS_SANDBOX: z.literal('1', 'is 1, or left out').optional(),
  NODE_ENV: z.string().optional(),
  MESSAGES_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(27),
  MESSAGES_AT_ONCE: z.coerce.number().int().min(1).max(50).default(12),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

interface Common {
  databaseUrl: string | undefined
  redisUrl: string | undefined
  admins: number[]
  port: number
  host: string
  /** Where readiness and figures are asked for: never the address that people and Telegram use. */
  ops: { host: string; port: number }
  publicUrl: string | undefined
  /** Data of a checkout: embedded PostgreSQL, secrets, demo cards. */
  dir: string
  secretsDir: string
  /** Of messages that ride on no request: never more in a second over the whole fleet, and on their way at once in one replica. */
  messages: { perSecond: number; atOnce: number }
  logLevel: string
}
export type Config = Common &
  /** `refusal`: why no sandbox may be started here. Commands run all the same. */
  (
    | { mode: 'sandbox'; refusal: string | undefined }
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
    // In the sandbox PORT is the chat page and PORT + 1 the program's own server.
    ops: { host: e.OPS_HOST, port: e.OPS_PORT ?? (e.PORT === 0 ? 0 : Math.min(e.PORT + 2, 65_535)) },
    publicUrl: e.PUBLIC_URL?.replace(/\/$/, ''),
    dir: e.DAUYS_DIR,
    secretsDir: e.SECRETS_DIR ?? `${e.DAUYS_DIR}/secrets`,
    messages: { perSecond: e.MESSAGES_PER_SECOND, atOnce: e.MESSAGES_AT_ONCE },
    logLevel: e.LOG_LEVEL,
  }
  if (!e.BOT_TOKEN) return { ...common, mode: 'sandbox', refusal: whyNoSandbox(e) }
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

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/

/** In a sandbox anyone may act as anyone: it is never the answer to a token that was forgotten. */
function whyNoSandbox(e: z.infer<typeof schema>): string | undefined {
  if (e.DAUYS_SANDBOX) return undefined
  const why = e.DATABASE_URL
    ? 'DATABASE_URL is set'
    : e.NODE_ENV === 'production'
      ? 'NODE_ENV is production'
      : LOOPBACK.test(e.HOST)
        ? undefined
        : 'HOST is open to other machines'
  return (
    why &&
    `BOT_TOKEN is missing, and ${why}: a sandbox, where anyone may act as anyone, is not started by itself. Set BOT_TOKEN; or DAUYS_SANDBOX=1 for a sandbox on purpose`
  )
}
