// The order in which one person sees a list: everyone's own, the same on every page and at every visit.
import { utf8 } from './bytes.ts'
import { sha256 } from './sha256.ts'

/** People whose order of a list is remembered: about as many as mark in the same hour. */
const MOST = 1_000

/** A list that stands is one object for all who look at it: whose order of it was made stays known until others' push it out. */
const known = new WeakMap<object, Map<string, readonly unknown[]>>()

/** The same of a list that is kept and no longer changes: made once for a person, as long as it is remembered. Nobody may change it. */
export function keptOrder<P extends { readonly id: string }>(
  cycle: number,
  account: number,
  projects: readonly P[],
): readonly P[] {
  const orders = known.get(projects) ?? new Map<string, readonly unknown[]>()
  known.set(projects, orders)
  const key = `${cycle}:${account}`
  const found = orders.get(key) as readonly P[] | undefined
  if (found?.length === projects.length) return found
  const made = ownOrder(cycle, account, projects)
  if (orders.size >= MOST) orders.delete(orders.keys().next().value as string)
  orders.set(key, made)
  return made
}

/**
 * Each project by a lot that is drawn from SHA-256(cycle:account) and its id, so that nobody's project is always first, and what is
 * left of a list keeps its order. The given list stays as it is.
 */
export function ownOrder<P extends { readonly id: string }>(
  cycle: number,
  account: number,
  projects: readonly P[],
): P[] {
  const hash = sha256(utf8(`${cycle}:${account}`))
  const seed = new DataView(hash.buffer, hash.byteOffset)
  const [one, two] = [seed.getUint32(0), seed.getUint32(4)]
  const lots = projects.map((project) => ({ project, lot: lotOf(project.id, one, two) }))
  return lots
    .sort((a, b) => a.lot - b.lot || (a.project.id < b.project.id ? -1 : 1))
    .map(({ project }) => project)
}

/** 53 bits: a hash for tables (cyrb53), for a digest of each project costs a long list milliseconds at every press. */
function lotOf(id: string, one: number, two: number): number {
  let [a, b] = [one, two]
  for (let at = 0; at < id.length; at++) {
    const unit = id.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
