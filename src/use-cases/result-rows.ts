// Stored results in the words of the log, and as far as the publication in the log vouches for them.
import { resultSalt } from '../core/audit/mac.ts'
import type { ResultFault } from '../core/audit/trusted/fault.ts'
import type { ResultRow } from '../core/audit/trusted/result.ts'
import { type Published, readPublished, type ShownTerms } from '../core/audit/trusted/shown.ts'
import type { Result } from '../core/result.ts'
import type { Tx } from '../store/db.ts'
import { leavesOfKind } from '../store/log.ts'
import { resultHashesOf, resultsOf } from '../store/results.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

/** In the order of territories, then of pots. */
export async function resultRows(
  app: App,
  tx: Tx,
  cycle: { id: number; slug: string },
): Promise<ResultRow[]> {
  const rows = await resultsOf(tx, cycle.id)
  const { origin, macKey } = shownTerms(app, cycle)
  return rows.map(({ territory, pot, ballots, count, hash, state }) => ({
    village: String(territory),
    pot,
    ballots,
    count,
    hash,
    salt: resultSalt(macKey, origin, { village: String(territory), pot }),
    published: state === 'published',
  }))
}

/** A few rows of an index and a hash over all results: cheap enough for every look at one. */
export async function publishedResults(
  app: App,
  cycle: { id: number; slug: string },
): Promise<Result<Published, ResultFault>> {
  const [leaves, hashes] = await Promise.all([
    leavesOfKind(app.db, cycle.id, 'published'),
    resultHashesOf(app.db, cycle.id),
  ])
  return readPublished(
    shownTerms(app, cycle),
    leaves,
    hashes.map(({ territory, pot, hash }) => ({ village: String(territory), pot, hash })),
  )
}

/** What a stored result and its leaves are held with. */
export const shownTerms = (app: App, { slug }: { slug: string }): ShownTerms => ({
  cycle: slug,
  origin: originOf(app, slug),
  macKey: app.secrets.leafKey,
})
