// The session store in memory keeps the same promises as Redis, and its time limits follow the given clock.
import { expect, test } from 'vitest'
import { memorySession } from '../../src/session/memory.ts'
import { conformance } from './conformance.ts'

const DAY = 24 * 3_600_000

let clock = Date.parse('2026-03-01T00:00:00Z')
const now = () => clock

conformance('memory', true, {
  // Each bot is a process of its own.
  open: async ({ holdMs } = {}) => memorySession(now, holdMs === undefined ? {} : { holdMs }),
  pass: async (ms) => {
    clock += ms
  },
  // All that memory can hold for 30 days has lapsed: what a restart does to it.
  lose: async () => {
    clock += 30 * DAY
  },
})

test('marks live seven days after the last change', async () => {
  const session = memorySession(now)
  await session.setMarks('aigul', 'b1', ['well'])
  clock += 6 * DAY
  await session.setMarks('aigul', 'b1', ['road'])
  clock += 6 * DAY
  expect(await session.marks('aigul', 'b1')).toEqual(['road'])
  clock += DAY
  expect(await session.marks('aigul', 'b1')).toBeUndefined()
})

test('an update is remembered for the day in which Telegram may bring it again', async () => {
  const session = memorySession(now)
  await session.begin('aigul', 1, 0)
  await session.commit('aigul', 1)
  await session.release('aigul')
  clock += DAY - 1
  expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'seen' })
  clock += 1
  expect(await session.begin('aigul', 1, 0)).toMatchObject({ state: 'mine' })
})

test('what the store was given may be changed afterwards by its owner', async () => {
  const session = memorySession(now)
  const marks = ['well']
  await session.setMarks('aigul', 'b1', marks)
  marks.push('road')
  expect(await session.marks('aigul', 'b1')).toEqual(['well'])
})
