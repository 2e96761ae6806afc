// Marking, looking again, sending once: and then no trace of the choice in the chat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendButton } from '../../src/bot/buttons.ts'
import { withCheckDigits } from '../../src/core/check-digits.ts'
import { packUuid } from '../../src/core/ids.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import type { Person } from '../support/person.ts'

const RECEIPT = /\d{4} \d{4} \d{4} \d{2}/

let bot: TestBot
beforeAll(async () => {
  const villages = [
    { name: MAKANSHY, projects: 10, cards: 30 },
    { name: ULYTAU, projects: 2, cards: 2 },
  ]
  bot = await startBot({ seed: 'vote', cycle: { villages }, webhook: true, session: 'redis' })
})
afterAll(() => bot.stop())

/** Someone in front of a blank ballot. */
async function voter(): Promise<Person> {
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.says(bot.envelope().code)
  await person.sees('Отмечено: 0 из 3')
  return person
}
const mark = (person: Person, number: number) => person.taps(new RegExp(`^▫️ №\\s${number}\\. `))
/** On whatever page it is. */
async function findAndMark(person: Person, number: number): Promise<void> {
  while (!person.hasButton(new RegExp(`^▫️ №\\s${number}\\. `))) await turn(person)
  await mark(person, number)
}
async function vote(numbers: readonly number[]): Promise<Person> {
  const person = await voter()
  for (const number of numbers) await findAndMark(person, number)
  await person.taps('Проверить')
  await person.taps('Отправить')
  await person.sees('Ваш голос принят')
  return person
}
const turn = (person: Person) => person.taps(person.hasButton('Следующая') ? 'Следующая' : 'Предыдущая')
const ballotsOf = async (person: Person): Promise<string[]> => {
  const rows = await bot.app.db.sql<{ receipt: string }[]>`
    select b.receipt from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${person.id} order by b.s`
  return rows.map(({ receipt }) => receipt.replace(/\d{4}(?=\d)/g, '$& '))
}
const opened = async (person: Person): Promise<{ ballot: string; rollRow: number }> => {
  const [row] = await bot.app.db.sql<{ ballot: string; rollRow: number }[]>`
    select id as ballot, roll_row as "rollRow" from opened_ballot where account = ${person.id} order by at desc limit 1`
  if (!row) throw new Error('no ballot was opened')
  return row
}
const uuid = async (person: Person): Promise<string> => packUuid((await opened(person)).ballot)
const sendData = async (person: Person): Promise<string> => {
  const [{ territory }] = bot.cycle.villages
  return sendButton.pack({ ...(await opened(person)), cycle: bot.cycle.id, territory })
}

test('a fourth mark is refused with the limit in words; taking one off makes room', async () => {
  const person = await voter()
  const labels = person
    .screen()
    .buttons.flat()
    .filter((label) => label.startsWith('▫️'))
  for (const label of labels.slice(0, 4)) await person.taps(label)
  expect(person.alert()).toBe('Можно выбрать не больше 3 проектов. Сначала снимите отметку.')
  await person.taps(new RegExp(`^✅ ${/№\s\d+\. /.exec(labels[0] ?? '')?.[0]}`))
  await person.sees('Отмечено: 2 из 3')
  await person.taps(labels[3] ?? '')
  const { text } = await person.sees('Отмечено: 3 из 3')
  for (const label of labels.slice(1, 4)) expect(text).toContain(label.slice(3, 20))
})

test('nothing marked, nothing to review', async () => {
  const person = await voter()
  await person.taps('Проверить')
  expect(person.alert()).toBe('Отметьте хотя бы 1 проект.')
})

test('the review says what was chosen, and Edit leads back with the marks', async () => {
  const person = await voter()
  while (!person.hasButton(/^▫️ №\s7\. /)) await turn(person)
  await mark(person, 7)
  await person.taps('Проверить')
  const { text, buttons } = await person.sees('Вы выбрали:')
  expect(text).toContain(`№\u00a07. ${bot.cycle.villages[0].projects[6]?.title.ru}. `)
  expect(buttons).toEqual([['Отправить'], ['Изменить']])
  await person.taps('Изменить')
  await person.sees('Отмечено: 1 из 3')
})

