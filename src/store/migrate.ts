// Brings a database up to the newest migration; several replicas may call it at once.
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { programFolder } from '../beside.ts'
import { refuseForeignSchema } from './schema-age.ts'

/**
 * Runs what is missing, under an advisory lock. Returns the role to work as, which may not change what is recorded; undefined
 * where the login may not make it. Throws, before anything is changed, on a database of a newer program or of before the log.
 */
export async function migrateDatabase(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await sql`select pg_advisory_lock(7700)`
    const migrationsFolder = programFolder('drizzle')
    await refuseForeignSchema(sql, migrationsFolder)
    await migrate(drizzle(sql), { migrationsFolder })
    const [row] = await sql<{ role: string | null }[]>`select app_role() as role`
    return row?.role ?? undefined
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Durability settings that a cast must not run without; returns the names of those that are off. */
export async function unsafeSettings(sql: postgres.Sql<{ bigint: number }>): Promise<string[]> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`
  return rows.filter((row) => row.setting === 'off').map((row) => row.name)
}
