// In a trial every screen of the vote says that it is practice, whatever leads there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultsButton } from '../../src/bot/buttons.ts'
import { claimButton } from '../../src/bot/verify/view.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import type { Person } from '../support/person.ts'

const LINE = 'ТРЕНИРОВКА. Это не настоящее голосование'
let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'practice line' })
})
afterAll(() => bot.stop())

const taps = (label: string | RegExp) => (person: Person) => person.taps(label)
const says = (text: () => string) => (person: Person) => person.says(text())
/** The number that stands in the accepted message. */
const receiptIn = (person: Person): string => {
  const accepted = person.chat().messages.findLast(({ text }) => text?.includes('Номер подтверждения:'))
  return /\d{4} \d{4} \d{4} \d{2}/.exec(accepted?.text ?? '')?.[0] ?? ''
}
/** One way through all of it; each step's screen must say so. */
const WAY: [string, (person: Person) => Promise<unknown>][] = [
  ['the menu', says(() => '/menu')],
  ['how it works', taps('Как это работает')],
  ['back at the menu', taps('Меню')],
  ['the desk', taps('Где помогут')],
  ['the list', says(() => '/menu')],
  ['projects', taps('Проекты')],
  ['the filter', taps('Фильтр')],
  ['all of them', taps('Все')],
  ['a card', taps(/^№/)],
  ['the question for digits', taps('Голосовать')],
  ['a refusal', says(() => 'сто')],
  ['a wrong code', says(() => '3945739489101250')],
  ['the ballot', says(() => bot.envelope().code)],
  ['a mark', taps(/^▫️/)],
  ['the review', taps('Проверить')],
  ['a word at the review', says(() => 'да')],
  ['the receipt', taps('Отправить')],
  ['did it arrive', taps('Дошёл ли мой голос?')],
  ['who votes', says(() => 'Меню')],
  ['people', taps('Голосовать')],
  ['the receipt looked up', (person) => person.says(receiptIn(person))],
]

test('every screen of a whole vote carries the line', async () => {
  const person = await bot.resident('ru')
  const without: string[] = []
  for (const [where, act] of WAY) {
    await act(person)
    if (!person.screen().text.includes(LINE)) without.push(`${where}: ${person.screen().text.slice(0, 80)}`)
  }
  expect(without).toEqual([])
})

const NAME = 'Бюджет села'
/** What is asked or told of no vote: a language, a village, what is kept and which messages come. */
const OF_NO_VOTE = [
  'Тілді таңдаңыз',
  'В каком селе вы живёте',
  'Что о вас хранится',
  'Какие сообщения',
  'Простой режим',
  'Где вы живёте',
]

/** Buttons that are not pressed here: they lead out of the vote. */
const LEADS_OUT = /^(Қазақша|Русский|English|🇰🇿|Язык|Другое село)/

test('whatever is pressed in a practice, each button that comes to sight, the screen says so and names the vote', async () => {
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.says(bot.envelope().code)
  await person.says('/menu')
  const kindOf = (label: string) =>
    label
      .replace(/^№.*/s, '№')
      .replace(/^(▫️|✅).*/s, '$1')
      .replace(/\d+/g, '#')
  const pressed = new Set<string>()
  const without: string[] = []
  const inSight = () =>
    person
      .chat()
      .messages.at(-1)
      ?.buttons?.flat()
      .find(({ text, kind }) => kind === 'callback' && !LEADS_OUT.test(text) && !pressed.has(kindOf(text)))
  for (let misses = 0; misses < 2; ) {
    const next = inSight()
    if (!next) {
      misses++
      await person.says('/menu')
      continue
    }
    misses = 0
    pressed.add(kindOf(next.text))
    await person.taps(next.text)
    // A place on the map has no words.
    for (const { text } of person.heard().filter((one) => one.text !== ''))
      if (!(text.includes(LINE) && text.includes(NAME)) && !OF_NO_VOTE.some((words) => text.includes(words)))
        without.push(`${next.text}: ${text.slice(0, 120)}`)
  }
  expect(pressed.size).toBeGreaterThan(15)
  expect(without).toEqual([])
})

/** Ways to what nobody presses twice a day. */
const ASIDE: [string, (person: Person) => Promise<unknown>][] = [
  [
    'search',
    async (person) =>
      void (await person.says('/menu'), await person.taps('Проекты'), await person.taps('Поиск')),
  ],
  ['a word at the search', (person) => person.says('ничего такого нет')],
  [
    'location',
    async (person) =>
      void (await person.says('/menu'), await person.taps('Проекты'), await person.taps('Рядом')),
  ],
  ['no location at the location', (person) => person.says('не хочу')],
  ['a contact where none was asked for', (person) => person.sharesContact()],
  ['a second yes to a card that nobody kept', (person) => person.pressesRaw(claimButton.pack({ yes: 1 }))],
]

test('what is asked and refused on the way carries the line too, and so does what a second Send takes the place of', async () => {
  const person = await bot.resident('ru')
  const without: string[] = []
  for (const [where, act] of ASIDE) {
    await act(person)
    if (!person.heard().some(({ text }) => text.includes(LINE)))
      without.push(`${where}: ${person.onScreen().slice(-300)}`)
  }
  expect(without).toEqual([])
})

test('a result that is not there yet, or is looked at, says so as a practice', async () => {
  const person = await bot.resident('ru')
  const { id, villages } = bot.cycle
  const [{ territory }] = villages
  await person.pressesRaw(resultsButton.pack({ cycle: id, territory, pot: 'general' }))
  expect((await person.sees(/./)).text).toMatch(new RegExp(`${LINE}[^]*${NAME}`))
})
