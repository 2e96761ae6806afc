// What ballot types share: looking choices up in the frozen list, and the canonical comma list.
import { utf8 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import type { BallotProblem, Choice, ListedProject } from './ballot-type.ts'

/** A frozen list is one object for all who vote on it: its places are looked up once. */
const known = new WeakMap<readonly ListedProject[], ReadonlyMap<string, number>>()

function places(projects: readonly ListedProject[]): ReadonlyMap<string, number> {
  const found = known.get(projects)
  // A list that grew since is another one.
  if (found?.size === projects.length) return found
  const made = new Map(projects.map((project, place) => [project.id, place]))
  known.set(projects, made)
  return made
}

/** The choices in the order of the frozen list. Throws on a project that is not listed: check first. */
export function inListOrder(choices: readonly Choice[], projects: readonly ListedProject[]): Choice[] {
  const place = places(projects)
  const placeOf = (choice: Choice): number => {
    const found = place.get(choice.project)
    if (found === undefined) throw new Error('a ballot names a project that is not on the frozen list')
    return found
  }
  return [...choices].sort((a, b) => placeOf(a) - placeOf(b))
}

/** The first choice that is not on the list or stands there twice. */
export function listProblem(
  choices: readonly Choice[],
  projects: readonly ListedProject[],
): BallotProblem | undefined {
  const place = places(projects)
  const seen = new Set<string>()
  for (const { project } of choices) {
    if (!place.has(project)) return { kind: 'unknown-project', project }
    if (seen.has(project)) return { kind: 'twice', project }
    seen.add(project)
  }
  return undefined
}

/** Too few or too many choices for `min` … `max`. */
export function lengthProblem(count: number, min: number, max: number): BallotProblem | undefined {
  if (count > max) return { kind: 'too-many', limit: max }
  if (count < min) return { kind: 'too-few', least: min, early: true }
  return undefined
}

/** The first choice that carries points on a ballot without points. */
export function pointsProblem(choices: readonly Choice[]): BallotProblem | undefined {
  const odd = choices.find((choice) => choice.points !== undefined)
  return odd && { kind: 'points-unexpected', project: odd.project }
}

/** `id,id` in the order given. */
export const commaList = (choices: readonly Choice[]): string =>
  choices.map((choice) => choice.project).join(',')

/** Splits a comma list; the empty text is the empty ballot. */
export const fromCommaList = (text: string): Choice[] =>
  text === '' ? [] : text.split(',').map((project) => ({ project }))

/** Keeps `checked` only when writing it gives `text` again. */
export function onlyCanonical(
  text: string,
  checked: Result<Choice[], BallotProblem>,
  encode: (choices: readonly Choice[]) => string,
): Result<Choice[], BallotProblem> {
  if (!checked.ok) return checked
  return encode(checked.value) === text ? ok(checked.value) : fail({ kind: 'not-canonical' })
}

/** Bytes (UTF-8) that a comma list of at most `count` of these projects is never longer than; `extra` bytes for each. */
export function longestList(projects: readonly ListedProject[], count: number, extra = 0): number {
  const lengths = projects
    .map(({ id }) => utf8(id).length + extra)
    .sort((a, b) => b - a)
    .slice(0, count)
  return lengths.reduce((sum, length) => sum + length, 0) + Math.max(0, lengths.length - 1)
}
