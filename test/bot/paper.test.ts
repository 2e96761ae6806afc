// A clerk hands out papers and types the box in from their own chat; whoever votes on paper is told, and votes online no more.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterButton, markButton } from '../../src/bot/paper/view.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { begins, letClose, must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let helper: Person
let dana: Person
let where: { cycle: number; territory: number }
beforeAll(async () => {
  bot = await startBot({
    seed: 'paper-chat',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3, cards: 4 }] },
  })
  where = { cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory }
  helper = await staff('facilitator', 'kk')
  dana = await staff('official', 'ru')
})
afterAll(() => bot.stop())

async function staff(role: 'facilitator' | 'official', language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role, territory: where.territory }, 'command'))
  return person
}

test('a facilitator hands a paper to somebody who has a ballot open on their phone, and they are told', async () => {
  const card = bot.envelope()
  const ann = await bot.resident('ru')
  await ann.taps('Голосовать')
  await ann.says(card.code)
  await ann.taps(/^▫️ №\u00a01\./)
  await helper.says('/paper')
  await helper.taps(/^Мақаншы/)
  await helper.sees('Берілген қағаз бюллетень саны: 0')
  await helper.taps('Қағаз бюллетень беру')
  await helper.says('Серік Ахметов')
  await helper.sees('Сан керек.')
  await helper.says('999')
  await helper.taps('Иә, қолы қойылып берілді')
  await helper.sees('мұндай нөмір жоқ')
  await helper.taps('Қағаз бюллетень беру')
  await helper.says(`№ ${card.registerNo}`)
  await helper.sees('бұрын онлайн берілген дауыс жарамсыз болады')
  await helper.taps('Иә, қолы қойылып берілді')
  const done = await helper.sees(`${card.registerNo} нөмірі бойынша қағаз бюллетень берілді`)
  expect(done.text).not.toContain(String(ann.id))
  await ann.sees('По вашему номеру в списке выдан бумажный бюллетень')
  await ann.taps('Проверить')
  await ann.taps('Отправить')
  await ann.sees('вам выдан бумажный бюллетень')
  // The same press again is one paper, and says so.
  await helper.pressesRaw(markButton.pack({ ...where, number: card.registerNo }))
  await helper.sees('Екіншісі берілмейді')
})

test('a stranger who presses a clerk’s buttons changes nothing', async () => {
  const stranger = await bot.resident('ru')
  await stranger.says('/paper')
  await stranger.sees('Сейчас нет голосования')
  await stranger.pressesRaw(markButton.pack({ ...where, number: 2 }))
  await stranger.sees('Это может сделать только тот, кто отвечает за бумажные бюллетени')
  const [rows] = await bot.app.db.sql<
    { n: number }[]
  >`select count(*)::int as n from roll_row where way = 'paper'`
  expect(rows).toEqual({ n: 1 })
})

test('after the close the box is typed by two, a mistake is named by its line, and numbers that do not fit are explained', async () => {
  await letClose(bot.app, where.cycle)
  await begins(bot.app, where.cycle, 'counting')
  await dana.says('/paper')
  await dana.taps(/^Маканчи/)
  await dana.taps('Внести ящик')
  await dana.says('0')
  await dana.says('1 2\n9')
  await dana.sees('Строка 2: проекта №\u00a09 в списке нет.')
  await dana.says('1 2\n-')
  const check = await dana.sees('Ещё не внесено')
  expect(check.text).toContain('Действительных: 1, недействительных: 1, возвращено: 0')
  await dana.taps('Внести')
  await dana.sees('Теперь то же должен внести другой человек.')
  // What was typed is kept no longer than it takes.
  await dana.pressesRaw(enterButton.pack(where))
  await dana.sees('Сколько неиспользованных бюллетеней вернули?')
  must(await enterPapers(bot.app, where, { text: '2\n-', returned: 0 }, helper.id))
  await dana.sees('внёс ящик иначе, чем вы')
  must(await enterPapers(bot.app, where, { text: '2 1\n-', returned: 0 }, helper.id))
  await numberLeaves(bot.app)
  expect(await countCycle(bot.app, where.cycle, 'command')).toMatchObject({ problem: { kind: 'papers' } })
  await dana.says('/paper')
  await dana.taps(/^Маканчи/)
  await dana.sees('Числа не сходятся')
  await dana.taps('Есть ли голос?')
  await dana.says('999')
  await dana.sees('Такого номера в списке этого села нет.')
  await dana.taps('Есть ли голос?')
  await dana.says('1')
  await dana.sees('Выдан бумажный бюллетень, поэтому голос онлайн не считается')
  await dana.taps('Объяснить расхождение')
  await dana.says('Жәшікте артық қағаз табылды')
  await dana.says('В ящике нашли лишнюю бумагу')
  await dana.taps('Записать объяснение')
  await dana.sees('Объяснение: В ящике нашли лишнюю бумагу')
  await numberLeaves(bot.app)
  const [counted] = must(await countCycle(bot.app, where.cycle, 'command'))
  expect(counted).toMatchObject({ ballots: 1, tally: { paper: 1 } })
})
