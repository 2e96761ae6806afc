// An auditor asks in the chat what stands out; nobody else is told of any vote.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { signalsButton, signalsScreen } from '../../src/bot/signals/view.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'signals-chat' })
})
afterAll(() => bot.stop())

test('an auditor reads the signals of a vote, and a stranger reads none', async () => {
  const auditor = await bot.resident('ru')
  must(await grantRole(bot.app, { account: auditor.id, role: 'auditor' }, 'command'))
  await auditor.says('/signals')
  await auditor.taps(/\(auyl\)$/)
  await auditor.sees('Ничего необычного.')
  const { id } = bot.cycle
  await bot.app.db
    .sql`insert into attempt (cycle, account, at) select ${id}, n, now() from generate_series(1, 21) n`
  await auditor.pressesRaw(signalsButton.pack({ cycle: id }))
  await auditor.sees('Неверных кодов за час')
  const stranger = await bot.resident('ru')
  await stranger.says('/signals')
  const told = await stranger.sees('Нет голосования, сигналы которого')
  expect(told.text).not.toContain('auyl')
})

test('the name of a link is a word among others: no markup, and no more than a line', () => {
  const t = bot.textsOf('ru')
  const link = {
    kind: 'link' as const,
    name: everywhere('Село'),
    link: `<b>\n${'ы'.repeat(90)}`,
    votes: 11,
    of: 12,
  }
  const { text } = signalsScreen(t, { id: 1, title: everywhere('Год'), phase: 'voting' }, [link], 0)
  expect(text).toContain(`&lt;b&gt; ${'ы'.repeat(34)}`)
  expect(text).not.toContain('ы'.repeat(41))
})
