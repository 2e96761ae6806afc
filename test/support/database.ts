// A database of its own for a test: a clone of the migrated template, on the PostgreSQL that services.ts found.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import type { Db } from '../../src/store/db.ts'
import { PATIENCE_MS } from './patience.ts'

export type FreshDatabase = { url: string; drop(): Promise<void> }

const HOUR_MS = 3_600_000
const NAME = /^dauys_test_([0-9a-z]+)_\d+_[0-9a-f]+$/

/** A database name that no other process uses; it carries the time, so that leftovers of killed runs can be told. */
export const freshName = (now = Date.now()): string =>
  `dauys_test_${now.toString(36)}_${process.pid}_${randomBytes(4).toString('hex')}`

/** True for a name of `freshName` that is older than an hour. */
export function isLeftover(name: string, now = Date.now()): boolean {
  const made = NAME.exec(name)?.[1]
  return made !== undefined && now - Number.parseInt(made, 36) > HOUR_MS
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  return parsed.href
}

/** Clones the template. Throws what services.ts found wrong when there is none. `drop` ends what is still connected. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.DAUYS_TEST_DATABASE_URL
  const template = process.env.DAUYS_TEST_TEMPLATE
  if (!server || !template)
    throw new Error(process.env.DAUYS_TEST_DATABASE_PROBLEM ?? 'services.ts did not run')
  const name = freshName()
  await onServer(server, (sql) => sql.unsafe(`create database "${name}" template "${template}"`))
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`)),
  }
}

/** The role that the program works as on databases of this login; without one, on those of `freshDatabase`. */
export const appRole = (login = new URL(process.env.DAUYS_TEST_DATABASE_URL ?? '').username): string =>
  `dauys_app_${decodeURIComponent(login)}`

/** In one transaction as the login itself, which owns the tables: the program's own role may not do such things. */
export async function asOwner(
  db: Db,
  act: (sql: postgres.TransactionSql) => Promise<unknown>,
): Promise<void> {
  await (db.sql as postgres.Sql).begin(async (sql) => {
    await sql`set local role none`
    await act(sql)
  })
}

/** The same, with triggers that look away: time goes by, or somebody breaks in. */
export const unguarded = (db: Db, act: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<void> =>
  asOwner(db, async (sql) => {
    await sql`set local session_replication_role = replica`
    await act(sql)
  })

/** Runs something on one short-lived connection. */
export async function onServer(url: string, run: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await run(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Resolves once a statement in this database waits for somebody else's lock; throws when that does not come. */
export async function untilBlocked({ sql }: Db, withinMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    const [blocked] = await sql`
      select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.datname = current_database() limit 1`
    if (blocked) return
    await sleep(5)
  }
  throw new Error('nobody waits for a lock')
}
