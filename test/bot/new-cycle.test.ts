// An official draws up a cycle in the chat, part by part, reads it back and makes it; what does not fit is asked again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeButton } from '../../src/bot/new-cycle/buttons.ts'
import { readDraft } from '../../src/use-cases/draft-cycle.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findCycle, listCycles, listVillages } from '../../src/use-cases/list-cycles.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { isTold } from '../support/size.ts'

let bot: TestBot
let marat: Person
let bota: Person

beforeAll(async () => {
  bot = await startBot({
    seed: 'new-cycle',
    cycle: { villages: [{ name: { kk: 'Өзек', ru: 'Озек' }, projects: 1 }] },
  })
  marat = await bot.resident('ru')
  bota = await bot.resident('kk')
  for (const person of [marat, bota])
    must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
})
afterAll(() => bot.stop())

/** A year from now: whatever the clock of the story says. */
const year = new Date().getUTCFullYear() + 1

test('an official fills in the parts in any order, in Russian, and the cycle is made as it was read back', async () => {
  await marat.says('/newcycle')
  await marat.sees('Заполните или исправьте: название; вид; сёла и деньги; начало голосования')

  await marat.taps('Название')
  await marat.says('Только одна строка')
  await marat.sees('Нужны две строки')
  await marat.says('Баршатас: халық қатысатын бюджет\nБаршатас: бюджет народного участия')

  await marat.taps('Вид')
  await marat.taps('Консультативное')

  await marat.taps('Сёла и деньги')
  await marat.says('Озек; 6 000 000\nНетакогосела; 1 000 000\nОзек')
  await marat.sees('Строка 2: «Нетакогосела» не найдено')
  await marat.sees('Строка 3: после «Озек» напишите сумму')
  await marat.says('Озек; 6 000 000\nӨзек; 7')
  await marat.sees('Строка 2: «Өзек» уже есть выше')
  await marat.says('Озек 6 000 000 тг')
  await marat.sees(/Өзек \/ Озек: 6\u00a0000\u00a0000/)

  await marat.taps('Где помогут')
  await marat.says('Әкімдік, 1-бөлме\nАкимат, кабинет 1\n9:00–18:00\n+7 700 000 00 01')
  await marat.sees('Акимат, кабинет 1')

  await marat.taps('Даты')
  await marat.taps('Начало голосования')
  await marat.says('завтра')
  await marat.sees('Нужны дата и время')
  await marat.says(`5.03.${year} 09:00`)
  await marat.taps('Конец голосования')
  await marat.says(`05.03.${year} 08.00`)
  await marat.sees('Проверьте порядок: каждая дата позже предыдущей.')
  await marat.taps('Назад')
  await marat.sees('порядок дат')
  await marat.taps('Даты')
  await marat.taps('Конец голосования')
  await marat.says(`19.03.${year}, 18:00`)
  await marat.taps('Назад')

  await marat.taps('Бюллетень')
  await marat.taps('5')
  await marat.taps('Подсчёт')
  await marat.taps('Наименьшее число голосов')
  await marat.says('12')
  await marat.taps('Кто голосует')
  await marat.taps('Только один раз')
  await marat.taps('Назад')
  await marat.taps('Проверить')
  const { text } = await marat.sees('Пока ничего не создано')
  expect(text).toContain('не больше проектов на голос: 5')
  expect(text).toContain('12')
  expect(text).toContain(`${year}`)
  expect(text).toContain('Голос изменить нельзя.')
  const before = (await listCycles(bot.app)).length

  // A hasty finger: two presses at once make one cycle.
  const message = marat.screen().id
  await Promise.all([
    marat.pressesRaw(makeButton.pack({}), message),
    marat.pressesRaw(makeButton.pack({}), message),
  ])
  expect((await listCycles(bot.app)).length).toBe(before + 1)
  const made = await findCycle(bot.app, 'barshatas-byudzhet-narodnogo-uchastiya')
  expect(made).toMatchObject({
    phase: 'draft',
    profile: 'advisory',
    revote: 'none',
    ballotTerms: { kind: 'approval', min: 1, max: 5 },
    ruleTerms: { rule: 'greedy', minVotes: 12 },
  })
  expect(made?.timeline.voting).toBe(`${year}-03-05T04:00:00.000Z`)
  expect(await listVillages(bot.app, made?.id ?? 0)).toMatchObject([
    { territory: bot.cycle.villages[0].territory, budget: 6_000_000 },
  ])
  expect(await readDraft(bot.app, marat.id)).toBeUndefined()
})

test.runIf(isTold('a cycle that begins with the settings of another'))(
  'another one begins with the settings of an earlier cycle, in Kazakh; of one title two cycles are told apart',
  async () => {
    await bota.says('/newcycle')
    await bota.taps('Бұрынғысынан алу')
    await bota.taps(/Баршатас: халық/)
    await bota.sees('Баптау алынды')
    const draft = await readDraft(bot.app, bota.id)
    expect(draft).toMatchObject({ revote: 'none', places: [{ budget: 6_000_000 }] })
    expect(draft?.title).toBeUndefined()
    await bota.taps('Атауы')
    await bota.says('Баршатас: халық қатысатын бюджет\nБаршатас: бюджет народного участия')
    for (const [button, date] of [
      ['Дауыс беру басы', `5.03.${year} 09:00`],
      ['Дауыс беру соңы', `19.03.${year} 18:00`],
    ] as const) {
      await bota.taps('Күндері')
      await bota.taps(button)
      await bota.says(date)
      await bota.taps('Артқа')
    }
    await bota.taps('Тексеру')
    await bota.taps('Жасау')
    await bota.sees('barshatas-byudzhet-narodnogo-uchastiya-2')
  },
)

test('an official whose first word is a command is asked in the language of their phone, and the answer is taken', async () => {
  const erlan = await bot.person({ language_code: 'ru' })
  must(await grantRole(bot.app, { account: erlan.id, role: 'official' }, 'command'))
  await erlan.says('/newcycle')
  await erlan.taps('Название')
  await erlan.says('Ауыл\nСело')
  await erlan.sees('Название: Ауыл / Село')
})

test('whoever holds no role there makes none, and a draft goes with its person', async () => {
  const aigul = await bot.resident('kk')
  await aigul.says('/newcycle')
  await aigul.sees('Дауыс беруді әкімдік қызметкері жасайды')
  await aigul.pressesRaw(makeButton.pack({}))
  await aigul.sees('Дауыс беруді әкімдік қызметкері жасайды')
  await marat.says('/newcycle')
  await marat.taps('Вид')
  await marat.taps('Тренировка')
  expect(await readDraft(bot.app, marat.id)).toEqual({ profile: 'practice' })
  await marat.says('/mydata')
  await marat.sees('Черновик голосования')
  await eraseAccount(bot.app, marat.id)
  expect(await readDraft(bot.app, marat.id)).toBeUndefined()
})
