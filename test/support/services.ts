// Before the tests of the `services` project: finds or starts PostgreSQL and Redis, and says aloud what it could not find.
// Tests read DAUYS_TEST_DATABASE_URL (use `freshDatabase`) and DAUYS_TEST_REDIS_URL (absent: only the memory adapter runs).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onServer } from './database.ts'
import { sayNotRun } from './notes.ts'
import { redisAnswers, startRedis } from './redis.ts'
import { prepareTemplate } from './template.ts'

type Stop = () => Promise<void>

/** vitest calls this once for each run, and what it returns at the end of the run. */
export async function setup(): Promise<Stop> {
  const stops: Stop[] = []
  for (const name of ['DATABASE_URL', 'TEMPLATE', 'REDIS_URL', 'DATABASE_PROBLEM'])
    delete process.env[`DAUYS_TEST_${name}`]
  await findRedis(stops)
  try {
    await findPostgres(stops)
  } catch (error) {
    // Not thrown here: tests that need no database still run; `freshDatabase` throws this, so those that do fail with it.
    const why = error instanceof Error ? error.message : String(error)
    process.env.DAUYS_TEST_DATABASE_PROBLEM = `no database for tests: ${why}`
    sayNotRun('every test that needs PostgreSQL (they fail)', why)
  }
  return async () => {
    for (const stop of stops.reverse()) await stop()
  }
}

async function findRedis(stops: Stop[]): Promise<void> {
  const named = process.env.REDIS_URL
  const url = named ?? 'redis://127.0.0.1:6379'
  if (await redisAnswers(url)) {
    process.env.DAUYS_TEST_REDIS_URL = url
    return
  }
  if (named) throw new Error('REDIS_URL is set, but nothing answers there')
  const own = await startRedis()
  if (own) {
    stops.push(() => own.stop())
    process.env.DAUYS_TEST_REDIS_URL = own.url
    return
  }
  delete process.env.DAUYS_TEST_REDIS_URL
  sayNotRun(
    'the tests of the Redis session store',
    'no Redis answers on 6379 and there is no redis-server program',
  )
}

async function findPostgres(stops: Stop[]): Promise<void> {
  const named = process.env.DATABASE_URL
  const { PGUSER = 'postgres', PGHOST = '127.0.0.1', PGPORT = '5432' } = process.env
  let url = named ?? `postgres://${encodeURIComponent(PGUSER)}@${PGHOST}:${PGPORT}/postgres`
  const refusal = await whyNot(url)
  if (refusal !== undefined) {
    if (named) throw new Error(`DATABASE_URL is set, but: ${refusal}`)
    url = await startEmbeddedPostgres(stops, refusal)
  }
  const { migrateDatabase } = await import('../../src/store/migrate.ts')
  process.env.DAUYS_TEST_TEMPLATE = await prepareTemplate(url, migrateDatabase)
  process.env.DAUYS_TEST_DATABASE_URL = url
}

/** undefined when PostgreSQL answers there and lets us create databases; else what is wrong. */
async function whyNot(url: string): Promise<string | undefined> {
  let may = false
  try {
    await onServer(url, async (sql) => {
      const [role] =
        await sql`select rolsuper or rolcreatedb as may from pg_roles where rolname = current_user`
      may = role?.may === true
    })
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    return message || code || 'PostgreSQL does not answer'
  }
  return may ? undefined : 'the PostgreSQL user may not create databases'
}

async function startEmbeddedPostgres(stops: Stop[], refusal: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-postgres-'))
  try {
    const { startEmbedded } = await import('../../src/embedded/embedded.ts')
    const server = await startEmbedded({ dir })
    stops.push(async () => {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    })
    console.error(`PostgreSQL: ${refusal}; the embedded one was started`)
    return server.url
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw new Error(`${refusal}; and the embedded PostgreSQL did not start: ${(error as Error).message}`)
  }
}
