// At a start: roles against the installation's log, published results and the rules they are shown with against theirs. What is found is said; nothing waits for it.
import type { Fault } from '../core/audit/trusted/fault.ts'
import { readInstallation } from '../core/audit/trusted/read-trusted.ts'
import { shownFault } from '../core/audit/trusted/shown.ts'
import { isPublished } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { allCycles, type Cycle } from '../store/cycles.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import { allGrants } from '../store/roles.ts'
import type { Tx } from '../store/db.ts'
import { headsOf, leavesAfter, waitingLeaves } from '../store/trusted.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'
import { grantRow } from './logged-grants.ts'
import { openedRules } from './opened-rules.ts'
import { paged } from './paged.ts'
import { publishedResults, resultRows, shownTerms } from './result-rows.ts'
import { onTrustedLog, type TrustedTip } from './trusted-reading.ts'
import { type HeadFault, logKey } from './trusted-head.ts'

export interface HistoryFaults {
  /** Short name of a cycle, or `installation`. */
  log: string
  faults: (Fault | HeadFault)[]
}

/** Such a row gives no role and is shown to nobody: a start goes on, so that nobody stops a vote by altering an old result. */
export async function readHistory(app: App): Promise<HistoryFaults[]> {
  const found: HistoryFaults[] = [{ log: 'installation', faults: await roleFaults(app) }]
  for (const cycle of await allCycles(app.db))
    if (isPublished(cycle.phase)) found.push({ log: cycle.slug, faults: await resultFaults(app, cycle) })
  return found.filter(({ faults }) => faults.length > 0)
}

/** What is wrong with the installation's own log and the roles that stand on it. */
export async function roleFaults(app: App): Promise<(Fault | HeadFault)[]> {
  const read = await onTrustedLog(app, INSTALLATION_LOG, (tx, tip) => readRoles(app, tx, tip))
  return read.ok ? [] : read.problem
}

async function readRoles(app: App, tx: Tx, tip: TrustedTip): Promise<Result<void, (Fault | HeadFault)[]>> {
  if (!tip.ok) return fail([tip.problem])
  const grants = await allGrants(tx)
  const reading = readInstallation({
    ...logKey(app, originOf(app, 'installation')),
    macKey: app.secrets.leafKey,
    heads: await headsOf(tx, INSTALLATION_LOG),
    signed: tip.value ? [tip.value] : [],
    cycle: undefined,
    grants: grants.map((grant) => grantRow(app, grant)),
    now: await clock(tx),
  })
  await paged(
    (after, limit) => leavesAfter(tx, INSTALLATION_LOG, after, limit),
    ({ seq }) => seq,
    (page) => reading.leaves(page),
  )
  await paged(
    (after, limit) => waitingLeaves(tx, INSTALLATION_LOG, after, limit),
    ({ id }) => id,
    (page) => reading.waiting(page),
  )
  const end = reading.end()
  return end.ok ? ok(undefined) : fail(end.problem)
}

async function resultFaults(app: App, cycle: Cycle): Promise<Fault[]> {
  const rules = await openedRules(app, cycle)
  if (!rules.ok) return [rules.problem]
  const published = await publishedResults(app, cycle)
  if (!published.ok) return [published.problem]
  const rows = await resultRows(app, app.db, cycle)
  return rows.flatMap((row) => shownFault(shownTerms(app, cycle), published.value, row) ?? [])
}
