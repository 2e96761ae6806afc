// Ideas on their way to the list that is voted on: held, kept apart, taken.
import { eq } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { idea, ideaApart } from './schema-ideas.ts'

/** Pairs of numbers of a cycle of which somebody said that both may be built, the smaller first. */
export async function apartPairs(tx: Tx, cycle: number): Promise<[number, number][]> {
  const rows = await tx.sql<{ one: number; other: number }[]>`
    select least(a.number, b.number) as one, greatest(a.number, b.number) as other
    from idea_apart x join idea a on a.id = x.first join idea b on b.id = x.second where a.cycle = ${cycle}`
  return rows.map(({ one, other }) => [one, other])
}

/** False: it was said before. */
export async function keepApart(tx: Tx, one: number, other: number): Promise<boolean> {
  const rows = await tx.orm
    .insert(ideaApart)
    .values({ first: Math.min(one, other), second: Math.max(one, other) })
    .onConflictDoNothing()
    .returning({ first: ideaApart.first })
  return rows.length > 0
}

/** Whoever decides about an idea of this cycle waits until the transaction ends. */
export async function holdIdeas(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`select 1 from idea where cycle = ${cycle} and number is not null order by id for update`
}

/** Whoever wrote, supports or follows ideas that became projects, with those. */
export interface Listed {
  account: number
  /** The reader's own village in the cycle, else that of the first project. */
  territory: number
  ideas: { number: number; title: Localised; mine: boolean }[]
}

/** Everyone who can be reached; their rows are held: whoever is erased in this moment is written nothing. `number`: of the project. */
export const listedTo = (tx: Tx, cycle: number): Promise<Listed[]> =>
  tx.sql<Listed[]>`
    with reader as (
      select author as account, id, true as mine from idea where cycle = ${cycle} and project is not null
      union all select w.account, i.id, false from idea i
        join (select account, idea from idea_support union select account, idea from idea_follow) w on w.idea = i.id
      where i.cycle = ${cycle} and i.project is not null),
    held as (select id, home_cycle, home_territory from account where reachable and id in (select account from reader) order by id for key share)
    select a.id as account,
      case when a.home_cycle = ${cycle} then coalesce(a.home_territory, min(p.territory)) else min(p.territory) end as territory,
      json_agg(json_build_object('number', p.number, 'title', p.title, 'mine', r.mine) order by p.territory, p.number) as ideas
    from reader r join held a on a.id = r.account join idea i on i.id = r.id join project p on p.cycle = i.cycle and p.id = i.project
    group by a.id, a.home_cycle, a.home_territory order by a.id`

/** It stands on the list that is voted on, as this project. */
export async function markTaken(tx: Tx, id: number, project: string): Promise<void> {
  await tx.orm.update(idea).set({ project }).where(eq(idea.id, id))
}

export interface RefusedIdea {
  number: number
  category: string | null
  state: 'rejected' | 'unfeasible'
  reason: string | null
}

/** Ideas of a village that were refused or found unfeasible, by number; without a word of their authors. */
export const refusedIdeas = (tx: Tx, cycle: number, territory: number): Promise<RefusedIdea[]> =>
  tx.sql<RefusedIdea[]>`
    select number, category, state, reason from idea
    where cycle = ${cycle} and territory = ${territory} and state in ('rejected', 'unfeasible') and number is not null order by number`

/** Ideas that somebody must decide about or cost, in cycles that are under way, in the order in which they are due. */
export const waitingIdeas = (tx: Tx): Promise<{ id: number; territory: number; author: number | null }[]> =>
  tx.sql<{ id: number; territory: number; author: number | null }[]>`
    select i.id, i.territory, i.author from idea i join cycle c on c.id = i.cycle
    where i.state in ('sent', 'approved') and c.phase in ('ideas', 'review')
    order by i.state = 'approved', i.due_at, i.id`
