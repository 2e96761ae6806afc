// People of a fleet whose Telegram is in trouble: who they are, what is refused them, what was said to them and what they are owed.
import type { Redis } from 'ioredis'
import { owedKeys } from '../../src/session/owed.ts'
import type { TestApp } from './app.ts'
import { type SmallCycle, voters } from './cycle.ts'
import type { Fleet, Resident } from './fleet.ts'

export interface Call {
  n: number
  method: string
  ok: boolean
  params: { chat_id?: unknown; text?: string }
}

/** `story`: read at each use, for a story makes its fleet before its first test. */
export function troubled(story: () => { app: TestApp; cycle: SmallCycle; fleet: Fleet; redis: Redis }) {
  const resident = async (locale: 'kk' | 'ru' | 'en' = 'ru'): Promise<Resident> => {
    const { app, cycle, fleet } = story()
    const [territory] = cycle.villages as [number]
    const [voter] = await voters(app, cycle.id, territory, 1)
    return fleet.resident('Тұрғын', { cycle: cycle.id, territory }, locale, voter?.account as number)
  }
  return {
    resident,
    residents: async (count: number): Promise<Resident[]> => {
      const all: Resident[] = []
      while (all.length < count) all.push(await resident())
      return all
    },
    /** A fault of Telegram's for this person, or for everybody. */
    fault: (person: Resident | undefined, more: object) =>
      story().fleet.room.control('POST', 'faults', {
        ...(person ? { chat_id: String(person.id) } : {}),
        ...more,
      }),
    callsTo: async (person: Resident): Promise<Call[]> => {
      const all: Call[] = await story().fleet.room.control('GET', 'calls?after=0')
      return all.filter(({ params }) => String(params.chat_id) === String(person.id))
    },
    /** What the session store says that a chat waits for. */
    owedTo: async (person: Resident): Promise<{ update: number } | undefined> => {
      const { redis, fleet } = story()
      const kept = await redis.hget(`${fleet.keys}${owedKeys(person.id)[1]}`, String(person.id))
      return kept === null ? undefined : (JSON.parse(kept.slice(kept.indexOf(' '))) as { update: number })
    },
  }
}
