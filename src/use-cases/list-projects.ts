// The projects of a village in an order of each person's own: nobody is always first. Search, near me.
import { distanceKm, type Point, pointOf } from '../core/geo.ts'
import { type Mark, MARKS, marksOf } from '../core/marks.ts'
import { keptOrder, ownOrder } from '../core/own-order.ts'
import type { PotTerms } from '../core/pot.ts'
import { foldDigits, foldLetters } from '../core/text.ts'
import type { Project } from '../store/projects.ts'
import type { App, FrozenList } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import { readPlace } from './read-place.ts'

export type { Project }
export interface ListedProjects {
  place: Place
  projects: readonly (Project & { km?: number })[]
  /** What the list may be narrowed to: kinds, then budgets where there are several, then marks. */
  filters: readonly Filter[]
}

export type Filter =
  | { kind: 'category'; category: string }
  | { kind: 'pot'; pot: PotTerms }
  | { kind: 'mark'; mark: Mark }

/** Whether a project stands on the narrowed list. */
export function passes(filter: Filter, project: Project): boolean {
  if (filter.kind === 'category') return project.category === filter.category
  if (filter.kind === 'pot') return project.pot === filter.pot.pot
  return marksOf(project).marks.includes(filter.mark)
}

function filtersOf({ pots }: Place, projects: readonly Project[]): Filter[] {
  const categories = [...new Set(projects.map(({ category }) => category))].sort()
  const every: Filter[] = [
    ...categories.map((category) => ({ kind: 'category' as const, category })),
    ...(pots.length > 1 ? pots.map((pot) => ({ kind: 'pot' as const, pot })) : []),
    ...MARKS.map((mark) => ({ kind: 'mark' as const, mark })),
  ]
  return every.filter((one) => projects.some((project) => passes(one, project)))
}

/** Those of a list that stands are the same for all. */
const filtersKept = new WeakMap<FrozenList, readonly Filter[]>()

function keptFilters(list: FrozenList): readonly Filter[] {
  const found = filtersKept.get(list) ?? filtersOf(list.place, list.projects)
  filtersKept.set(list, found)
  return found
}

/**
 * The list as `account` sees it: seeded by (cycle, account), so it is stable across pages; by distance when `near` is given.
 * `words` forgives letters: қ/к, ә/а, ү/ұ/у, і/и … Undefined when there is no such place.
 */
export async function listProjects(
  app: App,
  account: number,
  cycle: number,
  territory: number,
  wanted: { words?: string; near?: Point } = {},
): Promise<ListedProjects | undefined> {
  const [place, list] = await Promise.all([
    readPlace(app, cycle, territory),
    frozenList(app, cycle, territory),
  ])
  if (!place || !list) return undefined
  const filters = keptFilters(list)
  // As most ask for it: nothing is looked for, so nothing is left out.
  if (wanted.words === undefined && !wanted.near)
    return { place, filters, projects: keptOrder(cycle, account, list.projects) }
  const words = foldLetters(wanted.words ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const numbered = numberMeant(wanted.words ?? '')
  const texts = words.length > 0 ? (list.folded ??= list.projects.map(searched)) : []
  const chosen = list.projects.filter(
    (project, at) => project.number === numbered || words.every((word) => texts[at]?.includes(word)),
  )
  const { near } = wanted
  if (near) {
    const placed = chosen
      .flatMap((project) => {
        const point = pointOf(project)
        return point ? [{ ...project, km: distanceKm(near, point) }] : []
      })
      .sort((a, b) => a.km - b.km)
    return { place, filters, projects: placed }
  }
  const own = ownOrder(cycle, account, chosen)
  const first = own.filter(({ number }) => number === numbered)
  return { place, filters, projects: [...first, ...own.filter((project) => !first.includes(project))] }
}

/** `2`, `№2`, `жоба 2`: the number of a project that a text means, whatever word stands before it. */
export function numberMeant(words: string): number | undefined {
  const [, digits] = /^(?:\p{L}+\.?)?[^\p{L}\p{N}]*([0-9]{1,6})\W*$/u.exec(foldDigits(words).trim()) ?? []
  return digits === undefined ? undefined : Number(digits)
}

const searched = (project: Project): string =>
  foldLetters(
    [project.title, project.summary, project.place]
      .flatMap((text) => (text ? Object.values(text) : []))
      .join(' '),
  )
