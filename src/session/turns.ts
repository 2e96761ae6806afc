// Turns inside one process: whoever waits for the same person is served in the order of coming.
import type { PersonId } from './session.ts'

export interface Turn {
  readonly person: string
  readonly update: number
  /** Set by `hold`: the turn has become a lock, until that moment of `performance.now()` at the latest. */
  token?: string
  until?: number
}

export interface Turns {
  /** Waits for the person's turn; undefined when `waitMs` passed before it came. */
  take(person: PersonId, update: number, waitMs: number): Promise<Turn | undefined>
  /** The turn is now a lock: from here on it lapses by itself. */
  hold(turn: Turn, token: string): void
  /** The person's turn that is a lock at present. */
  held(person: PersonId): Turn | undefined
  /** All turns that are locks at present. */
  locks(): Required<Turn>[]
  /** Ends the turn and calls the next one. A turn that has ended already changes nothing. */
  give(turn: Turn): void
}

interface Line {
  turn: Turn
  lapse?: NodeJS.Timeout
  readonly waiting: Set<() => void>
}

/** One line per person; `holdMs` milliseconds after `hold` the next in line is called whatever the holder does. */
export function turns(holdMs: number): Turns {
  const lines = new Map<string, Line>()

  const give = (turn: Turn): void => {
    const line = lines.get(turn.person)
    if (line?.turn !== turn) return
    clearTimeout(line.lapse)
    const next = line.waiting.values().next().value
    if (!next) {
      lines.delete(turn.person)
      return
    }
    line.waiting.delete(next)
    next()
  }

  return {
    take(whose, update, waitMs) {
      const person = String(whose)
      const turn: Turn = { person, update }
      const line = lines.get(person)
      if (!line) {
        lines.set(person, { turn, waiting: new Set() })
        return Promise.resolve(turn)
      }
      return new Promise((resolve) => {
        const called = (): void => {
          clearTimeout(patience)
          line.turn = turn
          resolve(turn)
        }
        const patience = setTimeout(() => {
          line.waiting.delete(called)
          resolve(undefined)
        }, waitMs)
        line.waiting.add(called)
      })
    },
    hold(turn, token) {
      const line = lines.get(turn.person)
      if (line?.turn !== turn) return
      turn.token = token
      turn.until = performance.now() + holdMs
      line.lapse = setTimeout(() => give(turn), holdMs)
      line.lapse.unref()
    },
    held(person) {
      const turn = lines.get(String(person))?.turn
      return turn?.token === undefined ? undefined : turn
    },
    locks: () => Array.from(lines.values(), (line) => line.turn).filter(isLock),
    give,
  }
}

const isLock = (turn: Turn): turn is Required<Turn> => turn.token !== undefined
