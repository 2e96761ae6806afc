// The delivery loop: claims due messages and sends several at a time, at the fleet's pace; replies to people always go first.
import { setTimeout as sleep } from 'node:timers/promises'
import { lettersOf } from '../bot/announce/letter-view.ts'
import { type Client, type Sent, sendNotice } from '../bot/api.ts'
import { noticeScreen } from '../bot/notice/view.ts'
import { NOTICE_KINDS } from '../core/notice.ts'
import type { Texts } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import { type Loop, startLoop } from './loop.ts'
import { notedTogether } from './together.ts'
import type { Metrics } from '../metrics.ts'
import { ANNOUNCEMENTS, BULK, type Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import {
  claimMessages,
  healReceipts,
  type Message,
  noteDeliveries,
  noticePlace,
  type Outcome,
  postpone,
  sendable,
} from '../use-cases/deliver.ts'

export interface DeliveryParts {
  app: App
  /** The client's, for what nobody asked for just now. */
  api: Client['bulk']
  /** The client's, for announcements. */
  mail: Client['mail']
  session: Session
  textsOf: Texts
  log: Log
  metrics: Metrics
  /** Messages a second over the whole fleet: never more in any second. 0: as fast as Telegram takes them. */
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
/** Without a pace: so long places that come free are gathered before the next claim, for one sentence costs the database as much as twenty rows. */
const GATHER_MS = 2

/**
 * Every replica may run it at once. A message is claimed when its turn has come and a place is free, so one that is queued later and
 * goes first does; without a pace as many as there are places. It has its place until what came of it is noted: whoever dies leaves
 * no more of unknown fate than there are places. One that cannot be read or said is set aside, and one that hangs keeps its place and
 * nobody else's.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { app, session, metrics, log } = parts
  const { pace = PACE, inFlight = IN_FLIGHT, kinds = NOTICE_KINDS } = parts
  const onTheirWay = new Set<Promise<void>>()
  const tools: Tools = {
    ...parts,
    note: notedTogether((all) => noteDeliveries(app, all)),
    letter: lettersOf(app, parts.textsOf),
  }

  async function deliver(message: Message): Promise<void> {
    try {
      metrics.deliveries.inc({ outcome: await sendMessage(tools, message) })
    } catch (error) {
      log.warn('a delivery was not noted', { delivery: message.id, ...errorFacts(error) })
    }
  }

  let freed = () => {}
  async function onePlace(): Promise<void> {
    while (onTheirWay.size >= inFlight) await new Promise<void>((resolve) => (freed = resolve))
    if (pace === 0 && onTheirWay.size > inFlight / 2) await sleep(GATHER_MS)
  }

  /** How many may be claimed when their turn has come; 0 in a pause. `paused`: announcements are. */
  async function turn(): Promise<{ most: number; paused: boolean }> {
    const pause = () => session.pausedFor(ANNOUNCEMENTS)
    if (pace === 0) {
      const [all, ms] = await Promise.all([session.pausedFor(BULK), pause()])
      return { most: all > 0 ? 0 : inFlight - onTheirWay.size, paused: ms > 0 }
    }
    const [all, wait] = await Promise.all([session.pausedFor(BULK), session.turn('deliveries', pace)])
    if (all > 0) return { most: 0, paused: true }
    if (wait > 0) await sleep(wait)
    return { most: 1, paused: (await pause()) > 0 }
  }

  return {
    async round() {
      for (let claimed = 0; claimed < BATCH; ) {
        await onePlace()
        const { most, paused } = await turn()
        if (most === 0) return claimed
        const { found, messages } = await claimMessages(app, sendable(app, kinds, paused), most)
        if (found === 0) return claimed
        claimed += found
        for (const message of messages) {
          const sending = deliver(message).finally(() => {
            onTheirWay.delete(sending)
            freed()
          })
          onTheirWay.add(sending)
        }
      }
      return BATCH
    },
    async idle() {
      await Promise.all(onTheirWay)
    },
  }
}

interface Tools extends DeliveryParts {
  note: (one: Outcome) => Promise<void>
  letter: ReturnType<typeof lettersOf>
}

/** Sends a claimed message and notes what came of it; returns that. Throws when it cannot be noted: then it is never sent again. */
async function sendMessage(parts: Tools, message: Message): Promise<string> {
  const { app, note, log } = parts
  const sent = await sentOf(parts, message)
  switch (sent.outcome) {
    case 'sent':
      await note({ message, outcome: 'sent', messageId: sent.messageId })
      break
    case 'later':
      await postpone(app, message, sent.afterSeconds)
      break
    case 'blocked':
    case 'failed':
    case 'set-aside':
      await note({ message, outcome: sent.outcome })
      break
    case 'unknown': // stays `sending`, becomes `unknown`, and is never a second message
      log.warn('delivery of unknown outcome', { delivery: message.id })
  }
  return sent.outcome
}

async function sentOf(parts: Tools, message: Message): Promise<Sent | { outcome: 'set-aside' }> {
  const { account, notice, locale } = message
  if (notice.ok && notice.value.kind === 'announcement') {
    const letter = await parts.letter(notice.value.announcement, parts.textsOf.guess(locale))
    return letter ? parts.mail(account, letter) : { outcome: 'set-aside' }
  }
  const screen = await screenFor(parts, message)
  return screen ? sendNotice(parts.api, account, screen) : { outcome: 'set-aside' }
}

/** What the person gets to see; undefined, and a line in the log, when nothing can be made of the message. */
async function screenFor(parts: DeliveryParts, message: Message) {
  const { app, textsOf, log, screenOf = noticeScreen } = parts
  const { id: delivery, kind, locale, notice } = message
  if (!notice.ok) {
    log.error('a notice cannot be read', { delivery, kind })
    return undefined
  }
  const { value } = notice
  if (value.kind === 'announcement') return undefined
  const place = await noticePlace(app, value)
  try {
    return screenOf(textsOf(textsOf.guess(locale)), value, place)
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
