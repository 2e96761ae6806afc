// An official enters how many people were trained: read back, replaced by a later word, and in the report.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportCsv } from '../../src/documents/report.ts'
import { readTraining, trainingFault } from '../../src/core/training.ts'
import { createI18n } from '../../src/i18n.ts'
import { enterTraining } from '../../src/use-cases/enter-training.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { readReport } from '../../src/use-cases/read-report.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'training' })
})
afterAll(() => bot.stop())

const trainings = async () => must(await readReport(bot.app, bot.cycle.id, 'command')).trainings
const kindOf = async (work: ReturnType<typeof enterTraining>) => {
  const done = await work
  return done.ok ? 'done' : done.problem.kind
}

test('a day and numbers are read as people write them, and what cannot be is named', () => {
  expect(readTraining('24.11.2026, 30, 18')).toEqual({ on: '2026-11-24', people: 30, women: 18 })
  expect(readTraining(' 2026-11-24 30 ')).toEqual({ on: '2026-11-24', people: 30 })
  expect(readTraining('24.11.2026; 30; 18.')).toEqual({ on: '2026-11-24', people: 30, women: 18 })
  for (const text of [
    '',
    'вчера 30',
    '31.02.2026, 30',
    '24.11.2026',
    '24.11.2026, -3',
    '24.11.2026, 3, 1, 1',
  ])
    expect(readTraining(text), text).toBeUndefined()
  const now = '2026-11-24T20:00:00.000Z'
  const fault = (people: number, women?: number, on = '2026-11-25') =>
    trainingFault({ on, people, women }, now)
  // In Kazakhstan it is the 25th by then.
  expect(fault(30)).toBeUndefined()
  expect(fault(30, undefined, '2026-11-26')).toBe('to-come')
  expect([fault(0), fault(10_001), fault(3, 4), fault(3, 3)]).toEqual([
    'bad-people',
    'bad-people',
    'bad-women',
    undefined,
  ])
})

test('an official enters it in chat, it is read back, and a later word of the day takes its place', async () => {
  const official = await bot.resident('ru')
  must(await grantRole(bot.app, { account: official.id, role: 'official' }, 'command'))
  await official.says('/report')
  await official.taps('Обучение')
  await official.says('тридцать')
  await official.sees('Не удалось прочитать день и числа')
  await official.says('24.11.2099, 30, 18')
  await official.sees('Этот день ещё не наступил')
  await official.says('11.02.2026, 30, 31')
  await official.sees('Женщин не может быть больше')
  await official.says('11.02.2026, 30, 18')
  await official.sees('Обучено человек: 30, из них женщин: 18')
  expect(await trainings()).toEqual([])
  await official.taps('Да, записать')
  await official.sees('Записано')
  expect(await trainings()).toEqual([{ on: '2026-02-11', people: 30, women: 18 }])
  await official.taps('Обучение')
  await official.says('11.02.2026 28')
  await official.sees('Обучено человек: 28.')
  await official.taps('Да, записать')
  await official.sees('Записано')
  expect(await trainings()).toEqual([{ on: '2026-02-11', people: 28 }])
  const read = must(await readReport(bot.app, bot.cycle.id, 'command'))
  expect(reportCsv(createI18n()('kk'), read)).toMatch(/Оқыту[\s\S]*11\.02\.2026[^\n]*28/)
})

test('who may not is refused, and a word that the program did not write counts for nothing', async () => {
  const { id } = bot.cycle
  const resident = await bot.resident('kk')
  const said = { cycle: id, on: '2026-02-12', people: 5 }
  expect(await kindOf(enterTraining(bot.app, said, resident.id))).toBe('not-allowed')
  expect(await kindOf(enterTraining(bot.app, { ...said, cycle: 99_999 }, 'command'))).toBe('no-such-cycle')
  expect(await kindOf(enterTraining(bot.app, { ...said, people: 0 }, 'command'))).toBe('bad-people')
  const before = await trainings()
  await unguarded(
    bot.app.db,
    (sql) => sql`
      insert into leaf (log, kind, body, hash, mac)
      select log, kind, convert_to(replace(convert_from(body, 'UTF8'), '"people":28', '"people":9000'), 'UTF8'), sha256(body), mac
      from leaf where log = ${id} and kind = 'people-trained' order by id desc limit 1`,
  )
  expect(await trainings()).toEqual(before)
})
