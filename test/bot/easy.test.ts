// Easy mode: one project a message, and a whole vote by somebody who sees no sign that is not a word, and no picture.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BallotTerms } from '../../src/core/ballots/index.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { botCycle, MAKANSHY } from '../support/bot-cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'easy mode' })
})
afterAll(() => bot.stop())

/** What is left of a text where no sign but words, numbers and punctuation is drawn. */
const bare = (text: string): string =>
  text
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\uFE0F|\u200D|\u20E3/gu, '')
    .trim()

/** Somebody who sees of every screen only what `bare` leaves of it. */
function seesWordsOnly(person: Person) {
  const labels = (): string[] => {
    const shown = person.screen().buttons.flat().map(bare)
    expect(new Set(shown).size, `each button has words of its own: ${shown.join(' | ')}`).toBe(shown.length)
    for (const label of shown) expect(label, person.onScreen()).toMatch(/\p{L}{2}/u)
    return shown
  }
  return {
    labels,
    text: () => bare(person.screen().text),
    /** Presses the button that reads so, of the screen in front of them. */
    async taps(label: string) {
      expect(labels(), person.onScreen()).toContain(label)
      const { id, buttons } = person.screen()
      const whole = buttons.flat().find((one) => bare(one) === label) ?? label
      await person.taps(whole, { message_id: id })
      expect(person.chat().messages.filter(({ photo, voice }) => photo ?? voice)).toEqual([])
    },
  }
}

test('a whole vote, one project a message, without a sign that is not a word and without a picture', async () => {
  const { code } = bot.envelope()
  const apa = await bot.resident('kk')
  const sees = seesWordsOnly(apa)
  await sees.taps('Бұл қалай өтеді?')
  await sees.taps('Қарапайым режим')
  expect(sees.text()).toContain('Қазір: өшірулі')
  await sees.taps('Қосу')
  expect(sees.text()).toContain('Қазір: қосулы')
  await sees.taps('Мәзір')

  await sees.taps('Жобалар')
  const told = new Set<string>()
  for (let n = 1; n <= 10; n++) {
    expect(sees.text()).toContain(`Жоба: ${n} / 10`)
    const projects = sees.text().match(/№\s\d+\. .+/g) ?? []
    expect(projects, apa.onScreen()).toHaveLength(1)
    expect(sees.text()).toMatch(/Құны: [\d\s]+₸/)
    told.add(projects[0] ?? '')
    if (n < 10) await sees.taps('Келесі')
  }
  expect(told.size).toBe(10)
  expect(sees.labels()).not.toContain('Келесі')
  await sees.taps('Алдыңғы')
  expect(sees.text()).toContain('Жоба: 9 / 10')

  await sees.taps('Дауыс беру')
  await apa.says(code)
  expect(sees.text()).toContain('Жоба: 1 / 10')
  expect(sees.text()).toContain('Ең көбі 3 жоба белгілеңіз')
  expect(sees.text()).toContain('Бұл жоба белгіленбеген.')
  await sees.taps('Осы жобаны белгілеу')
  expect(sees.text()).toContain('Бұл жоба белгіленген.')
  expect(sees.text()).toContain('Белгіленгені: 1 / 3')
  await sees.taps('Белгіні алып тастау')
  expect(sees.text()).toContain('Белгіленгені: 0 / 3')
  await sees.taps('Келесі')
  expect(sees.text()).toContain('Жоба: 2 / 10')
  const chosen = sees.text().match(/№\s\d+\. .+/)?.[0] ?? ''
  await apa.says('осы жобаны белгілеу')
  expect(sees.text()).toContain('Бұл жоба белгіленген.')
  await sees.taps('Тексеру')
  expect(sees.text()).toContain(chosen)
  await sees.taps('Жіберу')
  await apa.sees('Растау нөмірі')
  const [row] = await bot.app.db.sql<{ n: number }[]>`
    select count(*)::int as n from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${apa.id}`
  expect(row?.n).toBe(1)
})

test('a search and a card lead back to the project where one was', async () => {
  const apa = await bot.resident('ru')
  await apa.says('/easy')
  await apa.taps('Включить')
  await apa.says('/menu')
  await apa.taps('Проекты')
  await apa.taps('Поиск')
  await apa.says('площад')
  expect(apa.screen().text).toMatch(/Проект 1 из [2-9]/)
  await apa.taps(/^Далее|^Следующ/)
  const second = apa.screen().text
  expect(second).toMatch(/Проект 2 из/)
  await apa.taps('Подробнее')
  await apa.taps('К списку')
  expect(apa.screen().text).toBe(second)
  await apa.sharesLocation(46.79, 82.02)
  const { text } = await apa.sees('Ближайшие проекты')
  expect(text.match(/№\s\d+\. /g)).toHaveLength(1)
})

test('easy mode is shown by /mydata, ends by its switch, and is forgotten with the account', async () => {
  const person = await bot.resident('en')
  await person.says('/easy')
  await person.taps('Turn on')
  await person.says('/mydata')
  await person.sees('Easy mode: on')
  await person.says('/easy')
  await person.taps('Turn off')
  await person.says('/mydata')
  expect((await person.sees('What is kept about you')).text).not.toContain('Easy mode')
  await person.says('/easy')
  await person.taps('Turn on')
  await person.says('/delete')
  await person.taps('Erase')
  await person.says('/start')
  await person.taps('English')
  await person.taps(/^Makanshy,/)
  await person.taps('Projects')
  expect(person.screen().text).toMatch(/№\s\d+[^]*№\s\d+/)
})

const TERMS: Record<string, BallotTerms> = {
  knapsack: { kind: 'knapsack', budget: 15_000_000, min: 1 },
  ranking: { kind: 'ranking', max: 3, min: 1 },
  points: { kind: 'points', least: 1, most: 3, unlisted: 0, min: 1, max: 3, minSum: 1, maxSum: 5 },
  'choose-1': { kind: 'choose-1' },
}

test.each(Object.entries(TERMS))('a ballot of %s is marked in words alone', async (kind, ballotTerms) => {
  const cycle = await botCycle(bot.app, {
    slug: `easy-${kind}`,
    terms: { ...PROFILES.advisory, ballotTerms },
    villages: [{ name: MAKANSHY, projects: 3, cards: 1 }],
  })
  const [village] = cycle.villages
  const person = await bot.resident('en', village)
  await person.says('/easy')
  await person.taps('Turn on')
  await person.says('/menu')
  await person.taps('Vote')
  await person.says(village.cards[0]?.code ?? '')
  const sees = seesWordsOnly(person)
  const [mark, marked] = {
    knapsack: ['Mark this project', 'This project is marked.'],
    ranking: ['Give it place 1', 'Place of this project: 1.'],
    points: ['Add a point', 'Points of this project: 1.'],
    'choose-1': ['Mark this project', 'This project is marked.'],
  }[kind] as [string, string]
  await sees.taps('Next')
  expect(sees.text()).not.toContain(marked)
  await sees.taps(mark)
  expect(sees.text()).toContain(marked)
  await sees.taps('Next')
  expect(sees.text()).not.toContain(marked)
  await sees.taps('Previous')
  expect(sees.text()).toContain(marked)
  await sees.taps('Review')
  await sees.taps('Send')
  await person.sees('Your vote is accepted')
})
