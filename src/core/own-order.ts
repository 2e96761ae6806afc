// The order in which one person sees a list: everyone's own, the same on every page and at every visit.
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from './bytes.ts'

/** Projects by SHA-256(cycle:account:id), so that nobody's project is always first. The given list stays as it is. */
export function ownOrder<P extends { readonly id: string }>(
  cycle: number,
  account: number,
  projects: readonly P[],
): P[] {
  const lots = projects.map((project) => ({
    project,
    lot: toHex(sha256(utf8(`${cycle}:${account}:${project.id}`))),
  }))
  return lots.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ project }) => project)
}
