// The stores of a bench run: what the environment names, or fresh ones that are thrown away at the end.
import { Redis } from 'ioredis'
import { embeddedUrl, startEmbedded } from '../src/embedded/embedded.ts'
import { databaseUrl, freshName, onServer } from '../test/support/database.ts'
import { startRedis } from '../test/support/redis.ts'

export interface Services {
  databaseUrl: string | undefined
  redisUrl: string | undefined
  stop(): Promise<void>
}

/**
 * `dir`: the program's folder. `DATABASE_URL` with a database in its path is used as given; one that names only a server gets a fresh database there; without
 * it the program starts its embedded one. `REDIS_URL` with a number in its path is used as given; without the number an empty
 * database of that server is taken and emptied again; without it a `redis-server` is started where `needRedis`.
 */
export async function openServices(
  env: NodeJS.ProcessEnv,
  { dir, needRedis, keep }: { dir: string; needRedis: boolean; keep: boolean },
): Promise<Services> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    const database = env.DATABASE_URL ? await ownDatabase(env.DATABASE_URL, keep, stops) : undefined
    if (database === undefined) stops.push(() => stopEmbedded(dir))
    const redis = await ownRedis(env.REDIS_URL, needRedis, stops)
    return { databaseUrl: database, redisUrl: redis, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A program that was killed leaves its database server running. */
async function stopEmbedded(dir: string): Promise<void> {
  if (await embeddedUrl(dir)) await (await startEmbedded({ dir })).stop()
}

const pathOf = (url: string): string => new URL(url).pathname.replace(/^\//, '')

async function ownDatabase(url: string, keep: boolean, stops: (() => Promise<void>)[]): Promise<string> {
  if (pathOf(url) !== '') return url
  const server = databaseUrl(url, 'postgres')
  const name = freshName()
  await onServer(server, (sql) => sql.unsafe(`create database "${name}"`))
  if (!keep)
    stops.push(() => onServer(server, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`)))
  return databaseUrl(url, name)
}

async function ownRedis(
  url: string | undefined,
  needed: boolean,
  stops: (() => Promise<void>)[],
): Promise<string | undefined> {
  if (!url) {
    if (!needed) return undefined
    const started = await startRedis()
    if (!started) throw new Error('--webhook needs Redis: set REDIS_URL, or install redis-server')
    stops.push(() => started.stop())
    return started.url
  }
  if (pathOf(url) !== '') return url
  for (let number = 15; number > 0; number--) {
    const own = databaseUrl(url, String(number))
    const redis = new Redis(own, { maxRetriesPerRequest: 1 })
    redis.on('error', () => {})
    try {
      if ((await redis.dbsize()) > 0) continue
    } finally {
      redis.disconnect()
    }
    stops.push(() => emptied(own))
    return own
  }
  throw new Error('REDIS_URL: no empty database there; name one by its number: redis://host/3')
}

async function emptied(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 })
  redis.on('error', () => {})
  await redis.flushdb().finally(() => redis.disconnect())
}
