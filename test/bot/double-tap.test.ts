// A hand that shakes: a double tap is one press, and what stands there afterwards is what the first tap did.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cycleById } from '../../src/store/cycles.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import { NO_HURRY } from '../support/patience.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({
    seed: 'double taps',
    pace: { ...NO_HURRY, doubleTapS: 2 },
    cycle: { villages: [{ name: MAKANSHY, projects: 3, cards: 4 }] },
  })
})
afterAll(() => bot.stop())

/** Both taps are on their way before the first is answered. Returns the screen. */
async function tapsTwice(person: Person, label: string): Promise<string> {
  const press = { text: label, message_id: person.screen().id }
  const sent = [1, 2].map(() => bot.control('POST', `people/${person.id}/press`, press))
  for (const { update_id } of await Promise.all(sent)) await bot.settled(Number(update_id))
  await person.refresh()
  return person.screen().text
}

async function voter(): Promise<Person> {
  const [village] = bot.cycle.villages
  const card = village.cards.pop()
  const person = await bot.resident('ru', village)
  await person.taps('Голосовать')
  await person.says(card?.code ?? '')
  await person.sees('Отмечено: 0 из 3')
  return person
}

test('a project that is tapped twice is marked, and one that is unmarked with two taps stays so', async () => {
  const person = await voter()
  const [first = ''] = person.screen().buttons.flat()
  expect(first).toMatch(/^▫️/)
  expect(await tapsTwice(person, first)).toContain('Отмечено: 1 из 3')
  const [marked = ''] = person.screen().buttons.flat()
  expect(marked).toMatch(/^✅/)
  expect(await tapsTwice(person, marked)).toContain('Отмечено: 0 из 3')
})

test('the same button of an older screen keeps the mark', async () => {
  const person = await voter()
  const old = person.screen().id
  const [first = ''] = person.screen().buttons.flat()
  await person.says('да')
  await person.sees('Ваш голос ещё не отправлен')
  await person.taps(first, { message_id: person.screen().id })
  await person.sees('Отмечено: 1 из 3')
  await person.taps(first, { message_id: old })
  await person.sees('Отмечено: 1 из 3')
})

test('an official who taps a step twice reads that it was taken, not that somebody was faster', async () => {
  const official = await bot.resident('ru')
  must(await grantRole(bot.app, { account: official.id, role: 'official' }, 'command'))
  await official.says('/manage')
  await official.taps(/^Бюджет села: голосование$/)
  await official.taps('Продлить голосование')
  await official.taps('3 дня')
  const before = (await cycleById(bot.app.db, bot.cycle.id))?.timeline.counting
  const told = await tapsTwice(official, 'Да, продлить')
  expect(told).toContain('Продлено. Новый последний срок')
  expect(told).not.toContain('раньше вас')
  expect((await cycleById(bot.app.db, bot.cycle.id))?.timeline.counting).not.toBe(before)

  // Behind other presses the same button is asked again, and answered.
  await official.taps('Продлить голосование')
  await official.taps('3 дня')
  expect(await tapsTwice(official, 'Да, продлить')).toContain('Продлено. Новый последний срок')
})

test('a report of pressure that is sent with two taps reads as sent, and is sent once', async () => {
  const person = await bot.resident('ru')
  await person.says('/help')
  await person.taps('Сообщить о давлении или подкупе')
  await person.says('За голос дают пять тысяч.')
  await person.sees('Отправить?')
  const told = await tapsTwice(person, 'Отправить аудиторам')
  expect(told).toContain('Отправлено. Это увидят только аудиторы.')
  expect(told).not.toContain('не сохранилось')
  const sent = await bot.app.db.sql`select 1 from pressure_report`
  expect(sent).toHaveLength(1)
})
