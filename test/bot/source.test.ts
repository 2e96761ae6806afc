// What is kept of the link that brought somebody new: by it the report counts posters, and an auditor sees a campaign.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBot, type TestBot } from '../support/bot.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'source' })
})
afterAll(() => bot.stop())

const sourceOf = async ({ id }: Person): Promise<string | null | undefined> =>
  (await bot.app.db.sql<{ source: string | null }[]>`select source from account where id = ${id}`)[0]?.source

test('the link that brought a new person is kept; a word, a card and whoever was there before are no link', async () => {
  const [village] = bot.cycle.villages
  const come = async (says: string): Promise<Person> => {
    const person = await bot.person({ language_code: 'ru' })
    await person.says(says)
    await person.taps('Русский')
    return person
  }
  const project = `p_${bot.cycle.id}_${village.territory}_1`
  expect(await sourceOf(await come(`/start v_${village.territory}`))).toBe(`v_${village.territory}`)
  expect(await sourceOf(await come(`/start ${project}`))).toBe(project)
  expect(await sourceOf(await come('/start ref_bai'))).toBe('ref_bai')
  // Of a stranger's link nobody's phone, ИИН or card is kept, nor more than a button holds.
  expect(await sourceOf(await come('/start bai_7-701-123-45-67_x'))).toBe('bai_xxx_x')
  expect(await sourceOf(await come(`/start ${'b'.repeat(60)}`))).toBe('b'.repeat(32))
  for (const says of [
    '/start',
    `/start c_${bot.envelope().code}`,
    '/start c_12',
    '/start c',
    village.name.ru,
    '/start т',
  ])
    expect(await sourceOf(await come(says)), says).toBeNull()

  const known = await come('/start')
  await known.says('/start ref_bai')
  await known.says('/language')
  await known.taps('Русский')
  expect(await sourceOf(known)).toBeNull()
})

test('whoever wrote the name of a village before a language stands in it', async () => {
  const person = await bot.person({ language_code: 'ru' })
  const village = bot.cycle.villages[1] as (typeof bot.cycle.villages)[0]
  await person.says(village.name.ru)
  await person.taps('Русский')
  await person.sees(village.name.ru)
  const [row] = await bot.app.db.sql`select home_territory from account where id = ${person.id}`
  expect(row?.home_territory).toBe(village.territory)
})
