// The template database: migrated once for each state of drizzle/, cloned by every test that asks for a database.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { databaseUrl, freshName, isLeftover } from './database.ts'

const DRIZZLE = fileURLToPath(new URL('../../drizzle/', import.meta.url))
const BUILD_LOCK = 4_317_001
const DAY_MS = 86_400_000

/**
 * Returns the name of a template that holds today's migrations, building it where it is missing: under a name of its
 * own, renamed when complete, so that a killed build is never taken for one. Drops leftovers of killed runs.
 */
export async function prepareTemplate(
  url: string,
  migrate: (url: string) => Promise<unknown>,
): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const template = `dauys_test_template_${await hashOfMigrations()}`
    await sql`select pg_advisory_lock(${BUILD_LOCK})`
    await dropLeftovers(sql, template)
    const [found] = await sql`select 1 from pg_database where datname = ${template}`
    if (!found) await build(sql, url, template, migrate)
    await sql.unsafe(`comment on database "${template}" is '${new Date().toISOString()}'`)
    return template
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function build(
  sql: postgres.Sql,
  url: string,
  template: string,
  migrate: (url: string) => Promise<unknown>,
): Promise<void> {
  const building = freshName()
  await sql.unsafe(`create database "${building}"`)
  await migrate(databaseUrl(url, building))
  await sql.unsafe(`alter database "${building}" rename to "${template}"`)
}

/** Databases of runs that were killed over an hour ago, and templates that nobody used for a day. */
async function dropLeftovers(sql: postgres.Sql, keep: string): Promise<void> {
  const rows = await sql<{ name: string; used: string | null }[]>`
    select datname as name, shobj_description(oid, 'pg_database') as used
    from pg_database where datname like 'dauys\\_test\\_%'`
  for (const { name, used } of rows) {
    const oldTemplate =
      name.startsWith('dauys_test_template_') && used !== null && Date.now() - Date.parse(used) > DAY_MS
    if (name === keep || !(isLeftover(name) || oldTemplate)) continue
    await sql.unsafe(`drop database if exists "${name}" with (force)`)
  }
}

/** 12 hex digits over the names and contents of everything in drizzle/. */
async function hashOfMigrations(): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(DRIZZLE, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file.slice(DRIZZLE.length)).update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}
