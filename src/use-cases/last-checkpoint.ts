// The signed tree head of a cycle's log, as it is published.
import { ok, type Result } from '../core/result.ts'
import { cycleByName } from '../store/cycles.ts'
import type { App } from './app.ts'
import { type HeadFault, headTogether } from './trusted-head.ts'

/** The C2SP note of the last head; undefined when there is no such cycle or nothing is numbered yet. */
export async function lastCheckpoint(app: App, slug: string): Promise<Result<string | undefined, HeadFault>> {
  const cycle = await cycleByName(app.db, slug)
  if (!cycle) return ok(undefined)
  const head = await headTogether(app, cycle.id)
  return head.ok ? ok(head.value?.note) : head
}
