// Owed screens in Redis: when each is due, and what it is. One screen a person; one script a step.
import type { RedisLink } from './redis-link.ts'
import type { DueScreen, Owed, Session } from './session.ts'

const KEYS = ['{owed}:when', '{owed}:what'] as const

/** The part of the session store that keeps owed screens. */
export function owedScreens(link: RedisLink): Pick<Session, 'owe' | 'paid' | 'oweLater' | 'claimOwed'> {
  return {
    async owe(person, owed, inMs) {
      const kept = JSON.stringify(owed)
      await link.ask((redis) => redis.sessionOwe(...KEYS, String(person), owed.update, kept, inMs))
    },
    async paid(person, update) {
      await link.ask((redis) => redis.sessionPaid(...KEYS, String(person), update))
    },
    async oweLater(person, update, inMs) {
      return (await link.ask((redis) => redis.sessionOweLater(...KEYS, String(person), update, inMs))) === 1
    },
    async claimOwed(most, holdMs) {
      const found = await link.ask((redis) => redis.sessionClaimOwed(...KEYS, most, holdMs))
      const due: DueScreen[] = []
      for (let at = 0; at < found.length; at += 2) {
        const kept = found[at + 1] ?? ''
        if (kept !== '')
          due.push({ person: found[at] ?? '', owed: JSON.parse(kept.slice(kept.indexOf(' '))) as Owed })
      }
      return due
    },
  }
}
