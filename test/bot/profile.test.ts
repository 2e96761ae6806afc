// Before Start, and what is kept: the bot's name and description in three languages, and /privacy.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../src/bot/api.ts'
import { tellProfile } from '../../src/bot/profile.ts'
import { createI18n } from '../../src/i18n.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { botCycle, ULYTAU } from '../support/bot-cycle.ts'
import { day } from '../support/cycle.ts'

let room: Room
let bot: TestBot
beforeAll(async () => {
  room = await openRoom()
  bot = await startBot({ seed: 'privacy' })
})
afterAll(async () => {
  await Promise.all([room.close(), bot.stop()])
})

test('who opens the bot reads before Start, in their language, that it is free and which bot is the only one', async () => {
  const told: string[] = []
  const { api } = createClient(room.sandbox.token, room.sandbox.url, memorySession(), createMetrics(false))
  api.config.use((call, method, payload, signal) => {
    if (method.startsWith('setMy')) told.push(method)
    return call(method, payload, signal)
  })
  await tellProfile(api, createI18n(), 'dauys_bot')
  const said = {
    kk: ['Дауыс', 'Қатысу тегін'],
    ru: ['Дауыс', 'Никто не вправе платить за голос или просить его'],
    en: ['Dauys', 'Nobody may pay for a vote or ask for one'],
    de: ['Дауыс', 'Қатысу тегін'],
  } as const
  for (const [language_code, [name, free]] of Object.entries(said)) {
    expect(await room.does('getMyName', { language_code })).toEqual({ name })
    const { description } = (await room.does('getMyDescription', { language_code })) as {
      description: string
    }
    expect(description).toContain(free)
    expect(description).toContain('@dauys_bot')
  }
  expect(told.length).toBeGreaterThan(0)
  told.length = 0
  await tellProfile(api, createI18n(), 'dauys_bot')
  expect(told).toEqual([])
})

test('a refusal of one text keeps back none of the others', async () => {
  const { api } = createClient(room.sandbox.token, room.sandbox.url, memorySession(), createMetrics(false))
  api.config.use((call, method, payload, signal) =>
    method === 'setMyName' ? Promise.reject(new Error('too often')) : call(method, payload, signal),
  )
  await expect(tellProfile(api, createI18n(), 'other_bot')).resolves.toBeUndefined()
  await room.does('setMyName', { name: 'X' })
  await expect(tellProfile(api, createI18n(), 'third_bot')).rejects.toThrow('too often')
  expect(await room.does('getMyDescription', { language_code: 'en' })).toMatchObject({
    description: expect.stringContaining('@third_bot'),
  })
})

test('what is kept, how long and whom to ask stands behind a command, and behind a button of how it works', async () => {
  const words = {
    kk: ['Деректер қалай сақталады', '30 күн', 'Бұл қалай өтеді?', 'Деректер қалай сақталады?'],
    ru: ['Как хранятся данные', '30 дней', 'Как это работает', 'Как хранятся данные?'],
    en: ['How your data is kept', '30 days', 'How it works', 'How is my data kept?'],
  } as const
  for (const language of ['kk', 'ru', 'en'] as const) {
    const [title, days, how, button] = words[language]
    const person = await bot.resident(language)
    await person.says('/privacy')
    const { text } = await person.sees(title)
    expect(text).toContain(days)
    expect(text).toContain('+7')
    await person.says('/menu')
    await person.taps(how)
    await person.taps(button)
    await person.sees(title)
  }
})

test('how it works speaks of ideas and moderators only where the vote takes ideas', async () => {
  const ideas = await botCycle(bot.app, {
    slug: 'with-ideas',
    phase: 'announced',
    villages: [{ name: ULYTAU, projects: 1, cards: 0 }],
    timeline: {
      announced: day(-2),
      ideas: day(1),
      review: day(2),
      voting: day(3),
      counting: day(13),
      results: day(15),
    },
  })
  for (const [village, told] of [
    [bot.cycle.villages[0], false],
    [ideas.villages[0], true],
  ] as const) {
    const person = await bot.resident('kk', village)
    await person.says('/help')
    const { text } = await person.sees('Бұл қалай өтеді?')
    expect([/идея жібереді/.test(text), /Модератор/.test(text)], text).toEqual([told, told])
  }
})

test('a stage before the vote is called what it is, not preparation', async () => {
  const cycle = await botCycle(bot.app, {
    slug: 'stages',
    phase: 'announced',
    villages: [{ name: ULYTAU, projects: 1, cards: 0 }],
    timeline: {
      announced: day(-2),
      ideas: day(1),
      review: day(2),
      voting: day(3),
      counting: day(13),
      results: day(15),
    },
  })
  const person = await bot.resident('ru', cycle.villages[0])
  expect(person.screen().text).toContain('Этап: подготовка. Голосование начнётся:')
  for (const stage of ['Этап: приём идей. До', 'Этап: рассмотрение идей. До']) {
    await bot.close(cycle.id)
    await person.says('/menu')
    expect(person.screen().text).toContain(stage)
  }
})
