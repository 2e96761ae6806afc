// The connection: one pool, seen through Drizzle for rows of one table and through tagged SQL for sentences over several.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type InBatches, inBatches } from './in-batches.ts'
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
  /**
   * The same on one snapshot (repeatable read): every statement sees what was committed before the first. Throws what
   * `outdated` tells where somebody else has changed a row since that `act` locks or writes.
   */
  beginSnapshot<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  together: Together
  inBatches: InBatches
  /** How the pool is doing: connections that work, and questions that wait for one. Undefined where the driver does not tell (mended.mjs). */
  pool(): PoolState | undefined
  close(): Promise<void>
}

export interface PoolState {
  inUse: number
  waiting: number
}

/** Arrays as parameters, by the oid of int[], bigint[], text[], bytea[] and uuid[]; a query gives lists back as JSON. */
const ARRAYS: object = Object.fromEntries(
  [1007, 1016, 1009, 1001, 2951].map((oid) => [
    `array${oid}`,
    {
      to: oid,
      from: [oid],
      serialize: (list: readonly ArrayItem[]) => `{${list.map(arrayItem).join(',')}}`,
      parse: () => {
        throw new Error('select a list as JSON')
      },
    },
  ]),
)

type ArrayItem = string | number | Uint8Array | null

function arrayItem(item: ArrayItem): string {
  if (item === null) return 'NULL'
  if (typeof item === 'number') return String(item)
  if (typeof item === 'string') return `"${item.replace(/["\\]/g, '\\$&')}"`
  return `"\\\\x${Buffer.from(item.buffer, item.byteOffset, item.length).toString('hex')}"`
}

/**
 * Opens a pool. `url`: postgres://…; `max` connections; `role`: work as this one instead of the login (see migrateDatabase); `readOnly`:
 * no transaction may write.
 * Throws on the first query when the server is away.
 */
export function connect(
  url: string,
  { max = 10, role, readOnly = false }: { max?: number; role?: string | undefined; readOnly?: boolean } = {},
): Db {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: {
      application_name: 'dauys',
      statement_timeout: 30_000,
      // Before an update loses its turn: then the database is to blame, and the update comes again.
      lock_timeout: 15_000,
      ...(role && { role }),
      ...(readOnly && { default_transaction_read_only: true }),
    },
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
    beginSnapshot: (act) =>
      sql.begin('isolation level repeatable read', (own) =>
        act({ sql: own, orm: ormOn(own, sql) }),
      ) as ReturnType<typeof act>,
    together: together(),
    inBatches: inBatches(),
    pool: () => (sql as { pool?: () => PoolState }).pool?.(),
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

/** The same of a column that may be empty. */
export const isoOrNull = (moment: string | Date | null): string | null =>
  moment === null ? null : iso(moment)

/** Lost connections, a server that shuts down or is full, deadlocks and time-outs. */
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|NOT_TAGGED|57P0|08|53|40001|40P01|55P03|57014)/

/** Did the database not answer, or ask us to try again? Told by code, through causes. */
export const databaseAway = (error: unknown): boolean => hasCode(error, AWAY)

/** Did somebody else change what this snapshot was about to change? On a new one it may be tried again. */
export const outdated = (error: unknown): boolean => hasCode(error, /^40001$/)

function hasCode(error: unknown, wanted: RegExp): boolean {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (typeof code === 'string' && wanted.test(code)) return true
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
