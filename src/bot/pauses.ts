// Telegram's 429: who waits for it. A chat's own, the replies to everybody, or the announcements.
import { BULK, ofPerson, REPLIES, type Session } from '../session/session.ts'

/** A call as far as a pause looks at it. `bulk`: a message that nobody asked for just now. */
export interface Calling {
  chat?: string
  bulk: boolean
}

/**
 * So many different chats refused, with none served in between, are no chat's own limit. Telegram's limit for a chat is about a message a
 * second and is met by one flooder at a time; what refuses all (a thousand replies a second, or the Bot API server's own protection)
 * lets nobody through, so one reply that arrives proves that it is not that.
 */
const CHATS_AT_ONCE = 5

/** A private chat has the person's own number, and its pause is asked for with the person's lock. */
export const chatPause = (chat: string): string => `chat:${ofPerson(chat)}`

/** So old may be what a replica knows of the pause of replies to everybody. */
const KNOWN_MS = 100

export interface Pauses {
  /** Milliseconds until this call may be made; 0 = now. The store away counts as no pause. */
  left(call: Calling): Promise<number>
  /** Telegram refused this call for so many milliseconds. */
  refused(call: Calling, ms: number): Promise<void>
  /** Telegram took this call. */
  served(call: Calling): void
}

/** Pauses are the fleet's; how many chats were refused in a row each replica counts for itself. */
export function pausesOf(session: Session): Pauses {
  const refused = new Set<string>()
  let [knownAt, everybody] = [-Infinity, Promise.resolve(0)]
  const everybodyLeft = (): Promise<number> => {
    const now = performance.now()
    if (now - knownAt > KNOWN_MS) {
      knownAt = now
      everybody = session.pausedFor(REPLIES).catch(() => 0)
    }
    return everybody
  }
  return {
    async left({ chat, bulk }) {
      const names = [...(bulk ? [BULK] : []), ...(chat === undefined ? [] : [chatPause(chat)])]
      const left = await Promise.all([
        everybodyLeft(),
        ...names.map((name) => session.pausedFor(name).catch(() => 0)),
      ])
      return Math.max(...left)
    },
    async refused({ chat, bulk }, ms) {
      if (chat !== undefined && !bulk) refused.add(chat)
      const all = refused.size >= CHATS_AT_ONCE
      const names = [
        ...(chat === undefined ? [] : [chatPause(chat)]),
        ...(bulk || all ? [BULK] : []),
        ...(all ? [REPLIES] : []),
      ]
      await Promise.all(names.map((name) => session.pause(name, ms).catch(() => undefined)))
      if (all) knownAt = -Infinity
    },
    served({ chat, bulk }) {
      if (chat !== undefined && !bulk) refused.clear()
    },
  }
}
