// Creates a cycle from a profile: terms, timeline, voting territories with budget and desk, and projects. It is a draft.
import { PROFILES } from '../core/cycle.ts'
import { NEEDS } from '../core/needs.ts'
import { NEW_WORK_TERMS } from '../core/work.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { insertCycle } from '../store/cycles.ts'
import { insertTerritories } from '../store/places.ts'
import { insertProjects } from '../store/projects.ts'
import { clashOn, type Tx } from '../store/db.ts'
import { methodOf } from '../verification/index.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { type NewCycle, type NewCycleProblem, numbered, potsOf, problemOf } from './new-cycle.ts'
import { transact } from './transact.ts'

export type CreateCycleProblem =
  | NewCycleProblem
  | NotAllowed
  | { kind: 'slug-taken' }
  /** Somebody made it out of the same draft a moment ago. */
  | { kind: 'made-before' }

/** Returns the id of the new cycle. The leaf is the first of its log. `outOf`: takes the draft away with it; false where it is gone. */
export async function createCycle(
  app: App,
  wanted: NewCycle,
  by: Actor,
  outOf: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<Result<number, CreateCycleProblem>> {
  const terms = { ...PROFILES[wanted.profile], ...wanted.terms }
  const problem = problemOf(wanted, terms)
  if (problem) return fail(problem)
  try {
    return await transact<number, CreateCycleProblem>(app, async (tx) => {
      const places = wanted.territories.map(({ territory }) => territory)
      if (!(await mayAct(app, tx, by, 'create-cycle', places))) return fail({ kind: 'not-allowed' })
      if (!(await outOf(tx))) return fail({ kind: 'made-before' })
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
          ideaTerms: wanted.ideaTerms ?? {},
          workTerms: { ...NEW_WORK_TERMS, ...wanted.workTerms },
          trustTerms: terms.trust,
          needs: wanted.timeline.consultation === undefined ? [] : (wanted.needs ?? [...NEEDS]),
          maxPeople: methodOf(terms.method).facts.manyPeople ? terms.maxPeople : 1,
          helped: terms.helped,
        },
        { announced: at, ...wanted.timeline },
      )
      await insertTerritories(
        tx,
        wanted.territories.map(({ territory, desk, ...place }) => ({
          territory: {
            cycle,
            territory,
            deskPlace: desk?.place ?? null,
            deskHours: desk?.hours ?? null,
            deskPhone: desk?.phone ?? null,
          },
          pots: potsOf({ territory, ...place }),
        })),
      )
      await insertProjects(tx, numbered(wanted.projects, cycle))
      await appendLeaf(app, tx, cycle, { kind: 'cycle-created', at, cycle: wanted.slug, by: markOf(app, by) })
      return ok(cycle)
    })
  } catch (error) {
    if (clashOn(error) === 'cycle_slug_unique') return fail({ kind: 'slug-taken' })
    throw error
  }
}
