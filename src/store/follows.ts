// Who follows a project.
import { and, eq } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { follow } from './schema-questions.ts'

/** From now on, or no more; safe to repeat. */
export async function setFollow(
  tx: Tx,
  one: { account: number; cycle: number; project: string },
  on: boolean,
): Promise<void> {
  if (on) await tx.orm.insert(follow).values(one).onConflictDoNothing()
  else await tx.orm.delete(follow).where(isThis(one))
}

/** Whether the account follows it, and the name of whose idea it was, where they asked for it to be shown. */
export async function followOf(
  tx: Tx,
  { account, cycle, project }: { account: number; cycle: number; project: string },
): Promise<{ followed: boolean; author: string | null }> {
  const [row] = await tx.sql<{ followed: boolean; author: string | null }[]>`
    select exists (select 1 from follow where account = ${account} and cycle = ${cycle} and project = ${project}) as followed,
      (select author_name from idea where cycle = ${cycle} and project = ${project} and author_name_shown order by id limit 1) as author`
  return row ?? { followed: false, author: null }
}

const isThis = ({ account, cycle, project }: { account: number; cycle: number; project: string }) =>
  and(eq(follow.account, account), eq(follow.cycle, cycle), eq(follow.project, project))

/** By number; their rows are held: whoever is erased in this moment is written nothing. */
export async function followersOf(tx: Tx, cycle: number, project: string): Promise<number[]> {
  const rows = await tx.sql<{ account: number }[]>`
    select a.id as account from follow f join account a on a.id = f.account
    where f.cycle = ${cycle} and f.project = ${project} and a.reachable order by a.id for key share of a`
  return rows.map(({ account }) => account)
}

export interface Follower {
  account: number
  /** The reader's own village in the cycle, else that of the first project. */
  territory: number
  projects: { id: string; number: number; title: Localised }[]
}

/** Everyone who follows projects of a cycle and can be reached, with what they follow; their rows are held, as in `followersOf`. */
export async function followersIn(tx: Tx, cycle: number): Promise<Follower[]> {
  await tx.sql`
    select 1 from account a where a.id in (select account from follow where cycle = ${cycle}) order by a.id for key share`
  return tx.sql<Follower[]>`
    select a.id as account,
      case when a.home_cycle = ${cycle} then coalesce(a.home_territory, min(p.territory)) else min(p.territory) end as territory,
      json_agg(json_build_object('id', p.id, 'number', p.number, 'title', p.title) order by p.territory, p.number) as projects
    from follow f join account a on a.id = f.account join project p on p.cycle = f.cycle and p.id = f.project
    where f.cycle = ${cycle} and a.reachable group by a.id order by a.id`
}

/** Who wrote an idea, supports or follows it follows the project that it became. Safe to repeat. */
export async function followTaken(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`
    insert into follow (account, cycle, project)
    select x.account, i.cycle, i.project from idea i cross join lateral (
      select i.author as account union select s.account from idea_support s where s.idea = i.id
      union select f.account from idea_follow f where f.idea = i.id) x
    where i.cycle = ${cycle} and i.project is not null and x.account is not null on conflict do nothing`
}
