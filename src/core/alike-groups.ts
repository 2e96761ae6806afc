// Ideas of one village that one project would answer together, in groups: what many people ask for, however each of them says it.
import { distanceKm, pointOf } from './geo.ts'
import { ALIKE, comparedIdea, type Kept, keysOf, similarity } from './similarity.ts'

export interface Grouped extends Kept {
  territory: number
  lat: number | null
  lon: number | null
}

/** Groups of two and more, the largest first, each in the order given; what is like nothing else is left out. */
export function alikeGroups<I extends Grouped>(ideas: readonly I[]): I[][] {
  const compared = ideas.map((idea) => comparedIdea(idea))
  const group = ideas.map((_, at) => at)
  const rootOf = (at: number): number => (group[at] === at ? at : rootOf(group[at] as number))
  for (const [one, other] of pairsOf(ideas, compared.map(keysOf))) {
    const [a, b] = [ideas[one] as I, ideas[other] as I]
    const [here, there] = [pointOf(a), pointOf(b)]
    const metres = here && there && distanceKm(here, there) * 1000
    const [first, second] = [compared[one], compared[other]]
    if (first && second && similarity(first, second, metres) >= ALIKE) group[rootOf(other)] = rootOf(one)
  }
  const groups = new Map<number, number[]>()
  for (const at of ideas.keys()) groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), at])
  return [...groups.values()]
    .map((members) => members.map((at) => ideas[at] as I))
    .filter(({ length }) => length > 1)
    .toSorted((a, b) => b.length - a.length)
}

/** Pairs of one village that share something they are found by, the earlier first. */
function* pairsOf(ideas: readonly Grouped[], keys: readonly string[][]): Generator<[number, number]> {
  const by = new Map<string, number[]>()
  for (const [at, idea] of ideas.entries()) {
    const earlier = new Set(keys[at]?.flatMap((key) => by.get(`${idea.territory}:${key}`) ?? []))
    for (const other of earlier) yield [other, at]
    for (const key of keys[at] ?? []) {
      const found = `${idea.territory}:${key}`
      by.set(found, [...(by.get(found) ?? []), at])
    }
  }
}
