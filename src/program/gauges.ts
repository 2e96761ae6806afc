// What the stores hold just now, as gauges that are read anew each time somebody asks for the figures.
import { setTimeout as pause } from 'node:timers/promises'
import { Gauge } from 'prom-client'
import { programVersion } from '../beside.ts'
import type { Config } from '../config.ts'
import type { Metrics } from '../metrics.ts'
import { BULK, REPLIES, type Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import { databaseReady } from '../use-cases/database-ready.ts'
import { readFigures } from '../use-cases/read-figures.ts'

/** Whoever asks for figures while a store hangs is told so by then. */
const PATIENCE_MS = 1_800

type Figures = Awaited<ReturnType<typeof readFigures>>

/** Registers the gauges; what it returns reads them, and never throws: `dauys_database_up` is 0 where nothing could be read. `keys`: see Opened. */
export function watchStores(
  { registry }: Metrics,
  app: App,
  session: Pick<Session, 'pausedFor'>,
  config: Config,
  keys: Readonly<Record<string, string>>,
): () => Promise<void> {
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name: `dauys_${name}`, help, labelNames, registers: [registry] })
  const up = gauge('database_up', '1 while PostgreSQL answers and a vote can be written')
  const sessionUp = gauge('session_store_up', '1 while Redis answers')
  const build = gauge('build', 'Always 1; what runs', ['version', 'node', 'mode', 'schema'])
  const key = gauge('key', 'Always 1; the secrets that run, by the first digits of their fingerprints', [
    'name',
    'fingerprint',
  ])
  for (const [name, fingerprint] of Object.entries(keys)) key.set({ name, fingerprint }, 1)
  const version = programVersion()
  const figures: [Gauge, (now: Figures) => number][] = [
    [gauge('leaves_unnumbered', 'Acts in the log without a number'), (now) => now.unnumbered],
    [gauge('leaves_unnumbered_seconds', 'Age of the oldest of them'), (now) => now.unnumberedSeconds],
    [gauge('deliveries_due_seconds', 'How long the oldest due message has waited'), (now) => now.dueSeconds],
    [
      gauge('receipts_unshown', 'Ballots of a day whose receipt nobody was shown'),
      (now) => now.receiptsUnshown,
    ],
  ]
  const deliveries = gauge('deliveries_waiting', 'Messages by state', ['state'])
  const lease = gauge('lease', '1 for whoever runs the loop', ['loop', 'holder'])
  const phase = gauge('phase', '1 for the phase a cycle is in', ['cycle', 'phase', 'trial'])
  const next = gauge('next_phase_seconds', 'Until the next phase; negative: due', ['cycle'])
  const pool = gauge(
    'pool_connections',
    'Connections of the pool that work, and questions that wait for one',
    ['state'],
  )
  const pauses = gauge('pause_seconds', 'Left of a pause that Telegram asked for, over the whole fleet', [
    'of',
  ])
  const wrong = gauge('wrong_codes', 'Codes and contacts of an hour that were refused', ['cycle'])
  const most = gauge('wrong_codes_most', 'More of them are an alarm', ['cycle'])
  const all = [
    ...figures.map(([one]) => one),
    build,
    deliveries,
    lease,
    phase,
    next,
    pool,
    pauses,
    wrong,
    most,
  ]
  return async () => {
    // Before they are asked for figures themselves.
    const busy = app.db.pool()
    const [now, ready, left] = await Promise.all([
      inTime(readFigures(app)),
      inTime(databaseReady(app).then(() => true)),
      inTime(Promise.all([BULK, REPLIES].map((name) => session.pausedFor(name)))),
    ])
    for (const one of all) one.reset()
    up.set(now && ready ? 1 : 0)
    sessionUp.set(left ? 1 : 0)
    if (busy) {
      pool.set({ state: 'in use' }, busy.inUse)
      pool.set({ state: 'waiting' }, busy.waiting)
    }
    if (left) {
      pauses.set({ of: 'announcements' }, (left[0] ?? 0) / 1000)
      pauses.set({ of: 'replies' }, (left[1] ?? 0) / 1000)
    }
    if (!now) return
    for (const [one, value] of figures) one.set(value(now))
    build.set({ version, node: process.versions.node, mode: config.mode, schema: now.schema }, 1)
    for (const [state, count] of Object.entries(now.deliveries)) deliveries.set({ state }, count)
    for (const { name, holder } of now.leases) lease.set({ loop: name, holder }, 1)
    for (const one of now.codes) {
      wrong.set({ cycle: one.cycle }, one.wrong)
      most.set({ cycle: one.cycle }, one.most)
    }
    for (const { cycle, phase: at, trial, nextSeconds } of now.cycles) {
      phase.set({ cycle, phase: at, trial: String(trial) }, 1)
      if (nextSeconds !== undefined) next.set({ cycle }, nextSeconds)
    }
  }
}

/** Undefined for what fails or takes too long. */
const inTime = <V>(asked: Promise<V>): Promise<V | undefined> =>
  Promise.race([asked.catch(() => undefined), pause(PATIENCE_MS, undefined, { ref: false })])
