// What people sent is handed out by file id: whole, or not at all; Telegram being away is told apart from a file that is gone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '../../src/bot/api.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { openRoom, type Room } from '../sandbox/room.ts'

const VOICE = Buffer.from('OggS and a voice')
let room: Room
let client: Client
let file: string
beforeAll(async () => {
  room = await openRoom()
  client = createClient(room.sandbox.token, room.sandbox.url, memorySession(), createMetrics(false))
  const someone = await room.person('Айгүл')
  await someone.sends({ voice: VOICE.toString('base64'), duration: 3 })
  const [{ message }] = await room.updates()
  file = message.voice.file_id
})
afterAll(async () => {
  await client.close()
  await room.close()
})

test('a file comes whole', async () => {
  expect(Buffer.from((await client.download(file, 1000)) ?? []).equals(VOICE)).toBe(true)
})

test('one that is larger than is wanted, a foreign id and a forgotten file come not at all', async () => {
  expect(await client.download(file, VOICE.length - 1)).toBeUndefined()
  expect(await client.download('AgACnobody', 1000)).toBeUndefined()
  const huge = await room.person('Болат')
  await huge.sends({ voice: VOICE.toString('base64'), duration: 3, file_size: 30 << 20 })
  const [{ message }] = await room.updates()
  expect(await client.download(message.voice.file_id, 1000)).toBeUndefined()
})

test('where Telegram is away it is said so, and the file is there afterwards', async () => {
  await room.control('POST', 'faults', { method: 'getFile', kind: '500', times: 0 })
  await expect(client.download(file, 1000)).rejects.toThrow()
  await room.control('DELETE', 'faults')
  expect((await client.download(file, 1000))?.length).toBe(VOICE.length)
})
