// The name of an author beside their idea, where they asked for it: written, shown after they read it back, taken away.
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { idea } from './schema-ideas.ts'

const ownSent = (id: number, author: number) =>
  and(eq(idea.id, id), eq(idea.author, author), isNotNull(idea.number))

/** Written and not shown yet; null takes it away. False: it is no idea of theirs that was sent. */
export async function writeAuthorName(
  tx: Tx,
  id: number,
  author: number,
  name: string | null,
): Promise<boolean> {
  const rows = await tx.orm
    .update(idea)
    .set({ authorName: name, authorNameShown: false })
    .where(ownSent(id, author))
    .returning({ id: idea.id })
  return rows.length > 0
}

/** False: there is no name to be shown. */
export async function showAuthorName(tx: Tx, id: number, author: number): Promise<boolean> {
  const rows = await tx.orm
    .update(idea)
    .set({ authorNameShown: true })
    .where(and(ownSent(id, author), isNotNull(idea.authorName)))
    .returning({ id: idea.id })
  return rows.length > 0
}

/** Of a village's projects that were ideas, the names to be shown, by number. */
export const authorNames = (
  tx: Tx,
  cycle: number,
  territory: number,
): Promise<{ number: number; name: string }[]> =>
  tx.sql<{ number: number; name: string }[]>`
    select distinct on (p.number) p.number, i.author_name as name from idea i join project p on p.cycle = i.cycle and p.id = i.project
    where i.cycle = ${cycle} and p.territory = ${territory} and i.author_name_shown order by p.number, i.id`
