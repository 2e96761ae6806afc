// Creates a cycle from a profile: terms, timeline, voting territories with budget and desk, and projects. It is a draft.
import { ballotFits, ballotTermsSchema } from '../core/ballots/index.ts'
import { ruleTermsSchema } from '../core/counting/index.ts'
import {
  PHASES,
  type Phase,
  type Profile,
  type ProfileDefaults,
  PROFILES,
  type Timeline,
} from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { isMoney } from '../core/money.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { appendLeaf } from '../store/log.ts'
import { clock } from '../store/clock.ts'
import { insertCycle } from '../store/cycles.ts'
import { type Desk, insertTerritories } from '../store/places.ts'
import { insertProjects } from '../store/projects.ts'
import { clashOn } from '../store/db.ts'
import { isMethod, methodOf } from '../verification/index.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export interface NewProject {
  /** Unique in the cycle; no spaces, colons or commas. */
  id: string
  territory: number
  title: Localised
  summary?: Localised
  category: string
  /** Whole units of the cycle's currency. */
  cost: number
  place?: number
  lat?: number
  lon?: number
  withdrawn?: boolean
}

export interface NewCycle {
  /** Its short name in addresses, commands and the log: small letters, digits and dashes, at least one letter. */
  slug: string
  title: Localised
  profile: Profile
  /** Counts nowhere; its next phase may begin at once. Practice is always a trial. */
  trial?: boolean
  terms?: Partial<Omit<ProfileDefaults, 'binding' | 'rehearsal' | 'keys' | 'officials'>>
  currency?: string
  /** UTC ISO; `voting` and `counting` (the close) at least. Without `announced` it is announced when people say so. */
  timeline: Timeline
  territories: { territory: number; budget: number; desk?: Desk }[]
  /** In the order of each list. */
  projects: NewProject[]
}

export type CreateCycleProblem =
  | NotAllowed
  | { kind: 'bad-slug' }
  | { kind: 'slug-taken' }
  | { kind: 'timeline'; phase: Phase }
  | { kind: 'no-villages' }
  | { kind: 'village-twice'; territory: number }
  | { kind: 'bad-budget'; territory: number }
  | { kind: 'bad-terms' }
  | { kind: 'bad-project'; project: string; why: 'id' | 'twice' | 'cost' | 'village' }

/** Returns the id of the new cycle. The leaf is the first of its log. */
export async function createCycle(
  app: App,
  wanted: NewCycle,
  by: Actor,
): Promise<Result<number, CreateCycleProblem>> {
  const terms = { ...PROFILES[wanted.profile], ...wanted.terms }
  const problem = problemOf(wanted, terms)
  if (problem) return fail(problem)
  try {
    return await transact<number, CreateCycleProblem>(app, async (tx) => {
      const places = wanted.territories.map(({ territory }) => territory)
      if (!(await mayAct(tx, by, 'create-cycle', places))) return fail({ kind: 'not-allowed' })
      const at = await clock(tx)
      const cycle = await insertCycle(
        tx,
        {
          slug: wanted.slug,
          title: wanted.title,
          profile: wanted.profile,
          trial: wanted.trial === true || terms.rehearsal,
          phase: 'draft',
          method: terms.method,
          revote: terms.revote,
          ballotTerms: terms.ballotTerms,
          ruleTerms: terms.ruleTerms,
          currency: wanted.currency ?? 'KZT',
          maxPeople: methodOf(terms.method).facts.manyPeople ? terms.maxPeople : 1,
        },
        { announced: at, ...wanted.timeline },
      )
      await insertTerritories(
        tx,
        wanted.territories.map(({ territory, budget, desk }) => ({
          territory: {
            cycle,
            territory,
            deskPlace: desk?.place ?? null,
            deskHours: desk?.hours ?? null,
            deskPhone: desk?.phone ?? null,
          },
          pots: [{ pot: GENERAL, budget }],
        })),
      )
      await insertProjects(tx, numbered(wanted.projects, cycle))
      await appendLeaf(tx, cycle, { kind: 'cycle-created', at, cycle: wanted.slug, by: markOf(app, by) })
      return ok(cycle)
    })
  } catch (error) {
    if (clashOn(error) === 'cycle_slug_unique') return fail({ kind: 'slug-taken' })
    throw error
  }
}

/** Numbers count from 1 within each territory's list. */
function numbered(projects: readonly NewProject[], cycle: number) {
  const last = new Map<number, number>()
  return projects.map((project) => {
    const number = (last.get(project.territory) ?? 0) + 1
    last.set(project.territory, number)
    return { ...project, cycle, number }
  })
}

function problemOf(wanted: NewCycle, terms: ProfileDefaults): CreateCycleProblem | undefined {
  if (!/^(?=.*[a-z])[a-z0-9][a-z0-9-]{0,47}$/.test(wanted.slug)) return { kind: 'bad-slug' }
  const late = outOfOrder(wanted.timeline)
  if (late) return { kind: 'timeline', phase: late }
  if (!ballotTermsSchema.safeParse(terms.ballotTerms).success) return { kind: 'bad-terms' }
  if (!ruleTermsSchema.safeParse(terms.ruleTerms).success) return { kind: 'bad-terms' }
  if (!isMethod(terms.method)) return { kind: 'bad-terms' }
  if (wanted.territories.length === 0) return { kind: 'no-villages' }
  const villages = new Set<number>()
  for (const { territory, budget } of wanted.territories) {
    if (villages.has(territory)) return { kind: 'village-twice', territory }
    if (!isMoney(budget) || budget === 0) return { kind: 'bad-budget', territory }
    if (!ballotFits(terms.ballotTerms, budget)) return { kind: 'bad-budget', territory }
    villages.add(territory)
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
  villages: ReadonlySet<number>,
): CreateCycleProblem | undefined {
  const ids = new Set<string>()
  for (const { id, cost, territory } of projects) {
    const wrong = (why: 'id' | 'twice' | 'cost' | 'village') =>
      ({ kind: 'bad-project', project: id, why }) as const
    if (!/^[^\s:,\p{C}]{1,64}$/u.test(id)) return wrong('id')
    if (ids.has(id)) return wrong('twice')
    if (!isMoney(cost) || cost === 0) return wrong('cost')
    if (!villages.has(territory)) return wrong('village')
    ids.add(id)
  }
  return undefined
}
