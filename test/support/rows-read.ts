// What the database reads for an act: a pool of one connection that counts rows, so that what grows with the log is seen without a clock.
import { connect, type Db } from '../../src/store/db.ts'

export interface Counting {
  /** One connection: what goes through it is counted. */
  db: Db
  /** Rows of that table, and entries of its indexes, that the connection has read in `act`. */
  readIn(table: string, act: () => Promise<unknown>): Promise<number>
}

/** Close its `db` when done. */
export function countingRows(url: string): Counting {
  const db = connect(url, { max: 1 })
  const read = async (table: string): Promise<number> => {
    await db.sql`select pg_stat_force_next_flush()`
    const [row] = await db.sql<{ n: number }[]>`
      select (pg_stat_get_tuples_returned(c.oid)
        + coalesce((select sum(pg_stat_get_tuples_returned(x.indexrelid)) from pg_index x where x.indrelid = c.oid), 0))::int as n
      from pg_class c where c.oid = ${table}::regclass`
    return row?.n ?? 0
  }
  return {
    db,
    async readIn(table, act) {
      const before = await read(table)
      await act()
      return (await read(table)) - before
    },
  }
}
