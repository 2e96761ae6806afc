// A cycle out of its file: the places that it names, and the cycle that is wanted.
import type { CycleFile, CycleFilePlace } from '../core/formats/cycle-file.ts'
import { PROFILES } from '../core/cycle.ts'
import type { ListedProject } from '../core/formats/project-list.ts'
import { trustOf } from '../core/trust-terms.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { App } from './app.ts'
import { findVillage, type KnownTerritory } from './find-village.ts'
import type { NewCycle, NewProject } from './new-cycle.ts'

/** A place of the file as the classifier knows it. */
export type FoundPlace = CycleFilePlace & KnownTerritory

export type PlaceProblem =
  | { kind: 'no-place' | 'place-twice'; line: number; value: string }
  | { kind: 'several-places'; line: number; value: string; candidates: KnownTerritory[] }
  | { kind: 'past-close'; line: number }

/** Each place as the classifier knows it, or all that is wrong with places and the time of the close. */
export async function placesOfFile(
  app: App,
  file: Pick<CycleFile, 'places' | 'timeline'>,
): Promise<Result<FoundPlace[], PlaceProblem[]>> {
  const problems: PlaceProblem[] = []
  const found: FoundPlace[] = []
  for (const place of file.places) {
    const { line, place: value } = place
    const known = await findVillage(app, value)
    if (known.ok) {
      if (found.some(({ territory }) => territory === known.value.territory))
        problems.push({ kind: 'place-twice', line, value })
      else found.push({ ...place, ...known.value })
    } else if (known.problem.kind === 'unknown-village') problems.push({ kind: 'no-place', line, value })
    else problems.push({ kind: 'several-places', line, value, candidates: known.problem.candidates })
  }
  if (Date.parse(file.timeline.counting ?? '') <= app.now().getTime())
    problems.push({ kind: 'past-close', line: 1 })
  return problems.length > 0 ? fail(problems) : ok(found)
}

/** `projects`: of the villages among `places`, in the order of their lists. */
export function wantedOf(
  file: CycleFile,
  places: readonly FoundPlace[],
  projects: readonly ListedProject[],
): NewCycle {
  const {
    slug,
    title,
    profile,
    trial,
    timeline,
    method,
    revote,
    people,
    helped,
    ballot,
    rule,
    ideas,
    works,
    needs,
  } = file
  return {
    slug,
    title,
    profile,
    trial,
    timeline,
    ...(ideas && { ideaTerms: ideas }),
    ...(works && { workTerms: works }),
    ...(needs && { needs }),
    terms: {
      ...(method === undefined ? {} : { method }),
      ...(revote === undefined ? {} : { revote }),
      ...(people === undefined ? {} : { maxPeople: people }),
      ...(helped === undefined ? {} : { helped }),
      ...(ballot === undefined ? {} : { ballotTerms: ballot }),
      ...(rule === undefined ? {} : { ruleTerms: rule }),
      trust: trustOf(PROFILES[profile].trust, file.trust),
    },
    territories: places.map(({ territory, pots, desk }) => ({ territory, pots, ...(desk && { desk }) })),
    projects: newProjects(projects),
  }
}

/** The projects of a list, under ids in the order of the file. */
export const newProjects = (projects: readonly ListedProject[]): NewProject[] =>
  projects.map(({ village, ...project }, at) => ({
    ...project,
    id: `p${at + 1}`,
    territory: Number(village),
    place: Number(village),
  }))
