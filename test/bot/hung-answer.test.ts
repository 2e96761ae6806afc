// A call that never comes to an end, a question to a store that was lost with its connection, keeps nobody from their own chat.
import { expect, test } from 'vitest'
import { createPipeline } from '../../src/bot/updates.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { PATIENCE_MS } from '../support/patience.ts'

test('an answer that hangs is given up, and the next update of the same person is served', async () => {
  const lines: string[] = []
  const served: number[] = []
  const pipeline = createPipeline({
    session: memorySession(),
    log: createLog('info', (line) => lines.push(line)),
    metrics: createMetrics(false),
    ready: async () => {},
    giveUp: async () => undefined,
    handle: async ({ update_id }, behind) => {
      served.push(update_id)
      if (update_id === 1) behind.screens.push(() => new Promise(() => {}))
      return undefined
    },
    watchdogMs: 200,
    waitMs: PATIENCE_MS,
  })
  const from = { id: 7, is_bot: false, first_name: 'Айгүл' }
  const update = (update_id: number) => ({
    update_id,
    inline_query: { id: '1', from, query: '', offset: '' },
  })
  await pipeline.process(update(1))
  await pipeline.process(update(2))
  await pipeline.idle()
  expect(served).toEqual([1, 2])
  expect(lines.filter((line) => line.includes('an answer hangs'))).toHaveLength(1)
})
