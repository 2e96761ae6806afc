// What an acknowledgement carries: the end of a press's clock, which nobody waits for. Everything with words goes by a call of its own.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Update } from 'grammy/types'
import { menuButton } from '../../src/bot/buttons.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
beforeAll(async () => {
  app = await testApp('carried')
  await withClassifier(app)
  cycle = await smallCycle(app, 'carried', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app)
})
afterEach(async () => {
  await fleet.room.control('DELETE', 'faults')
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

let last = 900_000
async function menuOf(name: string): Promise<Resident> {
  const ann = await fleet.resident(name, { cycle: cycle.id, territory: cycle.villages[0] as number }, 'kk')
  await ann.tells('/menu')
  return ann
}
async function pressed(ann: Resident, data: string): Promise<Update> {
  const { message_id } = (await ann.sees()).messages.at(-1)
  const from = { id: ann.id, is_bot: false, first_name: 'Айгүл' }
  const chat = { id: ann.id, type: 'private', first_name: 'Айгүл' }
  const message = { message_id, date: 1_700_000_000, chat, text: '…' }
  return {
    update_id: ++last,
    callback_query: { id: `press-${last}`, from, chat_instance: '1', data, message },
  } as Update
}
const callsTo = async (method: string): Promise<number> =>
  (await fleet.room.control('GET', 'stats')).calls[method] ?? 0

test('a press that only stops its clock is answered by its acknowledgement, and by no call', async () => {
  const ann = await menuOf('Айгүл')
  const before = await callsTo('answerCallbackQuery')
  const carried = await fleet.first.pipeline.process(await pressed(ann, menuButton.pack({})), true)
  await fleet.first.pipeline.idle()
  expect(carried).toEqual({ method: 'answerCallbackQuery', callback_query_id: `press-${last}` })
  expect(await callsTo('answerCallbackQuery')).toBe(before)
})

test('where nobody reads the acknowledgement, the same press is answered by a call', async () => {
  const ann = await menuOf('Ерлан')
  const before = await callsTo('answerCallbackQuery')
  expect(await fleet.first.pipeline.process(await pressed(ann, menuButton.pack({})))).toBeUndefined()
  await fleet.first.pipeline.idle()
  expect(await callsTo('answerCallbackQuery')).toBe(before + 1)
})

test('words in a box never ride on an acknowledgement: whether they arrived must be known', async () => {
  const ann = await menuOf('Татьяна')
  const before = await callsTo('answerCallbackQuery')
  expect(await fleet.first.pipeline.process(await pressed(ann, 'dk:of:another:time'), true)).toBeUndefined()
  await fleet.first.pipeline.idle()
  expect(await callsTo('answerCallbackQuery')).toBe(before + 1)
})

test('through the webhook every press in a chat ends its clock', async () => {
  const ann = await menuOf('Ann')
  await ann.taps(ann.t('start.change-village.button'))
  expect((await ann.sees()).open_callbacks).toBe(0)
})
