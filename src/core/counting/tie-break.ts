// Tie-breaking: a list of orders applied one after another; a tie that mattered is always stated.
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { sha256 } from '../sha256.ts'
import type { ElectionProject } from './election.ts'

/** `lots`: by SHA-256(tie seed ‖ id). `rows`: as in the frozen list. `cheaper`, `dearer`: by cost. `votes`: more votes first. */
export type TieBreak = 'lots' | 'rows' | 'cheaper' | 'dearer' | 'votes'

/** Applied in order; what is still tied after the last one goes by rows, and says so. */
export type Ties = readonly TieBreak[]

export const tiesSchema: z.ZodType<Ties> = z.array(z.enum(['lots', 'rows', 'cheaper', 'dearer', 'votes']))

export type TieOrder = {
  /** Below zero when `a` goes before `b`; never zero for two projects. */
  compare(a: string, b: string): number
  /** The tie-break that puts one of the two first. */
  decidedBy(a: string, b: string): TieBreak
}

/** The lot of a project: projects with a smaller lot go first. Hex of SHA-256(tie seed ‖ UTF-8 of the id). */
export const lotOf = (tieSeed: Uint8Array, id: string): string =>
  bytesToHex(sha256(concatBytes(tieSeed, utf8ToBytes(id))))

/** The order among tied projects under `ties`. `votes` is the number the ballots gave (votes or score). */
export function tieOrder(
  projects: readonly ElectionProject[],
  ties: Ties,
  tieSeed: Uint8Array,
  votes: ReadonlyMap<string, number>,
): TieOrder {
  const row = new Map(projects.map((project, at) => [project.id, at]))
  const cost = new Map(projects.map((project) => [project.id, project.cost]))
  const lots = new Map<string, string>()
  const lot = (id: string): string => {
    const known = lots.get(id) ?? lotOf(tieSeed, id)
    lots.set(id, known)
    return known
  }
  const of = (map: ReadonlyMap<string, number>, id: string): number => map.get(id) ?? 0
  const by: Record<TieBreak, (a: string, b: string) => number> = {
    lots: (a, b) => (lot(a) < lot(b) ? -1 : lot(a) > lot(b) ? 1 : 0),
    rows: (a, b) => of(row, a) - of(row, b),
    cheaper: (a, b) => of(cost, a) - of(cost, b),
    dearer: (a, b) => of(cost, b) - of(cost, a),
    votes: (a, b) => of(votes, b) - of(votes, a),
  }
  const chain: Ties = [...ties, 'rows']
  const decidedBy = (a: string, b: string): TieBreak => chain.find((tie) => by[tie](a, b) !== 0) ?? 'rows'
  return { decidedBy, compare: (a, b) => by[decidedBy(a, b)](a, b) }
}

/** The tie-breaks that ordered these tied projects (already in their order), in the order of the terms. */
export function breaksUsed(ids: readonly string[], order: TieOrder, ties: Ties): TieBreak[] {
  const used = new Set<TieBreak>()
  ids.forEach((id, at) => {
    const next = ids[at + 1]
    if (next !== undefined) used.add(order.decidedBy(id, next))
  })
  return [...new Set<TieBreak>([...ties, 'rows'])].filter((tie) => used.has(tie))
}
