// Ballots written down by hand: groups as they are given, equal ones apart.
import type { BallotGroup, Ballots } from '../../src/core/counting/ballots.ts'

/** The groups in their order; nothing is merged. */
export function ballotsOf(
  groups: readonly BallotGroup[],
  projects: readonly { readonly id: string }[],
): Ballots {
  const row = new Map(projects.map(({ id }, at) => [id, at]))
  const entries = groups.map(({ utilities }) =>
    [...utilities].map(([id, worth]) => [row.get(id) ?? -1, worth] as const).sort(([a], [b]) => a - b),
  )
  const ends = entries.map((_, at) => entries.slice(0, at + 1).reduce((sum, one) => sum + one.length, 0))
  return {
    times: Uint32Array.from(groups, ({ times }) => times),
    starts: Uint32Array.from([0, ...ends]),
    places: Uint32Array.from(entries.flat(), ([place]) => place),
    worths: Float64Array.from(entries.flat(), ([, worth]) => worth),
  }
}

/** `times` ballots that approve these projects. */
export const approving = (times: number, ...ids: string[]): BallotGroup => ({
  times,
  utilities: new Map(ids.map((id) => [id, 1])),
})
