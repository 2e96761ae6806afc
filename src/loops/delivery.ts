// The delivery loop: claims due messages and sends them at Telegram's pace; replies to people always go first.
import { GrammyError, type Api } from 'grammy'
import { noticeScreen } from '../bot/notices.ts'
import { isLocale } from '../use-cases/remember-person.ts'
import type { Locale } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import { claimMessages, type Delivery, healReceipts, noteDelivery } from '../use-cases/deliver.ts'

export interface DeliveryParts {
  app: App
  api: Api
  session: Session
  textsOf: (locale: Locale) => T
  log: Log
  metrics: Metrics
  /** Messages a second over the whole fleet. */
  pace?: number
}

const BATCH = 50

/** One round: claims a batch and sends it. Returns how many were claimed; every replica may run it at once. */
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
  const batch = await claimMessages(app, BATCH)
  for (const message of batch) {
    while (!(await session.allow('deliveries', pace, 1000)))
      await new Promise((resolve) => setTimeout(resolve, 40))
    metrics.deliveries.inc({ outcome: await deliver(message) })
  }
  return batch.length

  async function deliver(message: Delivery): Promise<string> {
    const t = textsOf(message.locale !== null && isLocale(message.locale) ? message.locale : 'kk')
    try {
      const screen = noticeScreen(t, message.kind, message.facts)
      const sent = await api.sendMessage(message.account, screen.text, {
        parse_mode: 'HTML',
        ...(screen.buttons ? { reply_markup: { inline_keyboard: screen.buttons } } : {}),
      })
      await noteDelivery(app, message, 'sent', { messageId: sent.message_id })
      return 'sent'
    } catch (error) {
      return settle(message, error)
    }
  }

  /** Refused for good, refused for now, or not known: then it stays `sending` and becomes `unknown`, never a second message. */
  async function settle(message: Delivery, error: unknown): Promise<string> {
    if (!(error instanceof GrammyError)) {
      log.warn('delivery of unknown outcome', errorFacts(error))
      return 'unknown'
    }
    if (error.error_code === 429) {
      await noteDelivery(app, message, 'pending', { afterSeconds: error.parameters.retry_after ?? 5 })
      return 'later'
    }
    const blocked = error.error_code === 403 || /chat not found/.test(error.description)
    await noteDelivery(app, message, blocked ? 'blocked' : 'failed')
    return blocked ? 'blocked' : 'failed'
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
