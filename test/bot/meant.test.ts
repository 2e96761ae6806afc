// What people mean: first words, labels and names instead of presses, numbers, double taps; and what limits do to long lists.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import type { Person } from '../support/person.ts'

const LONG = 'Очень длинное название проекта, которое никак не кончается. '.repeat(100)
let bot: TestBot
beforeAll(async () => {
  const villages = [
    {
      name: MAKANSHY,
      projects: 199,
      cards: 20,
      edit: (_: unknown, number: number) =>
        number === 7 ? { title: everywhere(LONG), summary: everywhere(LONG), lat: 820.2, lon: 46.7 } : {},
    },
    { name: ULYTAU, projects: 3, cards: 4 },
    { name: BESTEREK, projects: 0, cards: 2 },
  ]
  bot = await startBot({ seed: 'meant', cycle: { villages } })
  await botCycle(bot.app, { slug: 'second', villages: [{ name: BESTEREK, projects: 2, cards: 1 }] })
})
afterAll(() => bot.stop())

const asked = /Тілді таңдаңыз · Выберите язык · Choose a language/
const newMessages = (person: Person): number => person.heard().length

test.each(['/Start', '/START', 'start', '/Menu', '/help me', 'привет', '42', '🙂', 'ЖСН'])(
  'a newcomer whose first word is %s is greeted and asked for the language',
  async (word) => {
    const newcomer = await bot.person({ language_code: 'de' })
    await newcomer.says(word)
    await newcomer.sees(asked)
    expect(newMessages(newcomer)).toBe(1)
    await newcomer.taps('Русский')
    await newcomer.sees('Это Дауыс – бот бюджета народного участия.')
  },
)

test.each([
  ['/Mydata', 'Что о вас хранится'],
  ['/RECEIPT', 'Дошёл ли мой голос?'],
  ['/Help', 'Как это работает'],
  ['/Language', 'Выберите язык'],
])('a phone that writes %s with a capital means the command', async (typed, seen) => {
  const person = await bot.resident('ru')
  await person.says(typed)
  await person.sees(seen)
})

test.each([
  ['село Улытау', 'Русский', /<b>Улытау|Улытау, /],
  ['Ұлытау ауылы', 'Қазақша', /Кезең: /],
  ['ауыл Ұлытау', 'Қазақша', /Кезең: /],
])('a village is found with the word for what it is: %s', async (written, language, seen) => {
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says('/start')
  await newcomer.taps(language)
  await newcomer.says(written)
  await newcomer.sees(seen)
  expect(newcomer.screen().buttons.flat().length).toBeGreaterThan(4)
  await newcomer.says('/mydata')
  await newcomer.sees(/Село: Улытау|Ауыл: Ұлытау/)
})

test('a misspelt village is asked about and not chosen; a sticker is not looked for among villages', async () => {
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says('/start')
  await newcomer.taps('Русский')
  await newcomer.sendsSticker()
  await newcomer.sees(/здесь не принимаются\.[^]*Где вы живёте\?/)
  await newcomer.says('Уллытау')
  const asked = await newcomer.sees('Вы имели в виду это?')
  expect(asked.buttons.flat().filter((label) => label.startsWith('Улытау'))).toHaveLength(1)
  expect(asked.text).not.toContain('Бестерек')
  await newcomer.says('Алматы')
  await newcomer.sees('Такого места в списке не нашлось.')
  await newcomer.taps(/^Улытау/)
  await newcomer.sees('Этап: голосование')
})

test('where a search found nothing, the other word that was asked for is taken', async () => {
  const person = await bot.resident('ru')
  await person.taps('Проекты')
  await person.taps('Поиск')
  await person.says('марсоход')
  await person.sees('Ничего не найдено. Попробуйте другое слово.')
  await person.says('луноход')
  await person.sees('Ничего не найдено. Попробуйте другое слово.')
  await person.says('длинное')
  await person.sees('Поиск: «длинное»')
})

