// Brings a database up to the newest migration; several replicas may call it at once.
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { programFolder } from '../beside.ts'
import { refuseForeignSchema } from './schema-age.ts'

/**
 * Runs what is missing, under an advisory lock, as the login of `url`, which then owns the tables. `serving`: the address that the
 * program will work under, whose login is made and let in where it is another one. Throws, before anything is changed, on a
 * database of a newer program or of before the log.
 */
export async function migrateDatabase(url: string, serving?: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await sql`select pg_advisory_lock(7700)`
    const migrationsFolder = programFolder('drizzle')
    await refuseForeignSchema(sql, migrationsFolder)
    await migrate(drizzle(sql), { migrationsFolder })
    const [role] = await sql<{ name: string | null }[]>`select app_role() as name`
    const login = serving && loginOf(serving)
    if (role?.name && login && login.name !== loginOf(url).name)
      await sql`select serving_login(${login.name}, ${login.password})`
  } catch (error) {
    throw mayNotMake(error) ?? error
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Name and password of an address; no password where the server asks for none. */
function loginOf(url: string): { name: string; password: string | null } {
  const { username, password } = new URL(url)
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) || null }
}

/** A login that may not make tables, in the words of whoever has to give another one. */
function mayNotMake(error: unknown): Error | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || cause.code !== '42501')
    return undefined
  return new Error(
    'this login may not bring the database up: run `dauys migrate` with DATABASE_OWNER_URL, the login that shall own the tables, and DATABASE_URL, the one that serves',
  )
}

/** Durability settings that a cast must not run without; returns the names of those that are off. */
export async function unsafeSettings(sql: postgres.Sql<{ bigint: number }>): Promise<string[]> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`
  return rows.filter((row) => row.setting === 'off').map((row) => row.name)
}
