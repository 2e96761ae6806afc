// Supporters of ideas: whose they become, and, where a cycle asks for a number of them, which ideas have enough.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { idea } from './schema-ideas.ts'

/** Feasible ideas of a cycle, or the one, that have enough supporters and had not before; each is returned once, by id. */
export async function markSupported(tx: Tx, cycle: number, one?: number): Promise<number[]> {
  const rows = await tx.sql<{ id: number }[]>`
    update idea i set supported_at = clock_timestamp() from cycle c
    where c.id = i.cycle and c.id = ${cycle} and i.id = coalesce(${one ?? null}::int, i.id)
      and i.state = 'feasible' and i.project is null and i.supported_at is null
      and (select count(*) from idea_support s where s.idea = i.id) >= (c.idea_terms #>> '{support,needed}')::int
    returning i.id`
  return rows.map(({ id }) => id).toSorted((a, b) => a - b)
}

/** Feasible ideas of a cycle that never had enough are not voted on: their ids. */
export async function dropUnsupported(tx: Tx, cycle: number): Promise<number[]> {
  const rows = await tx.orm
    .update(idea)
    .set({ state: 'unsupported', version: sql`${idea.version} + 1`, changedAt: sql`clock_timestamp()` })
    .where(
      and(eq(idea.cycle, cycle), eq(idea.state, 'feasible'), isNull(idea.project), isNull(idea.supportedAt)),
    )
    .returning({ id: idea.id })
  return rows.map(({ id }) => id).toSorted((a, b) => a - b)
}

/** Of these ideas, those that this account supports. */
export async function supportedBy(tx: Tx, account: number, ideas: readonly number[]): Promise<Set<number>> {
  const rows = await tx.sql<{ idea: number }[]>`
    select idea from idea_support where account = ${account} and idea = any(${[...ideas]}::int[])`
  return new Set(rows.map(({ idea: id }) => id))
}
