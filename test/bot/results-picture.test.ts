// The picture of a published result, as a resident asks for it in the chat.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pictureButton, stepsButton } from '../../src/bot/results/view.ts'
import { GENERAL } from '../../src/core/pot.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { must, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import type { ChatMessage } from '../support/person.ts'
import { isTold } from '../support/size.ts'

/** It waits as long as Telegram says. */
const whole = isTold('a picture that Telegram refuses for now')
let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'picture', loops: true })
})
afterAll(() => bot.stop())

const data = (territory: number) => pictureButton.pack({ cycle: bot.cycle.id, territory, pot: GENERAL })
const steps = (territory: number) =>
  stepsButton.pack({ cycle: bot.cycle.id, territory, pot: GENERAL, page: 0 })
const photos = async (person: number): Promise<ChatMessage[]> => {
  const { messages } = (await bot.control('GET', `people/${person}/chat?after=-1&timeout=0`)) as {
    messages: (ChatMessage & { photo?: object })[]
  } & Record<string, unknown>
  return messages.filter((message) => message.photo !== undefined)
}

async function publish(): Promise<void> {
  const [first, second] = bot.cycle.villages
  if (!second) throw new Error('a story of two villages')
  for (const [village, count] of [
    [first, 10],
    [second, 9],
  ] as const)
    for (const [at, voter] of (await voters(bot.app, bot.cycle.id, village.territory, count)).entries())
      must(await vote(bot.app, bot.cycle.id, voter, [village.projects[at % 3]?.id ?? '']))
  await bot.close()
  await bot.publish()
}

test('the picture comes once the result is published, in the reader’s language, and is drawn once', async () => {
  const [village, few] = bot.cycle.villages
  const nur = await bot.resident('kk')
  await nur.pressesRaw(data(village.territory))
  await nur.sees('Қорытынды әлі жарияланған жоқ.')
  await publish()
  await nur.says('/menu')
  await nur.taps('Қорытынды')
  await nur.taps('Сурет')
  await nur.sees(/Қорытынды: Мақаншы, Мақаншы ауылдық округі/)
  const other = await bot.resident('kk')
  await other.taps('Қорытынды')
  await other.taps('Сурет')
  await other.sees(/Қорытынды: Мақаншы/)
  const [[first], [second]] = [await photos(nur.id), await photos(other.id)]
  expect(first).toMatchObject({ photo: { file_id: expect.any(String) } })
  expect(second).toMatchObject({ photo: (first as { photo?: object }).photo })

  const hasty = await bot.resident('kk')
  await hasty.pressesRaw(data(village.territory))
  await hasty.pressesRaw(data(village.territory))
  expect(await photos(hasty.id)).toHaveLength(1)

  const guest = await bot.resident('en', few)
  await guest.taps('Results')
  const { text } = await guest.sees('There are fewer than 10 votes')
  expect(text.match(/\d+ votes?/g)).toEqual(['10 votes'])
  for (const button of ['Picture', 'How was it counted?']) expect(guest.hasButton(button)).toBe(false)
  await guest.pressesRaw(steps(few?.territory ?? 0))
  await guest.sees(/fewer than 10 votes/)
  await guest.pressesRaw(data(few?.territory ?? 0))
  await guest.sees('The result is not published yet.')
  expect(await photos(guest.id)).toEqual([])
})

test('the documents come to whoever asks for them: protocol, table and all of it for programs; of few voters without ballots', async () => {
  const names = async (person: number): Promise<string[]> => {
    const { messages } = (await bot.control('GET', `people/${person}/chat?after=-1&timeout=0`)) as {
      messages: { document?: { file_name: string } }[]
    } & Record<string, unknown>
    return messages.flatMap(({ document }) => document?.file_name ?? [])
  }
  const [village, few] = bot.cycle.villages
  const files = (territory: number, kinds: string) =>
    [`protocol-auyl-${territory}.pdf`].concat(
      kinds.split(' ').map((kind) => `auyl-${territory}-general.${kind}`),
    )
  const reader = await bot.resident('ru')
  await reader.taps('Итоги')
  await reader.taps('Документы')
  await expect.poll(() => names(reader.id)).toEqual(files(village.territory, 'csv json pb'))
  const guest = await bot.resident('kk', few)
  await guest.taps('Қорытынды')
  await guest.taps('Құжаттар')
  await expect.poll(() => names(guest.id)).toEqual(files(few?.territory ?? 0, 'csv json'))
})

test('an official gets the report of a cycle as PDF and CSV; a resident has none', async () => {
  const clerk = await bot.resident('ru')
  await clerk.says('/report')
  await clerk.sees('Нет голосований')
  must(await grantRole(bot.app, { account: clerk.id, role: 'auditor' }, 'command'))
  await clerk.says('/report')
  await clerk.taps('Бюджет села (auyl)')
  const { messages } = await vi.waitFor(async () => {
    const chat = (await bot.control('GET', `people/${clerk.id}/chat?after=-1&timeout=0`)) as {
      messages: { document?: { file_name: string } }[]
    } & Record<string, unknown>
    expect(chat.messages.filter(({ document }) => document)).toHaveLength(2)
    return chat
  })
  expect(messages.flatMap(({ document }) => document?.file_name ?? [])).toEqual([
    'report-auyl.pdf',
    'report-auyl.csv',
  ])
})

test.skipIf(!whole)('a picture that Telegram refuses for now comes by itself, once', async () => {
  const asel = await bot.resident('ru')
  await bot.control('POST', 'faults', {
    kind: '429',
    retry_after: 1,
    method: 'sendPhoto',
    chat_id: String(asel.id),
  })
  await asel.pressesRaw(data(bot.cycle.villages[0].territory))
  expect(await photos(asel.id)).toEqual([])
  await asel.sees(/Итоги: Маканчи/)
  expect(await photos(asel.id)).toHaveLength(1)
  for (const line of bot.takeFaults()) expect(line).toMatch(/"api":"429"/)
})

test('a stored result that the log did not publish is shown to nobody: a resident reads that it is being checked, an official why', async () => {
  const [village] = bot.cycle.villages
  const nur = await bot.resident('kk', village)
  const office = await bot.resident('ru', village)
  must(await grantRole(bot.app, { account: office.id, role: 'official' }, 'command'))
  const told = async (act: string) => {
    await unguarded(bot.app.db, (sql) => sql.unsafe(act, [bot.cycle.id]))
    await nur.taps('Қорытынды')
    return nur.sees('Қорытынды тексеріліп жатыр.')
  }
  const { text } = await told('update result set ballots = ballots + 1 where cycle = $1')
  expect(text).not.toContain('result-hash')
  await office.taps('Итоги')
  await office.sees(/Итоги проверяются\.[^]*result-hash/)
  await nur.pressesRaw(steps(village.territory))
  await nur.sees('Қорытынды тексеріліп жатыр.')
  await unguarded(
    bot.app.db,
    (sql) => sql`update result set ballots = ballots - 1 where cycle = ${bot.cycle.id}`,
  )
  await nur.says('/menu')
  await nur.taps('Қорытынды')
  await nur.sees(/Қорытынды: Мақаншы/)
  const faults = bot.takeFaults()
  expect(faults).toHaveLength(3)
  for (const line of faults) expect(line).toContain('"fault":"result-hash"')
})
