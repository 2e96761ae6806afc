// Accounts of Telegram: the id, the language and village chosen, the roles held.
import { eq } from 'drizzle-orm'
import type { Locale } from '../core/localised.ts'
import type { Switch } from '../core/manners.ts'
import type { Grant } from '../core/role.ts'
import type { Db, Tx } from './db.ts'
import { grantOf } from './roles.ts'
import { account } from './schema-cycle.ts'

export interface Who {
  id: number
  locale: Locale | undefined
  home: { cycle: number; territory: number } | undefined
  /** One project a message, everything in words: a wish of the person. */
  easy: boolean
  /** In force when this was read. */
  roles: Grant[]
  known: boolean
}

interface WhoRow {
  id: number
  locale: Locale | null
  home_cycle: number | null
  home_territory: number | null
  easy: boolean
  roles: Parameters<typeof grantOf>[0][] | null
}

/** Who is this? One round trip, shared with others who write in the same moment; a stranger is a row with `known: false`. */
export async function accountOf(db: Db, id: number): Promise<Who> {
  const row = await db.together('who', id, async (ids) => {
    const rows = await db.sql<WhoRow[]>`select a.id, a.locale, a.home_cycle, a.home_territory, a.easy,
        (select json_agg(json_build_object('role', g.role, 'territory', g.territory, 'until', g.until))
          from role_grant g where g.account = a.id and g.revoked_at is null
          and (g.until is null or g.until > clock_timestamp())) as roles
      from account a where a.id = any(${ids}::bigint[])`
    return new Map(rows.map((each) => [each.id, each]))
  })
  if (!row) return { id, locale: undefined, home: undefined, easy: false, roles: [], known: false }
  const home =
    row.home_cycle !== null && row.home_territory !== null
      ? { cycle: row.home_cycle, territory: row.home_territory }
      : undefined
  return {
    id,
    locale: row.locale ?? undefined,
    home,
    easy: row.easy,
    roles: (row.roles ?? []).flatMap(grantOf),
    known: true,
  }
}

/** What a person chose. `source`: the deep link that brought them; it counts only where the account is new. */
export interface Chosen {
  locale?: Locale
  home?: { cycle: number; territory: number }
  easy?: boolean
  source?: string
}

/** Remembers what a person chose; creates the account where it is new. */
export async function upsertAccount(tx: Tx, id: number, chosen: Chosen): Promise<void> {
  const values = {
    ...(chosen.locale ? { locale: chosen.locale } : {}),
    ...(chosen.home ? { homeCycle: chosen.home.cycle, homeTerritory: chosen.home.territory } : {}),
    ...(chosen.easy === undefined ? {} : { easy: chosen.easy }),
  }
  const insert = tx.orm
    .insert(account)
    .values({ id, ...values, ...(chosen.source ? { source: chosen.source } : {}) })
  await (Object.keys(values).length > 0
    ? insert.onConflictDoUpdate({ target: account.id, set: { ...values, reachable: true } })
    : insert.onConflictDoNothing())
}

/** Telegram says whether the bot may write to this person. */
export async function markReachable(tx: Tx, id: number, reachable: boolean): Promise<void> {
  await tx.orm.update(account).set({ reachable }).where(eq(account.id, id))
}

/** Where the person says that they live, being 18 or older. */
export async function residenceOf(tx: Tx, id: number): Promise<number | undefined> {
  const [row] = await tx.orm.select({ at: account.residentOf }).from(account).where(eq(account.id, id))
  return row?.at ?? undefined
}

/** The person says so; creates the account where it is new. */
export async function stateResidence(tx: Tx, id: number, residentOf: number): Promise<void> {
  await tx.orm
    .insert(account)
    .values({ id, residentOf })
    .onConflictDoUpdate({ target: account.id, set: { residentOf } })
}

/** Kinds of notices that the account switched off, as they are kept. */
export async function mutedBy(tx: Tx, id: number): Promise<string[]> {
  const [row] = await tx.orm.select({ muted: account.muted }).from(account).where(eq(account.id, id))
  return row?.muted ?? []
}

/** Switches a kind of notices off, or on again; others stay as they are. */
export async function setMuted(tx: Tx, id: number, kind: Switch, mute: boolean): Promise<void> {
  await tx.sql`
    update account set muted = case when ${mute} then (muted - ${kind}::text) || to_jsonb(${kind}::text) else muted - ${kind}::text end
    where id = ${id}`
}
