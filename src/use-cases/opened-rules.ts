// The rules of a cycle as the leaf of its opening has them: what a result is shown with, never what a table says by now.
import type { Rules } from '../core/audit/rules.ts'
import type { RulesFault } from '../core/audit/trusted/fault.ts'
import { openedFault } from '../core/audit/trusted/shown.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Cycle } from '../store/cycles.ts'
import { leavesOfKind } from '../store/log.ts'
import type { App } from './app.ts'
import { cycleRules } from './cycle-rules.ts'
import { shownTerms } from './result-rows.ts'

/** Titles, numbers, costs, budgets. They cannot change any more, so they are held against the leaf once and kept. */
export async function openedRules(app: App, cycle: Cycle): Promise<Result<Rules, RulesFault>> {
  const known = app.opened.get(cycle.id)
  if (known) return ok(known)
  const { publicKey: key, seedCommitment: seed } = cycle
  if (key === undefined || seed === undefined) return fail({ kind: 'opening-missing' })
  const [leaves, rules] = await Promise.all([
    leavesOfKind(app.db, cycle.id, 'opened'),
    cycleRules(app.db, cycle, { key, seed }),
  ])
  const fault = openedFault(shownTerms(app, cycle), leaves, rules)
  if (fault) return fail(fault)
  app.opened.set(cycle.id, rules)
  return ok(rules)
}
