// Anybody reports pressure or votes that are bought to the auditors of the vote, in words or by voice, and nobody else reads it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressureButton, reportsButton } from '../../src/bot/buttons.ts'
import { sendReportButton } from '../../src/bot/pressure/view.ts'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { forgetLapsed } from '../../src/use-cases/forget-lapsed.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { readReports } from '../../src/use-cases/read-reports.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let auditor: Person
let desk: Clerk
let here: { cycle: number; territory: number }

beforeAll(async () => {
  bot = await startBot({ seed: 'pressure', loops: true })
  desk = await clerk(bot.app)
  const [village] = bot.cycle.villages
  if (!village) throw new Error('no village')
  here = { cycle: bot.cycle.id, territory: village.territory }
  auditor = await bot.resident('ru')
  must(await grantRole(bot.app, { account: auditor.id, role: 'auditor' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await bot.stop()
})

const reports = async () => must(await readReports(bot.app, here.cycle, auditor.id))

/** Opens the question, writes, and says yes. */
async function sends(person: Person, text: string): Promise<void> {
  await person.pressesRaw(pressureButton.pack(here))
  await person.says(text)
  await person.taps('Отправить аудиторам')
}

test('what a resident writes reaches the auditors alone, the log says the village, and nobody knows who it was', async () => {
  const tatyana = await bot.resident('ru')
  await tatyana.says('/help')
  await tatyana.taps('Сообщить о давлении или подкупе')
  await tatyana.sees('Это увидят только аудиторы')
  await tatyana.sendsSticker()
  await tatyana.sees('Здесь нужен текст или голосовое сообщение.')
  await tatyana.says('я'.repeat(1001))
  await tatyana.sees(/Знаков: 1.?001, можно не больше 1.?000/)
  await tatyana.says('За голос дают пять тысяч.')
  await tatyana.sees('Аудиторам будет отправлено:')
  expect(await reports(), 'nothing before it is confirmed').toEqual([])
  await tatyana.taps('Отправить аудиторам')
  await tatyana.sees('Отправлено. Это увидят только аудиторы.')

  await auditor.sees('Пришло новое сообщение о давлении или подкупе.')
  await auditor.taps('Открыть сообщения')
  await auditor.sees('За голос дают пять тысяч.')
  expect(auditor.screen().text).not.toContain('Татьяна')
  expect((await desk.types(`signals --cycle ${bot.cycle.slug}`)).lines.join('\n')).toContain('пять тысяч')

  const [leaf] = await bot.app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where kind = 'pressure-reported'`
  expect(must(decodeEvent(leaf?.body ?? new Uint8Array()))).toEqual({
    kind: 'pressure-reported',
    cycle: bot.cycle.slug,
    village: String(here.territory),
    number: 1,
  })
  const rows = await bot.app.db.sql`select * from pressure_report`
  expect(JSON.stringify(rows)).not.toContain(String(tatyana.id))
  expect(await everyValueWith(bot.app.db, 'пять тысяч')).toHaveLength(1)
})

test('an official and a moderator are told nothing and read nothing', async () => {
  for (const role of ['official', 'moderator', 'admin', 'facilitator'] as const) {
    const person = await bot.resident('ru')
    must(await grantRole(bot.app, { account: person.id, role }, 'command'))
    expect(kindOf(await readReports(bot.app, here.cycle, person.id)), role).toBe('not-allowed')
    await person.pressesRaw(reportsButton.pack({ cycle: here.cycle, page: 0 }))
    expect(JSON.stringify(person.chat().messages), role).not.toContain('пять тысяч')
  }
  const told = await bot.app.db.sql<{ account: string }[]>`
    select distinct account::text from delivery where kind = 'pressure-reported'`
  expect(told.map(({ account }) => Number(account))).toEqual([auditor.id])
})

test('a voice note is heard by the auditor; three a day are taken, the same twice is one, and a fourth is told so', async () => {
  const sergey = await bot.resident('ru')
  await sergey.pressesRaw(pressureButton.pack(here))
  await sergey.sendsVoice()
  await sergey.sees('Ваше голосовое сообщение будет отправлено аудиторам.')
  await sergey.taps('Отправить аудиторам')
  await sergey.sees('Отправлено.')
  await auditor.pressesRaw(reportsButton.pack({ cycle: here.cycle, page: 0 }))
  await auditor.sees('голосовое сообщение')
  expect(JSON.stringify(auditor.chat().messages.at(-1))).toContain('voice')

  const before = (await reports()).length
  await sends(sergey, 'Второе.')
  await sends(sergey, 'Второе.')
  await sends(sergey, 'Третье.')
  expect(await reports()).toHaveLength(before + 2)
  await sends(sergey, 'Четвёртое.')
  await sergey.sees('Сегодня от вас уже принято сообщений: 3.')
  expect(await reports()).toHaveLength(before + 2)
  await sergey.pressesRaw(sendReportButton.pack(here))
  await sergey.sees('То, что вы написали, не сохранилось.')
})

test('an erased account leaves no mark, nor does a day that is over', async () => {
  const dana = await bot.resident('ru')
  await sends(dana, 'Меня заставляют.')
  const marks = async () =>
    (await bot.app.db.sql`select 1 from pressure_report where mark is not null`).length
  await dana.says('/mydata')
  await dana.sees('Ваших сообщений о давлении за сегодня: 1.')
  const before = await marks()
  await eraseAccount(bot.app, dana.id)
  expect(await marks(), 'the others stay').toBe(before - 1)
  await forgetLapsed(bot.app)
  expect(await marks(), 'of today they stay').toBe(before - 1)
  await unguarded(bot.app.db, (sql) => sql`update pressure_report set day = day - 1`)
  const all = (await reports()).length
  await forgetLapsed(bot.app)
  expect(await marks()).toBe(0)
  expect(await reports()).toHaveLength(all)
})
