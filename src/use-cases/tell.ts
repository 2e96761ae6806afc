// Queues a message to one person in the transaction of the act that it tells of: not at night where it can wait.
import { waitsForMorning } from '../core/manners.ts'
import type { Notice } from '../core/notice.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import type { App } from './app.ts'

/** The same `dedupe` twice is one message; whoever switched its kind off is written nothing. */
export async function tell(
  app: App,
  tx: Tx,
  notice: Notice,
  to: { account: number; dedupe: string },
): Promise<void> {
  const dueAt = waitsForMorning(notice.kind) ? app.quiet(await clock(tx)) : undefined
  await enqueue(tx, notice, { ...to, ...(dueAt !== undefined && { dueAt }) })
}
