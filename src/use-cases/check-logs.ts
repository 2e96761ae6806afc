// Reads every log of a database against its secrets and tables, as count and publication do, and changes nothing.
import type { Fault } from '../core/audit/trusted/fault.ts'
import type { Result } from '../core/result.ts'
import { allCycles, type Cycle } from '../store/cycles.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import type { App } from './app.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { roleFaults } from './read-history.ts'
import { resultRows } from './result-rows.ts'
import { type HeadFault, trustedHead } from './trusted-head.ts'
import { onTrustedLog, readCycle, type ReadingProblem } from './trusted-reading.ts'

export interface CheckedLog {
  /** Short name of a cycle, or `installation`. */
  log: string
  /** Acts under the last signed head; 0 before the first. */
  acts: number
  /** Empty: all of it holds. */
  faults: (Fault | HeadFault)[]
  /** Secrets of a cycle that were taken away, perhaps on purpose, by their files. */
  missing: string[]
}

/** The installation's log, then the cycles' from the newest. */
export async function checkLogs(app: App): Promise<CheckedLog[]> {
  const looking = onlyLooking(app)
  const own = await checked(looking, INSTALLATION_LOG, 'installation', () => roleFaults(looking))
  const all = [own]
  for (const cycle of await allCycles(app.db)) {
    const secrets = await readCycleSecrets(looking, cycle)
    const one = await checked(looking, cycle.id, cycle.slug, () => cycleFaults(looking, cycle))
    const frozen = cycle.publicKey !== undefined
    all.push({ ...one, missing: frozen ? secrets.wrong.map(({ file }) => file) : [] })
  }
  return all
}

/** A file of a last head that is behind is left as it is. */
const onlyLooking = (app: App): App => ({ ...app, secrets: { ...app.secrets, keepHead: async () => {} } })

async function checked(
  app: App,
  id: number,
  log: string,
  faultsOf: () => Promise<(Fault | HeadFault)[]>,
): Promise<CheckedLog> {
  const head = await trustedHead(app, id)
  const faults = head.ok ? await faultsOf() : [head.problem]
  return { log, acts: (head.ok && head.value?.size) || 0, faults, missing: [] }
}

async function cycleFaults(app: App, cycle: Cycle): Promise<(Fault | HeadFault)[]> {
  const read: Result<unknown, ReadingProblem> = await onTrustedLog(app, cycle.id, async (tx, tip) =>
    readCycle(app, tx, cycle, tip, {
      secrets: await readCycleSecrets(app, cycle),
      results: await resultRows(app, tx, cycle),
    }),
  )
  if (read.ok || read.problem.kind === 'not-sequenced') return []
  return read.problem.kind === 'log' ? read.problem.faults : [read.problem.fault]
}
