// Each replica asks Telegram whether it is there, and notes for all of them when it is not.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '../../src/bot/api.ts'
import { createLog } from '../../src/log.ts'
import type { Loop } from '../../src/loops/loop.ts'
import { startTelegramWatch } from '../../src/loops/telegram-watch.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { type TestApp, testApp } from '../support/app.ts'

let app: TestApp
let room: Room
let client: Client
let watch: Loop
beforeAll(async () => {
  app = await testApp('telegram-watch')
  room = await openRoom()
  const metrics = createMetrics(false)
  client = createClient(room.sandbox.token, room.sandbox.url, memorySession(), metrics)
  watch = startTelegramWatch({ app, api: client.bulk, log: createLog('silent'), metrics, every: 100 })
})
afterAll(async () => {
  await watch.stop()
  await client.close()
  await room.close()
  await app.done()
})

const failing = async () => {
  const [row] = await app.db.sql<{ since: Date | null }[]>`select failing_since as since from telegram_watch`
  return row?.since !== null
}

test('an answer that refuses is an answer; an error of Telegram itself or no answer is none', async () => {
  await room.control('POST', 'faults', { method: 'getMe', kind: '500', times: 0 })
  await expect.poll(failing, { timeout: 5000 }).toBe(true)
  await room.control('DELETE', 'faults')
  await room.control('POST', 'faults', { method: 'getMe', kind: '403', times: 0 })
  await expect.poll(failing, { timeout: 5000 }).toBe(false)
  await room.control('DELETE', 'faults')
  await room.control('POST', 'faults', { method: 'getMe', kind: 'drop-request', times: 0 })
  await expect.poll(failing, { timeout: 5000 }).toBe(true)
  await room.control('DELETE', 'faults')
  await expect.poll(failing, { timeout: 5000 }).toBe(false)
})
