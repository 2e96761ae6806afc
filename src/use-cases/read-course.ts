// A cycle as its officials run it: where it stands, what is next, what is in the way, and who did what last.
import { decodeEvent, type EventKind } from '../core/audit/event.ts'
import { PROFILES } from '../core/cycle.ts'
import type { Grant } from '../core/role.ts'
import { type Cycle, cycleById, allCycles } from '../store/cycles.ts'
import { leavesOfKind } from '../store/log.ts'
import { accountsWithRoles } from '../store/roles.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { leafFault } from './leaf-fault.ts'
import { grantActs } from './logged-grants.ts'
import { originOf } from './log-origin.ts'
import { mayActInCycle } from './may-act.ts'
import { type NextStep, previewMove } from './move-phase.ts'

/** Who did it: the account where it still holds or held a role; `clock` or `command` where nobody pressed. */
export interface Done {
  by: number | 'clock' | 'command' | undefined
  /** UTC ISO. */
  at: string
}

export interface Course extends NextStep {
  cycle: Cycle
  /** Two officials must agree where others need one. */
  joint: boolean
}

/** Undefined for whoever runs it not. */
export async function readCourse(app: App, cycleId: number, account: number): Promise<Course | undefined> {
  const step = await previewMove(app, cycleId, account)
  const cycle = step.ok ? await cycleById(app.db, cycleId) : undefined
  return step.ok && cycle
    ? { ...step.value, cycle, joint: PROFILES[cycle.profile].officials === 2 }
    : undefined
}

/** The cycles that this account runs, newest first. A plain read: nobody who moves or votes is waited for. */
export async function ownCycles(app: App, account: number): Promise<Cycle[]> {
  const own: Cycle[] = []
  for (const cycle of await allCycles(app.db))
    if (await mayActInCycle(app, app.db, account, 'move-phase', cycle.id)) own.push(cycle)
  return own
}

/** Whoever did one of these acts of a cycle last, or in this village of it (a territory's id), as the program's own leaves have it. */
export async function lastAct(
  app: App,
  cycle: Pick<Cycle, 'id' | 'slug'>,
  kinds: readonly Exclude<EventKind, 'ballot'>[],
  village?: number,
): Promise<Done | undefined> {
  const origin = originOf(app, cycle.slug)
  const done: { by: string; at: string }[] = []
  for (const kind of kinds)
    for (const leaf of await leavesOfKind(app.db, cycle.id, kind)) {
      const event = leafFault(app, origin, leaf) ? undefined : decodeEvent(leaf.body)
      if (!event?.ok || !('by' in event.value && 'at' in event.value)) continue
      const there = 'village' in event.value ? event.value.village : undefined
      if (village === undefined || there === String(village)) done.push(event.value)
    }
  const last = done.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  return last && doneBy(app, last)
}

/** Who gave or took this role last, as the log has it; undefined where nobody did. */
export async function lastGrantAct(
  app: App,
  { account, role, territory }: Grant & { account: number },
): Promise<Done | undefined> {
  const village = territory === undefined ? undefined : String(territory)
  const acts = await grantActs(app, app.db, accountMark(app, account))
  // What is taken away everywhere is taken away in every village.
  const last = acts.findLast(
    (act) =>
      act.role === role && (act.territory === village || (act.kind === 'revoked' && !('territory' in act))),
  )
  return last && doneBy(app, last)
}

/** `by`: as a leaf has it. */
async function doneBy(app: App, { by, at }: { by: string; at: string }): Promise<Done> {
  if (by === 'clock' || by === 'command') return { by, at }
  const accounts = await accountsWithRoles(app.db)
  return { by: accounts.find((account) => accountMark(app, account) === by), at }
}
