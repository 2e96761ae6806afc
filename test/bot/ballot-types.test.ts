// One vote with each type of ballot, marked in the chat: the limit says by how much, the review what will be sent, and the
// count of such ballots who wins.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BallotTerms } from '../../src/core/ballots/index.ts'
import type { RuleTerms } from '../../src/core/counting/index.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { type BotCycle, botCycle, MAKANSHY } from '../support/bot-cycle.ts'
import { must, vote, voters } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { plainShares } from '../support/shares-terms.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({
    seed: 'ballot types',
    cycle: { villages: [{ name: MAKANSHY, projects: 1, cards: 0 }] },
  })
})
afterAll(() => bot.stop())

const BUDGET = 8_000_000
const COSTS = [3_000_000, 2_500_000, 4_000_000, 1_600_000]
const GREEDY: RuleTerms = { rule: 'greedy', skip: true, minVotes: 1, ties: ['lots'] }

/** A village with four projects (3, 2.5, 4 and 1.6 m) and 8 m to spend. */
const cycleOf = (slug: string, ballotTerms: BallotTerms, ruleTerms: RuleTerms = GREEDY): Promise<BotCycle> =>
  botCycle(bot.app, {
    slug,
    terms: { ...PROFILES.advisory, ballotTerms, ruleTerms },
    villages: [
      {
        name: MAKANSHY,
        projects: COSTS.length,
        cards: 1,
        budget: BUDGET,
        edit: (_, number) => ({ cost: COSTS[number - 1] ?? 0 }),
      },
    ],
  })

const WORDS = {
  kk: {
    vote: 'Дауыс беру',
    review: 'Тексеру',
    send: 'Жіберу',
    change: 'Өзгерту',
    accepted: 'Дауысыңыз қабылданды',
  },
  ru: {
    vote: 'Голосовать',
    review: 'Проверить',
    send: 'Отправить',
    change: 'Изменить',
    accepted: 'Ваш голос принят',
  },
} as const

/** A resident in front of the blank ballot, and what they do there. */
async function atTheBallot(cycle: BotCycle, language: 'kk' | 'ru') {
  const [village] = cycle.villages
  const words = WORDS[language]
  const person: Person = await bot.resident(language, village)
  await person.taps(words.vote)
  await person.says(village.cards[0]?.code ?? '')
  return {
    person,
    title: (number: number) => village.projects[number - 1]?.title[language] ?? '',
    /** Presses the button of a project; no two buttons on the screen are alike. Returns what the screen says then. */
    async marks(number: number): Promise<string> {
      await person.taps(new RegExp(`^(▫️|✅).*№\\s${number}[ .,]`))
      const labels = person.screen().buttons.flat()
      expect(new Set(labels).size).toBe(labels.length)
      return person.screen().text
    },
    async reviews(): Promise<string> {
      await person.taps(words.review)
      return person.screen().text
    },
    async goesBack(): Promise<void> {
      await person.taps(words.change)
    },
    async sends(): Promise<void> {
      await person.taps(words.send)
      await person.sees(words.accepted)
    },
  }
}

/** Two more residents vote (`1`, `3=2`: the number of the project, its points); the numbers of the winners in their order. */
async function winnersWith(cycle: BotCycle, others: readonly (readonly string[])[]): Promise<number[]> {
  const [{ territory }] = cycle.villages
  const people = await voters(bot.app, cycle.id, territory, others.length)
  for (const [at, person] of people.entries())
    must(
      await vote(
        bot.app,
        cycle.id,
        person,
        (others[at] ?? []).map((mark) => `${territory}p${mark}`),
      ),
    )
  await bot.close(cycle.id)
  await numberLeaves(bot.app)
  const [result] = must(await countCycle(bot.app, cycle.id, 'command'))
  expect(result?.ballots).toBe(others.length + 1)
  return (result?.count.winners ?? []).map((id) => Number(id.slice(`${territory}p`.length)))
}

