// Two officials let a vote be forgotten in their chats, once its days for disputes are over.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askForgetButton, forgetButton } from '../../src/bot/manage/buttons.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { publishedVote } from '../support/published-vote.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'forget', loops: true })
  await publishedVote(bot.app, 'waits')
  await publishedVote(bot.app, 'over', { terms: { trust: { ...PROFILES.advisory.trust, dispute: 0 } } })
}, 60_000)
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

test('the button comes with the days, says what goes and what stays, and takes two', async () => {
  const ayan = await official('ru')
  const bota = await official('kk')
  await ayan.says('/manage')
  await ayan.taps(/^waits/)
  const early = await ayan.sees('Сейчас: ')
  expect(early.buttons.flat()).not.toContain('Удалить данные голосования')
  await ayan.says('/manage')
  await ayan.taps(/^over/)
  await ayan.taps('Удалить данные голосования')
  await ayan.sees('Итоги, журнал и файл проверки остаются.')
  await ayan.taps('Предложить второму')
  await ayan.sees('Предложено. Пока второй сотрудник не подтвердит')
  await bota.sees('Дауыс беру деректерін өшіру.')
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  const [left] = await bot.app.db.sql`
    select count(box)::int as boxes, min(c.id) as cycle from ballot b join cycle c on c.id = b.cycle where c.slug = 'over'`
  expect(left?.boxes).toBe(0)
  await ayan.says('/manage')
  await ayan.taps(/^over/)
  await ayan.taps('Удалить данные голосования')
  await ayan.taps('Предложить второму')
  await ayan.sees('Запечатанные бюллетени этого голосования уже удалены.')
  // Whose role is gone asks for nothing.
  const of = { cycle: Number(left?.cycle) }
  const gone = await official('ru')
  must(await revokeRole(bot.app, { account: gone.id, role: 'official' }, 'command'))
  for (const stale of [askForgetButton.pack(of), forgetButton.pack(of)]) {
    await gone.pressesRaw(stale)
    await gone.sees('Это голосование ведёте не вы')
  }
  const told = await ayan.sees(/Кто и когда: аккаунт \d+, .*\d{1,2}:\d{2}/)
  expect([ayan.id, bota.id].some((id) => told.text.includes(String(id)))).toBe(true)
})
