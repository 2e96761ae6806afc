// In a village where few may vote it is said before the vote what the result can show of them; in a large one nobody is troubled with it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBot, type TestBot } from '../support/bot.ts'
import { type BotVillage, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'

let bot: TestBot
let large: BotVillage
let small: BotVillage
beforeAll(async () => {
  // A hundred on the roll, and one less: with a tenth of them voting it is ten, or fewer.
  const villages = [
    { name: MAKANSHY, projects: 2, cards: 100 },
    { name: ULYTAU, projects: 2, cards: 99 },
  ]
  bot = await startBot({ seed: 'few-people', cycle: { villages } })
  const [first, second] = bot.cycle.villages
  if (!second) throw new Error('one village')
  ;[large, small] = [first, second]
})
afterAll(() => bot.stop())

const WORDS = {
  kk: {
    vote: 'Дауыс беру',
    review: 'Тексеру',
    chosen: 'Таңдағаныңыз',
    hidden: '10-нан аз адам дауыс берсе, әр жобаның дауысы көрсетілмейді',
    winners: 'Бір-екі адам ғана дауыс берсе, өткен жобалардан олардың таңдауы көрініп қалуы мүмкін.',
  },
  ru: {
    vote: 'Голосовать',
    review: 'Проверить',
    chosen: 'Вы выбрали',
    hidden: 'Если проголосует меньше 10 человек, голоса по проектам не показываются',
    winners: 'по прошедшим проектам может быть видно, что они выбрали.',
  },
} as const

/** What the person reads above Send. */
async function review(language: keyof typeof WORDS, village: BotVillage): Promise<string> {
  const words = WORDS[language]
  const person = await bot.resident(language, village)
  await person.taps(words.vote)
  await person.says(bot.envelope(village).code)
  await person.sees('0')
  await person.taps(/^▫️/)
  await person.taps(words.review)
  const { text, buttons } = await person.sees(words.chosen)
  expect(buttons.flat()).toHaveLength(2)
  return text
}

test.each(['kk', 'ru'] as const)('above Send, in %s, where few are on the roll', async (language) => {
  const text = await review(language, small)
  expect(text).toContain(WORDS[language].hidden)
  expect(text).toContain(WORDS[language].winners)
})

test.each(['kk', 'ru'] as const)('not in %s where a hundred are', async (language) => {
  const text = await review(language, large)
  expect(text).not.toContain(WORDS[language].hidden)
  expect(text).not.toContain(WORDS[language].winners)
})
