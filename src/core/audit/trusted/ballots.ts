// Every ballot leaf before CLOSE against exactly one stored ballot, and the reverse; which version of a right is the last.
import type { Revote } from '../../cycle.ts'
import { fromHex, toHex } from '../../bytes.ts'
import { sha256 } from '../../sha256.ts'
import { rowBond, sameMac } from '../mac.ts'
import { receiptNumber } from '../receipt.ts'
import { noBallots, type Tally } from '../tally.ts'
import type { Faults } from './fault.ts'
import { type Hear, type LogLeaf, shortHash } from './tree.ts'

/** A stored ballot, found by its leaf. `village` is that of its right's row. */
export type BallotRow = {
  right: number
  version: number
  village: string
  channel: string
  /** Null once it was forgotten. */
  box: Uint8Array | null
  receipt: string
  bond: Uint8Array | null
}

/** A ballot whose leaf has no number in this log. */
export type StrayBallot = Pick<BallotRow, 'right' | 'version'>

/** What is known of a right that voted: number, village, channel and `shortHash` of its last leaf. */
export type Vote = { seq: number; village: string; channel: string; versions: number; leaf: string }

export type BallotTerms = {
  origin: string
  macKey: Uint8Array | undefined
  revote: Revote
  /** All stored ballots of the cycle. */
  ballotRows: number
}

/** `tested`: the numbers of the leaves of ballots with test cards, which are left out. */
export interface CountedUp {
  tallies: Map<string, Tally>
  counted: Map<number, number>
  tested: number[]
}

export interface BallotReader {
  hear: (...heard: [...Parameters<Hear>, readonly BallotRow[]]) => void
  strays(rows: readonly StrayBallot[]): void
  /** Rights that voted, by roll row. The leaf's number decides which ballot is the last, never the stored version. */
  votes: ReadonlyMap<number, Vote>
  /** Some ballot has its box. */
  boxes(): boolean
  /** `paper`: rights whose vote is on paper; `tests`: those of test cards. */
  end(paper: ReadonlySet<number>, tests: ReadonlySet<number>, forgotten: boolean): CountedUp
}

/** Keeps a few words a right. */
export function readBallots(terms: BallotTerms, faults: Faults): BallotReader {
  const votes = new Map<number, Vote>()
  const asides = new Map<number, string>()
  let state: 'before' | 'open' | 'closed' = 'before'
  let read = 0
  /** Ballots without their box, by the number of their leaf. */
  const gone: number[] = []
  const add = (leaf: LogLeaf, row: BallotRow) => {
    const before = votes.get(row.right)
    const versions = (before?.versions ?? 0) + 1
    if (row.version !== versions) faults.add({ kind: 'ballot-version', seq: leaf.seq })
    if (before && terms.revote === 'none') faults.add({ kind: 'second-vote', seq: leaf.seq })
    const { village, channel } = row
    votes.set(row.right, { seq: leaf.seq, village, channel, versions, leaf: shortHash(leaf.hash) })
  }
  return {
    votes,
    hear: (event, leaf, rows) => {
      const { seq } = leaf
      read += rows.length
      if (event.kind === 'opened') state = 'open'
      if (event.kind === 'closed') state = 'closed'
      if (event.kind === 'ballot-set-aside') {
        if (event.second === event.by) faults.add({ kind: 'one-official', seq })
        if (asides.has(event.seq)) faults.add({ kind: 'set-aside', seq })
        asides.set(event.seq, shortHash(fromHex(event.leaf) ?? leaf.hash))
      }
      if (event.kind !== 'ballot') {
        if (rows.length > 0) faults.add({ kind: 'ballot-leaf', seq })
        return
      }
      if (state === 'before') faults.add({ kind: 'ballot-before-opening', seq })
      if (state === 'closed') faults.add({ kind: 'ballot-after-close', seq })
      const [row, ...others] = rows
      if (!row) return faults.add({ kind: 'ballot-missing', seq })
      if (others.length > 0) faults.add({ kind: 'ballot-twice', seq })
      if (row.box === null) gone.push(seq)
      compare(terms, event, leaf, row, faults)
      add(leaf, row)
    },
    strays: (rows) => {
      read += rows.length
      for (const { right, version } of rows) faults.add({ kind: 'ballot-unlogged', right, version })
    },
    boxes: () => read > gone.length,
    end: (paper, tests, forgotten) => {
      if (!forgotten) for (const seq of gone) faults.add({ kind: 'ballot-box', seq })
      if (read !== terms.ballotRows) faults.add({ kind: 'ballot-rows', stored: terms.ballotRows, read })
      return countUp(votes, asides, { paper, tests }, faults)
    },
  }
}

function compare(
  { origin, macKey }: BallotTerms,
  event: { village: string; channel: string; box: string },
  { seq, hash }: LogLeaf,
  row: BallotRow,
  faults: Faults,
): void {
  if (event.village !== row.village) faults.add({ kind: 'ballot-village', seq })
  if (event.channel !== row.channel) faults.add({ kind: 'ballot-channel', seq })
  if (row.box && event.box !== toHex(sha256(row.box))) faults.add({ kind: 'ballot-box', seq })
  if (receiptNumber(hash) !== row.receipt) faults.add({ kind: 'ballot-receipt', seq })
  if (!macKey) return
  const bond = rowBond(macKey, origin, { kind: 'ballot', leaf: toHex(hash), right: row.right })
  if (!sameMac(row.bond, bond)) faults.add({ kind: 'ballot-right', seq })
}

/** Where each ballot went, by village; `counted`: the leaf's number of each right whose last ballot is to be opened. */
function countUp(
  votes: ReadonlyMap<number, Vote>,
  asides: ReadonlyMap<number, string>,
  { paper, tests }: { paper: ReadonlySet<number>; tests: ReadonlySet<number> },
  faults: Faults,
): CountedUp {
  const tallies = new Map<string, Tally>()
  const counted = new Map<number, number>()
  const tested: number[] = []
  const left = new Set(asides.keys())
  for (const [right, { seq, village, versions, leaf }] of votes) {
    const tally = tallies.get(village) ?? noBallots()
    tallies.set(village, tally)
    tally.cast += versions
    tally.superseded += versions - 1
    if (paper.has(right)) tally.void++
    else if (asides.get(seq) === leaf) tally.set_aside++
    else if (tests.has(right)) {
      tally.test = (tally.test ?? 0) + 1
      tested.push(seq)
    } else {
      tally.counted++
      counted.set(right, seq)
    }
    if (asides.get(seq) === leaf) left.delete(seq)
  }
  for (const seq of left) faults.add({ kind: 'set-aside', seq })
  return { tallies, counted, tested }
}
