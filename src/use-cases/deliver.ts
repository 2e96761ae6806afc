// What the delivery loop asks of the database: claim, mark, and heal what a crash swallowed.
import { type Notice, readNotice } from '../core/notice.ts'
import type { Result } from '../core/result.ts'
import { claimDeliveries, enqueue, markDelivery, settleUnknown } from '../store/deliveries.ts'
import { markReachable } from '../store/accounts.ts'
import { holdOpener, setShown, unshownBallots } from '../store/votes.ts'
import type { App } from './app.ts'

/** A message that is ours to send. */
export interface Message {
  id: number
  account: number
  locale: string | null
  kind: string
  /** A problem when its facts are not what its kind must know. */
  notice: Result<Notice, { kind: 'not-a-notice' }>
}

/** Claims the next due message of `kinds`; another replica skips it, and one of another kind waits for a replica that knows it. */
export async function claimMessage(app: App, kinds: readonly string[]): Promise<Message | undefined> {
  const [claimed] = await claimDeliveries(app.db, kinds, 1)
  if (!claimed) return undefined
  const { facts, ...message } = claimed
  return { ...message, notice: readNotice(claimed.kind, facts) }
}

/** Notes what came of a message. A person who blocked the bot is not tried again. */
export async function noteDelivery(
  app: App,
  { id, account, notice }: Message,
  outcome: 'sent' | 'blocked' | 'failed' | 'set-aside' | 'later',
  more: { messageId?: number; afterSeconds?: number } = {},
): Promise<void> {
  await markDelivery(app.db, id, outcome, more.messageId, more.afterSeconds)
  if (outcome === 'blocked') await markReachable(app.db, account, false)
  if (outcome === 'sent' && notice.ok && notice.value.kind === 'receipt')
    await setShown(app.db, notice.value.ballot)
}

/** Queues the receipt of every ballot whose acknowledgement was not shown within a minute. Returns how many. */
export async function healReceipts(app: App): Promise<number> {
  const unshown = await unshownBallots(app.db)
  for (const { account, ...facts } of unshown)
    await app.db.begin(async (tx) => {
      if (await holdOpener(tx, facts.ballot, account))
        await enqueue(tx, { kind: 'receipt', ...facts }, { account, dedupe: `receipt:${facts.ballot}` })
    })
  await settleUnknown(app.db)
  return unshown.length
}
