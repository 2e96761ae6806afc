// The connection: one pool, seen through Drizzle for rows and through tagged SQL for the calls that must be one round trip.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as cycleSide from './schema-cycle.ts'
import * as voteSide from './schema-vote.ts'

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
  close(): Promise<void>
}

/** Opens a pool. `url`: postgres://…; `max` connections. Throws on the first query when the server is away. */
export function connect(url: string, max = 10): Db {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: { application_name: 'dauys', statement_timeout: 30_000 },
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  })
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) }
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
