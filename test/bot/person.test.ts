// Somebody shows a document at the desk: the clerk's chat shows a code, and the person types it into their own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkButton } from '../../src/bot/person/view.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import { cycleOf, enterRows } from '../support/people.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let helper: Person
let where: { cycle: number; territory: number }
beforeAll(async () => {
  const terms = { ...PROFILES.advisory, method: 'in-person' as const }
  bot = await startBot({
    seed: 'person-chat',
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3 }], terms },
  })
  where = { cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory }
  const rows = [1, 2, 3].map((registerNo) => ({ territory: where.territory, registerNo }))
  const cycle = await cycleOf(bot.app, where.cycle)
  await bot.app.db.begin((tx) => enterRows(bot.app, tx, cycle, rows))
  helper = await bot.resident('kk')
  must(
    await grantRole(
      bot.app,
      { account: helper.id, role: 'facilitator', territory: where.territory },
      'command',
    ),
  )
})
afterAll(() => bot.stop())

test('a facilitator sees a document, and the person votes with the code of the facilitator’s screen', async () => {
  const ann = await bot.resident('ru')
  await ann.taps('Голосовать')
  await ann.sees('получите код из 8 цифр')
  await ann.says('мой паспорт')
  await ann.sees('Сюда пишут 8 цифр')
  await helper.says('/person')
  await helper.taps(/^Мақаншы/)
  await helper.says('Серік Ахметов')
  await helper.sees('Сан керек.')
  await helper.says('999')
  await helper.taps('Иә, құжатын көрдім')
  await helper.sees('мұндай нөмір жоқ')
  await helper.says('№ 2')
  await helper.sees('Құжатын көрдіңіз бе')
  await helper.taps('Иә, құжатын көрдім')
  const shown = await helper.sees('Тізімдегі нөмірі: 2')
  const [code = ''] = /\d{4} \d{4}/.exec(shown.text) ?? []
  await ann.says(code.replace(/\d$/, (last) => String((Number(last) + 1) % 10)))
  await ann.sees('Код не принят')
  await ann.says(code)
  await ann.sees('Подтверждено. Село: Маканчи')
  await ann.taps(/^▫️ №\u00a01\./)
  await ann.taps('Проверить')
  await ann.taps('Отправить')
  await ann.sees('Ваш голос принят')
  const thief = await bot.resident('ru')
  await thief.taps('Голосовать')
  await thief.says(code)
  await thief.sees('Код не принят')
})

test('a stranger who presses a clerk’s button gets no code', async () => {
  const stranger = await bot.resident('ru')
  await stranger.says('/person')
  await stranger.sees('Сейчас нет голосования, где вы проверяете документы')
  await stranger.pressesRaw(checkButton.pack({ ...where, number: 1 }))
  const told = await stranger.sees('только тот, кто проверяет документы')
  expect(told.text).not.toMatch(/\d{4} \d{4}/)
})
