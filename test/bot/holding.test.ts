// Officials see to what a village needs in their own chat: the meeting, its show of hands by two people, the publication and the minutes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setButton } from '../../src/bot/holding/view.ts'
import { markNeed, readConsultation, sayNeed } from '../../src/use-cases/answer-needs.ts'
import { copyIdeaMedia, missingCopies, sweepIdeaMedia } from '../../src/use-cases/copy-idea-media.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { setMeeting } from '../../src/use-cases/hold-meeting.ts'
import { readNeeds } from '../../src/use-cases/read-needs.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { begins, day, must } from '../support/cycle.ts'
import { fromBot } from '../support/idea-walk.ts'
import { letAskingEnd } from '../support/needs.ts'
import { type Person, until } from '../support/person.ts'

let bot: TestBot
let dana: Person
let helper: Person
let where: { cycle: number; territory: number }
beforeAll(async () => {
  const timeline = {
    announced: day(-2),
    consultation: day(-1),
    ideas: day(10),
    review: day(15),
    voting: day(20),
    counting: day(30),
  }
  bot = await startBot({ seed: 'holding', cycle: { trial: false, phase: 'announced', timeline } })
  await begins(bot.app, bot.cycle.id, 'consultation')
  where = { cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory }
  for (const role of ['official', 'facilitator'] as const) {
    const person = await bot.resident('ru')
    must(await grantRole(bot.app, { account: person.id, role, territory: where.territory }, 'command'))
    if (role === 'official') dana = person
    else helper = person
  }
})
afterAll(() => bot.stop())

const meeting = async () => (await readNeeds(bot.app, where))?.meeting

test('an official sets the meeting, is asked again for what cannot be a time, reads it back, and cancels it', async () => {
  await dana.says('/needs')
  await dana.taps(/^Маканчи/)
  await dana.sees('Сход не назначен.')
  await dana.taps('Назначить сход')
  await dana.says('завтра вечером')
  await dana.sees('Напишите дату и время так')
  await dana.says('5.12.2099 18:00')
  await dana.says('Мәдениет үйі')
  await dana.says('Дом культуры')
  const check = await dana.sees('Ещё не сохранено')
  expect(check.text).toContain('На русском: Дом культуры')
  expect(await meeting()).toBeUndefined()
  await dana.taps('Назначить')
  await dana.sees('Сход назначен.')
  expect(await meeting()).toMatchObject({
    at: '2099-12-05T13:00:00.000Z',
    place: { kk: 'Мәдениет үйі', ru: 'Дом культуры' },
  })
  await dana.taps('Отменить сход')
  await dana.taps('Да')
  await dana.sees('Сход отменён.')
  expect(await meeting()).toBeUndefined()
  await dana.pressesRaw(setButton.pack(where))
  await dana.sees('Когда сход?')
})

test('whoever has no role there sees nothing of it, and a facilitator enters hands and no more', async () => {
  const anyone = await bot.resident('ru')
  await anyone.says('/needs')
  await anyone.sees('В сёлах, за которые вы отвечаете, опроса нет.')
  await anyone.pressesRaw(setButton.pack(where))
  await anyone.sees('Это может сделать только ответственный за это село.')
  await helper.says('/needs')
  await helper.taps(/^Маканчи/)
  await helper.sees('Сход не назначен.')
  expect(helper.screen().buttons.flat()).not.toContain('Назначить сход')
})

test('lines and voice notes are read and heard by those who see to the village, a copy is kept, and it goes with the answer', async () => {
  const [aigul, sergey] = [await bot.resident('kk'), await bot.resident('ru')]
  must(await markNeed(bot.app, aigul.id, where, { need: 1, on: true }))
  must(await sayNeed(bot.app, aigul.id, where, { line: 'Құдық, тел. 8 701 123 45 67' }))
  await sergey.taps('Что нужно селу?')
  await sergey.taps('Добавить строку или голос')
  await sergey.sendsVoice()
  await sergey.sees('Ваше голосовое сообщение получено')
  const ogg = { store: bot.copies, download: async () => Buffer.from('OggS voice') }
  expect(await copyIdeaMedia(bot.app, ogg)).toBe(1)
  expect(await missingCopies(bot.app, bot.copies)).toEqual({ setting: 'MEDIA_DIR', named: 1, missing: [] })
  await dana.says('/needs')
  await dana.taps(/^Маканчи/)
  await dana.taps('Строки и голос жителей')
  const shown = await dana.sees('Без подтверждения')
  expect(shown.text).toContain('№\u00a01: Құдық, тел. ▒▒▒')
  await bot.app.db.sql`update need_answer set voice = 'of-another-bot' where voice is not null`
  await dana.taps('Слушать голосовые')
  await until(async () => {
    await dana.refresh()
    return JSON.stringify(fromBot(dana).at(-1)).includes('voice')
  })
  expect((await readConsultation(bot.app, sergey.id, where.cycle))?.answer.voice).not.toBe('of-another-bot')
  must(await sayNeed(bot.app, sergey.id, where, undefined))
  expect(await sweepIdeaMedia(bot.app, bot.copies, 0)).toBe(1)
})

test('two people enter the show of hands: both see who was first and where they differ; the third attempt agrees', async () => {
  must(await setMeeting(bot.app, where, { place: { kk: 'Клуб', ru: 'Клуб' }, at: day(-0.1) }, dana.id))
  const enters = async (person: Person, line: string, said: string) => {
    await person.says('/needs')
    await person.taps(/^Маканчи/)
    await person.taps('Внести подсчёт рук')
    await person.says(line)
    await person.taps('Внести')
    return person.sees(said)
  }
  await dana.says('/needs')
  await dana.taps(/^Маканчи/)
  await dana.taps('Внести подсчёт рук')
  await dana.says('40 50')
  await dana.sees('На сходе было: 40, из них женщин: 50')
  await dana.taps('Внести')
  await dana.sees('Числа не сходятся')
  await enters(dana, '40 22 1=30 5=7', 'Теперь то же должен внести другой человек')
  const differs = await enters(helper, '41 22 1=31 5=7', 'подсчёт другого человека отличается')
  for (const line of ['Присутствовало: 40 и 41', '1. Питьевая вода: 30 и 31', `Подсчёт внёс ${dana.id}`])
    expect(differs.text).toContain(line)
  await dana.says('/needs')
  await dana.taps(/^Маканчи/)
  await dana.sees('Присутствовало: 40 и 41')
  await enters(helper, '40 22 1=30 5=7', 'подсчёт согласован')
  expect((await meeting())?.agreed).toMatchObject({ present: 40, women: 22 })
  await dana.taps('Внести подсчёт рук')
  await dana.sees('Подсчёт рук согласован')
})

test('the result is published with the akimat’s answer, read back first; the minutes come as a document', async () => {
  await letAskingEnd(bot.app, bot.cycle.id)
  await dana.says('/needs')
  await dana.taps(/^Маканчи/)
  await dana.taps('Опубликовать с ответом акимата')
  await dana.says('Су құбыры тартылады.')
  await dana.says('Проведём воду.')
  const preview = await dana.sees('Ещё не опубликовано')
  expect(preview.text).toContain('На казахском: Су құбыры тартылады.')
  await dana.taps('Опубликовать')
  await dana.sees('Опубликовано. Все, кто отвечал, узнают об этом.')
  expect((await readNeeds(bot.app, where))?.result?.reply.ru).toBe('Проведём воду.')
  await dana.taps('Протокол (PDF)')
  await until(async () => {
    await dana.refresh()
    return JSON.stringify(fromBot(dana).at(-1)).includes('hattama-protokol.pdf')
  })
})
