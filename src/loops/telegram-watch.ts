// Asks Telegram now and then whether it is there: what is lost without it may move the close of a vote.
import { type Client, isThere } from '../bot/api.ts'
import type { Metrics } from '../metrics.ts'
import type { Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { ASK_TELEGRAM_MS, watchTelegram } from '../use-cases/watch-telegram.ts'
import { type Loop, startLoop } from './loop.ts'

export interface WatchParts {
  app: App
  api: Client['bulk']
  log: Log
  metrics: Metrics
  /** Milliseconds between two questions. */
  every?: number
}

/** Every replica asks for itself: Telegram is away when none of them has an answer. */
export function startTelegramWatch({ app, api, log, metrics, every = ASK_TELEGRAM_MS }: WatchParts): Loop {
  let asked = false
  return startLoop('telegram-watch', log, every, async () => {
    // Whoever starts has just had an answer, or is about to say that there is none.
    if (!asked) {
      asked = true
      return false
    }
    const answered = await isThere(api, every)
    metrics.telegramAway.set(answered ? 0 : 1)
    for (const { cycle, outage, closesAt } of await watchTelegram(app, answered))
      log.warn('Telegram was away', {
        cycle,
        from: outage.from,
        until: outage.until,
        closesAt: closesAt ?? '',
      })
    return false
  })
}
