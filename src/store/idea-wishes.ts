// Who supports an idea of somebody else, and who follows one.
import type { Tx } from './db.ts'

/**
 * Counts one account for an idea of its own voting territory: where it is at home in that cycle and, once it holds rights there, where it
 * votes; and only while it supports nothing in another territory of the cycle. Safe to repeat. False: it is not theirs to support.
 * Whoever acts as this account must be held.
 */
export async function addSupport(tx: Tx, idea: number, account: number): Promise<boolean> {
  await tx.sql`
    insert into idea_support (idea, account, at)
    select i.id, a.id, clock_timestamp() from idea i join account a on a.home_cycle = i.cycle and a.home_territory = i.territory
    where i.id = ${idea} and a.id = ${account}
      and not exists (select 1 from claim c join roll_row r on r.id = c.roll_row
        where c.account = a.id and c.cycle = i.cycle having count(*) > 0 and not bool_or(r.territory = i.territory))
      and not exists (select 1 from idea_support s join idea o on o.id = s.idea
        where s.account = a.id and o.cycle = i.cycle and o.territory <> i.territory)
    on conflict do nothing`
  const [row] = await tx.sql`select 1 from idea_support where idea = ${idea} and account = ${account}`
  return row !== undefined
}

/** Safe to repeat. */
export async function dropSupport(tx: Tx, idea: number, account: number): Promise<void> {
  await tx.sql`delete from idea_support where idea = ${idea} and account = ${account}`
}

/** From now on, or no more; safe to repeat. Nothing follows an idea of its own, or one that is gone. */
export async function setIdeaFollow(tx: Tx, idea: number, account: number, on: boolean): Promise<void> {
  if (on)
    await tx.sql`
      insert into idea_follow (idea, account) select i.id, a.id from idea i, account a
      where i.id = ${idea} and a.id = ${account} and i.author is distinct from a.id on conflict do nothing`
  else await tx.sql`delete from idea_follow where idea = ${idea} and account = ${account}`
}

export interface Wishes {
  supports: boolean
  follows: boolean
}

export async function wishesOf(tx: Tx, idea: number, account: number): Promise<Wishes> {
  const [row] = await tx.sql<Wishes[]>`
    select exists (select 1 from idea_support where idea = ${idea} and account = ${account}) as supports,
      exists (select 1 from idea_follow where idea = ${idea} and account = ${account}) as follows`
  return row ?? { supports: false, follows: false }
}

/** Who supports or follows the one supports or follows the other; who wrote the one supports the other too. */
export async function moveWishes(tx: Tx, from: number, to: number): Promise<void> {
  await tx.sql`
    insert into idea_support (idea, account)
    select ${to}, x.account from (
      select account from idea_support where idea = ${from} union select author from idea where id = ${from} and author is not null) x
    where not exists (select 1 from idea where id = ${to} and author = x.account) on conflict do nothing`
  await tx.sql`
    insert into idea_follow (idea, account)
    select ${to}, f.account from idea_follow f
    where f.idea = ${from} and not exists (select 1 from idea where id = ${to} and author = f.account) on conflict do nothing`
  await tx.sql`delete from idea_support where idea = ${from}`
  await tx.sql`delete from idea_follow where idea = ${from}`
}

export interface Concerned {
  author: number | null
  /** By number; whoever both supports and follows it supports it. */
  others: { account: number; supports: boolean }[]
}

/** Everybody who wants to hear of an idea. */
export async function concernedBy(tx: Tx, id: number): Promise<Concerned> {
  const [row] = await tx.sql<Concerned[]>`
    select author, coalesce((select json_agg(json_build_object('account', x.account, 'supports', x.supports) order by x.account) from (
        select account, bool_or(supports) as supports from (
          select account, true as supports from idea_support where idea = i.id
          union all select account, false from idea_follow where idea = i.id) w group by account) x), '[]') as others
    from idea i where id = ${id}`
  return row ?? { author: null, others: [] }
}
