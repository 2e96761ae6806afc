// The receipt: a message of its own that stays, a text that anybody can check, and what the bot says of one that is brought back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkReceiptText } from '../../src/core/audit/receipt-text.ts'
import { fromUtf8 } from '../../src/core/bytes.ts'
import { everywhere } from '../../src/core/localised.ts'
import { verify } from '../../src/sealing/sign.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { logVerifierKey } from '../../src/use-cases/log-key.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { day, kindOf, must, openVoting } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'receipt', webhook: true, session: 'redis' })
})
afterAll(() => bot.stop())

/** Somebody who has just voted, with the number of the receipt. */
async function voted(): Promise<{ person: Person; number: string; message: number }> {
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.says(bot.envelope().code)
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  const pressed = person.screen().id
  await person.taps('Отправить')
  const { id, text } = await person.sees('Номер подтверждения')
  expect(id).not.toBe(pressed)
  const number = /\d{4} \d{4} \d{4} \d{2}/.exec(text)?.[0] ?? ''
  const ballot = person.chat().messages.find((one) => one.message_id === pressed)
  expect(ballot?.text).toMatch(/Ваш голос принят.*\nПодтверждение – в следующем сообщении\.$/)
  expect(ballot?.buttons ?? []).toEqual([])
  return { person, number, message: id }
}
const textOf = (person: Person, id: number) =>
  person.chat().messages.find((one) => one.message_id === id)?.text
const check = async (text: string) => {
  const key = (await logVerifierKey(bot.app, bot.cycle.slug)) as string
  return checkReceiptText(text, key, (bytes, signature, publicKey) =>
    verify(bot.app.sodium, bytes, signature, publicKey),
  )
}
async function copied({ person, message }: { person: Person; message: number }): Promise<string> {
  await person.taps('Скопировать подтверждение', { message_id: message })
  return (await person.sees('dauys-receipt-v1')).text
}

test('a double tap on "Copy receipt" sends it once', async () => {
  const { person, message } = await voted()
  const before = person.messages()
  const button = /^Скопировать подтверждение$/
  await Promise.all([1, 2].map(() => person.taps(button, { message_id: message })))
  await person.sees('dauys-receipt-v1')
  expect(person.messages() - before).toBe(1)
})

test('no button takes the receipt out of the chat', async () => {
  const { person, number, message } = await voted()
  for (const label of ['Меню', 'Дошёл ли мой голос?', 'Следующий человек', 'Скопировать подтверждение']) {
    await person.taps(label, { message_id: message })
    expect(textOf(person, message), label).toContain(`Номер подтверждения: ${number}`)
    expect(person.screen().id, label).not.toBe(message)
  }
})

test('the whole receipt is one text that the published key checks, and is the same each time', async () => {
  const cast = await voted()
  const text = await copied(cast)
  expect(must(await check(text))).toMatchObject({
    cycle: bot.cycle.slug,
    number: cast.number.replaceAll(' ', ''),
  })
  // Later, for at once it would be a double tap.
  const [opened] = await bot.app.db.sql<{ id: string }[]>`
    select id from opened_ballot where account = ${cast.person.id}`
  await bot.session.eraseNotes(`once:${cast.person.id}:copy:${opened?.id}`)
  expect(await copied(cast)).toBe(text)
  await cast.person.says(`/receipt ${cast.number}`)
  const looked = await cast.person.sees('dauys-receipt-v1')
  expect(looked.text).toContain(text.trim())
  // The time of the receipt: the key may hold digits and a Z too.
  const damaged = text.replace(/(\.\d\d)(\d)Z/, (_, a: string, b: string) => `${a}${(Number(b) + 1) % 10}Z`)
  expect(kindOf(await check(damaged))).toBe('signature')
  const bytes = await bot.app.db.sql<{ signature: Uint8Array }[]>`select signature from ballot`
  expect(bytes.every(({ signature }) => signature.length === 64 && fromUtf8(signature) !== '')).toBe(true)
})

test('somebody else’s receipt is not copied by its button', async () => {
  const { person } = await voted()
  const [row] = await bot.app.db.sql<{ id: string }[]>`
    select id from opened_ballot where account = ${person.id}`
  const data = `rc:${Buffer.from((row?.id ?? '').replaceAll('-', ''), 'hex').toString('base64url')}`
  const stranger = await bot.resident('ru')
  await stranger.pressesRaw(data)
  expect(stranger.alert()).toBe('Эта кнопка устарела. Откройте список.')
  await person.pressesRaw(data)
  await person.sees('dauys-receipt-v1')
})

test('a receipt pasted into the chat is checked: genuine, changed, torn, of another log', async () => {
  const cast = await voted()
  const text = await copied(cast)
  const stranger = await bot.resident('ru')
  await stranger.says(text)
  await stranger.sees(/Подтверждение подлинное\.[^]*Попадёт в журнал в течение минуты/)
  await numberLeaves(bot.app)
  await stranger.says(text.replaceAll('\n', ' \r\n '))
  await stranger.sees(/Подтверждение подлинное\.[^]*Место в открытом журнале: \d+ из \d+/)
  await stranger.says(text.replace(/(\d)Z$/m, (_, last: string) => `${(Number(last) + 1) % 10}Z`))
  await stranger.sees('Подтверждение неподлинное')
  await stranger.says(text.split('\n').slice(2).join('\n'))
  await stranger.sees('Текст подтверждения неполный или изменён')
  await stranger.says(text.replaceAll(bot.cycle.slug, 'elsewhere'))
  await stranger.sees(/Подтверждение неподлинное|Текст подтверждения неполный/)
})

test('a vote that was taken out of the database is told by its receipt', async () => {
  const cast = await voted()
  const text = await copied(cast)
  await unguarded(
    bot.app.db,
    (sql) => sql`delete from ballot where receipt = ${cast.number.replaceAll(' ', '')}`,
  )
  await cast.person.says(text)
  await cast.person.sees(
    /Подтверждение подлинное\.[^]*В журнале этого голоса нет\. Сохраните текст: это доказательство/,
  )
})

test('twenty look-ups a minute are answered, the next one is told to wait', async () => {
  const { person, number } = await voted()
  let answered = 0
  for (; !person.screen().text.includes('За минуту можно проверить только 20 номеров'); answered++) {
    expect(answered, 'answered without an end').toBeLessThan(60)
    await person.says(number)
  }
  // While this is written, a slow machine earns a few more.
  expect(answered).toBeGreaterThanOrEqual(20)
})

test('after a newer vote has begun, whoever voted in the one before is told so', async () => {
  const cast = await voted()
  const [{ territory }] = bot.cycle.villages
  const wanted: NewCycle = {
    slug: 'next',
    title: everywhere('Next'),
    profile: 'advisory',
    trial: true,
    timeline: { announced: day(-1), voting: day(0), counting: day(9) },
    territories: [{ territory, budget: 1_000_000 }],
    projects: [],
  }
  const next = must(await createCycle(bot.app, wanted, 'command'))
  await openVoting(bot.app, next)
  await rememberAccount(bot.app, cast.person.id, { home: { cycle: next, territory } })
  await cast.person.says('/receipt')
  const { text } = await cast.person.sees('Предыдущее голосование: ')
  expect(text).toContain(cast.number)
  expect(text).not.toContain('К этому аккаунту не привязан ни один голос')
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says('/start')
  await newcomer.taps('Русский')
  await newcomer.says('/receipt')
  await newcomer.sees('К этому аккаунту не привязан ни один голос')
})
