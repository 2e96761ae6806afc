// A practice beside a vote: its link and its cards lead in, no list does, and it takes nobody's place.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, type BotCycle, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { cards } from '../support/cards.ts'
import { day, must, openVoting } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

const BANNER = 'ТРЕНИРОВКА. Это не настоящее голосование, итоги не считаются.'

let bot: TestBot
/** A practice in Ulytau, where nothing else is going on. */
let alone: BotCycle
/** A practice in Makanshy, begun after the vote there. */
let beside: number
beforeAll(async () => {
  bot = await startBot({
    seed: 'practice',
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3, cards: 3 }] },
  })
  const { app } = bot
  await botCycle(app, { slug: 'trial', villages: [{ name: BESTEREK, projects: 1, cards: 1 }] })
  alone = await botCycle(app, {
    slug: 'alone',
    profile: 'practice',
    villages: [{ name: ULYTAU, projects: 4, cards: 3 }],
  })
  const [{ territory, projects }] = bot.cycle.villages
  beside = must(
    await createCycle(
      app,
      {
        slug: 'beside',
        title: MAKANSHY,
        profile: 'practice',
        timeline: { announced: day(-1), voting: day(0), counting: day(9) },
        territories: [{ territory, budget: 1_000_000 }],
        projects: projects.slice(0, 1).map((one) => ({ ...one, id: 'only' })),
      },
      'command',
    ),
  )
  await openVoting(app, beside)
})
afterAll(() => bot.stop())

/** What stands beside the villages. */
const BESIDE = ['Рядом', 'Моего места нет в списке', 'Язык']
const LISTED = ['Маканчи, Маканчинский р-н', 'Бестерек, Маканчинский р-н']

test('a newcomer chooses among votes and trials, and no practice is among them, near or far', async () => {
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says('/start')
  await newcomer.taps('Русский')
  expect(newcomer.screen().buttons.flat()).toEqual([...LISTED, ...BESIDE])
  await newcomer.taps('Рядом')
  await newcomer.taps('Отправить геопозицию', { location: { latitude: 46.79, longitude: 82.02 } })
  expect(newcomer.screen().buttons.flat()).toEqual([...LISTED, ...BESIDE])
  await newcomer.taps(LISTED[0] ?? '')
  expect((await newcomer.sees('Проектов: 3.')).text).not.toContain(BANNER)
})

test('the link of a village leads to its vote, and to a practice only where there is nothing else', async () => {
  const voter = await bot.resident('ru')
  expect((await voter.sees('Проектов: 3.')).text).not.toContain(BANNER)
  const trainee = await bot.resident('ru', alone.villages[0])
  expect((await trainee.sees('Проектов: 4.')).text).toContain(BANNER)
  await trainee.taps('Другое место')
  expect(trainee.screen().buttons.flat()).toEqual([...LISTED, ...BESIDE, 'Меню'])
  await trainee.says('/menu')
  await trainee.sees('Улытау, Улытау сельский округ')
})

test('the card of a practice opens its ballot, by link and by digits, and the card of the vote beside it its own', async () => {
  const [{ territory }] = bot.cycle.villages
  const [linked, typed] = await cards(bot.app, beside, territory, 2)
  const trainee = await bot.person({ language_code: 'ru' })
  await trainee.says(`/start c_${linked?.code}`)
  await trainee.taps('Русский')
  await trainee.taps('Да')
  await trainee.sees(/Подтверждено\.[^]*ТРЕНИРОВКА/)
  const other = await bot.resident('ru')
  await other.says(typed?.code ?? '')
  await other.sees(/Подтверждено\.[^]*ТРЕНИРОВКА/)
  const voter = await bot.resident('ru')
  await voter.says(bot.envelope().code)
  expect((await voter.sees('Подтверждено.')).text).not.toContain('ТРЕНИРОВКА')
})

test('words after the bot’s name find no practice; what is shared from its card is marked as one', async () => {
  const trainee = await bot.resident('ru', alone.villages[0])
  expect(await trainee.inline('')).toMatchObject({ results: [] })
  await trainee.taps('Проекты')
  await trainee.taps(/^№/)
  const { query } = await trainee.taps('Поделиться')
  const { results } = (await trainee.inline(query ?? '')) as {
    results: { input_message_content: { message_text: string } }[]
  }
  expect(results[0]?.input_message_content.message_text.split('\n')[0]).toBe(BANNER)
  const voter = await bot.resident('ru')
  expect(((await voter.inline('')) as { results: unknown[] }).results).toHaveLength(3)
})

test('a practice that began later makes no button of the vote out of date, not even of its results', async () => {
  const stands = (phase: string) =>
    unguarded(bot.app.db, (sql) => sql`update cycle set phase = ${phase} where id = ${bot.cycle.id}`)
  const voter = await bot.resident('ru')
  await stands('results')
  await voter.taps('Проекты')
  await voter.sees('Проекты: Маканчи')
  expect(voter.alert()).toBeUndefined()
  await voter.says('/start')
  expect((await voter.sees('Проектов: 3.')).text).not.toContain(BANNER)
  await stands('voting')
})
