// Ideas where a village has several budgets: the kind of an idea says which, else a moderator does; its marks are written down too.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moderatedButton } from '../../src/bot/buttons.ts'
import { potButton } from '../../src/bot/moderation/filing.ts'
import { projectsOf } from '../../src/store/projects.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { type BotCycle, botCycle, MAKANSHY } from '../support/bot-cycle.ts'
import { begins, day, kindOf, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { lamp, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

const POTS = [
  { pot: 'light', name: { kk: 'Жарық', ru: 'Свет' }, budget: 9_000_000, takes: ['street_lighting'] },
  { pot: 'people', name: { kk: 'Адамдар', ru: 'Люди' }, budget: 9_000_000, takes: ['inclusion'] },
]
const shed = { ...lamp, category: 'other', title: 'Ортақ қойма', landmark: 'ескі қора' }

let bot: TestBot
let cycle: BotCycle
let marat: Person
let author = 7000

beforeAll(async () => {
  bot = await startBot({ seed: 'idea pots' })
  const timeline = { announced: day(-2), ideas: day(-1), review: day(10), voting: day(20), counting: day(30) }
  const villages = [{ name: MAKANSHY, projects: 0, cards: 1, pots: POTS }]
  cycle = await botCycle(bot.app, { slug: 'ideapots', phase: 'announced', trial: false, timeline, villages })
  await begins(bot.app, cycle.id, 'ideas')
  marat = await bot.resident('ru')
  const [{ territory }] = cycle.villages
  must(await grantRole(bot.app, { account: marat.id, role: 'moderator', territory }, 'command'))
})
afterAll(() => bot.stop())

const sent = (words: typeof lamp) =>
  sentIdea(bot.app, author++, { ...cycle, villages: cycle.villages.map(({ territory }) => territory) }, words)
const idea = async (number: number) => {
  const found = await findIdea(bot.app, cycle.id, number)
  if (!found) throw new Error('no such idea')
  return found
}

async function moves(phase: string) {
  await bot.app.db.sql`
    update phase_start set starts_at = now() - interval '1 hour' where cycle = ${cycle.id} and phase = ${phase}`
  return movePhase(bot.app, cycle.id, { by: 'clock' })
}

test('an idea whose kind a budget takes goes there; of any other the moderator is asked, and voting waits for the answer', async () => {
  const light = await sent(lamp)
  await marat.pressesRaw(moderatedButton.pack({ idea: light.id }))
  await marat.sees('Бюджет: Свет')
  await marat.taps('Одобрить')
  await marat.sees('Записано. Автору сообщат.')
  await marat.sees('Бюджет: Свет')

  const other = await sent(shed)
  await marat.pressesRaw(moderatedButton.pack({ idea: other.id }))
  await marat.sees('Бюджет ещё не выбран')
  await marat.taps('Одобрить')
  await marat.sees('В каком бюджете села эта идея пойдёт на голосование?')
  for (const { id } of [light, other]) {
    const by = { by: 'command' as const }
    must(
      await decideIdea(bot.app, id, { kind: 'edit', titles: { ru: 'По-русски' }, texts: { ru: 'Так' } }, by),
    )
    must(await decideIdea(bot.app, id, { kind: 'feasible', cost: 900_000, onList: true }, by))
  }
  must(await moves('review'))
  const waits = await moves('voting')
  expect(waits).toEqual({ ok: false, problem: { kind: 'ideas-no-pot', ideas: [other.number] } })

  await marat.pressesRaw(moderatedButton.pack({ idea: other.id }))
  await marat.taps('Исправить текст')
  await marat.taps('Бюджет')
  const { version } = await idea(other.number)
  await marat.pressesRaw(potButton.pack({ idea: other.id, version, pot: 'mosty' }))
  await marat.sees('У этого села такого бюджета нет. Есть: Свет, Люди.')
  await marat.taps('Исправить текст')
  await marat.taps('Бюджет')
  await marat.taps('Люди')
  await marat.sees('Бюджет: Люди')
  expect((await idea(other.number)).pot).toBe('people')
})

test('marks in place of those of its kind are read in words, and what is none is told', async () => {
  const { id, number } = await idea(2)
  await marat.pressesRaw(moderatedButton.pack({ idea: id }))
  await marat.taps('Исправить текст')
  await marat.taps('Метки')
  await marat.sees('Напишите метки и цели устойчивого развития')
  await marat.says('климат, добро')
  await marat.sees('Метки «добро» нет.')
  await marat.says('климат, ЦУР 13')
  await marat.sees('Метки: Климат, ЦУР 13')
  expect((await idea(number ?? 0)).marks).toEqual({ marks: ['climate'], sdgs: [13] })
})

test('a budget that was changed past the log builds nothing; as voting opens each stands in its own, with marks that are frozen', async () => {
  const { id } = await idea(1)
  await unguarded(bot.app.db, (sql) => sql`update idea set pot = 'people' where id = ${id}`)
  expect(await moves('voting')).toEqual({ ok: false, problem: { kind: 'ideas-unlogged', ideas: [1] } })
  await unguarded(bot.app.db, (sql) => sql`update idea set pot = null where id = ${id}`)
  expect(kindOf(await moves('voting'))).toBe('ok')
  const list = await projectsOf(bot.app.db, cycle.id, cycle.villages[0].territory)
  expect(list.map(({ number, pot, marks }) => [number, pot, marks])).toEqual([
    [1, 'light', { marks: [], sdgs: [7, 11] }],
    [2, 'people', { marks: ['climate'], sdgs: [13] }],
  ])
  const change = bot.app.db.sql`update project set marks = null where cycle = ${cycle.id}`
  await expect(change).rejects.toThrow('frozen')
  const late = await bot.app.db.sql`select frozen_rules from cycle where id = ${cycle.id}`
  expect(late[0]?.frozen_rules).toMatch(/^[0-9a-f]{64}$/)
})
