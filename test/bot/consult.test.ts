// What a village needs, as residents say it in the chat: marks, a line, a voice note, changed until the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markButton } from '../../src/bot/consult/view.ts'
import { readConsultation } from '../../src/use-cases/answer-needs.ts'
import { publishNeeds } from '../../src/use-cases/publish-needs.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { begins, day, must } from '../support/cycle.ts'
import { letAskingEnd } from '../support/needs.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({
    seed: 'consult',
    cycle: {
      trial: false,
      phase: 'announced',
      timeline: {
        announced: day(-2),
        consultation: day(-1),
        ideas: day(10),
        review: day(15),
        voting: day(20),
        counting: day(30),
      },
    },
  })
  await begins(bot.app, bot.cycle.id, 'consultation')
})
afterAll(() => bot.stop())

const answerOf = async (account: number) => (await readConsultation(bot.app, account, bot.cycle.id))?.answer

test('Aigul marks in Kazakh what her village needs, changes her mind, adds a line, and finds it saved', async () => {
  const aigul = await bot.resident('kk')
  await aigul.taps('Ауылға не керек?')
  const asked = await aigul.sees('Ең көбі 3 белгі қойыңыз')
  expect(asked.text).toContain('1. Ауызсу')
  expect(asked.text).toContain('4. Мектепке баратын қауіпсіз жол')
  expect(asked.text).toContain('12. Автобус')
  await aigul.taps('№\u00a01')
  await aigul.sees('✅ 1. Ауызсу')
  await aigul.says('4')
  await aigul.sees('✅ 4. Мектепке баратын')
  await aigul.taps('№\u00a05')
  await aigul.sees('Белгіленгені: 3')
  await aigul.taps('№\u00a06')
  await aigul.sees('Алдымен бір белгіні алып тастаңыз')
  await aigul.taps('✅ №\u00a05')
  await aigul.sees('Белгіленгені: 2')
  await aigul.taps('Сөз не дауыстық хабарлама қосу')
  await aigul.sees('Бір сөйлем жазыңыз')
  await aigul.says('қ'.repeat(301))
  await aigul.sees('Мәтін тым ұзын. Ең көбі 300 таңба, артығы: 1.')
  await aigul.says('Құдық құрғап қалды')
  await aigul.sees('Қосқан сөзіңіз: Құдық құрғап қалды')
  expect(await answerOf(aigul.id)).toEqual({ marks: [1, 4], line: 'Құдық құрғап қалды', voice: null })
  await aigul.says('/mydata')
  await aigul.sees('Сіз жауап берген сауалнама саны: 1')
})

test('Sergey answers in Russian with a voice note; the same press twice is one mark; a sticker is told what is taken', async () => {
  const sergey = await bot.resident('ru')
  await sergey.taps('Что нужно селу?')
  await sergey.sees('Можно поставить отметок: до 3')
  const { id: cycle, villages } = bot.cycle
  const press = markButton.pack({ cycle, territory: villages[0].territory, need: 2, on: 1 })
  await sergey.pressesRaw(press)
  await sergey.pressesRaw(press)
  await sergey.sees('✅ 2. Дороги и мосты')
  expect((await answerOf(sergey.id))?.marks).toEqual([2])
  await sergey.taps('Добавить строку или голос')
  await sergey.sendsSticker()
  await sergey.sees('Пришлите текст или голосовое сообщение')
  await sergey.sendsVoice()
  await sergey.sees('Ваше голосовое сообщение получено')
  expect((await answerOf(sergey.id))?.voice).toBeTruthy()
  await sergey.taps('Удалить строку')
  await sergey.sees('Отмечено: 1 из 3')
  expect(await answerOf(sergey.id)).toEqual({ marks: [2], line: null, voice: null })
})

test('after the end the old button answers that it is over, and changes nothing', async () => {
  const late = await bot.resident('ru')
  await late.taps('Что нужно селу?')
  await late.taps('№\u00a03')
  await late.sees('✅ 3.')
  await letAskingEnd(bot.app, bot.cycle.id)
  await late.taps('№\u00a04')
  await late.sees('Опрос завершён. Изменить ответ уже нельзя.')
  expect((await answerOf(late.id))?.marks).toEqual([3])
})

test('once it is over the menu shows what the village wants most above the idea button, and what was published', async () => {
  const { id: cycle, villages } = bot.cycle
  const where = { cycle, territory: villages[0].territory }
  await bot.app.db.sql`
    insert into account (id) select 5000 + n from generate_series(1, 12) n`
  await bot.app.db.sql`
    insert into need_answer (cycle, account, territory, marks)
    select ${cycle}::int, 5000 + n, ${where.territory}::int, case when n < 12 then '{4,1}'::smallint[] else '{9}' end
    from generate_series(1, 12) n`
  await begins(bot.app, cycle, 'ideas')
  const reader = await bot.resident('kk')
  const menu = await reader.sees('Ауылға ең қажеті: Ауызсу · Мектепке баратын қауіпсіз жол')
  expect(menu.buttons.flat()).not.toContain('Ауыл не деді?')
  expect(menu.buttons.flat()).toContain('Идея ұсыну')
  must(await publishNeeds(bot.app, where, { kk: 'Су құбыры тартылады.', ru: 'Проведём воду.' }, 'command'))
  await reader.says('/menu')
  await reader.taps('Ауыл не деді?')
  const shown = await reader.sees('Су құбыры тартылады.')
  expect(shown.text).toMatch(/4\. Мектепке баратын қауіпсіз жол\nрасталғаны: саны аз, расталмағаны: 12/)
  expect(shown.text).toMatch(/9\. Клуб пен кітапхана\nрасталғаны: саны аз, расталмағаны: саны аз/)
  const russian = await bot.resident('ru')
  await russian.sees('Селу нужнее всего: Питьевая вода · Безопасная дорога в школу')
  await russian.taps('Что сказали жители')
  await russian.sees('Проведём воду.')
  await russian.says('/menu')
  await russian.taps('Предложить идею')
  await russian.taps('Да')
  const first = await russian.sees(bot.textsOf('ru')('ideas.ask-category'))
  expect(first.text).toContain('Селу нужнее всего: Питьевая вода · Безопасная дорога в школу')
  await russian.taps('Вода, водоснабжение')
  expect((await russian.sees(bot.textsOf('ru')('ideas.ask-title'))).text).not.toContain('Селу нужнее всего')
})