test('pages of the ballot keep the marks of each other', async () => {
  const person = await voter()
  await person.sees('Страница 1 из 2')
  await person.taps(/^▫️/)
  await person.taps('Следующая')
  await person.taps(/^▫️/)
  await person.sees('Отмечено: 2 из 3')
  await person.taps('Предыдущая')
  expect(
    person
      .screen()
      .buttons.flat()
      .filter((label) => label.startsWith('✅')),
  ).toHaveLength(1)
})

test('Send pressed twice at once is one ballot, and both presses say so', async () => {
  const person = await voter()
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  const data = await sendData(person)
  await Promise.all([person.pressesRaw(data), person.pressesRaw(data)])
  await person.sees('Ваш голос принят')
  expect(await ballotsOf(person)).toHaveLength(1)
  expect(person.screen().text).toContain((await ballotsOf(person))[0])
})

test('whoever votes again is told that the earlier vote stands, begins blank, and gets a new number', async () => {
  const person = await vote([1, 2])
  const first = await sendData(person)
  await person.taps('Меню')
  await person.taps('Голосовать')
  await person.sees('Чтобы проголосовать заново, нажмите на карточку.')
  await person.taps(/: голос принят$/)
  await person.sees(/Прежний голос в силе \(отправлен: \d+ [а-я]+, \d\d:\d\d\)\.[^]*Отмечено: 0 из 3/)
  expect(await ballotsOf(person)).toHaveLength(1)
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  await person.taps('Отправить')
  const [old, last] = await ballotsOf(person)
  await person.sees(last ?? '')
  await person.pressesRaw(first)
  expect(person.alert()).toContain(old)
  expect(await ballotsOf(person)).toEqual([old, last])
})

test('a ballot open in two messages is one ballot: after Send neither shows a choice', async () => {
  const person = await voter()
  await person.taps(/^▫️/)
  await person.says('/menu')
  await person.taps('Голосовать')
  await person.sees('Отмечено: 1 из 3')
  await person.taps('Проверить')
  expect(traces(person)).not.toEqual([])
  await person.taps('Отправить')
  await person.sees('Ваш голос принят')
  expect(traces(person)).toEqual([])
  expect(await ballotsOf(person)).toHaveLength(1)
})

/** Titles of projects that stand anywhere in the chat, in text or on a button. */
function traces(person: Person): string[] {
  const chat = JSON.stringify(person.chat().messages)
  return bot.cycle.villages[0].projects.flatMap(({ title }) =>
    Object.values(title).filter((text) => chat.includes(text.slice(0, 12))),
  )
}

test('after Send no message of the chat holds a project of the ballot, and no button one can press', async () => {
  for (const numbers of [[4], [1, 9, 10]]) {
    const person = await vote(numbers)
    expect(traces(person)).toEqual([])
    expect(
      person
        .chat()
        .messages.flatMap(({ buttons }) => buttons ?? [])
        .flat()
        .map(({ text }) => text),
    ).not.toContain('Отправить')
  }
})

test('receipts of different choices look alike but for time and number', async () => {
  const screens = await Promise.all([vote([3]), vote([1, 2, 5]), vote([8])])
  const shapes = screens.map((person) =>
    JSON.stringify(person.screen())
      .replace(RECEIPT, '#')
      .replace(/\d\d:\d\d/, 'time')
      .replace(/…\d{4}/, 'serial')
      .replace(/"id":\d+/, ''),
  )
  expect(new Set(shapes).size, shapes.join('\n')).toBe(1)
  const sizes = await bot.app.db.sql`select distinct length(box) from ballot where cycle = ${bot.cycle.id}`
  expect(sizes).toHaveLength(1)
})