test('a photo as the first word is greeted too, and a language that is written is chosen', async () => {
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.sendsPhoto()
  await newcomer.sees(asked)
  await newcomer.says('по-русски')
  await newcomer.sees(asked)
  await newcomer.says('русский')
  await newcomer.sees('Это Дауыс')
})

test('a village, a card or a receipt that is said first is not lost behind the choice of a language', async () => {
  const [, ulytau] = bot.cycle.villages
  const villager = await bot.person({ language_code: 'ru' })
  await villager.says('Улытау')
  await villager.taps('Русский')
  await villager.sees('Улытау, Улытау сельский округ')
  const holder = await bot.person({ language_code: 'ru' })
  await holder.says(`Код: ${bot.envelope(ulytau).code}`)
  await holder.taps('Русский')
  await holder.sees('Карточка распознана. Село: Улытау')
  await holder.says('да')
  await holder.sees('Отмечено: 0 из 3')
  await holder.taps(/^▫️/)
  await holder.taps('Проверить')
  await holder.taps('Отправить')
  const { text } = await holder.sees('Ваш голос принят')
  const stranger = await bot.person({ language_code: 'ru' })
  await stranger.says(/\d{4} \d{4} \d{4} \d{2}/.exec(text)?.[0] ?? '')
  await stranger.sees(asked)
  await stranger.taps('Русский')
  await stranger.sees(/Номер подтверждения:[^]*Голос принят/)
})

test('a name that two places share is asked back; with its okrug it is one', async () => {
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says('/start')
  await newcomer.taps('Русский')
  await newcomer.says('бестерек')
  const { buttons } = await newcomer.sees('Так называются несколько мест.')
  expect(buttons.flat().filter((label) => label.startsWith('Бестерек,'))).toHaveLength(2)
  await newcomer.says('МАКАНЧИ, Маканчи сельский округ')
  await newcomer.sees('Этап: голосование')
})

test('every label on the screen can be written, and a project by its number', async () => {
  const person = await bot.resident('ru')
  await person.says('проекты')
  await person.sees('Проекты: Маканчи')
  const number = /№\s(\d+)/.exec(
    person
      .screen()
      .buttons.flat()
      .find((label) => label.startsWith('№')) ?? '',
  )?.[1]
  await person.says(`№${number}`)
  await person.sees(/К списку|Стоимость/)
  await person.says('К СПИСКУ')
  await person.sees('Проекты: Маканчи')
  await person.says('меню')
  await person.sees('Этап: голосование')
  await person.says('другое место')
  await person.sees('Где вы живёте')
})

test.each(['2', '№2', '№ 2', 'проект 2', '٢'])(
  'a search for %s finds the project of that number first',
  async (words) => {
    const person = await bot.resident('ru')
    await person.taps('Проекты')
    await person.taps('Поиск')
    await person.says(words)
    expect(person.screen().buttons.flat()[0]).toMatch(/^№\s2[. ]/)
  },
)

test('a ballot of 25 pages names every project in full with its cost, within what a message holds', async () => {
  const person = await bot.resident('ru')
  await person.says(bot.envelope().code)
  const seen = new Set<string>()
  for (let page = 0; page < 25; page++) {
    const { text } = person.screen()
    expect(text.length).toBeLessThanOrEqual(4096)
    for (const [, number, title] of text.matchAll(/^№\s(\d+)\. (.*)\. [\d\s]+₸$/gm)) {
      const project = bot.cycle.villages[0].projects[Number(number) - 1]
      if (number !== '7') expect(title).toBe(project?.title.ru)
      seen.add(number ?? '')
    }
    if (page < 24) await person.taps('Следующая')
  }
  expect(seen.size).toBe(199)
})

