// A clerk's first time: ten things, ticked by what the database says, the next one opened; then the vote is begun from the chat, once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apartButton } from '../../src/bot/manage/buttons.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { isTold } from '../support/size.ts'

let bot: TestBot
let ayan: Person
let bota: Person
beforeAll(async () => {
  bot = await startBot({
    seed: 'first time',
    cycle: { phase: 'announced', villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] },
  })
  ayan = await bot.resident('ru')
  bota = await bot.resident('ru')
  must(await grantRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
})
afterAll(() => bot.stop())

const phase = async () => (await cycleById(bot.app.db, bot.cycle.id))?.phase

test('the screen says what is done, names the next and how it is done, and ticks it once it is so', async () => {
  await ayan.says('/manage')
  await ayan.taps(/^Бюджет села/)
  await ayan.taps('Десять дел до голосования')
  const first = await ayan.sees('Сделано: 8 из 10.')
  expect(first.text).toContain('1. Второй сотрудник акимата: ещё нет')
  expect(first.text).toContain('10. Карточки выдают: готово')
  expect(first.text).toContain('Дальше: Второй сотрудник акимата.')
  must(await grantRole(bot.app, { account: bota.id, role: 'official' }, 'command'))
  await ayan.taps('Обновить')
  const next = await ayan.sees('Сделано: 9 из 10.')
  expect(next.text).toContain('Дальше: Тренировка.')
  expect(next.text).toContain('dauys demo')
})

test.runIf(isTold('a phase that an official begins in the chat'))(
  'a practice is begun from the chat, read back first; of two officials the slower one is told who was faster',
  async () => {
    for (const one of [ayan, bota]) {
      await one.says('/manage')
      await one.taps(/^Бюджет села/)
      await one.taps('Начать: голосование')
      await one.sees('Этап сменится: «объявлен» → «голосование».')
    }
    expect(await phase()).toBe('announced')
    await ayan.taps('Начать: голосование')
    await ayan.sees('Начат этап: голосование.')
    await bota.taps('Начать: голосование')
    await bota.sees(`Это изменили раньше вас. Сотрудник акимата: ${ayan.id}, время: `)
    expect(await phase()).toBe('voting')
    await ayan.taps('Сколько проголосовали')
    const numbers = await ayan.sees('Все сёла: 0 из 1')
    expect(numbers.text).toContain('Маканчи, Маканчи сельский округ, Маканчинский район: 0 из 1')
  },
)

test('two ideas that are not there are not kept apart', async () => {
  await ayan.pressesRaw(apartButton.pack({ cycle: bot.cycle.id, one: 7, other: 9 }))
  await ayan.sees('Идеи №\u00a07 нет.')
})

test('a table that an official sends is not read: the message is taken away, and the way is told', async () => {
  await ayan.sends({ document: Buffer.from('ФИО;ИИН').toString('base64'), file_name: 'Список.csv' })
  await ayan.sees('Таблица не принята, сообщение удалено.')
  const own = ayan.chat().messages.filter((one) => one.from === 'person')
  expect(own.some((one) => 'document' in one)).toBe(false)
})
