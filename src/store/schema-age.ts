// Is this database one that this program may bring up? Asked before anything is changed.
import { readFileSync } from 'node:fs'
import type postgres from 'postgres'

type Entry = { when: number; tag: string }

const entriesOf = (folder: string): Entry[] =>
  (JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8')) as { entries: Entry[] }).entries

const appliedTo = (sql: postgres.Sql): Promise<{ when: string }[]> =>
  sql<{ when: string }[]>`select created_at as when from drizzle.__drizzle_migrations`

/** Since this migration a leaf says that the program wrote it. Databases of before were never released, and cannot be trusted. */
export const TRUSTED_SINCE = '0016_claims_and_cards'

/**
 * Throws, in one line with the remedy, on a database of a newer program and on one of before the trusted log. `folder`: where this
 * program's own migrations lie.
 */
export async function refuseForeignSchema(sql: postgres.Sql, folder: string): Promise<void> {
  const [found] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!found?.there) return
  const applied = await appliedTo(sql)
  if (applied.length === 0) return
  const entries = entriesOf(folder)
  const known = new Set(entries.map(({ when }) => String(when)))
  if (applied.some(({ when }) => !known.has(String(when))))
    throw new Error(
      'the database was brought up by a newer Dauys than this one: start that version, or restore the backup of before the upgrade',
    )
  const trusted = entries.find(({ tag }) => tag === TRUSTED_SINCE)
  if (trusted && !applied.some(({ when }) => String(when) === String(trusted.when)))
    throw new Error(
      'the database was made before there was a trusted log, by a Dauys that was never released: begin with an empty one (the embedded one of a checkout: npm start -- --fresh)',
    )
}

/** Throws, in one line with the remedy, where a migration of this program is missing: asked by a login that may not run it. */
export async function refuseUnmigrated(sql: postgres.Sql, folder: string): Promise<void> {
  const applied = new Set((await appliedTo(sql)).map(({ when }) => String(when)))
  if (entriesOf(folder).some(({ when }) => !applied.has(String(when))))
    throw new Error(
      'the database is of an older Dauys, and the login of DATABASE_URL may not bring it up: run `dauys migrate` with DATABASE_OWNER_URL first',
    )
}
