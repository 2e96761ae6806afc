// Owed screens in Redis: when each is due, and what it is. One screen a person; one script a step. Each part of the people has its own.
import type { RedisLink } from './redis-link.ts'
import { type DueScreen, type Owed, PARTS, partOf, type PersonId, type Session } from './session.ts'

type Keys = readonly [when: string, what: string]

const KEYS: readonly Keys[] = Array.from({ length: PARTS }, (_, part) => [
  `owed:{${part}}:when`,
  `owed:{${part}}:what`,
])

/** Where the screen of this person is kept: it lies with all else that is theirs. */
export const owedKeys = (person: PersonId): Keys => KEYS[partOf(person)] as Keys

/** The part of the session store that keeps owed screens. */
export function owedScreens(link: RedisLink): Pick<Session, 'owe' | 'paid' | 'oweLater' | 'claimOwed'> {
  let next = 0

  async function claimIn(keys: Keys, most: number, holdMs: number): Promise<DueScreen[]> {
    const found = await link.ask((redis) => redis.sessionClaimOwed(...keys, most, holdMs))
    const due: DueScreen[] = []
    for (let at = 0; at < found.length; at += 2) {
      const kept = found[at + 1] ?? ''
      if (kept !== '')
        due.push({ person: found[at] ?? '', owed: JSON.parse(kept.slice(kept.indexOf(' '))) as Owed })
    }
    return due
  }

  return {
    async owe(person, owed, inMs) {
      const kept = JSON.stringify(owed)
      await link.ask((redis) =>
        redis.sessionOwe(...owedKeys(person), String(person), owed.update, kept, inMs),
      )
    },
    async paid(person, update) {
      await link.ask((redis) => redis.sessionPaid(...owedKeys(person), String(person), update))
    },
    async oweLater(person, update, inMs) {
      const asked = link.ask((redis) =>
        redis.sessionOweLater(...owedKeys(person), String(person), update, inMs),
      )
      return (await asked) === 1
    },
    async claimOwed(most, holdMs) {
      const due: DueScreen[] = []
      // Another part is asked first each time, so that none waits behind the others.
      const first = next++
      for (let part = first; part < first + PARTS && due.length < most; part++)
        due.push(...(await claimIn(KEYS[part % PARTS] as Keys, most - due.length, holdMs)))
      return due
    },
  }
}
