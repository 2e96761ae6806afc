// A question to an author stands as the answer to their own message, and quotes the sentence that it asks about.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moderatedButton } from '../../src/bot/buttons.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { clerk } from '../support/command.ts'
import { ideaWalk, WORDS } from '../support/idea-walk.ts'
import { ideasCycle, lamp, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let cycle: SmallCycle
let tatyana: Person
beforeAll(async () => {
  bot = await startBot({ seed: 'quoted', loops: true })
  cycle = await ideasCycle(bot.app, 'quoted')
  tatyana = await bot.resident('ru')
  const territory = cycle.villages[0] as number
  must(await grantRole(bot.app, { account: tatyana.id, role: 'moderator', territory }, 'command'))
})
afterAll(() => bot.stop())

test('a question answers the author’s own message and quotes the sentence that the moderator marked', async () => {
  const walk = ideaWalk(bot, cycle)
  const ann = await walk.reaches('preview', 'ru')
  await walk.answers(ann, 'preview', 'ru')
  const [own] = await walk.own(ann)
  const [, body] = WORDS.ru
  const quote = 'нет ни одного фонаря'
  await tatyana.pressesRaw(moderatedButton.pack({ idea: own?.id ?? 0 }))
  await tatyana.taps('Спросить автора')
  const { id: reply_to, text } = await tatyana.sees('ответьте с цитатой')
  expect(text).toContain(body)
  await tatyana.sends({ text: 'А на углу у магазина?', reply_to, quote })
  await tatyana.sees('Записано. Автору сообщат.')
  await ann.sees('А на углу у магазина?')
  const told = ann.chat().messages.findLast((one) => one.text?.includes('А на углу у магазина?'))
  const written = ann.chat().messages.find((one) => one.text === body)
  expect(told?.reply_to).toEqual({ message_id: written?.message_id, text: body, quote })
})

test('a question about an idea that was only spoken answers the voice note', async () => {
  const walk = ideaWalk(bot, cycle)
  const ann = await walk.reaches('title', 'ru')
  await ann.sendsVoice()
  const voice = ann.chat().messages.findLast((one) => one.voice !== undefined)
  for (const question of ['place', 'photos', 'cost', 'preview'] as const)
    await walk.answers(ann, question, 'ru')
  const [own] = await walk.own(ann)
  const decision = { kind: 'return', question: 'Где это?', quote: 'слова' } as const
  must(await decideIdea(bot.app, own?.id ?? 0, decision, { by: tatyana.id }))
  await ann.sees('Где это?')
  const told = ann.chat().messages.findLast((one) => one.text?.includes('Где это?'))
  expect(told?.reply_to).toEqual({ message_id: voice?.message_id, text: '' })
})

test('the command quotes too, and says so where the words do not stand in the idea', async () => {
  const ann = await bot.resident('ru')
  const body = 'В парке темно. Нет ни одной скамейки.'
  await ann.says(body)
  const bodyMessage = ann.chat().messages.find((one) => one.text === body)?.message_id ?? 0
  const { number } = await sentIdea(bot.app, ann.id, cycle, { ...lamp, body, bodyMessage, locale: 'ru' })
  const desk = await clerk(bot.app)
  const types = (quote: string) =>
    desk.types(`--lang ru ideas return ${number} --cycle quoted --question "А у ворот?" --quote "${quote}"`)
  expect((await types('Нет ни одного фонаря.')).refused).toContain(`в идее №\u00a0${number} дословно нет`)
  expect((await types('Нет ни одной скамейки.')).lines.join()).toContain('ждёт ответа автора')
  await desk.leaves()
  await ann.sees('А у ворот?')
  const told = ann.chat().messages.filter((one) => one.text?.includes('А у ворот?'))
  expect(told.map((one) => one.reply_to)).toEqual([
    { message_id: bodyMessage, text: body, quote: 'Нет ни одной скамейки.' },
  ])
})

test.each([
  [
    'was corrected',
    (ann: Person, message: number) => ann.edits(message, 'Уже горит.'),
    { text: 'Уже горит.' },
  ],
  ['is gone', (ann: Person, message: number) => ann.deletes(message), undefined],
])('a question comes all the same where the quoted message %s', async (_, act, reply) => {
  const ann = await bot.resident('ru')
  const body = 'Во дворе темно. Нет ни одного фонаря.'
  await ann.says(body)
  const bodyMessage = ann.chat().messages.find((one) => one.text === body)?.message_id ?? 0
  const { id } = await sentIdea(bot.app, ann.id, cycle, { ...lamp, body, bodyMessage, locale: 'ru' })
  await act(ann, bodyMessage)
  const decision = { kind: 'return', question: 'А на углу?', quote: 'Нет ни одного фонаря.' } as const
  must(await decideIdea(bot.app, id, decision, { by: tatyana.id }))
  await ann.sees('А на углу?')
  const told = ann.chat().messages.filter((one) => one.text?.includes('А на углу?'))
  expect(told).toHaveLength(1)
  expect(told[0]?.reply_to).toEqual(reply && { message_id: bodyMessage, ...reply })
})
