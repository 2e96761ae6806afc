// Walks the catalogue: in which columns of which tables, and at which paths of their JSON, does a value stand?
import type { Db } from '../../src/store/db.ts'

/**
 * Every column that holds `text` somewhere, as `table.column`, sorted; for JSON the path follows. Numbers and ids count where they
 * stand alone, words wherever they stand.
 */
export async function everyValueWith({ sql }: Db, text: string): Promise<string[]> {
  const columns = await sql<{ table: string; column: string; json: boolean }[]>`
    select c.table_name as table, c.column_name as column, c.udt_name in ('json', 'jsonb') as json
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')`
  const found = new Set<string>()
  for (const { table, column, json } of columns) {
    const [one] = await sql<{ schema: string }[]>`
      select table_schema as schema from information_schema.tables where table_name = ${table}`
    const name = `"${one?.schema}"."${table}"`
    const values = await sql.unsafe<{ value: string }[]>(
      `select "${column}"::text as value from ${name} where "${column}" is not null`,
    )
    for (const { value } of values) {
      if (json) for (const path of pathsTo(JSON.parse(value), text)) found.add(`${table}.${column}${path}`)
      else if (holds(value, text)) found.add(`${table}.${column}`)
    }
  }
  return [...found].sort()
}

function pathsTo(value: unknown, text: string, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsTo(item, text, `${path}[]`))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => [
      ...(holds(key, text) ? [`${path}.${key}`] : []),
      ...pathsTo(item, text, `${path}.${key}`),
    ])
  return holds(String(value), text) ? [path] : []
}

/** Bytes are printed as hex, where a few digits stand by chance: what was hidden in them is found as the hex of its letters. */
const holds = (value: string, text: string): boolean =>
  value.startsWith('\\x')
    ? value.includes(Buffer.from(text).toString('hex'))
    : new RegExp(`(?<!\\d)${text}(?!\\d)`).test(value)
