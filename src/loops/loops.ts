// All loops of a replica, started and stopped together.
import type { DeliveryParts } from './delivery.ts'
import { startDelivery, startHealing } from './delivery.ts'
import { startPhaseClock } from './phase-clock.ts'
import { startSequencer } from './sequencer.ts'

/** Each loop runs under its lease, so that one replica of the fleet does the work; deliveries are claimed row by row. */
export function startLoops(parts: DeliveryParts & { holder: string }): { stop(): Promise<void> } {
  const { app, log, holder } = parts
  const loops = [
    startSequencer({ app, log, holder, intervalMs: 500 }),
    startPhaseClock({ app, log, holder, intervalMs: 1000 }),
    startDelivery(parts),
    startHealing(parts),
  ]
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
