// Two officials say what became of a published result: a winner dropped out or became cheaper, or a project is paid for outside the vote.
import { reasonHash } from '../core/audit/reason-hash.ts'
import { afterVote, type AfterVote, type ResultChange } from '../core/counting/reserve.ts'
import { REASON_LENGTHS } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { isPot, type Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { cycleById, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { projectsOf } from '../store/projects.ts'
import { changeOf, insertResultChange, resultChangesOf, type StoredChange } from '../store/result-changes.ts'
import { setStanding } from '../store/works.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import type { Project } from './list-projects.ts'
import { openedRules } from './opened-rules.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { readResult, type ReadResultProblem } from './read-result.ts'
import { readPlace } from './read-place.ts'
import { mayKeepWorks, type WorkAt } from './read-works.ts'
import { transact } from './transact.ts'

export type ChangeAct = Extract<JointAct, { kind: 'result-change' }>

export type ChangeProblem =
  | ReadResultProblem
  | { kind: 'no-such-work' }
  /** Who did not win does not drop out, what costs more is no saving, and a winner is not paid for outside. */
  | { kind: 'no-sense' }
  | { kind: 'bad-length'; least: number; most: number }

export type ProposeChangeProblem = ProposeProblem | ChangeProblem

/** `cost`: whole tenge, of what became cheaper. `reason`: for everybody, in both official languages. */
export interface ChangeWish {
  change: ResultChange['kind']
  cost?: number
  reason: Localised
}

/** A pot after its vote. */
export interface PotStanding {
  territory: number
  pot: Pot
  /** The frozen list. */
  projects: Project[]
  after: AfterVote
  /** What was changed of it, in its order. */
  changes: StoredChange[]
}

/** Where every project of a pot stands, from the frozen rules, the published count and the changes alone. */
export async function readStanding(
  app: App,
  tx: Tx,
  { cycle, territory, pot }: { cycle: number; territory: number; pot: Pot },
  more: readonly ResultChange[] = [],
): Promise<Result<PotStanding, ReadResultProblem>> {
  const published = await readResult(app, cycle, territory, pot)
  if (!published.ok) return published
  const stored = await cycleById(tx, cycle)
  const rules = stored && (await openedRules(app, stored))
  if (!rules?.ok) return fail({ kind: 'not-published' })
  const { rule, after } = rules.value
  const { count, projects } = published.value
  const changes = (await resultChangesOf(tx, cycle)).filter(
    (one) => one.territory === territory && one.pot === pot,
  )
  const done = afterVote(
    {
      projects,
      count,
      reserve: after?.reserve ?? 'none',
      conflicts: 'conflicts' in rule ? rule.conflicts : undefined,
    },
    [...changes.map(changeOf), ...more],
  )
  return ok({ territory, pot, projects, after: done, changes })
}

/** What waits, moved up, dropped out or is paid for outside in each pot of a cycle. */
export async function readStandings(
  app: App,
  cycle: number,
  territories: readonly { territory: number; pots: readonly { pot: string }[] }[],
): Promise<PotStanding[]> {
  const found: PotStanding[] = []
  for (const { territory, pots } of territories)
    for (const { pot } of pots) {
      const one = isPot(pot) ? await readStanding(app, app.db, { cycle, territory, pot }) : undefined
      if (one?.ok) found.push(one.value)
    }
  return found
}

/** Projects of a village that did not win and are not built, for whoever may keep works there; undefined for others. */
export async function notBuilt(
  app: App,
  account: number,
  { cycle, territory }: { cycle: number; territory: number },
): Promise<Project[] | undefined> {
  if (!(await mayKeepWorks(app, account, territory))) return undefined
  const place = await readPlace(app, cycle, territory)
  const standings = place ? await readStandings(app, cycle, [place]) : []
  return standings.flatMap(({ projects, after }) =>
    projects.filter(
      ({ id, withdrawn }) => !withdrawn && ['waiting', 'out'].includes(after.standing.get(id) ?? ''),
    ),
  )
}

export const proposeChange = (
  app: App,
  at: WorkAt,
  { change, cost, reason }: ChangeWish,
  by: number,
): Promise<Result<Proposed, ProposeChangeProblem>> =>
  transact<Proposed, ProposeChangeProblem>(app, async (tx) => {
    const [least, most] = REASON_LENGTHS
    const words = { kk: reason.kk.trim(), ru: reason.ru.trim() }
    if (Object.values(words).some(({ length }) => length < least || length > most))
      return fail({ kind: 'bad-length', least, most })
    const act: ChangeAct = {
      kind: 'result-change',
      ...at,
      change,
      ...(change === 'cheaper' ? { cost: cost ?? 0 } : {}),
      reason: words,
    }
    const checked = await checkChange(app, tx, act)
    return checked.ok ? proposeAct(app, tx, act, by) : checked
  })

interface Checked {
  project: string
  standing: PotStanding
}

async function checkChange(app: App, tx: Tx, act: ChangeAct): Promise<Result<Checked, ChangeProblem>> {
  const project = (await projectsOf(tx, act.cycle, act.territory)).find(({ number }) => number === act.number)
  if (!project) return fail({ kind: 'no-such-work' })
  const { id, pot } = project
  const more: ResultChange =
    act.change === 'cheaper' ? { kind: act.change, id, cost: act.cost ?? 0 } : { kind: act.change, id }
  const standing = await readStanding(app, tx, { ...act, pot }, [more])
  if (!standing.ok) return standing
  const { after, changes } = standing.value
  return after.senseless.includes(changes.length)
    ? fail({ kind: 'no-sense' })
    : ok({ project: id, standing: standing.value })
}

/** In the transaction of the confirmation, which holds the cycle: of two changes at once the second is checked against the first. */
export async function changeResult(
  app: App,
  tx: Tx,
  act: ChangeAct,
  { by, second }: BothOfficials,
): Promise<Result<void, ChangeProblem>> {
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (!cycle) return fail({ kind: 'no-such-work' })
  const checked = await checkChange(app, tx, act)
  if (!checked.ok) return checked
  const { project, standing } = checked.value
  const at = await clock(tx)
  const n = (await resultChangesOf(tx, cycle.id)).length + 1
  const { change: kind, cost = null, reason } = act
  await insertResultChange(tx, cycle.id, { n, project, kind, cost, reason, at })
  await appendLeaf(app, tx, cycle.id, {
    kind: 'result-changed',
    at,
    cycle: cycle.slug,
    village: String(act.territory),
    project: act.number,
    change: kind,
    ...(cost === null ? {} : { cost }),
    reason: reasonHash(reason),
    by: markOf(app, by),
    second: markOf(app, second),
  })
  for (const [id, now] of standing.after.standing)
    if (now === 'elected' || now === 'reserve' || now === 'outside' || now === 'dropped')
      await setStanding(tx, { cycle: cycle.id, project: id }, now)
  return ok(undefined)
}
