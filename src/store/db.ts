// The connection: one pool, seen through Drizzle for rows and through tagged SQL for the calls that must be one round trip.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as cycleSide from './schema-cycle.ts'
import * as voteSide from './schema-vote.ts'
import { type Together, together } from './together.ts'

const schema = { ...cycleSide, ...voteSide }

export type Orm = Pick<
  PostgresJsDatabase<typeof schema>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'
>
export interface Db {
  /** Rows and transactions. */
  orm: PostgresJsDatabase<typeof schema>
  /** Prepared statements; also the functions of the migrations. */
  sql: postgres.Sql<{ bigint: number }>
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
  return { sql, orm: drizzle(sql, { schema }), together: together(), close: () => sql.end({ timeout: 5 }) }
}

/** A moment as PostgreSQL prints it → UTC ISO. */
export const iso = (moment: string | Date): string => new Date(moment).toISOString()

/** Is the error a broken uniqueness? Then two acts raced and the other one was first. */
export function clashOn(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || cause.code !== '23505')
    return undefined
  return 'constraint_name' in cause ? String(cause.constraint_name) : 'unique'
}
