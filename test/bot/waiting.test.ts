// What waits for a second official stands behind a command too: who looks for it need not scroll to where they were asked.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { importRoll } from '../../src/use-cases/import-roll.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { sealedRoll } from '../support/roll.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({
    seed: 'waiting',
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] },
  })
})
afterAll(() => bot.stop())

async function official(): Promise<Person> {
  const person = await bot.resident('kk')
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

test('what waits for an official is shown one a message, the oldest first; whoever proposed it and a resident see none of it', async () => {
  const [ayan, bota, resident] = [await official(), await official(), await bot.resident('kk')]
  await bota.says('/waiting')
  await bota.sees('Растауыңызды күтіп тұрған ештеңе жоқ.')
  const { id, slug, villages } = bot.cycle
  for (const row of [501, 502])
    must(await importRoll(bot.app, id, sealedRoll(bot.app, slug, villages[0].territory, [row]), ayan.id))
  for (const person of [resident, ayan]) {
    await person.says('/waiting')
    await person.sees('Растауыңызды күтіп тұрған ештеңе жоқ.')
  }
  await bota.says('/waiting')
  const first = await bota.sees('Бет: 1 / 2')
  expect(first.buttons).toEqual([['Растау'], ['Бас тарту'], ['Келесі'], ['Мәзір']])
  await bota.taps('Келесі')
  const second = await bota.sees('Бет: 2 / 2')
  await bota.taps('Бас тарту')
  await bota.sees('Бас тарттыңыз')
  await bota.says('/waiting')
  const left = await bota.sees('Сіздің растауыңыз керек')
  expect(left.text).toBe(first.text.replace('Бет: 1 / 2\n\n', ''))
  expect(left.text).not.toBe(second.text)
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  await bota.says('/waiting')
  await bota.sees('Растауыңызды күтіп тұрған ештеңе жоқ.')
})
