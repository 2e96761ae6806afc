// The desk enters cards in the chat, by the numbers it writes: read back first, all or none, and the slower official is told who was faster.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { serialRanges } from '../../src/words/cards-problem.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import { cycleOf, enterCards } from '../support/people.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let ayan: Person
let bota: Person
/** Printed, and nobody's so far. */
let serials: number[]
beforeAll(async () => {
  bot = await startBot({
    seed: 'desk cards',
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 1, cards: 6 }] },
  })
  ayan = await official('ru')
  bota = await official('kk')
  const { territory } = bot.cycle.villages[0]
  const cycle = await cycleOf(bot.app, bot.cycle.id)
  await bot.app.db.sql`
    insert into roll_row (cycle, territory, register_no) select ${cycle.id}, ${territory}, n from generate_series(901, 904) n`
  serials = (await enterCards(bot.app, cycle, territory, [901, 902, 903, 904])).map(({ serial }) => serial)
})
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}
const states = async (): Promise<string[]> => {
  const rows = await bot.app.db.sql<{ state: string }[]>`
    select state from card where cycle = ${bot.cycle.id} and serial = any(${serials}::int[]) order by serial`
  return rows.map(({ state }) => state)
}
async function opens(person: Person): Promise<void> {
  await person.says('/manage')
  await person.taps(/^(?:Бюджет села|Ауыл бюджеті)/)
  await person.taps(/^(?:Карточки|Карточкалар)$/)
}

test('what is handed over is read back by its numbers, counts once it is confirmed, and the second who enters it is told who was faster', async () => {
  const [first = 0, second = 0, third = 0, last = 0] = serials
  for (const person of [ayan, bota]) {
    await opens(person)
    await person.taps(/^(?:Выданы|Берілді)$/)
    await person.says(`${first}-${last} кроме ${third}`)
    const asked = await person.sees(/(?:Внести как выданные|Берілген деп енгізілетін).*: 3\./)
    expect(asked.text).toContain(`${first}–${second}, ${last}`)
  }
  expect(await states()).toEqual(['printed', 'printed', 'printed', 'printed'])
  await ayan.taps('Да, внести')
  await ayan.sees('выдано карточек: 3')
  expect(await states()).toEqual(['handed_over', 'handed_over', 'printed', 'handed_over'])
  await bota.taps('Иә, енгізу')
  const told = await bota.sees(`Сізден бұрын өзгертілген. Қызметкер: ${ayan.id}, уақыты: `)
  expect(told.text).toContain('Бұл карточкалардың бәрі бұрын енгізілген.')
})

test('a slip of the hand is asked again, and a refusal enters nothing', async () => {
  const [first = 0] = serials
  await opens(ayan)
  await ayan.taps('Уничтожены')
  await ayan.says('карточка пять')
  await ayan.sees('непонятно; пишите так')
  await ayan.says(String(first))
  await ayan.taps('Да, внести')
  await ayan.sees(`Эти карточки на руках: ${first}`)
  expect((await states())[0]).toBe('handed_over')
  await opens(ayan)
  await ayan.taps('Возвращены')
  await ayan.says(String(first))
  await ayan.taps('Да, внести')
  await ayan.sees('возвращено карточек: 1')
  expect((await states())[0]).toBe('returned')
})

test('who lost the role on the way enters nothing, and a press of another time is told what was done', async () => {
  const third = serials[2] ?? 0
  const former = await official('ru')
  await opens(former)
  await former.taps('Выданы')
  await former.says(String(third))
  await former.sees('Внести как выданные')
  must(await revokeRole(bot.app, { account: former.id, role: 'official' }, 'command'))
  await former.taps('Да, внести')
  await former.sees('Это голосование ведёте не вы')
  expect((await states())[2]).toBe('printed')
  await opens(bota)
  await bota.taps('Берілді')
  await bota.says(String(third))
  const stale = await bota.sees('Берілген деп енгізілетін')
  await bota.says('/manage')
  await bota.taps('Иә, енгізу', { message_id: stale.id })
  await bota.sees(/Сізден бұрын өзгертілген|Басқа уақытта/)
  expect((await states())[2]).toBe('printed')
})

test('numbers are read back as ranges', () => {
  expect(serialRanges([1, 2, 3, 5, 7, 8])).toBe('1–3, 5, 7–8')
})