test('knapsack: the money left is said after each mark, and one that is too dear by how much', async () => {
  const cycle = await cycleOf('knapsack', { kind: 'knapsack', min: 1, budget: BUDGET })
  const aigul = await atTheBallot(cycle, 'kk')
  await aigul.person.sees(/8\s000\s000\s₸ сомасынан аспайтын/)
  await aigul.reviews()
  expect(aigul.person.alert()).toBe('Кемінде 1 жоба белгілеңіз.')
  await aigul.marks(1)
  expect(await aigul.marks(2)).toMatch(/құны: 5\s500\s000\s₸ \/ 8\s000\s000\s₸\nҚалғаны: 2\s500\s000\s₸/)
  await aigul.marks(3)
  expect(aigul.person.alert()).toMatch(/^Бюджеттен асатын сома: 1\s500\s000\s₸\./)
  const review = await aigul.reviews()
  expect(review).toMatch(new RegExp(`№\\s1\\. ${aigul.title(1)}\\. 3\\s000\\s000\\s₸`))
  expect(review).toMatch(/№\s2\..*\n.*құны: 5\s500\s000\s₸ \//)
  expect(review).not.toContain('№\u00a03')
  await aigul.sends()
  expect(
    await winnersWith(cycle, [
      ['1', '2'],
      ['2', '4'],
    ]),
  ).toEqual([2, 1, 4])
})

test('points: a press adds one, a button takes one back, and those missing or left are counted', async () => {
  const terms = { min: 1, max: 3, least: 1, most: 3, minSum: 5, maxSum: 5, unlisted: 0 }
  const cycle = await cycleOf('points', { kind: 'points', ...terms })
  const marat = await atTheBallot(cycle, 'ru')
  await marat.person.sees('У вас 5 баллов.')
  for (let pressed = 1; pressed <= 3; pressed++) await marat.marks(1)
  await marat.marks(1)
  expect(marat.person.alert()).toBe('Одному проекту можно дать не больше 3 баллов.')
  expect(await marat.marks(2)).toContain('Баллов роздано: 4 из 5\nОсталось баллов: 1')
  await marat.reviews()
  expect(marat.person.alert()).toBe('Раздайте ещё 1 балл.')
  await marat.marks(2)
  await marat.marks(3)
  expect(marat.person.alert()).toMatch(/^Не хватает баллов: 1\./)
  await marat.person.taps('№\u00a01: убрать балл')
  await marat.marks(3)
  const review = await marat.reviews()
  expect(review).toContain(`№\u00a01. ${marat.title(1)}. Баллы: 2\n№\u00a02. ${marat.title(2)}. Баллы: 2\n`)
  expect(review).toContain(`№\u00a03. ${marat.title(3)}. Баллы: 1\nБаллов роздано: 5 из 5`)
  await marat.sends()
  expect(
    await winnersWith(cycle, [
      ['3=3', '2=2'],
      ['2=3', '4=2'],
    ]),
  ).toEqual([2, 3])
})

test('points: the last one taken back leaves the project unmarked, with no button to take more', async () => {
  const terms = { min: 1, max: 4, least: 2, most: 4, minSum: 0, maxSum: null, unlisted: 0 }
  const cycle = await cycleOf('grades', { kind: 'points', ...terms })
  const saule = await atTheBallot(cycle, 'kk')
  await saule.person.sees('Бірінші басқанда бірден 2 ұпай беріледі.')
  expect(await saule.marks(4)).toContain(`№\u00a04. ${saule.title(4)}. Ұпай: 2`)
  await saule.person.taps('№\u00a04: бір ұпай азайту')
  expect(saule.person.screen().text).toContain('Берілген ұпай: 0')
  expect(saule.person.hasButton(/бір ұпай азайту/)).toBe(false)
  expect(saule.person.hasButton(/^▫️ №\s4\. /)).toBe(true)
})

test('ranking: each press is the next place, and taking one out moves the others up', async () => {
  const cycle = await cycleOf('ranking', { kind: 'ranking', min: 1, max: 3 })
  const aigul = await atTheBallot(cycle, 'kk')
  for (const number of [3, 1, 4]) await aigul.marks(number)
  expect(aigul.person.screen().text).toMatch(/Орны: 1\. №\s3\. .*\nОрны: 2\. №\s1\. .*\nОрны: 3\. №\s4\. /)
  await aigul.marks(2)
  expect(aigul.person.alert()).toBe(
    'Ең көбі 3 жоба таңдауға болады. Алдымен біреуінің белгісін алып тастаңыз.',
  )
  expect(await aigul.marks(1)).toMatch(/Белгіленгені: 2 \/ 3\nОрны: 1\. №\s3\. .*\nОрны: 2\. №\s4\. /)
  expect(await aigul.reviews()).toMatch(/\nОрны: 1\. №\s3\. .*\nОрны: 2\. №\s4\. /)
  await aigul.goesBack()
  expect(aigul.person.hasButton(/^✅ Орны: 2\. №\s4\. /)).toBe(true)
  await aigul.reviews()
  await aigul.sends()
  // Worth: the third 2 + 2 + 3, the fourth 1 + 3; the first and the second 2 each, and 2.4 m are left for one of them.
  expect(
    await winnersWith(cycle, [
      ['4', '3', '1'],
      ['3', '2', '1'],
    ]),
  ).toEqual([3, 4])
})

test('choose one: a press moves the mark, and a second press keeps it', async () => {
  const cycle = await cycleOf('choose-one', { kind: 'choose-1' })
  const marat = await atTheBallot(cycle, 'ru')
  await marat.reviews()
  expect(marat.person.alert()).toBe('Отметьте хотя бы 1 проект.')
  await marat.marks(1)
  await marat.marks(2)
  expect(marat.person.hasButton(/^✅ №\s1\. /)).toBe(false)
  expect(await marat.marks(2)).toContain(`Отмечено: 1 из 1\n№\u00a02. ${marat.title(2)}`)
  expect(await marat.reviews()).toMatch(/\n№\s2\. .*2\s500\s000\s₸\n/)
  await marat.sends()
  expect(await winnersWith(cycle, [['4'], ['2']])).toEqual([2, 4])
})

test('approval under equal shares: the ballot says how the money is divided before anything is marked', async () => {
  const cycle = await cycleOf(
    'shares',
    { kind: 'approval', min: 1, max: 2 },
    { ...plainShares, ties: ['lots'] },
  )
  const aigul = await atTheBallot(cycle, 'kk')
  await aigul.person.sees('Ақша дауыс берушілерге тең бөлінеді.')
  for (const number of [1, 2, 3]) await aigul.marks(number)
  expect(aigul.person.alert()).toBe(
    'Ең көбі 2 жоба таңдауға болады. Алдымен біреуінің белгісін алып тастаңыз.',
  )
  expect(await aigul.reviews()).toMatch(/№\s1\. .*\n№\s2\. /)
  await aigul.sends()
  // Each voter holds 2.67 m. The second costs each of three 0.83 m, then the first each of two 1.5 m, the fourth its one 1.6 m.
  expect(
    await winnersWith(cycle, [
      ['1', '2'],
      ['2', '4'],
    ]),
  ).toEqual([2, 1, 4])
})

test('the result of a vote by points speaks of points, in the chat, its steps and the reasons', async () => {
  const terms = { min: 1, max: 4, least: 1, most: 4, minSum: 1, maxSum: 10, unlisted: 0 }
  const cycle = await cycleOf('points-result', { kind: 'points', ...terms })
  const [{ territory, projects }] = cycle.villages
  const [first, second] = projects
  for (const voter of await voters(bot.app, cycle.id, territory, 10))
    must(await vote(bot.app, cycle.id, voter, [`${first?.id}=3`, `${second?.id}=1`]))
  await bot.close(cycle.id)
  await bot.publish(cycle.id)
  const person = await bot.resident('ru', cycle.villages[0])
  await person.taps('Итоги')
  const { text } = await person.sees('Проголосовало: 10')
  expect(text).toMatch(/№\s1\. .*: 30 баллов/)
  expect(text).not.toMatch(/\d голос/)
  await person.taps('Как считали?')
  const steps = await person.sees(/№\s1 проходит: 30 баллов/)
  expect(steps.text).not.toMatch(/\d голос/)
  expect(steps.text).toContain('ТРЕНИРОВКА')
})
