// As whom the program works: the login of its address, the role that this login may take, and whether it could take back more.
import postgres from 'postgres'
import { programFolder } from '../beside.ts'
import { migrateDatabase } from './migrate.ts'
import { refuseForeignSchema, refuseUnmigrated } from './schema-age.ts'

export interface Standing {
  /** The role to work as, which may not change what is recorded; undefined where the login may not take it. */
  role: string | undefined
  /** The login owns the tables or may make itself their owner: then only its good will keeps what is recorded. */
  owns: boolean
}

/**
 * Makes the database at `url` ready to work on. Migrations run as the login of `ownerUrl`, else as that of `url` where it owns the
 * tables or there are none yet. Throws in one line what the operator has to do.
 */
export async function prepareDatabase(url: string, ownerUrl?: string): Promise<Standing> {
  if (ownerUrl !== undefined) await migrateDatabase(ownerUrl, url)
  else if ((await askStanding(url))?.owns ?? true) await migrateDatabase(url)
  const standing = await askStanding(url)
  if (!standing) throw new Error('the tables are missing after the migration')
  if (standing.owns || standing.role !== undefined) return standing
  throw new Error(
    'the login of DATABASE_URL neither owns the tables nor may work as the role of the program: run `dauys migrate` with DATABASE_OWNER_URL, or have that role granted to it',
  )
}

/** The same of a database that is only looked at: it is brought up to nothing, and refused where it is of another schema. */
export async function standingAsItIs(url: string): Promise<Standing> {
  const standing = await askStanding(url, true)
  if (!standing) throw new Error('the tables are missing in the database of DATABASE_URL: restore it first')
  return standing
}

/** Undefined where nothing was brought up yet. Refuses, to a login that may not migrate or that shall not (`strict`), any other schema than its own. */
async function askStanding(url: string, strict = false): Promise<Standing | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const [made] = await sql<{ there: boolean }[]>`select to_regproc('public.standing') is not null as there`
    if (!made?.there) return undefined
    const [row] = await sql<{ role: string | null; owns: boolean }[]>`select role, owns from standing()`
    if (!row) throw new Error('the database did not tell as whom the program works')
    if (strict || (!row.owns && row.role !== null)) {
      const folder = programFolder('drizzle')
      await refuseForeignSchema(sql, folder)
      await refuseUnmigrated(sql, folder)
    }
    return { role: row.role ?? undefined, owns: row.owns }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
