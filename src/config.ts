// The environment, read once: the only reader of process.env.
import { z } from 'zod'
import { readS3Address, type S3Address } from './core/s3-address.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'begins with postgres://')
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
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
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
  VOICE_DIR: z.string().optional(),
  DAUYS_DIR: z.string().default('.dauys'),
  MEDIA_DIR: z.string().optional(),
  MEDIA_URL: z
    .string()
    .transform(readS3Address)
    .refine(
      (address) => address !== undefined,
      'looks like s3+https://KEY:SECRET@host/bucket/folder?region=…',
    )
    .optional(),
  DAUYS_SANDBOX: z.literal('1', 'is 1, or left out').optional(),
  NODE_ENV: z.string().optional(),
  LC_ALL: z.string().optional(),
  LC_MESSAGES: z.string().optional(),
  LANG: z.string().optional(),
  MESSAGES_PER_SECOND: z.coerce.number().int().min(0).max(1000).default(27),
  MESSAGES_AT_ONCE: z.coerce.number().int().min(1).max(500).default(12),
  START_PATIENCE: z.coerce.number().int().min(0).max(3600).default(60),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

interface Common {
  /** The login that serves. */
  databaseUrl: string | undefined
  /** The login that owns the tables and brings them up; undefined: the one that serves does it. */
  ownerUrl: string | undefined
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
  /** Copies of photos and voice notes that residents sent with their ideas. */
  mediaDir: string
  /** An S3-compatible store in place of that folder. */
  mediaUrl: S3Address | undefined
  /** Voice notes that explain how it works: `how-kk.ogg` and its like. */
  voiceDir: string | undefined
  /** Of messages that ride on no request: never more in a second over the whole fleet, and on their way at once in one replica. */
  messages: { perSecond: number; atOnce: number }
  /** Seconds that a start waits for PostgreSQL, Redis and Telegram. */
  startPatience: number
  logLevel: string
  /** What the computer speaks, such as `kk_KZ.UTF-8`: commands answer in it. */
  spoken: string | undefined
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
    ownerUrl: e.DATABASE_OWNER_URL,
    redisUrl: e.REDIS_URL,
    admins: e.ADMIN_IDS,
    port: e.PORT,
    host: e.HOST,
    // In the sandbox PORT is the chat page and PORT + 1 the program's own server.
    ops: { host: e.OPS_HOST, port: e.OPS_PORT ?? (e.PORT === 0 ? 0 : Math.min(e.PORT + 2, 65_535)) },
    publicUrl: e.PUBLIC_URL?.replace(/\/$/, ''),
    dir: e.DAUYS_DIR,
    voiceDir: e.VOICE_DIR,
    secretsDir: e.SECRETS_DIR ?? `${e.DAUYS_DIR}/secrets`,
    mediaDir: e.MEDIA_DIR ?? `${e.DAUYS_DIR}/media`,
    mediaUrl: e.MEDIA_URL,
    messages: { perSecond: e.MESSAGES_PER_SECOND, atOnce: e.MESSAGES_AT_ONCE },
    startPatience: e.START_PATIENCE,
    logLevel: e.LOG_LEVEL,
    spoken: e.LC_ALL ?? e.LC_MESSAGES ?? e.LANG,
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
  const why =
    (e.DATABASE_URL ?? e.DATABASE_OWNER_URL)
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
