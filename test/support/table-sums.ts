// The whole database in a few lines: what two of them share, nothing has changed between them.
import type { App } from '../../src/use-cases/app.ts'

/** Sums of all rows of all tables, but for the accounts of these people. */
export async function tableSums(
  { db }: App,
  people: readonly number[] = [],
): Promise<Record<string, string>> {
  const names = await db.sql<{ name: string }[]>`
    select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' order by 1`
  const all: Record<string, string> = {}
  for (const { name } of names) {
    const own = name === 'account' && people.length > 0 ? `where id not in (${people.join(',')})` : ''
    const [row] = await db.sql.unsafe<{ sum: string }[]>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t ${own}`,
    )
    all[name] = row?.sum as string
  }
  return all
}
