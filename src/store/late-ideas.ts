// Ideas whose time to be answered comes or went by.
import { iso, type Tx } from './db.ts'

/** An idea that nobody decided about: a day before its time (`soon`), from then on (`due`), and a day later (`over`). */
export interface LateIdea {
  id: number
  version: number
  cycle: number
  territory: number
  number: number
  author: number | null
  /** Whose refusal its author did not accept. */
  appealedFrom: number | null
  dueAt: string
  stage: 'soon' | 'due' | 'over'
}

/** None of them longer than three weeks late: by then whoever was to hear of it did. */
export async function lateIdeas(tx: Tx): Promise<LateIdea[]> {
  const rows = await tx.sql<LateIdea[]>`
    select i.id, i.version, i.cycle, i.territory, i.number, i.author, i.appealed_from as "appealedFrom", i.due_at as "dueAt",
      case when i.due_at > clock_timestamp() then 'soon' when i.due_at > clock_timestamp() - interval '1 day' then 'due' else 'over' end as stage
    from idea i join cycle c on c.id = i.cycle
    where i.state = 'sent' and c.phase in ('ideas', 'review')
      and i.due_at between clock_timestamp() - interval '21 days' and clock_timestamp() + interval '1 day'
    order by i.due_at, i.id`
  return rows.map((row) => ({ ...row, dueAt: iso(row.dueAt) }))
}
