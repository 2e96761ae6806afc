// The published result of a pot of a territory, as far as it may be shown; before publication there is none to anybody.
import type { Rules } from '../core/audit/rules.ts'
import type { ResultFault, RulesFault } from '../core/audit/trusted/fault.ts'
import { shownFault } from '../core/audit/trusted/shown.ts'
import { canonicalJson, type Json } from '../core/canonical-json.ts'
import { type Changed, changedAfter } from '../core/counting/changed.ts'
import { afterVote, type ResultChange } from '../core/counting/reserve.ts'
import { SHOWN_FROM, type ShownCount, shownCount } from '../core/counting/shown.ts'
import { isPublished } from '../core/cycle.ts'
import type { Pot, PotBudget } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { shownParts } from '../core/small-cells.ts'
import { cycleById } from '../store/cycles.ts'
import { changeOf, resultChangesOf } from '../store/result-changes.ts'
import { resultOf } from '../store/results.ts'
import { testRowsOf } from '../store/log.ts'
import { rollSize } from '../store/roll.ts'
import { castByChannel } from '../store/votes.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'
import { openedRules } from './opened-rules.ts'
import { publishedResults, shownTerms } from './result-rows.ts'
import { readReviews, reviewIn } from './read-reviews.ts'

/**
 * `budget` and `projects`: those of the pot, as the opening froze them. `roll`: how many may vote there; 0 where there is no roll.
 * `publishedAt`: UTC ISO.
 */
export type PublishedResult = PotBudget & {
  place: Place
  projects: Project[]
  roll: number
  publishedAt: string
  /** People by channel; null is fewer than ten, or what would tell them; empty where few voted. */
  channels: { channel: string; people: number | null }[]
  /** What two officials changed since; the count itself stays as it was published. */
  changed: Changed<Project>[]
  /** Since when the vote of the village is under review, UTC ISO: nothing of the count changes by it. */
  underReview?: string
} & ShownCount

export type ReadResultProblem =
  | { kind: 'not-published' }
  /** What is stored is not what the log published: it is shown to nobody. */
  | { kind: 'being-checked'; fault: ResultFault | RulesFault }

/** Where few voted, votes by project and steps are absent. */
export async function readResult(
  app: App,
  cycleId: number,
  territory: number,
  pot: Pot,
): Promise<Result<PublishedResult, ReadResultProblem>> {
  const tests = await testRowsOf(app.db, cycleId, territory)
  const [list, row, cycle, onRoll, stored, cast] = await Promise.all([
    frozenList(app, cycleId, territory),
    resultOf(app.db, cycleId, territory, pot),
    cycleById(app.db, cycleId),
    rollSize(app.db, cycleId, territory),
    resultChangesOf(app.db, cycleId),
    castByChannel(app.db, cycleId, territory, tests),
  ])
  const own = list?.place.pots.find((one) => one.pot === pot)
  if (!list || !own || !cycle) return fail({ kind: 'not-published' })
  if (!isPublished(cycle.phase) && row?.state !== 'published') return fail({ kind: 'not-published' })
  const village = String(territory)
  if (!row) return fail({ kind: 'being-checked', fault: { kind: 'result-missing', village } })
  const published = await publishedResults(app, cycle)
  if (!published.ok) return fail({ kind: 'being-checked', fault: published.problem })
  const fault = shownFault(shownTerms(app, cycle), published.value, { ...row, village })
  if (fault) return fail({ kind: 'being-checked', fault })
  const rules = await openedRules(app, cycle)
  if (!rules.ok) return fail({ kind: 'being-checked', fault: rules.problem })
  const projects = list.projects.filter((project) => project.pot === pot)
  if (!isOpened(rules.value, village, own, projects))
    return fail({ kind: 'being-checked', fault: { kind: 'frozen', what: 'rules' } })
  const shown = shownCount(row.count, row.ballots)
  const here = stored.filter((one) => one.territory === territory && one.pot === pot).map(changeOf)
  const changed = here.length === 0 ? [] : changedOf(rules.value, projects, shown.count, here)
  const roll = onRoll - tests.length
  const channels = channelsOf(row.ballots, cast)
  const { at: publishedAt } = published.value
  const { since } = reviewIn(await readReviews(app, app.db, cycle), territory)
  const review = since === undefined ? {} : { underReview: since }
  return ok({
    place: list.place,
    ...own,
    projects,
    roll,
    publishedAt,
    channels,
    changed,
    ...review,
    ...shown,
  })
}

function channelsOf(ballots: number, cast: readonly { channel: string; rights: number }[]) {
  const sum = cast.reduce((all, { rights }) => all + rights, 0)
  if (ballots < SHOWN_FROM || sum !== ballots) return []
  const shown = shownParts(cast.map(({ rights }) => rights))
  return cast.map(({ channel }, at) => ({ channel, people: shown[at] ?? null }))
}

function changedOf(
  { rule, after }: Rules,
  projects: readonly Project[],
  count: ShownCount['count'],
  changes: readonly ResultChange[],
): Changed<Project>[] {
  const conflicts = 'conflicts' in rule ? rule.conflicts : undefined
  const done = afterVote({ projects, count, reserve: after?.reserve ?? 'none', conflicts }, changes)
  return changedAfter(projects, count.winners, done)
}

const plain = (value: unknown): string => canonicalJson(value as Json)

/** Whether budget, titles, numbers, costs and marks that were read beside the rules are those of the rules. */
function isOpened(rules: Rules, village: string, own: PotBudget, projects: readonly Project[]): boolean {
  const frozen = rules.villages
    .find((one) => one.village === village)
    ?.pots.find(({ pot }) => pot === own.pot)
  // What ideas a pot takes is no rule of the vote: they stand in their pots by then.
  const { takes: _, ...terms } = own
  const shown = projects.map(({ id, number, title, cost, withdrawn, marks }) => ({
    id,
    number,
    title,
    cost,
    withdrawn,
    ...(marks && { marks }),
  }))
  return frozen !== undefined && plain({ ...terms, projects: shown }) === plain(frozen)
}
