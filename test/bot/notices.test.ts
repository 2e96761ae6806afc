// What the bot writes about is switched off and on by its reader; what can wait does not come at night.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let cycle: SmallCycle
beforeAll(async () => {
  bot = await startBot({ seed: 'switches' })
  cycle = await ideasCycle(bot.app, 'switched')
})
afterAll(() => bot.stop())

const QUESTION = { kind: 'return', question: 'Қай көшеде?' } as const
/** An idea of this person is asked about. What waits for them afterwards: kinds. */
async function asked({ id }: Person): Promise<{ kind: string; due: string }[]> {
  const idea = await sentIdea(bot.app, id, cycle)
  must(await decideIdea(bot.app, idea.id, QUESTION, { by: 'command' }))
  return bot.app.db.sql<{ kind: string; due: string }[]>`
    select kind, due_at as due from delivery where account = ${id} order by id`
}

test('whoever switches ideas off is written nothing about them, until they are switched on again', async () => {
  const aigul = await bot.resident('kk')
  await aigul.says('/notices')
  expect(aigul.screen().text).toContain('Идеялар: қосулы')
  await aigul.taps('Өшіру: Идеялар')
  expect(aigul.screen().text).toContain('Идеялар: өшірулі')
  expect(aigul.screen().text).toContain('Қорытынды: қосулы')
  expect(await asked(aigul)).toEqual([])
  await aigul.says('/mydata')
  expect(aigul.screen().text).toContain('Өшірілген хабарлар: идеялар')
  await aigul.says('/notices')
  await aigul.taps('Қосу: Идеялар')
  expect((await asked(aigul)).map(({ kind }) => kind)).toEqual(['idea-decided'])
})

test('the switches stand in the help too, and a switch that is none is out of date', async () => {
  const tatyana = await bot.resident('ru')
  await tatyana.says('/help')
  await tatyana.taps('О чём пишет бот')
  await tatyana.taps('Выключить: Вопросы и ответы')
  expect(tatyana.screen().text).toContain('Вопросы и ответы: выключено')
  expect(tatyana.screen().text).toContain('Идеи: включено')
  await tatyana.pressesRaw('ns:receipt:0')
  expect(tatyana.alert()).toContain('устарел')
  expect((await asked(tatyana)).map(({ kind }) => kind)).toEqual(['idea-decided'])
})

test('at night an answer about an idea waits for the morning', async () => {
  const erlan = await bot.resident('kk')
  const morning = new Date(Date.now() + 36_000_000).toISOString()
  bot.app.quiet = () => morning
  const [waits] = await asked(erlan)
  bot.app.quiet = (moment) => moment
  expect(new Date(waits?.due ?? '').toISOString()).toBe(morning)
})
