// What the delivery loop asks of the database: claim, mark, and heal what a crash swallowed.
import { claimDeliveries, type Delivery, enqueue, markDelivery, settleUnknown } from '../store/deliveries.ts'
import { markReachable } from '../store/people.ts'
import { markShown, unshownBallots } from '../store/votes.ts'
import type { App } from './app.ts'

export type { Delivery }

/** Claims a batch of due messages; another replica skips them. */
export const claimMessages = (app: App, limit: number): Promise<Delivery[]> => claimDeliveries(app.db, limit)

/** Notes what came of a message. A person who blocked the bot is not tried again. */
export async function noteDelivery(
  app: App,
  message: Delivery,
  outcome: 'sent' | 'blocked' | 'failed' | 'pending',
  more: { messageId?: number; afterSeconds?: number } = {},
): Promise<void> {
  await markDelivery(app.db, message.id, outcome, more.messageId, more.afterSeconds)
  if (outcome === 'blocked') await markReachable(app.db, message.account, false)
  const ballot = message.facts.ballot
  if (outcome === 'sent' && message.kind === 'receipt' && typeof ballot === 'string')
    await markShown(app.db, ballot)
}

/** Queues the receipt of every ballot whose acknowledgement was not shown within a minute. Returns how many. */
export async function healReceipts(app: App): Promise<number> {
  const unshown = await unshownBallots(app.db)
  for (const { ballot, account, receipt, at } of unshown) {
    await enqueue(app.db, {
      account,
      kind: 'receipt',
      facts: { ballot, receipt, at },
      dedupe: `receipt:${ballot}`,
    })
  }
  await settleUnknown(app.db)
  return unshown.length
}
