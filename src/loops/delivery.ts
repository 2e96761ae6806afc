// The delivery loop: claims due messages and sends several at a time, at the fleet's pace; replies to people always go first.
import { setTimeout as sleep } from 'node:timers/promises'
import { lettersOf } from '../bot/announce/letter-view.ts'
import { type Client, type Sent, sendNotice } from '../bot/api.ts'
import { noticeScreen } from '../bot/notice/view.ts'
import { NOTICE_KINDS } from '../core/notice.ts'
import type { Texts } from '../i18n.ts'
import { errorFacts, type Log } from '../log.ts'
import { type Loop, startLoop } from './loop.ts'
import { type Places, placesOf } from './places.ts'
import type { Metrics } from '../metrics.ts'
import { spacing } from '../session/rate.ts'
import { ANNOUNCEMENTS, BULK, type Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import { healReceipts, type Message, noticePlace, postpone, sendable } from '../use-cases/deliver.ts'

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

/** So many are claimed before the loop may be stopped: at a pace, and without one. */
const BATCH = 50
const LARGE_BATCH = 2_000
const PACE = 27
const IN_FLIGHT = 12
/** Without a pace: so long places that come free are gathered before the next claim, for one sentence costs the database as much as twenty rows. */
const GATHER_MS = 4
/** At a pace: the turns of so long are taken, and their messages claimed, together. */
const AHEAD_MS = 20

/**
 * Every replica may run it at once. A message is claimed when its turn has come and a place is free, so one that is queued later and
 * goes first does; without a pace as many as there are places. It has its place until what came of it is noted: whoever dies leaves
 * no more of unknown fate than there are places. One that cannot be read or said is set aside, and one that hangs keeps its place and
 * nobody else's.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { app, session, metrics, log } = parts
  const { pace = PACE, inFlight = IN_FLIGHT, kinds = NOTICE_KINDS } = parts
  const places = placesOf(parts, inFlight)
  const tools: Tools = { ...parts, places, letter: lettersOf(app, parts.textsOf) }

  async function deliver(message: Message, inMs: number): Promise<void> {
    if (inMs > 0) await sleep(inMs)
    try {
      metrics.deliveries.inc({ outcome: await sendMessage(tools, message) })
    } catch (error) {
      log.warn('a delivery was not noted', { delivery: message.id, ...errorFacts(error) })
      places.left()
    }
  }

  /** How many may be claimed when their turn has come; 0 in a pause. `paused`: announcements are. */
  async function turn(): Promise<{ most: number; paused: boolean }> {
    const pause = () => session.pausedFor(ANNOUNCEMENTS)
    if (pace === 0) {
      const [all, ms] = await Promise.all([session.pausedFor(BULK), pause()])
      return { most: all > 0 ? 0 : inFlight, paused: ms > 0 }
    }
    const most = Math.min(places.free(), Math.max(1, Math.floor(AHEAD_MS / spacing(pace))))
    const [all, wait] = await Promise.all([session.pausedFor(BULK), session.turn('deliveries', pace, most)])
    if (all > 0) return { most: 0, paused: true }
    if (wait > 0) await sleep(wait)
    return { most, paused: (await pause()) > 0 }
  }

  /** Claims what may be sent, and lets it go, one turn behind the other. Returns how many that were. */
  async function claim(): Promise<number> {
    const { most, paused } = await turn()
    if (most === 0) return 0
    const { found, messages } = await places.claim(sendable(app, kinds, paused), most)
    const apart = pace === 0 ? 0 : spacing(pace)
    for (const [n, message] of messages.entries()) void deliver(message, n * apart)
    return found
  }

  /** Until so many are claimed or nothing is due: how many were. */
  async function claimUp(batch: number, place: () => Promise<void>): Promise<number> {
    for (let claimed = 0; ; ) {
      await place()
      const found = await claim()
      claimed += found
      if (found === 0 || claimed >= batch) return claimed
    }
  }

  return {
    async round() {
      if (pace > 0) return claimUp(BATCH, () => places.one())
      places.open()
      try {
        // One claims while what the other claimed is sent.
        const gathered = () => places.some(GATHER_MS)
        const claimed = await Promise.all([claimUp(LARGE_BATCH, gathered), claimUp(LARGE_BATCH, gathered)])
        return claimed.reduce((sum, one) => sum + one)
      } finally {
        places.close()
      }
    },
    idle: () => places.all(),
  }
}

interface Tools extends DeliveryParts {
  places: Places
  letter: ReturnType<typeof lettersOf>
}

/** Sends a claimed message, and has noted what came of it; returns that. Throws where it must wait again and cannot be told so. */
async function sendMessage(parts: Tools, message: Message): Promise<string> {
  const { app, places, log } = parts
  const sent = await sentOf(parts, message)
  switch (sent.outcome) {
    case 'sent':
      places.came({ message, outcome: 'sent', messageId: sent.messageId })
      break
    case 'blocked':
    case 'failed':
    case 'set-aside':
      places.came({ message, outcome: sent.outcome })
      break
    case 'later':
      await postpone(app, message, sent.afterSeconds)
      places.left()
      break
    case 'unknown': // stays `sending`, becomes `unknown`, and is never a second message
      log.warn('delivery of unknown outcome', { delivery: message.id })
      places.left()
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
export function startHealing(parts: DeliveryParts): Loop {
  const healed = { above: 0 }
  return startLoop('healing', parts.log, 15_000, async () => {
    await healReceipts(parts.app, healed)
    return false
  })
}
