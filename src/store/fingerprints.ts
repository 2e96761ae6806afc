// Fingerprints of the secrets that a database was begun with: written at its first start, compared at each.
import type { Tx } from './db.ts'
import { fingerprint, leaf } from './schema-vote.ts'

/** By name; undefined for a database that nothing was begun with yet. Throws where acts are recorded and no fingerprint is. */
export async function readFingerprints(tx: Tx): Promise<Record<string, string> | undefined> {
  const rows = await tx.orm.select().from(fingerprint)
  if (rows.length > 0) return Object.fromEntries(rows.map(({ name, sha256 }) => [name, sha256]))
  const acts = await tx.orm.select({ id: leaf.id }).from(leaf).limit(1)
  if (acts.length > 0)
    throw new Error('the database holds acts, and no fingerprint of the secrets that it was begun with')
  return undefined
}

/** Keeps them where none are kept. Of two programs that begin at once the first decides: read them again afterwards. */
export async function keepFingerprints(tx: Tx, fingerprints: Record<string, string>): Promise<void> {
  const rows = Object.entries(fingerprints).map(([name, sha256]) => ({ name, sha256 }))
  await tx.orm.insert(fingerprint).values(rows).onConflictDoNothing()
}
