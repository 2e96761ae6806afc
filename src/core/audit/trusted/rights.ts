// Who may vote, and how: rows of the roll against its leaves, changed ways against theirs, voters against the roll.
import { toHex } from '../../bytes.ts'
import { rowBond } from '../mac.ts'
import type { Vote } from './ballots.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

export type RightsTerms = {
  origin: string
  macKey: Uint8Array | undefined
  /** Officials the profile asks for; a trial needs one for additions too. */
  officials: 1 | 2
  trial: boolean
}

/** A row of the roll as stored. `way`: open, desk or paper. */
export type RightRow = { right: number; village: string; register: number; way: string }

export interface RightsReader {
  hear: Hear
  /** After the last leaf. */
  rows(rows: readonly RightRow[]): void
  /** Rights whose vote is on paper. */
  end(): Set<number>
  /** Rows that the log has approved so far, by village. */
  logged(): ReadonlyMap<string, number>
}

export function readRights(
  terms: RightsTerms,
  votes: ReadonlyMap<number, Vote>,
  faults: Faults,
): RightsReader {
  const logged = new Map<string, number>()
  const proposed = new Map<string, Record<string, number>>()
  const ways = new Map<string, string>()
  const stored = new Map<string, number>()
  const known = new Set<number>()
  const paper = new Set<number>()
  let opened = false
  const take = (rows: Record<string, number>) => {
    for (const [village, count] of Object.entries(rows))
      logged.set(village, (logged.get(village) ?? 0) + count)
  }
  // Whoever has no key cannot tell which row a leaf means: the stored ways are believed as far as their number goes.
  const changed = (right: number, way: string): string => {
    if (!terms.macKey) return takeOne(way)
    if (ways.size === 0) return 'open'
    const row = toHex(rowBond(terms.macKey, terms.origin, { kind: 'way', right }))
    const said = ways.get(row)
    ways.delete(row)
    return said ?? 'open'
  }
  const takeOne = (way: string): string => {
    const [row] = [...ways].find(([, said]) => said === way) ?? []
    if (row !== undefined) ways.delete(row)
    return row === undefined ? 'open' : way
  }
  return {
    logged: () => logged,
    hear: (event, { seq }) => {
      if (event.kind === 'opened') opened = true
      if (event.kind === 'way-changed') ways.set(event.row, event.way)
      if (event.kind === 'roll-imported') {
        const needsTwo = terms.officials === 2 || (opened && !terms.trial)
        if (needsTwo) proposed.set(event.file, event.rows)
        else take(event.rows)
      }
      if (event.kind === 'roll-approved') {
        if (event.second === event.by) faults.add({ kind: 'one-official', seq })
        const rows = proposed.get(event.file)
        // Rows may have come by another file since it was proposed, never more than both agreed on.
        const more = Object.entries(event.rows).some(([village, count]) => count > (rows?.[village] ?? 0))
        if (!rows || more) return faults.add({ kind: 'approval', seq })
        take(event.rows)
        proposed.delete(event.file)
      }
    },
    rows: (rows) => {
      for (const { right, village, way } of rows) {
        stored.set(village, (stored.get(village) ?? 0) + 1)
        const said = changed(right, way)
        if (way !== said) faults.add({ kind: 'way', right, stored: way, logged: said })
        if (said === 'paper') paper.add(right)
        const vote = votes.get(right)
        if (!vote) continue
        known.add(right)
        if (vote.village !== village) faults.add({ kind: 'right-village', right })
      }
    },
    end: () => {
      for (const [village, rows] of stored) {
        const most = logged.get(village) ?? 0
        if (rows > most) faults.add({ kind: 'roll-rows', village, rows, logged: most })
      }
      const lost = [...ways.values()].filter((way) => way !== 'open').length
      if (lost > 0) faults.add({ kind: 'way-missing', count: lost })
      for (const right of votes.keys()) if (!known.has(right)) faults.add({ kind: 'right-unknown', right })
      return paper
    },
  }
}
