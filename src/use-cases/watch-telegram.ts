// Notes whether Telegram answers. Time without it is measured for all replicas together; enough of it before a close moves that close, once.
import { closeAfterAway, LEAST_AWAY, type Outage } from '../core/trust-terms.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate, cyclesUnderway, setPhaseStart } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueueForCycle } from '../store/deliveries.ts'
import { haltsOf } from '../store/halts.ts'
import { awaysOf, type Failing, failingForUpdate, insertAway, noteFailing } from '../store/telegram-away.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'

/** A replica asks at least so often. Milliseconds. */
export const ASK_TELEGRAM_MS = 15_000
/** Whoever did not ask for longer than this stood still itself: what lies between is not counted. */
const SILENT_MS = 4 * ASK_TELEGRAM_MS

/** `closesAt`: where the close of a vote was moved to just now. */
export interface NotedAway {
  cycle: string
  outage: Outage
  closesAt: string | undefined
}

/**
 * `answered`: whether this replica had an answer from Telegram just now. One that has ends the outage of all. What was lost is counted
 * between the first and the last question without an answer, never more; it gets its leaf when the outage ends, or as soon as it moves a close.
 */
export const watchTelegram = (app: App, answered: boolean): Promise<NotedAway[]> =>
  app.db.begin(async (tx) => {
    const outage = await note(tx, answered)
    const noted: NotedAway[] = []
    for (const { id, phase } of outage ? await cyclesUnderway(tx) : []) {
      const one = outage && phase === 'voting' ? await record(app, tx, id, outage, answered) : undefined
      if (one) noted.push(one)
    }
    return noted
  })

/** What is known of the outage so far; undefined where there is none. */
async function note(tx: Tx, answered: boolean): Promise<Outage | undefined> {
  const before = await failingForUpdate(tx)
  if (answered) {
    if (before) await noteFailing(tx, undefined)
    return before && outageOf(before)
  }
  const now = await clock(tx)
  const stood = before && Date.parse(now) - Date.parse(before.last) > SILENT_MS
  const failing = { since: before && !stood ? before.since : now, last: now }
  await noteFailing(tx, failing)
  return outageOf(failing)
}

const outageOf = ({ since, last }: Failing): Outage | undefined =>
  Date.parse(last) - Date.parse(since) >= LEAST_AWAY ? { from: since, until: last } : undefined

/** `over`: it ended; one that goes on is written down only where it moves the close. */
async function record(
  app: App,
  tx: Tx,
  id: number,
  outage: Outage,
  over: boolean,
): Promise<NotedAway | undefined> {
  const cycle = await cycleForUpdate(tx, id)
  const { voting, counting: closesAt } = cycle?.timeline ?? {}
  const terms = cycle?.trustTerms.away
  if (!cycle || !terms || cycle.phase !== 'voting' || cycle.halt || !closesAt) return undefined
  const at = await clock(tx)
  if (Date.parse(at) >= Date.parse(closesAt)) return undefined
  const before = await awaysOf(tx, id)
  const begins = [outage.from, voting, before.at(-1)?.until, (await haltsOf(tx, id)).at(-1)?.until]
  const from = latest(begins.filter((moment) => typeof moment === 'string'))
  const one = { from, until: outage.until }
  const lost = Date.parse(one.until) - Date.parse(from)
  const moved = before.some((row) => row.closesAt !== null)
  const later = moved || lost <= 0 ? undefined : closeAfterAway(terms, closesAt, [...before, one])
  if (!later && !(over && lost >= LEAST_AWAY)) return undefined
  await insertAway(tx, id, { ...one, closesAt: later ?? null })
  await appendLeaf(app, tx, id, {
    kind: 'telegram-away',
    at,
    cycle: cycle.slug,
    ...one,
    ...(later && { closes_at: later }),
  })
  if (later) {
    await setPhaseStart(tx, id, 'counting', later)
    await enqueueForCycle(
      tx,
      id,
      { kind: 'extended', closesAt: later, away: true },
      `extended:${id}:${later}`,
    )
  }
  return { cycle: cycle.slug, outage: one, closesAt: later }
}

const latest = (moments: readonly string[]): string =>
  new Date(Math.max(...moments.map((moment) => Date.parse(moment)))).toISOString()
