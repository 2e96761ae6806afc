// What Telegram was told to offer in the chats of people who hold a role, and what it should be told.
import { eq } from 'drizzle-orm'
import type { Locale } from '../core/localised.ts'
import { isRole, type Role } from '../core/role.ts'
import type { Tx } from './db.ts'
import { account as accounts } from './schema-cycle.ts'

export interface ChatCommands {
  account: number
  locale: Locale
  /** In force now, each once. None: the chat has the commands of everybody. */
  roles: Role[]
  /** As `noteToldCommands` left it. */
  told: string | undefined
}

/** Everybody who holds a role or whose chat was told commands of its own, once they chose a language. */
export async function chatsWithCommands(tx: Tx): Promise<ChatCommands[]> {
  const rows = await tx.sql<{ id: number; locale: Locale; told: string | null; roles: string[] | null }[]>`
    with r as (select account, json_agg(distinct role order by role) as roles from role_grant
      where revoked_at is null and (until is null or until > clock_timestamp()) group by account)
    select a.id, a.locale, a.told_commands as told, r.roles
    from (select account from r union select id from account where told_commands is not null) x
    join account a on a.id = x.account left join r on r.account = a.id
    where a.locale is not null order by a.id`
  return rows.map(({ id, locale, told, roles }) => ({
    account: id,
    locale,
    roles: (roles ?? []).filter(isRole),
    told: told ?? undefined,
  }))
}

/** False where the account is gone. */
export async function noteToldCommands(tx: Tx, account: number, told: string | undefined): Promise<boolean> {
  const rows = await tx.orm
    .update(accounts)
    .set({ toldCommands: told ?? null })
    .where(eq(accounts.id, account))
    .returning({ id: accounts.id })
  return rows.length > 0
}
