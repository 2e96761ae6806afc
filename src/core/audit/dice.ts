// The dice that decide ties where people hold the key: thrown before observers after CLOSE, and entered by two.
import type { Event } from './event.ts'

export interface DiceReader {
  hear(event: Event): void
  /** What two people entered alike first; undefined until then. */
  thrown(): string | undefined
}

export function readDice(): DiceReader {
  const by = new Map<string, string>()
  let closed = false
  let thrown: string | undefined
  return {
    thrown: () => thrown,
    hear: (event) => {
      if (event.kind === 'closed') closed = true
      if (event.kind !== 'dice-thrown' || !closed || thrown !== undefined) return
      const first = by.get(event.dice)
      if (first !== undefined && first !== event.by) thrown = event.dice
      else by.set(event.dice, event.by)
    },
  }
}
