// The connection: one pool, seen through Drizzle for rows of one table and through tagged SQL for sentences over several.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Together, together } from './together.ts'

type Types = { bigint: number }

/**
 * One handle for reads and writes, inside a transaction and outside. Drizzle for one table, SQL for a sentence:
 *
 *     await tx.orm.update(card).set({ state: 'dead' }).where(eq(card.id, id))
 *     await tx.sql`select r.territory from claim c join roll_row r on r.id = c.roll_row where c.account = ${account}`
 */
export interface Tx {
  /** Tagged SQL: prepared statements, each one round trip. */
  sql: postgres.ISql<Types>
  orm: Pick<PostgresJsDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>
}

/** The pool: outside a transaction every statement stands alone. */
export interface Db extends Tx {
  sql: postgres.Sql<Types>
  /** Runs `act` in a transaction (read committed): commits when it ends well, rolls everything back when it throws. */
  begin<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  together: Together
  close(): Promise<void>
}

/** Arrays as parameters, by the oid of int[], bigint[] and text[]; a query gives lists back as JSON. */
const ARRAYS: object = Object.fromEntries(
  [1007, 1016, 1009].map((oid) => [
    `array${oid}`,
    {
      to: oid,
      from: [oid],
      serialize: (list: readonly (string | number | null)[]) => `{${list.map(arrayItem).join(',')}}`,
      parse: () => {
        throw new Error('select a list as JSON')
      },
    },
  ]),
)

const arrayItem = (item: string | number | null): string =>
  item === null ? 'NULL' : `"${String(item).replace(/["\\]/g, '\\$&')}"`

/**
 * Opens a pool. `url`: postgres://…; `max` connections; `role`: work as this one instead of the login (see migrateDatabase).
 * Throws on the first query when the server is away.
 */
export function connect(
  url: string,
  { max = 10, role }: { max?: number; role?: string | undefined } = {},
): Db {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: { application_name: 'dauys', statement_timeout: 30_000, ...(role && { role }) },
    // Half a second at most, not twenty: the server is asked again soon, and nobody waits long once it is back.
    backoff: (retries) => Math.min(0.02 * 2 ** retries, 0.5),
    // The driver's own question for array types, on every new connection, ends the program when the server cuts it off.
    fetch_types: false,
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String }, ...ARRAYS },
  })
  return {
    sql,
    orm: ormOn(sql, sql),
    begin: (act) => sql.begin((own) => act({ sql: own, orm: ormOn(own, sql) })) as ReturnType<typeof act>,
    together: together(),
    close: () => sql.end({ timeout: 5 }),
  }
}

/**
 * Drizzle on the pool or on the one connection of a transaction: of the driver it uses no more than this. Short statements are
 * prepared as tagged ones are, which saves each a round trip; one with a long list has another text every time.
 */
const ormOn = (on: Tx['sql'], { options }: postgres.Sql<Types>): Tx['orm'] =>
  drizzle({
    options,
    unsafe: (text: string, values: string[]) => on.unsafe(text, values, { prepare: values.length <= 20 }),
  } as unknown as postgres.Sql)

/** A moment as PostgreSQL prints it → UTC ISO. */
export const iso = (moment: string | Date): string => new Date(moment).toISOString()

/** Lost connections, a server that shuts down or is full, deadlocks and time-outs. */
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|NOT_TAGGED|57P0|08|53|40001|40P01|55P03|57014)/

/** Did the database not answer, or ask us to try again? Told by code, through causes. */
export function databaseAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (typeof code === 'string' && AWAY.test(code)) return true
    at = cause
  }
  return false
}

/** Is the error a broken uniqueness? Then two acts raced and the other one was first. */
export function clashOn(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || cause.code !== '23505')
    return undefined
  return 'constraint_name' in cause ? String(cause.constraint_name) : 'unique'
}
