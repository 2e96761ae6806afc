// The ten things that stand between a new cycle and its first vote, each held against the database: nobody ticks anything by hand.
import { isBefore } from '../core/cycle.ts'
import { codesOf } from '../store/territories.ts'
import { trialWasVotedOn } from '../store/votes.ts'
import { factsOf } from './verify-account.ts'
import type { App } from './app.ts'
import { listVillages } from './list-cycles.ts'
import { whoElseMay } from './may-act.ts'
import type { Course } from './read-course.ts'
import { readyIdeas } from './take-ideas.ts'

/** In the order in which they are done. */
export const STEPS = [
  'second',
  'moderator',
  'practice',
  'desks',
  'announced',
  'ideas',
  'projects',
  'roll',
  'cards',
  'handed',
] as const
export type Step = (typeof STEPS)[number]

/** `missing`: villages where it is not done, by name; empty where it is not a thing of villages. */
export interface StepDone {
  step: Step
  done: boolean
  missing: readonly { name: Record<string, string> & { kk: string; ru: string } }[]
}

/** `account`: of whoever asks; a second official is another one. What a cycle has no use for counts as done. */
export async function readChecklist(
  app: App,
  { cycle }: Pick<Course, 'cycle'>,
  account: number,
): Promise<StepDone[]> {
  const villages = await listVillages(app, cycle.id)
  const { usesCards } = factsOf(cycle.method)
  const facts = await app.db.begin(async (tx) => {
    const places = (await codesOf(tx, cycle.id)).map(({ territory }) => territory)
    return {
      second: (await whoElseMay(app, tx, 'halt-cycle', places, account)).length > 0,
      moderator:
        cycle.timeline.ideas === undefined ||
        (await whoElseMay(app, tx, 'moderate-idea', places, account)).length > 0,
      practice: await trialWasVotedOn(tx),
      ideas:
        cycle.timeline.ideas === undefined ||
        (!isBefore(cycle.phase, 'review') && (await readyIdeas(app, tx, cycle)).problems.length === 0),
    }
  })
  const missing = {
    desks: villages.filter(({ desk }) => !(desk.place && desk.hours && desk.phone)),
    projects: villages.filter(({ projects }) => projects === 0),
    roll: villages.filter(({ rows }) => rows === 0),
    cards: usesCards ? villages.filter(({ rows, cards }) => rows === 0 || cards < rows) : [],
    handed: usesCards ? villages.filter(({ handed }) => handed === 0) : [],
  }
  const ofVillages = (step: keyof typeof missing): StepDone => ({
    step,
    done: missing[step].length === 0,
    missing: missing[step],
  })
  return STEPS.map((step): StepDone => {
    if (step === 'announced') return { step, done: cycle.phase !== 'draft', missing: [] }
    return step in missing
      ? ofVillages(step as keyof typeof missing)
      : { step, done: facts[step as keyof typeof facts], missing: [] }
  })
}
