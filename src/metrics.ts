// Counters and timings for /metrics.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

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
    handling: new Histogram({
      name: 'dauys_update_seconds',
      help: 'From receiving an update to its acknowledgement',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    casts: new Counter({
      name: 'dauys_casts_total',
      help: 'Sends by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    calls: new Counter({
      name: 'dauys_api_calls_total',
      help: 'Calls to the Bot API by outcome',
      labelNames: ['method', 'outcome'],
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
