// A cycle of ours in the library's words: a ballot as a row, and the order of the projects.
import type { Choice } from '../../ballots/ballot-type.ts'
import type { Count } from '../../counting/count.ts'
import type { PabulibVote } from './votes.ts'

/** A checked ballot as a row of the file. `id` must say nothing about the voter: number the sorted ballots. */
export function pabulibVote(id: string, choices: readonly Choice[]): PabulibVote {
  const projects = choices.map((choice) => choice.project)
  const points = choices.flatMap((choice) => (choice.points === undefined ? [] : [choice.points]))
  return points.length > 0 ? { id, projects, points } : { id, projects }
}

/** The projects by score, as the library sorts them; of equal ones first the one that the count took first. */
export function inCountOrder<P extends { readonly id: string }>(projects: readonly P[], count: Count): P[] {
  const place = new Map<string, number>()
  count.steps.forEach((step, at) => {
    if ('id' in step && !place.has(step.id)) place.set(step.id, at)
  })
  const score = new Map(count.votes.map((tally) => [tally.id, tally.score]))
  const of = (map: ReadonlyMap<string, number>, id: string, none: number) => map.get(id) ?? none
  return [...projects].sort(
    (a, b) =>
      of(score, b.id, 0) - of(score, a.id, 0) ||
      of(place, a.id, count.steps.length) - of(place, b.id, count.steps.length),
  )
}
