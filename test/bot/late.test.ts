// After the close every way in says closed, with its time, and nothing is claimed.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { voteButton } from '../../src/bot/buttons.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import type { Person } from '../support/person.ts'
import { letClose } from '../support/cycle.ts'

const CLOSED = /Голосование завершено: \d+ [а-я]+, \d\d:\d\d\. Голоса, пришедшие позже, не считаются\./
let bot: TestBot
let late: Person
let marked: Person
let asking: Person
beforeAll(async () => {
  bot = await startBot({ seed: 'late' })
  late = await bot.resident('ru')
  asking = await bot.resident('ru')
  await asking.taps('Голосовать')
  await asking.sees('Введите 16 цифр')
  marked = await bot.resident('ru')
  await marked.says(bot.envelope().code)
  await marked.taps(/^▫️/)
  await marked.taps('Проверить')
})
afterAll(() => bot.stop())

const claims = async (): Promise<number> => {
  const [row] = await bot.app.db.sql<{ n: number }[]>`select count(*)::int as n from claim`
  return row?.n ?? -1
}

test.each(['before the phase has moved', 'while it is counted', 'once it is published'] as const)(
  'whoever comes late, %s, hears it at every door',
  async (when) => {
    if (when === 'before the phase has moved') await letClose(bot.app, bot.cycle.id)
    else if (when === 'while it is counted') await bot.close()
    else await bot.publish()
    const before = await claims()
    const [{ territory }] = bot.cycle.villages
    await late.says('/menu')
    expect(late.screen().buttons.flat()).not.toContain('Голосовать')
    await late.pressesRaw(voteButton.pack({ cycle: bot.cycle.id, territory }))
    await late.sees(CLOSED)
    const { code } = bot.envelope()
    await late.says(code)
    await late.sees(CLOSED)
    await late.says(`/start c_${code}`)
    await late.sees(CLOSED)
    const newcomer = await bot.person({ language_code: 'ru' })
    await newcomer.says(`/start c_${code}`)
    await newcomer.taps('Русский')
    await newcomer.sees(CLOSED)
    expect(await claims()).toBe(before)
  },
)

test('who was asked for digits, or had a ballot before them, hears it too', async () => {
  const before = await claims()
  await asking.says(bot.envelope().code)
  await asking.sees(CLOSED)
  await marked.taps('Отправить')
  await marked.sees(CLOSED)
  expect(await claims()).toBe(before)
})
