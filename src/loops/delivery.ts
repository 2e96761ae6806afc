// The delivery loop: claims due messages and sends several at a time, at the fleet's pace; replies to people always go first.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, sendNotice } from '../bot/api.ts'
import { noticeScreen } from '../bot/notice/view.ts'
import { NOTICE_KINDS } from '../core/notice.ts'
import type { Texts } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import { claimMessage, healReceipts, type Message, noteDelivery } from '../use-cases/deliver.ts'

export interface DeliveryParts {
  app: App
  api: Client['api']
  session: Session
  textsOf: Texts
  log: Log
  metrics: Metrics
  /** Messages a second over the whole fleet: never more in any second. */
  pace?: number
  /** Messages that one replica has on their way at once: whoever dies leaves no more of unknown fate. */
  inFlight?: number
  /** The kinds of notices that this replica can say, and how; those of the program unless told. */
  kinds?: readonly string[]
  screenOf?: typeof noticeScreen
}

export interface Delivery {
  /** Sends what is due, until nothing is or enough was: how many messages were claimed. The last ones may still be on their way. */
  round(): Promise<number>
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>
}

const BATCH = 50
const PACE = 27
const IN_FLIGHT = 12

/**
 * Every replica may run it at once. A message is claimed when its turn has come and a place is free, so one that is queued later and
 * goes first does; one that cannot be read or said is set aside, and one that hangs keeps its place and nobody else's.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { app, session, metrics, log } = parts
  const { pace = PACE, inFlight = IN_FLIGHT, kinds = NOTICE_KINDS } = parts
  const onTheirWay = new Set<Promise<void>>()

  async function deliver(message: Message): Promise<void> {
    try {
      metrics.deliveries.inc({ outcome: await sendMessage(parts, message) })
    } catch (error) {
      log.error('a delivery was not noted', { delivery: message.id, ...errorFacts(error) })
    }
  }

  return {
    async round() {
      for (let claimed = 0; claimed < BATCH; claimed++) {
        while (onTheirWay.size >= inFlight) await Promise.race(onTheirWay)
        const [paused, wait] = await Promise.all([session.pausedFor('api'), session.turn('deliveries', pace)])
        if (paused > 0) return claimed
        if (wait > 0) await sleep(wait)
        const message = await claimMessage(app, kinds)
        if (!message) return claimed
        const sending = deliver(message).finally(() => onTheirWay.delete(sending))
        onTheirWay.add(sending)
      }
      return BATCH
    },
    async idle() {
      await Promise.all(onTheirWay)
    },
  }
}

/** Sends a claimed message and notes what came of it; returns that. Throws when it cannot be noted: then it is never sent again. */
async function sendMessage(parts: DeliveryParts, message: Message): Promise<string> {
  const { app, api, log } = parts
  const screen = screenFor(parts, message)
  if (!screen) {
    await noteDelivery(app, message, 'set-aside')
    return 'set-aside'
  }
  const sent = await sendNotice(api, message.account, screen)
  switch (sent.outcome) {
    case 'sent':
      await noteDelivery(app, message, 'sent', { messageId: sent.messageId })
      break
    case 'later':
      await noteDelivery(app, message, 'later', { afterSeconds: sent.afterSeconds })
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

/** What the person gets to see; undefined, and a line in the log, when nothing can be made of the message. */
function screenFor({ textsOf, log, screenOf = noticeScreen }: DeliveryParts, message: Message) {
  const { id: delivery, kind, locale, notice } = message
  if (!notice.ok) {
    log.error('a notice cannot be read', { delivery, kind })
    return undefined
  }
  try {
    return screenOf(textsOf(textsOf.guess(locale)), notice.value)
  } catch (error) {
    log.error('a notice cannot be said', { delivery, kind, ...errorFacts(error) })
    return undefined
  }
}

/** One round whose messages have all arrived, or not. Returns how many were claimed. */
export async function deliverOnce(parts: DeliveryParts): Promise<number> {
  const delivery = createDelivery(parts)
  try {
    return await delivery.round()
  } finally {
    await delivery.idle()
  }
}

/** Sends until stopped; every replica does, for rows are claimed one by one. */
export function startDelivery(parts: DeliveryParts): Loop {
  const delivery = createDelivery(parts)
  const loop = startLoop('delivery', parts.log, 1000, async () => (await delivery.round()) > 0)
  return {
    async stop() {
      await loop.stop()
      await delivery.idle()
    },
  }
}

/** On every replica, every so often: receipts whose acknowledgement a crash swallowed are queued, and sends of a dead sender settled. */
export const startHealing = (parts: DeliveryParts): Loop =>
  startLoop('healing', parts.log, 15_000, async () => {
    await healReceipts(parts.app)
    return false
  })
