// The picture of a published result, as a resident asks for it in the chat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pictureButton, stepsButton } from '../../src/bot/results/view.ts'
import { GENERAL } from '../../src/core/pot.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, vote, voters } from '../support/cycle.ts'
import type { ChatMessage } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'picture' })
})
afterAll(() => bot.stop())

const data = (territory: number) => pictureButton.pack({ cycle: bot.cycle.id, territory, pot: GENERAL })
const steps = (territory: number) =>
  stepsButton.pack({ cycle: bot.cycle.id, territory, pot: GENERAL, page: 0 })
const photos = async (person: number): Promise<ChatMessage[]> => {
  const { messages } = (await bot.control('GET', `people/${person}/chat?after=-1&timeout=0`)) as {
    messages: (ChatMessage & { photo?: object })[]
  } & Record<string, unknown>
  return messages.filter((message) => message.photo !== undefined)
}

async function publish(): Promise<void> {
  const [first, second] = bot.cycle.villages
  if (!second) throw new Error('a story of two villages')
  for (const [village, count] of [
    [first, 10],
    [second, 9],
  ] as const)
    for (const [at, voter] of (await voters(bot.app, bot.cycle.id, village.territory, count)).entries())
      must(await vote(bot.app, bot.cycle.id, voter, [village.projects[at % 3]?.id ?? '']))
  await bot.close()
  await bot.publish()
}

test('the picture comes once the result is published, in the reader’s language, and is drawn once', async () => {
  const [village, few] = bot.cycle.villages
  const nur = await bot.resident('kk')
  await nur.pressesRaw(data(village.territory))
  await nur.sees('Қорытынды әлі жарияланған жоқ.')
  await publish()
  await nur.says('/menu')
  await nur.taps('Нәтижелер')
  await nur.taps('Суреті')
  await nur.sees(/^Қорытынды: Мақаншы, Мақаншы ауылдық округі/)
  const other = await bot.resident('kk')
  await other.taps('Нәтижелер')
  await other.taps('Суреті')
  await other.sees(/^Қорытынды: Мақаншы/)
  const [[first], [second]] = [await photos(nur.id), await photos(other.id)]
  expect(first).toMatchObject({ photo: { file_id: expect.any(String) } })
  expect(second).toMatchObject({ photo: (first as { photo?: object }).photo })

  const guest = await bot.resident('en', few)
  await guest.taps('Results')
  const { text } = await guest.sees('There are fewer than 10 votes')
  expect(text.match(/\d+ votes?/g)).toEqual(['10 votes'])
  for (const button of ['Picture', 'How was it counted?']) expect(guest.hasButton(button)).toBe(false)
  await guest.pressesRaw(steps(few?.territory ?? 0))
  await guest.sees(/fewer than 10 votes/)
  await guest.pressesRaw(data(few?.territory ?? 0))
  await guest.sees('The result is not published yet.')
  expect(await photos(guest.id)).toEqual([])
})
