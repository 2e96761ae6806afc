// An admin gives and takes roles from their own chat: by choosing a person, sending a contact on, or typing a number; in a place, until a day.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { listGrants } from '../../src/use-cases/list-grants.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { isTold } from '../support/size.ts'

const whole = isTold('every way to name the account that gets a role')
let bot: TestBot
let admin: Person
beforeAll(async () => {
  bot = await startBot({
    seed: 'roles in chat',
    cycle: {
      villages: [
        { name: MAKANSHY, projects: 1, cards: 0 },
        { name: BESTEREK, projects: 1, cards: 0 },
      ],
    },
  })
  admin = await bot.resident('ru')
  must(await grantRole(bot.app, { account: admin.id, role: 'admin' }, 'command'))
})
afterAll(() => bot.stop())

const rolesOf = async ({ id }: Person) =>
  (await listGrants(bot.app))
    .filter(({ account }) => account === id)
    .map(({ role, territory, until }) => [role, territory, until])

test('a person who is chosen from the contacts gets a role in one village until a day, read back before it counts', async () => {
  const chosen = await bot.resident('kk')
  const { territory } = bot.cycle.villages[0]
  await admin.says('/roles')
  await admin.taps('Дать роль')
  await admin.taps('модератор')
  await admin.says('Нигде')
  await admin.sees('Такое место не найдено.')
  await admin.says('маканчи')
  await admin.says('30.06.2020')
  await admin.sees('Этот день уже прошёл.')
  await admin.says('30.06.2099')
  await admin.says('кто-нибудь')
  await admin.sees('напишите номер: только цифры')
  await admin.taps('Выбрать человека', { user_id: chosen.id })
  const asked = await admin.sees('Дать эту роль?')
  expect(asked.text.split('\n').slice(1)).toEqual([
    `Аккаунт: ${chosen.id}`,
    'Роль: модератор',
    'Место: Маканчи, Маканчи сельский округ, Маканчинский район',
    expect.stringMatching(/^Срок: вторник, 30 июня 2099 г\., до конца дня$/),
  ])
  expect(await rolesOf(chosen)).toEqual([])
  await admin.taps('Да, дать')
  await admin.sees('Роль дана.')
  expect(await rolesOf(chosen)).toEqual([['moderator', territory, '2099-06-30T19:00:00.000Z']])

  await admin.taps(new RegExp(`^${chosen.id}: модератор`))
  await admin.sees('Забрать эту роль?')
  await admin.taps('Да, забрать')
  await admin.sees('Роль забрали.')
  expect(await rolesOf(chosen)).toEqual([])
})

test('of two admins who do the same, the slower is told by whom and when it was done', async () => {
  const chosen = await bot.resident('kk')
  const second = await bot.resident('ru')
  must(await grantRole(bot.app, { account: second.id, role: 'admin' }, 'command'))
  const told = new RegExp(`Кто и когда: аккаунт ${admin.id}, .*\\d{1,2}:\\d{2}`)
  for (const one of [admin, second]) {
    await one.says('/roles')
    for (const press of ['Дать роль', 'аудитор', 'Везде', 'Без срока']) await one.taps(press)
    await one.says(String(chosen.id))
    await one.sees('Дать эту роль?')
  }
  await admin.taps('Да, дать')
  await admin.sees('Роль дана.')
  await second.taps('Да, дать')
  await second.sees('Так было и раньше.')
  await second.sees(told)
  for (const one of [admin, second]) {
    await one.taps(new RegExp(`^${chosen.id}: аудитор`))
    await one.sees('Забрать эту роль?')
  }
  await admin.taps('Да, забрать')
  await admin.sees('Роль забрали.')
  await second.taps('Да, забрать')
  await second.sees('Такой роли уже нет')
  await second.sees(told)
  // What was done on the server is told so.
  must(await grantRole(bot.app, { account: chosen.id, role: 'auditor' }, 'command'))
  await second.says('/roles')
  await second.taps(new RegExp(`^${chosen.id}: аудитор`))
  must(await revokeRole(bot.app, { account: chosen.id, role: 'auditor' }, 'command'))
  await second.taps('Да, забрать')
  await second.sees(/Кто и когда: команда на сервере, .*\d{1,2}:\d{2}/)
})

test.runIf(whole)(
  'a contact that is sent on will do, and a typed number; an account that hides itself is asked for again',
  async () => {
    const other = await bot.resident('kk')
    await admin.says('/roles')
    await admin.taps('Дать роль')
    await admin.taps('помощник')
    await admin.taps('Везде')
    await admin.taps('Без срока')
    await admin.sends({ text: 'Сәлем', forward: true })
    await admin.sees('Этот человек скрыл аккаунт')
    await admin.sharesContact({
      contact: { phone_number: '+77010000001', first_name: 'A', user_id: other.id },
    })
    await admin.taps('Да, дать')
    await admin.sees('Роль дана.')
    expect(await rolesOf(other)).toEqual([['facilitator', undefined, undefined]])
    await admin.taps('Дать роль')
    await admin.taps('помощник')
    await admin.taps('Везде')
    await admin.taps('Без срока')
    await admin.says(String(other.id))
    await admin.taps('Да, дать')
    await admin.sees('Так было и раньше.')
    await admin.taps('Дать роль')
    await admin.taps('аудитор')
    await admin.taps('Везде')
    await admin.taps('Без срока')
    await admin.says(String(admin.id))
    await admin.taps('Да, дать')
    await admin.sees('Самому себе роль не дают')
  },
)

test.runIf(whole)(
  'an admin of one village gives nothing elsewhere, and one who is no admin any more gives nothing',
  async () => {
    const local = await bot.resident('ru')
    const { territory } = bot.cycle.villages[0]
    must(await grantRole(bot.app, { account: local.id, role: 'admin', territory }, 'command'))
    await local.says('/roles')
    await local.sees('Роли')
    expect(local.hasButton(new RegExp(`^${admin.id}:`))).toBe(false)
    await local.taps('Дать роль')
    await local.taps('модератор')
    await local.says('Бестерек')
    await local.taps('Без срока')
    await local.says('777000111')
    await local.taps('Да, дать')
    await local.sees('Здесь вы роли не даёте')
    must(await revokeRole(bot.app, { account: local.id, role: 'admin' }, 'command'))
    await local.taps('Дать роль')
    await local.sees('Роли даёт администратор, а у вас этой роли нет')
    const stranger = await bot.resident('kk')
    await stranger.says('/roles')
    await stranger.sees('Рөлді әкімші береді')
  },
)
