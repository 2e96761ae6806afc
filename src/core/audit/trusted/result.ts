// What was counted and published, against the leaves that say so; and where every ballot went.
import { type CountedPot, publishedHash, resultHash } from '../result-hash.ts'
import { countedOf, noBallots, sameTally, type Tally, tallyHolds } from '../tally.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

/**
 * A stored result; `count` as it is stored. In the order of the territories' numbers. `salt`: its `resultSalt`, undefined for whoever
 * is not told it: then what was counted is attested by the log alone.
 */
export type ResultRow = CountedPot & {
  ballots: number
  count: unknown
  hash: string
  salt: string | undefined
  published: boolean
}

export type ResultTerms = {
  cycle: string
  /** Undefined where they are about to be counted anew. */
  results: readonly ResultRow[] | undefined
  publishedPhase: boolean
}

export interface ResultReader {
  hear: Hear
  /** `tallies`: what the log says of each village's ballots. */
  end(tallies: ReadonlyMap<string, Tally>): void
}

type Counted = { village: string; hash: string; ballots: Tally | undefined }

const keyOf = ({ village, pot }: { village: string; pot: string }): string => `${village} ${pot}`

export function readResults(terms: ResultTerms, faults: Faults): ResultReader {
  const counted = new Map<string, Counted>()
  let closed = false
  let published: string | undefined
  return {
    hear: (event, { seq }) => {
      if (event.kind === 'closed') closed = true
      if (event.kind === 'counted') {
        if (!closed) faults.add({ kind: 'counted-early', seq })
        if (published !== undefined) faults.add({ kind: 'counted-late', seq })
        else counted.set(keyOf(event), { village: event.village, hash: event.result, ballots: event.ballots })
      }
      if (event.kind === 'published') {
        if (published !== undefined) return faults.add({ kind: 'published-twice', seq })
        published = event.result
      }
    },
    end: (tallies) => {
      const { results } = terms
      const shown = terms.publishedPhase || results?.some((row) => row.published)
      if (Boolean(shown) !== (published !== undefined)) faults.add({ kind: 'published-missing' })
      if (!results) return
      for (const row of results) {
        const said = counted.get(keyOf(row))
        const village = row.village
        const { salt } = row
        if (salt !== undefined && resultHash(terms.cycle, row, row.ballots, row.count, salt) !== row.hash)
          faults.add({ kind: 'result-hash', village })
        if (said?.hash !== row.hash) faults.add({ kind: 'result-unlogged', village })
        if (row.published && published === undefined) faults.add({ kind: 'published-unlogged', village })
        const tally = tallies.get(village) ?? noBallots()
        if (row.ballots !== countedOf(tally)) faults.add({ kind: 'result-ballots', village })
        const told = said?.ballots
        if (said && (!told || !tallyHolds(told) || !sameTally(told, tally)))
          faults.add({ kind: 'tally', village })
      }
      const stored = new Set(results.map(keyOf))
      for (const [key, { village }] of counted)
        if (!stored.has(key)) faults.add({ kind: 'result-missing', village })
      if (published !== undefined && published !== publishedHash(results))
        faults.add({ kind: 'published-hash' })
    },
  }
}