test('the number can be copied, and shows no choice when it is looked up', async () => {
  const person = await vote([6])
  const [number = ''] = await ballotsOf(person)
  expect(await person.taps('Скопировать номер')).toMatchObject({ kind: 'copy', copy: number })
  for (const spelled of [`/receipt ${number}`, number, number.replaceAll(' ', '-')]) {
    await person.says(spelled)
    await person.sees(`Номер подтверждения: ${number}`)
    await person.sees('Номер показывает только, что голос принят, а не что выбрано.')
  }
  expect(traces(person)).toEqual([])
  const other = await bot.resident('kk')
  await other.says(`/receipt ${number}`)
  await other.sees(`Растау нөмірі: ${number}`)
})

test('a mistyped receipt number and an unknown one are told apart', async () => {
  const person = await bot.resident('ru')
  await person.says('/receipt 1234 5678 9012 34')
  await person.sees('Похоже, в номере ошибка. В нём 14 цифр')
  await person.says(`/receipt ${withCheckDigits('123456789012')}`)
  await person.sees('Такой номер не найден. В номере 14 цифр')
  await person.says('/receipt сколько')
  await person.sees('Похоже, в номере ошибка.')
})

test('“Did my vote arrive?” says no before and yes after, for each person on the phone', async () => {
  const person = await bot.resident('ru')
  await person.taps('Дошёл ли мой голос?')
  await person.sees('К этому аккаунту не привязан ни один голос.')
  await person.says(bot.envelope().code)
  await person.says('/receipt')
  await person.sees(/карточка …\d{4}: нет, голос ещё не отправлен/)
  await person.taps('Меню')
  await person.taps('Голосовать')
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  await person.taps('Отправить')
  const [number = ''] = await ballotsOf(person)
  await person.taps('Дошёл ли мой голос?')
  await person.sees(new RegExp(`карточка …\\d{4}: да, голос принят, .*\\. Номер подтверждения: ${number}`))
})

test('another person’s unsent ballot on the same phone keeps its marks', async () => {
  const phone = await voter()
  await phone.taps(/^▫️/)
  const mother = phone.screen().id
  await phone.says(bot.envelope().code)
  await phone.taps(/^▫️/)
  await phone.taps('Проверить')
  await phone.taps('Отправить')
  await phone.sees('Ваш голос принят')
  await phone.taps('Проверить', { message_id: mother })
  await phone.taps('Отправить', { message_id: mother })
  await phone.sees('Ваш голос принят')
  expect(await ballotsOf(phone)).toHaveLength(2)
})

test('a stranger who presses the buttons of somebody’s ballot gets nowhere, and learns nothing', async () => {
  const person = await voter()
  await findAndMark(person, 1)
  await person.taps('Проверить')
  const id = await uuid(person)
  const stranger = await bot.resident('ru')
  for (const data of [`bm:${id}:1:0`, `bp:${id}:0`, `br:${id}`]) {
    await stranger.pressesRaw(data)
    expect(stranger.alert()).toBe('Эта кнопка устарела. Откройте список.')
  }
  await stranger.pressesRaw(await sendData(person))
  await stranger.sees('Сначала нужно подтверждение')
  expect(traces(stranger)).toEqual([])
  expect(await ballotsOf(person)).toEqual([])
  await person.taps('Отправить')
  await person.sees('Ваш голос принят')
})

test('marks that the session store lost are asked for again, and nothing is sent', async () => {
  const person = await voter()
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  const [row] = await bot.app.db.sql<{ id: string }[]>`
    select id from opened_ballot where account = ${person.id} order by at desc limit 1`
  await bot.session.eraseMarks(person.id, row?.id ?? '')
  await person.taps('Отправить')
  await person.sees('Извините, отметки не сохранились. Этот бюллетень не отправлен.')
  expect(await ballotsOf(person)).toEqual([])
  await person.taps('Голосовать')
  await person.sees('Отмечено: 0 из 3')
})
