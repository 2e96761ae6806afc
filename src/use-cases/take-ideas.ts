// The list that is voted on takes the ideas that were found feasible; what stands in the way is named, number by number.
import { ideaHash } from '../core/audit/idea-hash.ts'
import { decodeEvent, type Event } from '../core/audit/event.ts'
import { CLOSE_KM, closePairs } from '../core/idea-conflict.ts'
import { OFFICIAL_LANGUAGES, type Localised } from '../core/localised.ts'
import { potFor, type PotTerms } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Words } from '../core/idea.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { followTaken } from '../store/follows.ts'
import { apartPairs, holdIdeas, markTaken } from '../store/idea-list.ts'
import { type Idea, ideasIn } from '../store/ideas.ts'
import { leavesOfKind } from '../store/log.ts'
import { territoriesOf } from '../store/places.ts'
import { insertProjects, lastNumbers } from '../store/projects.ts'
import type { App } from './app.ts'
import { leafFault } from './leaf-fault.ts'
import { originOf } from './log-origin.ts'

/** `ideas`: their numbers. */
export type TakeProblem =
  /** Their titles are not there in both official languages. */
  | { kind: 'ideas-untranslated'; ideas: number[] }
  /** Their village has several pots, and nobody has said which they compete in. */
  | { kind: 'ideas-no-pot'; ideas: number[] }
  /** Two that lie within 100 metres of each other, and nobody has said that both may be built. */
  | { kind: 'ideas-close'; pairs: [number, number][] }
  /** They do not stand as the last decision about them in the log left them. */
  | { kind: 'ideas-unlogged'; ideas: number[] }

export { CLOSE_KM }

/** What stands in the way now, all of it; nothing: the ideas can be taken. Once supporters are asked for, those that have enough. */
export async function readyIdeas(
  app: App,
  tx: Tx,
  cycle: Cycle,
): Promise<{ ideas: Idea[]; problems: TakeProblem[] }> {
  const ideas = (await ideasIn(tx, cycle.id, { states: ['feasible'] })).filter(
    ({ project, support, supported }) =>
      project === null && (cycle.phase !== 'support' || support === null || supported),
  )
  const problems: TakeProblem[] = []
  const numbers = (some: readonly Idea[]) => some.map(({ number }) => number ?? 0)
  const unlogged = await withoutLeaf(app, tx, cycle, ideas)
  if (unlogged.length > 0) problems.push({ kind: 'ideas-unlogged', ideas: numbers(unlogged) })
  const untranslated = ideas.filter(({ titles }) => localised(titles) === undefined)
  if (untranslated.length > 0) problems.push({ kind: 'ideas-untranslated', ideas: numbers(untranslated) })
  const pots = await potsBy(tx, cycle)
  const unfiled = ideas.filter((idea) => potFor(pots(idea), idea) === undefined)
  if (unfiled.length > 0) problems.push({ kind: 'ideas-no-pot', ideas: numbers(unfiled) })
  const apart = new Set((await apartPairs(tx, cycle.id)).map((pair) => pair.join()))
  const pairs = closePairs(ideas).filter((pair) => !apart.has(pair.join()))
  if (pairs.length > 0) problems.push({ kind: 'ideas-close', pairs })
  return { ideas, problems }
}

/**
 * In the transaction that begins voting, or support where that asks for no number of supporters; the rows of the ideas are those of the
 * log. Safe to repeat.
 */
export async function takeIdeas(app: App, tx: Tx, cycle: Cycle): Promise<Result<number, TakeProblem>> {
  await holdIdeas(tx, cycle.id)
  const { ideas, problems } = await readyIdeas(app, tx, cycle)
  const [problem] = problems
  if (problem) return fail(problem)
  if (ideas.length === 0) return ok(0)
  const last = await lastNumbers(tx, cycle.id)
  const pots = await potsBy(tx, cycle)
  const rows = ideas.map((idea) => {
    const pot = potFor(pots(idea), idea)
    if (pot === undefined) throw new Error('an idea without its pot')
    const number = (last.get(idea.territory) ?? 0) + 1
    last.set(idea.territory, number)
    return {
      cycle: cycle.id,
      id: `idea-${idea.number}`,
      territory: idea.territory,
      pot,
      marks: idea.marks,
      number,
      title: localised(idea.titles) as Localised,
      summary: localised(idea.texts) ?? null,
      category: idea.category ?? 'other',
      cost: idea.cost ?? 0,
      lat: idea.lat,
      lon: idea.lon,
    }
  })
  await insertProjects(tx, rows)
  for (const idea of ideas) await markTaken(tx, idea.id, `idea-${idea.number}`)
  await followTaken(tx, cycle.id)
  return ok(ideas.length)
}

/** What each village votes on. */
async function potsBy(tx: Tx, { id }: Cycle): Promise<(at: { territory: number }) => readonly PotTerms[]> {
  const places = await territoriesOf(tx, id)
  return ({ territory }) => places.find((one) => one.territory === territory)?.pots ?? []
}

/** Both official languages and whatever else there is; undefined where one of them is missing. */
const localised = (words: Words): Localised | undefined =>
  OFFICIAL_LANGUAGES.every((locale) => words[locale] !== undefined) ? (words as Localised) : undefined

/** A row that was written past the program builds nothing: the last decision in the log must have left it so. */
async function withoutLeaf(app: App, tx: Tx, { id, slug }: Cycle, ideas: readonly Idea[]): Promise<Idea[]> {
  const last = new Map<number, Extract<Event, { kind: 'idea-decided' }>>()
  const origin = originOf(app, slug)
  for (const leaf of await leavesOfKind(tx, id, 'idea-decided')) {
    if (leafFault(app, origin, leaf)) continue
    const event = decodeEvent(leaf.body)
    if (event.ok && event.value.kind === 'idea-decided') last.set(event.value.idea, event.value)
  }
  return ideas.filter((idea) => {
    const leaf = last.get(idea.number ?? 0)
    return leaf?.to !== 'feasible' || leaf.after !== ideaHash(idea) || leaf.village !== String(idea.territory)
  })
}
