// Counters and timings for /metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** A registry of its own for each program: nothing is shared between two in one process. */
export function createMetrics(withDefaults = true) {
  const registry = new Registry()
  if (withDefaults) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    updates: new Counter({
      name: 'dauys_updates_total',
      help: 'Updates by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    setAside: new Counter({
      name: 'dauys_set_aside_total',
      help: 'Updates given up, by what ended their last try: too slow, a fault, or the end of the program',
      labelNames: ['cause'],
      registers,
    }),
    handling: new Histogram({
      name: 'dauys_update_seconds',
      help: 'From receiving an update to its acknowledgement',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    casts: new Counter({
      name: 'dauys_casts_total',
      help: 'Sends by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    claims: new Counter({
      name: 'dauys_claims_total',
      help: 'Codes and contacts by what came of them',
      labelNames: ['outcome'],
      registers,
    }),
    calls: new Counter({
      name: 'dauys_api_calls_total',
      help: 'Calls to the Bot API by outcome',
      labelNames: ['method', 'outcome'],
      registers,
    }),
    ownsTables: new Gauge({
      name: 'dauys_login_owns_tables',
      help: '1 while the login that serves owns the tables or may make itself their owner',
      registers,
    }),
    brokenResults: new Counter({
      name: 'dauys_broken_results_total',
      help: 'Looks at a stored result that is not what the log published, by fault',
      labelNames: ['fault'],
      registers,
    }),
    telegramAway: new Gauge({
      name: 'dauys_telegram_away',
      help: '1 while this replica has no answer from Telegram',
      registers,
    }),
    answersLost: new Counter({
      name: 'dauys_answers_lost_total',
      help: 'Calls that should have answered a person and did not, by reason; a lost screen comes again',
      labelNames: ['reason'],
      registers,
    }),
    redraws: new Counter({
      name: 'dauys_redraws_total',
      help: 'Screens that were drawn again, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'dauys_deliveries_total',
      help: 'Deliveries by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  }
}
