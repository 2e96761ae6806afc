// All loops of a replica, started and stopped together.
import type { DeliveryParts } from './delivery.ts'
import { startDelivery, startHealing } from './delivery.ts'
import { startPhaseClock } from './phase-clock.ts'
import { startSequencer } from './sequencer.ts'

/**
 * Sequencer and phase clock run under a lease each: one replica of the fleet does the work. Delivery and healing run on every
 * replica: messages are claimed row by row, and a receipt that two replicas heal is queued once.
 */
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
