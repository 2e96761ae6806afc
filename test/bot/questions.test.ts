// A resident asks about a project; officials are told, one of them answers in a language, and it stands on the project's card for everybody.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQuestionButton } from '../../src/bot/buttons.ts'
import { answerButton } from '../../src/bot/answering/buttons.ts'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { answerQuestion } from '../../src/use-cases/answer-question.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { listQuestions } from '../../src/use-cases/questions.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { kindOf, must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
/** Officials: Marat reads Russian, Bota Kazakh. */
let marat: Person
let bota: Person
let number = 0

beforeAll(async () => {
  bot = await startBot({
    seed: 'questions',
    loops: true,
    cycle: { villages: [{ name: MAKANSHY, projects: 9, cards: 1 }] },
  })
  const [territory] = bot.cycle.villages.map((one) => one.territory)
  if (territory === undefined) throw new Error('no village')
  for (const language of ['ru', 'kk'] as const) {
    const person = await bot.resident(language)
    must(await grantRole(bot.app, { account: person.id, role: 'official', territory }, 'command'))
    if (language === 'ru') marat = person
    else bota = person
  }
})
afterAll(() => bot.stop())

const WORDS = {
  kk: { ask: 'Сұрақ қою', sent: 'Сұрақ әкімдікке жіберілді' },
  ru: { ask: 'Задать вопрос', sent: 'Вопрос отправлен в акимат' },
}

const { link } = { link: (n: number) => `/start p_${bot.cycle.id}_${bot.cycle.villages[0]?.territory}_${n}` }
const newest = async () => {
  const one = (await listQuestions(bot.app, bot.cycle.id)).at(-1)
  if (!one) throw new Error('nothing was asked')
  return one
}
/** Asks about the project of this number, and sees that it was sent. */
async function asks(person: Person, language: 'kk' | 'ru', text: string, about: number) {
  await person.says(link(about))
  await person.taps(WORDS[language].ask)
  await person.says(text)
  await person.sees(WORDS[language].sent)
  return newest()
}
/** Of the answers that are in the log: the outcome of each. */
const leaves = async (id: number): Promise<string[]> => {
  const rows = await bot.app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where kind = 'question-settled'`
  return rows.flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok && event.value.kind === 'question-settled' && event.value.question === id
      ? [event.value.to]
      : []
  })
}

test('a question in Kazakh is answered in Russian, stands on the card, and is marked until it is answered in Kazakh too', async () => {
  number = 1
  const aigul = await bot.resident('kk')
  const tatyana = await bot.resident('ru')
  await tatyana.says(link(number))
  await tatyana.taps('Следить')
  await tatyana.sees('Мы сообщим об этом проекте')

  const { id, text } = await asks(aigul, 'kk', 'Жұмыс қашан басталады? Тел: +7 701 123 45 67', number)
  expect(text).toBe('Жұмыс қашан басталады? Тел: ▒▒▒')
  expect(await everyValueWith(bot.app.db, '123 45 67'), 'the phone is kept nowhere').toEqual([])

  await marat.sees('Новый вопрос')
  await bota.sees('Жаңа сұрақ')
  await marat.taps('Открыть вопрос')
  const card = await marat.sees('Жұмыс қашан басталады?')
  expect(card.text).not.toContain('123 45 67')
  await marat.taps('Ответить: Русский')
  await marat.says('?')
  await marat.sees('Нужно знаков: от 2 до 1000. У вас: 1.')
  await marat.says('В мае, после паводка.')
  await marat.sees('Записано. Тому, кто спросил, сообщат.')

  const told = await aigul.sees('Сұрағыңызға әкімдік жауап берді')
  expect(told.text).toContain('В мае, после паводка.')
  await tatyana.sees('вопрос о проекте, за которым вы следите')
  await aigul.taps('Жобаны ашу')
  expect(aigul.screen().text).toContain('В мае, после паводка. (аудармасы әзірге жоқ)')
  await tatyana.taps('Открыть проект')
  expect(tatyana.screen().text).toContain('Ответ акимата: В мае, после паводка.')
  expect(tatyana.screen().text).not.toContain('перевода пока нет')

  await bota.says('/questions')
  await bota.taps('Жауап беру: Қазақша')
  await bota.says('Мамырда, су тасқынынан кейін.')
  await bota.sees('Жазылды')
  await aigul.says(link(number))
  await aigul.taps('Сұрақ-жауап: 1')
  expect(aigul.screen().text).toContain('Мамырда, су тасқынынан кейін.')
  expect(aigul.screen().text).not.toContain('аудармасы әзірге жоқ')
  expect(await leaves(id)).toEqual(['answered', 'answered'])
  const sent = await bot.app.db.sql<{ count: number }[]>`
    select count(*)::int as count from delivery where account = ${aigul.id} and kind = 'question-settled'`
  expect(sent[0]?.count, 'told once').toBe(1)
})

test('of two officials one answers, the other is told who, twenty times', async () => {
  for (let round = 0; round < 20; round++) {
    const asker = await bot.resident('ru')
    const { id, version } = await asks(asker, 'ru', `Сколько ламп будет? ${round}`, 2)
    const replies = await Promise.all([
      answerQuestion(
        bot.app,
        id,
        { kind: 'answer', locale: 'ru', text: 'Двенадцать.' },
        { by: marat.id, version },
      ),
      answerQuestion(bot.app, id, { kind: 'decline', text: 'Об этом есть.' }, { by: bota.id, version }),
    ])
    expect(replies.map(kindOf).toSorted()).toEqual(['answered-before', 'ok'])
    expect(await leaves(id), `round ${round}`).toHaveLength(1)
    if (round > 0) continue
    const first = replies[0].ok ? marat.id : bota.id
    const [late, words] = replies[0].ok ? [bota, 'Жауап берген'] : [marat, 'Ответ дан']
    await late.pressesRaw(answerButton.pack({ question: id, version, locale: 'kk' }))
    await late.sees(`${words}: ${first}`)
  }
})

test('three may wait: a fourth is refused, the same words twice are one, a refusal is told with its reason and frees one', async () => {
  const erlan = await bot.resident('kk')
  for (const text of ['Бірінші сұрақ?', 'Екінші сұрақ?', 'Үшінші сұрақ?']) await asks(erlan, 'kk', text, 3)
  const third = await newest()
  expect((await asks(erlan, 'kk', 'Үшінші сұрақ?', 3)).id).toBe(third.id)
  await erlan.says(link(3))
  await erlan.taps('Сұрақ қою')
  await erlan.sendsVoice()
  await erlan.sees('Мұнда мәтін керек.')
  await erlan.says('ә'.repeat(601))
  await erlan.sees('Қажет таңба саны: 3–600. Сізде: 601.')
  await erlan.says('Төртінші сұрақ?')
  await erlan.sees('Жауап күтіп тұрған сұрақтарыңыз көп, рұқсат етілгені: 3.')

  await marat.pressesRaw(openQuestionButton.pack({ question: third.id }))
  await marat.taps('Не отвечать')
  await marat.says('Это не о проекте.')
  await marat.sees('Записано')
  const told = await erlan.sees('Сұрағыңызға жауап берілмейді')
  expect(told.text).toContain('Себебі: Это не о проекте.')
  await asks(erlan, 'kk', 'Төртінші сұрақ?', 3)
  await erlan.says('/mydata')
  await erlan.sees('Қойған сұрақтарыңыз: 4')
})

test('an official who leaves a question for later goes on to the next one, and comes round to it again', async () => {
  const asker = await bot.resident('ru')
  for (const text of ['Кто выбирал место?', 'Где будет стоянка?']) await asks(asker, 'ru', text, 7)
  // Notices come in between.
  const card = async () => (await marat.sees(/^Вопрос №/m)).text
  const seen: string[] = []
  await marat.says('/questions')
  let now = await card()
  while (!seen.includes(now) && seen.length < 50) {
    seen.push(now)
    await marat.taps('Следующий вопрос')
    now = await card()
  }
  expect(now, 'round again').toBe(seen[0])
  for (const text of ['Кто выбирал место?', 'Где будет стоянка?'])
    expect(seen.filter((one) => one.includes(text))).toHaveLength(1)
})

test('only an official of the place answers, and nobody answers themselves', async () => {
  const asker = await bot.resident('ru')
  const { id, version } = await asks(asker, 'ru', 'Кто будет подрядчиком?', 4)
  const stranger = await bot.resident('ru')
  await stranger.pressesRaw(openQuestionButton.pack({ question: id }))
  await stranger.sees('На вопросы отвечает сотрудник акимата этого места.')
  const reply = { kind: 'answer', locale: 'ru', text: 'Никто.' } as const
  expect(kindOf(await answerQuestion(bot.app, id, reply, { by: stranger.id }))).toBe('not-allowed')
  const own = await asks(marat, 'ru', 'А сам я могу спросить?', 4)
  expect(kindOf(await answerQuestion(bot.app, own.id, reply, { by: marat.id, version }))).toBe('own-question')
  await marat.says('/questions')
  expect(marat.screen().text).not.toContain('А сам я могу спросить?')
})

test('whoever is erased takes open questions along; what was answered stands, and nobody knows who asked', async () => {
  const asker = await bot.resident('ru')
  const answered = await asks(asker, 'ru', 'Будет ли скамейка?', 5)
  await asks(asker, 'ru', 'А урна?', 5)
  await asker.says(link(6))
  await asker.taps('Следить')
  must(
    await answerQuestion(
      bot.app,
      answered.id,
      { kind: 'answer', locale: 'ru', text: 'Будет.' },
      { by: 'command' },
    ),
  )
  await eraseAccount(bot.app, asker.id)
  expect(await everyValueWith(bot.app.db, String(asker.id))).toEqual([])
  expect(await everyValueWith(bot.app.db, 'А урна?')).toEqual([])
  const tatyana = await bot.resident('ru')
  await tatyana.says(link(5))
  expect(tatyana.screen().text).toContain('Будет ли скамейка?')
})
