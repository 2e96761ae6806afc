// How fast one chat is drawn, and what is done above that: everything but the drawing.
import type { Context } from 'grammy'
import type { Update } from 'grammy/types'
import type { T } from '../i18n.ts'
import { ofPerson, type Session } from '../session/session.ts'
import { toMenu } from './buttons.ts'
import type { Screen } from './message.ts'
import type { Talk } from './talk.ts'

interface Rate {
  limit: number
  windowMs: number
}
export interface Pace {
  messages: Rate
  presses: Rate
  /** A press that comes so soon behind the end of the same press is its double tap; 0: none is. Seconds. */
  doubleTapS: number
}

/**
 * How fast a chat is drawn: below what Telegram takes of a chat, which is about one message a second over longer and short bursts
 * (core.telegram.org/bots/faq). Above it presses are answered and effects kept; the newest screen comes when the chat may be drawn again.
 */
export const PACE: Pace = {
  messages: { limit: 4, windowMs: 5_000 },
  presses: { limit: 12, windowMs: 15_000 },
  doubleTapS: 2,
}
/** Beyond the pace; nobody's hand is so fast. What is above it is not done, and said so. */
const FLOOD: Rate = { limit: 200, windowMs: 20_000 }

/** The bucket that an update takes a token of. */
export const paceOf = (update: Update, pace: Pace): { key: string } & Rate => {
  const key = update.callback_query || update.inline_query ? 'presses' : 'messages'
  return { key, ...pace[key] }
}

/** Serves an update. `allowed`: what its bucket said, where it was asked with the lock. False when the chat may not be drawn now: then its screen is to be put off. */
export async function atPace(
  session: Session,
  pace: Pace,
  ctx: Context,
  { t, who, speak }: Talk,
  allowed: boolean | undefined,
  serve: () => Promise<unknown>,
): Promise<boolean> {
  const { key, limit, windowMs } = paceOf(ctx.update, pace)
  const drawn = allowed ?? (await session.allow(`${key}:${ofPerson(who.id)}`, limit, windowMs))
  if (drawn || (await session.allow(`flood:${who.id}`, FLOOD.limit, FLOOD.windowMs))) {
    await serve()
    speak.answer()
    return drawn
  }
  speak.answer(t('common.slow-down.alert'))
  if (ctx.message) speak.send(lostScreen(t))
  return false
}

/** What cannot be drawn again, for it answered words of theirs. */
export const lostScreen = (t: T): Screen => ({
  text: t.html('common.answer-lost'),
  buttons: [[toMenu(t)]],
})
