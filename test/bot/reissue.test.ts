// A stolen envelope, as people live it: the desk proposes, a second official confirms in chat, the thief is told, the owner votes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { swapButton, swapVillageButton } from '../../src/bot/manage/buttons.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { clerk } from '../support/command.ts'
import { must } from '../support/cycle.ts'
import { cycleOf, enterCards } from '../support/people.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let ayan: Person
let bota: Person
beforeAll(async () => {
  bot = await startBot({
    seed: 'reissue',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3, cards: 4 }] },
  })
  ayan = await official('ru')
  bota = await official('kk')
})
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

/** A new card for a row, and the desk's words that propose it. */
async function proposes(
  verb: 'move' | 'reissue',
  { registerNo, serial }: { registerNo: number; serial: number },
) {
  const { territory } = bot.cycle.villages[0]
  const [fresh] = await enterCards(bot.app, await cycleOf(bot.app, bot.cycle.id), territory, [registerNo])
  if (!fresh) throw new Error('no card was printed')
  const desk = await clerk(bot.app)
  const words = `${territory} ${fresh.serial} --row ${registerNo} --lost ${serial}`
  const typed = await desk.types(`cards ${verb} ${words} --cycle ${bot.cycle.slug} --as ${ayan.id} --lang ru`)
  await desk.leaves()
  return { fresh, typed }
}

test('the right passes from the thief to the owner: the thief’s open ballot sends nothing, and a new card votes', async () => {
  const card = bot.envelope()
  const thief = await bot.resident('ru')
  await thief.taps('Голосовать')
  await thief.says(card.code)
  await thief.sees('Подтверждено')
  await thief.taps(/^▫️/)
  await thief.taps('Проверить')
  const { fresh, typed } = await proposes('move', card)
  expect(typed.refused).toBeUndefined()
  expect(typed.lines[0]).toBe(
    `Маканчи, Маканчи сельский округ, Маканчинский район, номер в ведомости ${card.registerNo}: ` +
      `карточка №\u00a0${card.serial}, вместо неё №\u00a0${fresh.serial}. Пока не подтвердит второй, действует прежняя.`,
  )
  const asked = await bota.sees('Сіздің растауыңыз керек')
  expect(asked.text.split('\n').slice(1)).toEqual([
    `Дауыс беру құқығы басқа аккаунтқа өтеді. Тізімдемедегі нөмірі: ${card.registerNo}, карточка №\u00a0${card.serial}, ` +
      `оның орнына №\u00a0${fresh.serial}. Қазір расталған аккаунт сол карточкамен дауыс бере алмайды, өзіне хабарланады.`,
    'Дауыс беру: Ауыл бюджеті',
    'Орны: Мақаншы, Мақаншы ауылдық округі, Мақаншы ауданы',
    `Ұсынған әкімдік қызметкері: ${ayan.id}`,
    expect.stringMatching(/^Растау мерзімі: /),
    expect.stringContaining('Өзіңіз тексерген болсаңыз ғана растаңыз.'),
  ])
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  await ayan.sees('Ваше предложение подтверждено и выполнено.')
  const told = await thief.sees(`Карточку №\u00a0${card.serial} заменили`)
  expect(told.text).toContain('С этого аккаунта по ней больше нельзя голосовать. Голоса по ней не было.')
  expect(told.text).toContain('обратитесь сразу: Акимат, кабинет 1; 9:00–18:00; тел. +7 700 000 00 01.')
  await thief.taps('Отправить')
  await thief.sees('Сначала нужно подтверждение')
  await thief.taps('Голосовать')
  await thief.says(card.code)
  await thief.sees('Код не принят.')

  const owner = await bot.resident('ru')
  await owner.taps('Голосовать')
  await owner.says(fresh.code)
  await owner.sees('Подтверждено')
  await owner.taps(/^▫️/)
  await owner.taps('Проверить')
  await owner.taps('Отправить')
  await owner.sees('Номер подтверждения')
})

test('a person who voted before the second official pressed keeps the vote, and the official reads why nothing was done', async () => {
  const card = bot.envelope()
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.says(card.code)
  await person.sees('Подтверждено')
  await proposes('reissue', card)
  await bota.sees('Карточканы ауыстыру.')
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  await person.taps('Отправить')
  await person.sees('Номер подтверждения')
  await bota.taps('Растау')
  await bota.sees('Орындалмады: бұл карточкамен дауыс беріліп қойған.')
  await person.taps('Меню')
  await person.taps('Дошёл ли мой голос?')
  await person.sees('принят')
})

test('the same is proposed in the chat: two numbers are typed and read back, and the second official confirms', async () => {
  const card = bot.envelope()
  const holder = await bot.resident('ru')
  await holder.taps('Голосовать')
  await holder.says(card.code)
  await holder.sees('Подтверждено')
  const { territory } = bot.cycle.villages[0]
  const cycle = await cycleOf(bot.app, bot.cycle.id)
  const [fresh] = await enterCards(bot.app, cycle, territory, [card.registerNo])
  await ayan.says('/manage')
  await ayan.taps(/^Бюджет села/)
  await ayan.taps('Заменить карточку')
  await ayan.says('карточка')
  await ayan.sees('Нужны два номера карточек, например 12 57.')
  await ayan.says(`${card.serial} 9999`)
  await ayan.sees('В этом селе нет карточки №\u00a09999.')
  await ayan.says(`${fresh?.serial} ${card.serial}`)
  await ayan.sees('на руках уже другая карточка')
  await ayan.says(`${card.serial} ${fresh?.serial}`)
  const asked = await ayan.sees('Право голосовать переходит к другому аккаунту.')
  expect(asked.text).toContain(`Номер в ведомости: ${card.registerNo}, карточка №\u00a0${card.serial}`)
  await ayan.taps('Право другому аккаунту')
  await ayan.sees(`Подтвердить могут: ${bota.id}`)
  await bota.sees('Дауыс беру құқығы басқа аккаунтқа өтеді.')
  // A third official with the same envelope in hand is told who proposed it, and when.
  const third = await official('ru')
  const where = { cycle: bot.cycle.id, territory }
  const same = { ...where, old: card.serial, serial: fresh?.serial ?? 0, how: 'moved' }
  await third.pressesRaw(swapButton.pack(same))
  const before = await third.sees('Это уже предложено.')
  expect(before.text).toMatch(new RegExp(`Предложил сотрудник акимата: ${ayan.id}, время: .*\\d{1,2}:\\d{2}`))
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  // A press of another time changes nothing, and whose role is gone opens none of it.
  await third.pressesRaw(swapButton.pack(same))
  await third.sees('на руках уже другая карточка')
  must(await revokeRole(bot.app, { account: third.id, role: 'official' }, 'command'))
  for (const stale of [swapVillageButton.pack(where), swapButton.pack(same)]) {
    await third.pressesRaw(stale)
    await third.sees('Это голосование ведёте не вы')
  }
  const owner = await bot.resident('ru')
  await owner.taps('Голосовать')
  await owner.says(fresh?.code ?? '')
  await owner.sees('Подтверждено')
})
