// The ballots of a bundle's log: when they were cast, where they went, and whether roll and cards can bear so many.
import type { Event } from '../audit/event.ts'
import { sameTally, type Tally, tallyHolds } from '../audit/tally.ts'
import type { VillagePapers } from '../audit/trusted/paper.ts'
import type { LogLeaf } from '../audit/trusted/tree.ts'
import { toHex } from '../bytes.ts'
import type { Revote } from '../cycle.ts'

export type SumFault =
  | { kind: 'ballot-before-opening' | 'ballot-after-close'; seq: number }
  | { kind: 'tally'; village: string }
  /** The log has another number of ballots than were counted, superseded, void or set aside. */
  | { kind: 'cast'; village: string; said: number; logged: number }
  /** The same of all villages together where few voted. */
  | { kind: 'cast-hidden'; said: number; logged: number }
  | { kind: 'revoted'; village: string }
  | { kind: 'set-aside'; seq: number }
  | { kind: 'set-aside-sum'; said: number; logged: number }
  | { kind: 'void-sum'; village: string; said: number; logged: number }
  /** Other ballots are left out as tests than the results say. */
  | { kind: 'tests-sum'; said: number; logged: number }
  | { kind: 'roll-fewer'; village: string; voted: number; rows: number }
  | { kind: 'checked-fewer'; village: string; claims: number; checked: number }
  | { kind: 'cards-fewer'; village: string; ballots: number; handed: number }

/** What a log says of its ballots. */
export type Cast = {
  /** By village, of those that are shown. */
  shown: Map<string, number>
  hidden: number
  /** Those that are shown, by channel. */
  channels: Map<string, number>
  /** The village of each ballot's leaf, where it is shown. */
  villages: Map<number, string | undefined>
  /** Ballots that two officials set aside, by the number of their leaf. */
  asides: Set<number>
  /** How often the way of a row was changed, by village. */
  ways: Map<string, { desk: number; paper: number }>
}

export function readCast(faults: SumFault[]): {
  cast: Cast
  hear: (event: Event | undefined, leaf: LogLeaf) => void
} {
  const cast: Cast = {
    shown: new Map(),
    hidden: 0,
    channels: new Map(),
    villages: new Map(),
    asides: new Set(),
    ways: new Map(),
  }
  const hashes = new Map<number, string>()
  let state: 'before' | 'open' | 'closed' = 'before'
  const hear = (event: Event | undefined, { seq, hash }: LogLeaf) => {
    if (!event || event.kind === 'ballot') {
      if (state === 'before') faults.push({ kind: 'ballot-before-opening', seq })
      if (state === 'closed') faults.push({ kind: 'ballot-after-close', seq })
      if (event) cast.shown.set(event.village, (cast.shown.get(event.village) ?? 0) + 1)
      if (event) cast.channels.set(event.channel, (cast.channels.get(event.channel) ?? 0) + 1)
      else cast.hidden++
      hashes.set(seq, toHex(hash))
      cast.villages.set(seq, event?.village)
      return
    }
    if (event.kind === 'opened') state = 'open'
    if (event.kind === 'closed') state = 'closed'
    if (event.kind === 'ballot-set-aside') {
      if (hashes.get(event.seq) !== event.leaf || cast.asides.has(event.seq) || event.by === event.second)
        faults.push({ kind: 'set-aside', seq: event.seq })
      cast.asides.add(event.seq)
    }
    if (event.kind === 'way-changed' && event.way !== 'open') {
      const ways = cast.ways.get(event.village) ?? { desk: 0, paper: 0 }
      ways[event.way]++
      cast.ways.set(event.village, ways)
    }
  }
  return { cast, hear }
}

/** `shows`: villages whose ballots are shown one by one. */
export function sumFaults(
  cast: Cast,
  tallies: ReadonlyMap<string, Tally>,
  shows: (tally: Tally) => boolean,
  revote: Revote,
): SumFault[] {
  const faults: SumFault[] = []
  let [hidden, said] = [cast.hidden, 0]
  for (const [village, tally] of tallies) {
    const logged = cast.shown.get(village) ?? 0
    if (!tallyHolds(tally)) faults.push({ kind: 'tally', village })
    if (shows(tally)) {
      if (logged !== tally.cast) faults.push({ kind: 'cast', village, said: tally.cast, logged })
    } else {
      hidden += logged
      said += tally.cast
    }
    if (revote === 'none' && tally.superseded > 0) faults.push({ kind: 'revoted', village })
    const { paper } = cast.ways.get(village) ?? { paper: 0 }
    if (tally.void > paper) faults.push({ kind: 'void-sum', village, said: tally.void, logged: paper })
  }
  for (const [village, logged] of cast.shown)
    if (!tallies.has(village)) faults.push({ kind: 'cast', village, said: 0, logged })
  if (hidden !== said) faults.push({ kind: 'cast-hidden', said, logged: hidden })
  const aside = [...tallies.values()].reduce((sum, one) => sum + one.set_aside, 0)
  if (aside !== cast.asides.size)
    faults.push({ kind: 'set-aside-sum', said: aside, logged: cast.asides.size })
  return faults
}