test('on a ballot a project is marked by its whole title, in either language, or by its number, on whichever page', async () => {
  const person = await bot.resident('ru')
  await person.says(bot.envelope().code)
  await person.sees('Отмечено: 0 из 3')
  const shown = (number: number) => person.screen().text.includes(`№\u00a0${number}. `)
  const elsewhere = bot.cycle.villages[0].projects
    .map(({ title }, at) => ({ title, number: at + 1 }))
    .filter(({ number }) => number !== 7 && !shown(number))
  const [one, two, three] = elsewhere as [(typeof elsewhere)[0], (typeof elsewhere)[0], (typeof elsewhere)[0]]
  await person.says(one.title.ru.toUpperCase().replaceAll('ё', 'е'))
  const marked = await person.sees('Отмечено: 1 из 3')
  expect(marked.text).toMatch(new RegExp(`№\\s${one.number}[. ]`))
  await person.says(two.title.kk)
  await person.sees('Отмечено: 2 из 3')
  await person.says(`№${three.number}`)
  await person.sees('Отмечено: 3 из 3')
  await person.says(one.title.ru)
  await person.sees('Отмечено: 2 из 3')
  await person.says('такого проекта здесь нет')
  await person.sees(/ещё не отправлен[^]*Отмечено: 2 из 3/)
})

test('a title of 6,000 letters is cut on the card, and a place that is not on the earth has no map', async () => {
  const person = await bot.resident('ru')
  await person.says(`/start p_${bot.cycle.id}_${bot.cycle.villages[0].territory}_7`)
  const { text, buttons } = await person.sees('Очень длинное название')
  expect(text.length).toBeLessThanOrEqual(4096)
  expect(buttons.flat().some((label) => label.includes('карт'))).toBe(false)
})

test('a link of a card that was damaged says so', async () => {
  const { code } = bot.envelope()
  const wrong = code.slice(0, 15) + ((Number(code[15]) + 1) % 10)
  const person = await bot.resident('ru')
  await person.says(`/start c_${wrong}`)
  await person.sees(/Ссылка карточки повреждена\.[^]*Этап: голосование/)
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says(`/start c_${wrong}`)
  await newcomer.taps('Русский')
  await newcomer.sees('Ссылка карточки повреждена.')
})

test('a second tap on “Yes” of a card’s link finds the ballot, not an apology', async () => {
  const person = await bot.resident('ru')
  await person.says(`/start c_${bot.envelope().code}`)
  const { id } = await person.sees('Карточка распознана')
  await person.taps('Да')
  await person.sees('Отмечено: 0 из 3')
  await person.pressesRaw('vc:1', id)
  await person.sees('Отмечено: 0 из 3')
})

test('a double tap on “near me” is one question, and its keyboard goes with the next screen', async () => {
  const person = await bot.resident('ru')
  await person.taps('Проекты')
  const { id } = person.screen()
  const before = person.messages()
  await person.taps('Рядом', { message_id: id })
  await person.taps('Рядом', { message_id: id })
  expect(person.messages()).toBe(before + 1)
  await person.says('/menu')
  await person.sees('Этап: голосование')
  expect([newMessages(person), person.chat().keyboard]).toEqual([1, undefined])
})

test('every screen that asks for words has a way back', async () => {
  const person = await bot.resident('ru')
  await person.taps('Проекты')
  await person.taps('Поиск')
  expect(person.screen().buttons.flat()).toEqual(['К списку', 'Меню'])
  await person.taps('К списку')
  await person.taps('Рядом')
  await person.taps('Отправить геопозицию', { location: { latitude: 46.79, longitude: 82.02 } })
  expect((await person.sees('Ближайшие проекты')).buttons.flat()).toEqual(
    expect.arrayContaining(['К списку', 'Голосовать', 'Меню']),
  )
  await person.says('/language')
  expect(person.screen().buttons.flat()).toContain('Меню')
})

test('a village without projects offers no vote; a card of it is accepted, and the reason said', async () => {
  const [, , besterek] = bot.cycle.villages
  const person = await bot.resident('ru', besterek)
  expect(person.hasButton('Голосовать')).toBe(false)
  await person.says(bot.envelope(besterek).code)
  await person.sees(/Подтверждено\. Село: Бестерек[^]*нет проектов для голосования/)
})
