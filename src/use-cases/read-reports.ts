// Reports of pressure and of votes that are bought, for the auditors of the vote alone: the newest first.
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById } from '../store/cycles.ts'
import { type PressureReport, reportsOf } from '../store/pressure.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'

export type { PressureReport }

export async function readReports(
  app: App,
  cycle: number,
  by: Actor,
): Promise<Result<PressureReport[], NotAllowed | { kind: 'no-such-cycle' }>> {
  if (!(await cycleById(app.db, cycle))) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, app.db, by, 'read-signals', cycle))) return fail({ kind: 'not-allowed' })
  return ok(await reportsOf(app.db, cycle))
}
