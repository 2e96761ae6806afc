// A cycle that is to be made: what it must say, and what is wrong with it before the database is asked.
import { ballotFits, ballotTermsSchema } from '../core/ballots/index.ts'
import { ruleTermsSchema } from '../core/counting/index.ts'
import {
  isCycleName,
  PHASES,
  type Phase,
  type Profile,
  type ProfileDefaults,
  type Timeline,
} from '../core/cycle.ts'
import { IDEA_TERMS, type IdeaTerms, ideaTermsHold } from '../core/idea.ts'
import type { Localised } from '../core/localised.ts'
import type { Marks } from '../core/marks.ts'
import { isMoney } from '../core/money.ts'
import { GENERAL, isPot, onePot, type Pot, type PotBudget } from '../core/pot.ts'
import { termsOfPot } from '../core/ballots/sections.ts'
import { needsHold } from '../core/needs.ts'
import { trustTermsHold } from '../core/trust-terms.ts'
import { NEW_WORK_TERMS, type WorkTerms, workTermsHold } from '../core/work.ts'
import type { Desk } from '../store/places.ts'
import { isMethod } from '../verification/index.ts'

export interface NewProject {
  /** Unique in the cycle; no spaces, colons or commas. */
  id: string
  territory: number
  /** The general one unless told. */
  pot?: Pot
  title: Localised
  summary?: Localised
  category: string
  /** Whole units of the cycle's currency. */
  cost: number
  place?: number
  lat?: number
  lon?: number
  withdrawn?: boolean
  /** In place of those of its category. */
  marks?: Marks
}

/** `budget`: of its one pot, where it has no more. */
export type NewTerritory = { territory: number; desk?: Desk } & (
  | { budget: number; pots?: undefined }
  | { pots: readonly PotBudget[] }
)

export const potsOf = (place: NewTerritory): readonly PotBudget[] => place.pots ?? onePot(place.budget)

export interface NewCycle {
  /** Its short name in addresses, commands and the log: small letters, digits and dashes, at least one letter. */
  slug: string
  title: Localised
  profile: Profile
  /** Counts nowhere; its next phase may begin at once. Practice is always a trial. */
  trial?: boolean
  terms?: Partial<Omit<ProfileDefaults, 'binding' | 'rehearsal' | 'keys' | 'officials'>>
  currency?: string
  /** What differs from `IDEA_TERMS`. */
  ideaTerms?: Partial<IdeaTerms>
  /** What differs from `NEW_WORK_TERMS`. */
  workTerms?: Partial<WorkTerms>
  /** What residents are asked about where the timeline has a consultation; `NEEDS` unless told. */
  needs?: Localised[]
  /** UTC ISO; `voting` and `counting` (the close) at least. Without `announced` it is announced when people say so. */
  timeline: Timeline
  territories: NewTerritory[]
  /** In the order of each list. */
  projects: NewProject[]
}

export type NewCycleProblem =
  | { kind: 'bad-slug' }
  | { kind: 'timeline'; phase: Phase }
  | { kind: 'no-villages' }
  | { kind: 'village-twice'; territory: number }
  | { kind: 'bad-budget'; territory: number }
  | { kind: 'bad-pots'; territory: number }
  | { kind: 'bad-terms' }
  | { kind: 'bad-project'; project: string; why: 'id' | 'twice' | 'cost' | 'village' | 'pot' }

/** What is wrong with it, seen without the database. `terms`: those of its profile, changed as it wants. */
export function problemOf(wanted: NewCycle, terms: ProfileDefaults): NewCycleProblem | undefined {
  if (!isCycleName(wanted.slug)) return { kind: 'bad-slug' }
  const late = outOfOrder(wanted.timeline)
  if (late) return { kind: 'timeline', phase: late }
  if (!ballotTermsSchema.safeParse(terms.ballotTerms).success) return { kind: 'bad-terms' }
  if (!ruleTermsSchema.safeParse(terms.ruleTerms).success) return { kind: 'bad-terms' }
  if (!isMethod(terms.method)) return { kind: 'bad-terms' }
  if (!ideaTermsHold({ ...IDEA_TERMS, ...wanted.ideaTerms })) return { kind: 'bad-terms' }
  if (wanted.ideaTerms?.support && wanted.timeline.support === undefined) return { kind: 'bad-terms' }
  if (!workTermsHold({ ...NEW_WORK_TERMS, ...wanted.workTerms })) return { kind: 'bad-terms' }
  if (!trustTermsHold(terms.trust)) return { kind: 'bad-terms' }
  if (wanted.needs && !needsHold(wanted.needs)) return { kind: 'bad-terms' }
  if (wanted.territories.length === 0) return { kind: 'no-villages' }
  const villages = new Map<number, Set<Pot>>()
  for (const place of wanted.territories) {
    const { territory } = place
    if (villages.has(territory)) return { kind: 'village-twice', territory }
    const pots = new Set(potsOf(place).map(({ pot }) => pot))
    if (pots.size === 0 || pots.size < potsOf(place).length) return { kind: 'bad-pots', territory }
    for (const one of potsOf(place)) {
      const { pot, budget } = one
      if (!isPot(pot)) return { kind: 'bad-pots', territory }
      if (!isMoney(budget) || budget === 0) return { kind: 'bad-budget', territory }
      if (!ballotFits(termsOfPot(one, terms.ballotTerms), budget)) return { kind: 'bad-budget', territory }
    }
    villages.set(territory, pots)
  }
  return projectProblem(wanted.projects, villages)
}

/** The first phase that is missing, is no moment, or does not begin after the one before it. */
function outOfOrder(timeline: Timeline): Phase | undefined {
  if (timeline.voting === undefined) return 'voting'
  if (timeline.counting === undefined) return 'counting'
  const starts = PHASES.flatMap((phase) =>
    timeline[phase] === undefined ? [] : [{ phase, at: Date.parse(timeline[phase]) }],
  )
  return starts.find(({ at }, index) => {
    const before = starts[index - 1]
    return !Number.isFinite(at) || (before !== undefined && !(at > before.at))
  })?.phase
}

function projectProblem(
  projects: readonly NewProject[],
  villages: ReadonlyMap<number, ReadonlySet<Pot>>,
): NewCycleProblem | undefined {
  const ids = new Set<string>()
  for (const { id, cost, territory, pot = GENERAL } of projects) {
    const wrong = (why: 'id' | 'twice' | 'cost' | 'village' | 'pot') =>
      ({ kind: 'bad-project', project: id, why }) as const
    if (!/^[^\s:,\p{C}]{1,64}$/u.test(id)) return wrong('id')
    if (ids.has(id)) return wrong('twice')
    if (!isMoney(cost) || cost === 0) return wrong('cost')
    const pots = villages.get(territory)
    if (!pots) return wrong('village')
    if (!pots.has(pot)) return wrong('pot')
    ids.add(id)
  }
  return undefined
}

/** Numbers count from 1 within each territory's list. */
export function numbered(projects: readonly NewProject[], cycle: number) {
  const last = new Map<number, number>()
  return projects.map((project) => {
    const number = (last.get(project.territory) ?? 0) + 1
    last.set(project.territory, number)
    return { ...project, cycle, number }
  })
}
