// All loops of a replica, started and stopped together.
import { startChatCommands } from './chat-commands.ts'
import { startAnnouncements } from './announcements.ts'
import { startChannels } from './channels.ts'
import { startAlarm } from './alarm.ts'
import type { MediaCopies } from '../use-cases/copy-idea-media.ts'
import type { DeliveryParts } from './delivery.ts'
import { startDelivery, startHealing } from './delivery.ts'
import { startIdeaMedia } from './idea-media.ts'
import { startLoop } from './loop.ts'
import { startPhaseClock } from './phase-clock.ts'
import { startReminders } from './reminders.ts'
import { startTelegramWatch } from './telegram-watch.ts'
import { startSequencer } from './sequencer.ts'

export interface LoopsParts extends DeliveryParts {
  holder: string
  /** What draws screens again that did not reach their chat. */
  redraw: { round(): Promise<number>; idle(): Promise<void> }
  /** What tells Telegram the commands of people who hold a role. */
  chatCommands: { round(): Promise<void> }
  /** What draws the cards of ideas in moderators' groups. */
  cards: { round(): Promise<boolean> }
  /** What posts in channels. */
  posts: { round(): Promise<boolean> }
  /** What shows officials how far their announcements are. */
  progress: { round(): Promise<void> }
  /** Copies of what people sent with their ideas. */
  media: MediaCopies
}

/** How late a screen that is due may be. */
const REDRAW_MS = 250

/** How late a card in a group may be, where Telegram takes it. */
const CARDS_MS = 500

/**
 * Sequencer, phase clock, copies of media, reminders, announcements, the heads for channels and the commands of roles run under a lease each: one replica of the fleet does the work. The others run on every
 * replica: messages, posts, cards and owed screens are claimed one by one, a receipt that two replicas heal is queued once, and an alarm is
 * raised by one of them.
 */
export function startLoops(parts: LoopsParts): { stop(): Promise<void> } {
  const { app, log, holder, redraw, chatCommands, cards, media } = parts
  const loops = [
    startSequencer({ app, log, holder, intervalMs: 500 }),
    startPhaseClock({ app, log, holder, intervalMs: 1000 }),
    startChatCommands({ app, log, holder, intervalMs: 1000, round: () => chatCommands.round() }),
    startReminders({ app, log, holder, intervalMs: 30_000 }),
    startAnnouncements({ app, log, holder, intervalMs: 1000, progress: parts.progress }),
    ...startChannels({ app, log, holder, intervalMs: 30_000, posts: parts.posts }),
    ...startIdeaMedia({ app, log, holder, intervalMs: 2000, media }),
    startDelivery(parts),
    startHealing(parts),
    startAlarm(parts),
    startTelegramWatch(parts),
    startLoop('idea-cards', log, CARDS_MS, () => cards.round()),
    startLoop('redraw', log, REDRAW_MS, async () => (await redraw.round()) > 0),
  ]
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await redraw.idle()
    },
  }
}
