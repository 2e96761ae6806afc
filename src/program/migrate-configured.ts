// Brings the configured database up without opening what the program works with.
import { type Migrated, refused } from '../cli/acting.ts'
import type { Config } from '../config.ts'
import { migrateDatabase } from '../store/migrate.ts'
import { prepareDatabase } from '../store/standing.ts'

/** Returns who may now do what. The embedded database needs none of this and is refused. */
export async function migrateConfigured({ databaseUrl, ownerUrl }: Config): Promise<Migrated> {
  if (databaseUrl !== undefined) {
    const { owns, role } = await prepareDatabase(databaseUrl, ownerUrl)
    return owns ? { kind: 'owner' } : { kind: 'serves', role: role ?? '' }
  }
  if (ownerUrl === undefined) throw refused('cli.migrate-nothing')
  await migrateDatabase(ownerUrl)
  return { kind: 'nobody' }
}
