// The delivery loop: claims due messages and sends them at Telegram's pace; replies to people always go first.
import { type Client, sendNotice } from '../bot/api.ts'
import { noticeScreen } from '../bot/notice/view.ts'
import { isLocale } from '../use-cases/remember-person.ts'
import type { Locale } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import type { Log } from '../log.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import { claimMessages, type Delivery, healReceipts, noteDelivery } from '../use-cases/deliver.ts'

export interface DeliveryParts {
  app: App
  api: Client['api']
  session: Session
  textsOf: (locale: Locale) => T
  log: Log
  metrics: Metrics
  /** Messages a second over the whole fleet. */
  pace?: number
}

const BATCH = 50

/**
 * One round: sends what is due. Messages are claimed one by one, so that whoever dies here leaves one of unknown fate and no
 * more; one that was not tried because the session store went away is due again. Returns how many were claimed; every replica may run it at once.
 */
export async function deliverOnce({
  app,
  api,
  session,
  textsOf,
  log,
  metrics,
  pace = 25,
}: DeliveryParts): Promise<number> {
  if ((await session.pausedFor('api')) > 0) return 0
  for (let claimed = 0; claimed < BATCH; claimed++) {
    const [message] = await claimMessages(app, 1)
    if (!message) return claimed
    try {
      while (!(await session.allow('deliveries', pace, 1000)))
        await new Promise((resolve) => setTimeout(resolve, 40))
    } catch (error) {
      await noteDelivery(app, message, 'pending')
      throw error
    }
    metrics.deliveries.inc({ outcome: await deliver(message) })
  }
  return BATCH

  async function deliver(message: Delivery): Promise<string> {
    const t = textsOf(message.locale !== null && isLocale(message.locale) ? message.locale : 'kk')
    const sent = await sendNotice(api, message.account, noticeScreen(t, message.kind, message.facts))
    switch (sent.outcome) {
      case 'sent':
        await noteDelivery(app, message, 'sent', { messageId: sent.messageId })
        break
      case 'later':
        await noteDelivery(app, message, 'pending', { afterSeconds: sent.afterSeconds })
        break
      case 'blocked':
      case 'failed':
        await noteDelivery(app, message, sent.outcome)
        break
      case 'unknown': // stays `sending`, becomes `unknown`, and is never a second message
        log.warn('delivery of unknown outcome', { delivery: message.id })
    }
    return sent.outcome
  }
}

/** Sends until stopped; every replica does, for rows are claimed one by one. */
export const startDelivery = (parts: DeliveryParts): Loop =>
  startLoop('delivery', parts.log, 1000, async () => (await deliverOnce(parts)) > 0)

/** Every so often: receipts whose acknowledgement a crash swallowed are queued, and sends of a dead sender are settled. */
export const startHealing = (parts: DeliveryParts): Loop =>
  startLoop('healing', parts.log, 15_000, async () => {
    await healReceipts(parts.app)
    return false
  })
