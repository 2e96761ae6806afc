// Which ballots are opened again before observers: drawn by their dice and the log, so that nobody chooses them.
import type { SectionChoices } from '../ballots/sections.ts'
import { concat, toHex, utf8 } from '../bytes.ts'
import { SHOWN_FROM } from '../counting/shown.ts'
import { sha256 } from '../sha256.ts'
import type { Event } from './event.ts'
import type { Faults } from './trusted/fault.ts'

/** So many at most, and never more than a tenth of the ballots. */
export const MOST_SAMPLED = 300

/** A ballot that was counted, by the number of its leaf. */
export interface Countable {
  seq: number
  village: string
}

/**
 * The numbers of the leaves, ascending: those whose SHA-256("dauys-sample-v1" ‖ root at CLOSE ‖ "dice seq") is smallest. Villages where few
 * voted are left out. `dice`: the digits that were thrown.
 */
export function drawSample(dice: string, closeRoot: Uint8Array, ballots: readonly Countable[]): number[] {
  const votes = new Map<string, number>()
  for (const { village } of ballots) votes.set(village, (votes.get(village) ?? 0) + 1)
  const open = ballots.filter(({ village }) => (votes.get(village) ?? 0) >= SHOWN_FROM)
  const most = Math.min(MOST_SAMPLED, Math.floor(open.length / 10))
  const start = concat(utf8('dauys-sample-v1'), closeRoot)
  return open
    .map(({ seq }) => ({ seq, lot: toHex(sha256(concat(start, utf8(`${dice} ${seq}`)))) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, most)
    .map(({ seq }) => seq)
    .toSorted((a, b) => a - b)
}

/** `commitment`: as the leaf has it, and as what was in the box gives it. */
export interface SampledBallot {
  seq: number
  village: string
  commitment: string
  sections: SectionChoices[]
}

/** What of the log defines a sample. */
export interface SampleReader {
  hear(event: Event, seq: number): void
  /** What two people entered alike first after the publication; undefined until then. */
  thrown(): string | undefined
  /** The leaves that were drawn; undefined until then. */
  drawn(): readonly number[] | undefined
  /** `draw`: what the dice say, of the ballots as they were counted. */
  end(draw: (dice: string) => readonly number[]): void
}

export function readSample(faults: Faults): SampleReader {
  const by = new Map<string, string>()
  let published = false
  let thrown: string | undefined
  let told: { seq: number; dice: string; leaves: readonly number[] } | undefined
  return {
    thrown: () => thrown,
    drawn: () => told?.leaves,
    hear: (event, seq) => {
      if (event.kind === 'published') published = true
      if (event.kind === 'sample-dice') {
        const first = by.get(event.dice)
        if (!published) faults.add({ kind: 'sample', seq })
        else if (thrown === undefined && first !== undefined && first !== event.by) thrown = event.dice
        else if (first === undefined) by.set(event.dice, event.by)
      }
      if (event.kind === 'sample-drawn') {
        if (told || event.dice !== thrown) faults.add({ kind: 'sample', seq })
        told ??= { seq, dice: event.dice, leaves: event.leaves }
      }
    },
    end: (draw) => {
      if (told && draw(told.dice).join() !== told.leaves.join()) faults.add({ kind: 'sample', seq: told.seq })
    },
  }
}