/** As many papers were counted as two people entered of the village's box. */
export const paperFaults = (
  tallies: ReadonlyMap<string, Tally>,
  papers: ReadonlyMap<string, VillagePapers>,
): SumFault[] =>
  [...tallies].flatMap(([village, { paper = 0 }]) =>
    paper === (papers.get(village)?.entered?.ballots ?? 0) ? [] : [{ kind: 'tally' as const, village }],
  )

/** Each ballot that is left out as a test is one of the log; of a village that is shown there are as many as its results say, of all as many as of all. */
export function testFaults(
  tallies: ReadonlyMap<string, Tally>,
  cast: Cast,
  tests: readonly number[],
  shows: (tally: Tally) => boolean,
): SumFault[] {
  const inVillage = (village: string) => tests.filter((seq) => cast.villages.get(seq) === village).length
  const known = new Set(tests.filter((seq) => cast.villages.has(seq)))
  const all = [...tallies.values()].reduce((sum, { test = 0 }) => sum + test, 0)
  const sums = [...tallies]
    .filter(([, tally]) => shows(tally))
    .map(([village, { test = 0 }]) => ({ said: test, logged: inVillage(village) }))
  return [...sums, { said: all, logged: known.size === tests.length ? known.size : -1 }]
    .filter(({ said, logged }) => said !== logged)
    .map((sum) => ({ kind: 'tests-sum' as const, ...sum }))
}

/** Rights that voted, by village: each has one ballot that is not superseded. */
const votedIn = ({ cast, superseded }: Tally): number => cast - superseded

/** `rows`: rows of the roll by village, as the log approved them. */
export const rollFaults = (
  tallies: ReadonlyMap<string, Tally>,
  rows: ReadonlyMap<string, number>,
): SumFault[] =>
  [...tallies].flatMap(([village, tally]) => {
    const most = rows.get(village) ?? 0
    const { counted, set_aside, void: gone, paper = 0 } = tally
    const voted = counted + set_aside + Math.max(gone, paper)
    return voted > most ? [{ kind: 'roll-fewer' as const, village, voted, rows: most }] : []
  })

/** `seen`: rows of a village whose document the desk saw, or whose person was helped; nobody else votes online where people are let in in person. */
export const checkedFaults = (
  tallies: ReadonlyMap<string, Tally>,
  seen: (village: string) => number,
): SumFault[] =>
  [...tallies].flatMap(([village, tally]) => {
    const [claims, checked] = [votedIn(tally), seen(village)]
    return claims > checked ? [{ kind: 'checked-fewer' as const, village, claims, checked }] : []
  })

/** `handed`: cards in somebody's hands by village. Whoever voted without one did so at the desk or on paper, and the log has their way. */
export const cardFaults = (
  tallies: ReadonlyMap<string, Tally>,
  handed: ReadonlyMap<string, number>,
  ways: Cast['ways'],
): SumFault[] =>
  [...tallies].flatMap(([village, tally]) => {
    const { desk, paper } = ways.get(village) ?? { desk: 0, paper: 0 }
    const most = handed.get(village) ?? 0
    const voted = votedIn(tally)
    return voted > most + desk + paper
      ? [{ kind: 'cards-fewer' as const, village, ballots: voted, handed: most }]
      : []
  })

/** The tally of each village; several pots of one must say the same. */
export function talliesOf(pots: readonly { village: string; ballots: Tally }[]): {
  tallies: Map<string, Tally>
  clash: string | undefined
} {
  const tallies = new Map<string, Tally>()
  let clash: string | undefined
  for (const { village, ballots } of pots) {
    const known = tallies.get(village) ?? ballots
    if (!sameTally(known, ballots)) clash = village
    tallies.set(village, known)
  }
  return { tallies, clash }
}
