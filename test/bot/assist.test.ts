// Two officials name a facilitator, who hands the phone over: the person votes in their own language, and nothing of it stays on the phone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assistSendButton } from '../../src/bot/buttons.ts'
import { languageButton, openRowButton } from '../../src/bot/assist/view.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { tellAssisted } from '../../src/use-cases/tell-assisted.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let helper: Person
let dana: Person
let aru: Person
let where: { cycle: number; territory: number }
beforeAll(async () => {
  bot = await startBot({
    seed: 'assist-chat',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3, cards: 5 }] },
  })
  where = { cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory }
  helper = await bot.resident('ru')
  dana = await official()
  aru = await official()
})
afterAll(() => bot.stop())

async function official(): Promise<Person> {
  const person = await bot.resident('ru')
  const grant = { account: person.id, role: 'official' as const, territory: where.territory }
  must(await grantRole(bot.app, grant, 'command'))
  return person
}

test('an official names a facilitator, and nothing happens until another one agrees', async () => {
  await helper.says('/assist')
  await helper.sees('Сейчас нет голосования, где вы помогаете')
  await dana.says('/assist')
  await dana.taps(/^Маканчи/)
  await dana.taps('Назначить помощника')
  await dana.says('Серик')
  await dana.sees('Telegram ID')
  await dana.taps('Выбрать человека', { user_id: helper.id })
  await dana.says('завтра')
  await dana.says('31.12.2035')
  await dana.sees('не больше чем 100 людям')
  await dana.taps('Да, назначить')
  await dana.sees('Второго сотрудника попросили подтвердить')
  await helper.says('/assist')
  await helper.sees('Сейчас нет голосования, где вы помогаете')
  await aru.sees(`Назначить помощника: аккаунт ${helper.id}`)
  await aru.taps('Подтвердить')
  await dana.says('/assist')
  await dana.taps(/^Маканчи/)
  await dana.sees(`${helper.id}, срок: `)
})

test('a person votes on the facilitator’s phone in their own language, and nothing of the choice stays there', async () => {
  const card = bot.envelope()
  const ann = await bot.resident('ru')
  await ann.taps('Голосовать')
  await ann.says(card.code)
  await ann.sees('Подтверждено')
  await helper.says('/assist')
  await helper.taps(/^Маканчи/)
  await helper.sees('Вы помогли: 0, можно не больше: 100')
  await helper.taps('Помочь человеку')
  await helper.says('1234')
  await helper.sees('Нужны 16 цифр')
  await helper.says(card.code)
  await helper.sees('Теперь дайте телефон тому, кто голосует')
  await helper.taps('Қазақша')
  await helper.sees('Бұл сіздің дауысыңыз')
  await helper.taps(/^▫️ №\u00a02\./)
  await helper.taps('Тексеру')
  const summary = await helper.sees('өзіңіз')
  expect(summary.text).not.toContain('ещё')
  await helper.taps('Иә, бұл менің таңдауым')
  const shown = await helper.sees('Дауысыңыз қабылданды')
  expect(shown.text).toMatch(/\d{4} \d{4} \d{4} \d{2}/)
  await helper.taps('Жазып алдым')
  await helper.sees('От выбора здесь ничего не осталось')
  const [kept] = await bot.app.db.sql<{ channel: string }[]>`
    select channel from ballot where cycle = ${where.cycle} order by at desc limit 1`
  expect(kept).toEqual({ channel: 'assisted' })
  for (const { text } of (await helper.refresh()).messages) {
    expect(text ?? '').not.toContain(card.code)
    expect(text ?? '').not.toMatch(/Ваш выбор|Таңдауыңыз|\d{4} \d{4} \d{4} \d{2}/)
  }
  await tellAssisted(bot.app)
  await ann.sees('За вашу строку списка проголосовали с телефона помощника')
})

test('whoever was not named opens nothing, and a session of another phone is not theirs', async () => {
  const stranger = await bot.resident('ru')
  await stranger.says('/assist')
  await stranger.sees('Сейчас нет голосования, где вы помогаете')
  await stranger.pressesRaw(openRowButton.pack({ ...where, number: 1 }))
  await stranger.sees('только помощник')
  const card = bot.envelope()
  await helper.says('/assist')
  await helper.taps(/^Маканчи/)
  // Typed before the button was pressed, the card is the person's all the same.
  await helper.says(card.code)
  await helper.sees('Теперь дайте телефон')
  const [open] = await bot.app.db.sql<{ ballot: string }[]>`select ballot from assist where ended_at is null`
  const { ballot = '' } = open ?? {}
  await stranger.pressesRaw(languageButton.pack({ ballot, locale: 'ru' }))
  await stranger.pressesRaw(assistSendButton.pack({ ballot }))
  await helper.taps('Прекратить')
  await helper.sees('Голос не отправлен')
  const [{ cast } = { cast: -1 }] = await bot.app.db.sql<{ cast: number }[]>`
    select count(*)::int as cast from ballot where opened_ballot = ${ballot}`
  expect(cast).toBe(0)
})

test('an official ends a facilitator, who then helps nobody', async () => {
  await dana.says('/assist')
  await dana.taps(/^Маканчи/)
  await dana.taps(`Отменить: ${helper.id}`)
  await dana.sees('больше не помогает')
  await helper.says('/assist')
  await helper.sees('Сейчас нет голосования, где вы помогаете')
})
