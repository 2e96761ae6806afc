// Messages that ride on no request: written in the transaction of the act they tell of, claimed and marked by the delivery loop.
import type { Tx } from './db.ts'
import { delivery } from './schema-vote.ts'

export interface Delivery {
  id: number
  account: number
  kind: string
  facts: Record<string, unknown>
  locale: string | null
}

/** Queues one message; the same `dedupe` twice is one message. */
export async function enqueue(
  tx: Tx,
  message: { account: number; kind: string; facts: Record<string, unknown>; dedupe: string },
): Promise<void> {
  await tx.orm.insert(delivery).values(message).onConflictDoNothing({ target: delivery.dedupe })
}

/** Queues a message to everyone reachable whose village takes part in a cycle. */
export async function enqueueForCycle(
  tx: Tx,
  cycle: number,
  kind: string,
  facts: object,
  key: string,
): Promise<void> {
  await tx.sql`
    insert into delivery (account, kind, facts, dedupe)
    select a.id, ${kind}::text, ${JSON.stringify(facts)}::text::jsonb || jsonb_build_object('cycle', ${cycle}::int, 'territory', a.home_territory),
      ${key}::text || ':' || a.id
    from account a where a.home_cycle = ${cycle} and a.reachable on conflict (dedupe) do nothing`
}

/** Claims up to `limit` due messages; others skip them. Locale comes along, for the text is made on sending. */
export async function claimDeliveries(tx: Tx, limit: number): Promise<Delivery[]> {
  return tx.sql<Delivery[]>`
    update delivery d set state = 'sending', claimed_at = clock_timestamp()
    from (select q.id, a.locale from delivery q left join account a on a.id = q.account
      where q.state = 'pending' and q.due_at <= clock_timestamp() order by q.due_at, q.id limit ${limit} for update of q skip locked) x
    where d.id = x.id returning d.id, d.account, d.kind, d.facts, x.locale`
}

/** Marks what came of a message. */
export async function markDelivery(
  tx: Tx,
  id: number,
  state: 'sent' | 'blocked' | 'failed' | 'pending',
  messageId?: number,
  afterSeconds = 0,
): Promise<void> {
  await tx.sql`
    update delivery set state = ${state}, message_id = ${messageId ?? null}, due_at = clock_timestamp() + make_interval(secs => ${afterSeconds})
    where id = ${id} and state = 'sending'`
}

/** A sender died between send and mark: whether the message went out is not known, so it is never sent again, and is counted. */
export async function settleUnknown(tx: Tx): Promise<number> {
  const rows = await tx.sql`
    update delivery set state = 'unknown' where state = 'sending' and claimed_at < clock_timestamp() - interval '5 minutes' returning id`
  return rows.length
}
