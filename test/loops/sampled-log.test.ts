// What an outage says: the first of a kind at once, then how many more there were; what names one thing is never left out.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from '../../src/log.ts'
import { sampledLog } from '../../src/program/sampled-log.ts'

const lines: Record<string, unknown>[] = []
const sampled = () =>
  sampledLog(createLog('info', (line) => lines.push(JSON.parse(line) as Record<string, unknown>)))
beforeEach(() => {
  lines.length = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('a thousand failures of twenty seconds are three lines that say how many there were', () => {
  const log = sampled()
  for (let n = 0; n < 1_000; n++) {
    log.warn('update comes again', { error: 'PostgresError', code: 'ECONNREFUSED', update_id: n, attempt: 1 })
    vi.advanceTimersByTime(20)
  }
  expect(lines.map(({ update_id, more }) => [update_id, more])).toEqual([
    [0, undefined],
    [499, 499],
    [999, 500],
  ])
  // Over: nothing is told of what did not happen.
  vi.advanceTimersByTime(60_000)
  expect(lines).toHaveLength(3)
  log.warn('update comes again', { error: 'PostgresError', code: 'ECONNREFUSED', update_id: 7, attempt: 1 })
  expect(lines).toHaveLength(4)
})

test('another error, another loop or another cycle is another kind', () => {
  const log = sampled()
  for (const code of ['ECONNREFUSED', '57P03', 'ECONNREFUSED']) log.warn('update comes again', { code })
  for (const loop of ['delivery', 'redraw', 'redraw']) log.warn('a loop failed', { loop, failures: 3 })
  for (const cycle of ['a', 'b']) log.warn('many wrong codes', { cycle, wrong: 21 })
  expect(lines.map(({ code, loop, cycle }) => code ?? loop ?? cycle)).toEqual([
    'ECONNREFUSED',
    '57P03',
    'delivery',
    'redraw',
    'a',
    'b',
  ])
})

test('an update that was given up, and a code that a person was shown, are never left out', () => {
  const log = sampled()
  for (let n = 0; n < 5; n++) log.error('update set aside', { update_id: n, cause: 'slow' })
  for (let n = 0; n < 5; n++) log.info('a phase began', { cycle: 'demo' })
  expect(lines).toHaveLength(10)
})

test('what was only counted is told at the stop', () => {
  const log = sampled()
  for (let n = 0; n < 4; n++) log.warn('answer lost', { update_id: n })
  log.flush()
  log.flush()
  expect(lines.map(({ more }) => more)).toEqual([undefined, 3])
})
