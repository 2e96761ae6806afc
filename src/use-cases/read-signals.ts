// What an auditor should look at in a vote: bursts, clerks, facilitators, links and phones behind most of a village, wrong codes. Numbers only; nothing follows by itself.
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Signal, standsOut } from '../core/signals.ts'
import { cycleById } from '../store/cycles.ts'
import { knownTerritories } from '../store/territories.ts'
import { busiestFacilitators } from '../store/assist.ts'
import { busiestClerks, busiestHours, onlineVotes, type OnlineVotes, wrongHours } from '../store/signals.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { type Cycle, listCycles } from './list-cycles.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'

/** In the order of the villages' names as stored, wrong codes last. */
export async function readSignals(
  app: App,
  cycle: number,
  by: Actor,
): Promise<Result<Signal[], NotAllowed | { kind: 'no-such-cycle' }>> {
  const stored = await cycleById(app.db, cycle)
  if (!stored) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, app.db, by, 'read-signals', cycle))) return fail({ kind: 'not-allowed' })
  const [places, hours, clerks, helpers, online, wrong] = await Promise.all([
    knownTerritories(app.db, cycle),
    busiestHours(app.db, cycle),
    busiestClerks(app.db, cycle),
    busiestFacilitators(app.db, cycle),
    onlineVotes(app.db, cycle),
    wrongHours(app.db, cycle),
  ])
  const signals = places.flatMap(({ territory, name }): Signal[] => {
    const here = (one: { territory: number }) => one.territory === territory
    const bursts = hours.filter(here).filter(({ votes, of }) => standsOut(votes, of))
    const helping = helpers.filter(here).filter(({ votes, of }) => standsOut(votes, of))
    const busy = clerks.filter(here).filter(({ rows, of }) => standsOut(rows, of))
    return [
      ...bursts.map(({ hour, votes, of }) => ({ kind: 'burst' as const, name, hour, votes, of })),
      ...busy.map(({ rows, of }) => ({ kind: 'clerk' as const, name, rows, of })),
      ...helping.map(({ votes, of }) => ({ kind: 'facilitator' as const, name, votes, of })),
      ...online.filter(here).flatMap((one) => ofOnline(stored, name, one)),
    ]
  })
  return ok([...signals, ...wrong.map((one) => ({ kind: 'wrong-codes' as const, ...one }))])
}

function ofOnline(
  { id, maxPeople }: Cycle,
  name: Localised,
  { territory, of, link, byLink, accounts, byFull }: OnlineVotes,
): Signal[] {
  const [, project] = new RegExp(`^p_${id}_${territory}_(\\d{1,9})$`).exec(link ?? '') ?? []
  return [
    ...(link !== null && standsOut(byLink, of)
      ? [
          {
            kind: 'link' as const,
            name,
            link,
            ...(project !== undefined && { project: Number(project) }),
            votes: byLink,
            of,
          },
        ]
      : []),
    ...(standsOut(byFull, of)
      ? [{ kind: 'full-accounts' as const, name, accounts, people: maxPeople, votes: byFull, of }]
      : []),
  ]
}

/** The cycles whose signals this account may read, newest first; drafts have none. */
export async function signalCycles(app: App, account: number): Promise<Cycle[]> {
  const may: Cycle[] = []
  for (const cycle of await listCycles(app))
    if (cycle.phase !== 'draft' && (await mayActInCycle(app, app.db, account, 'read-signals', cycle.id)))
      may.push(cycle)
  return may
}
