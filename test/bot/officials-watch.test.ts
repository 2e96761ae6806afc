// An official sees in the chat what waits for its cost, oldest first, and what repeats among the ideas of their own villages.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streamButton } from '../../src/bot/moderation/stream.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle, lamp, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let cycle: SmallCycle
let dana: Person
let author = 9000
beforeAll(async () => {
  bot = await startBot({ seed: 'officials watch' })
  cycle = await ideasCycle(bot.app, 'watched')
  dana = await bot.resident('ru')
  await official(dana, 0)
})
afterAll(() => bot.stop())

const official = async (person: Person, village: number) => {
  const territory = cycle.villages[village] as number
  must(await grantRole(bot.app, { account: person.id, role: 'official', territory }, 'command'))
}
const sends = (title: string) => sentIdea(bot.app, author++, cycle, { ...lamp, title })
const approve = async ({ id }: { id: number }) =>
  must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: 'command' }))
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('what waits for its cost stands in a list, the oldest first, nine of them on two pages, each with its card', async () => {
  const all = []
  for (let n = 1; n <= 9; n++) all.push(await sends(`Құдық қазу, ${n}-ші көше`))
  for (const one of all.toReversed()) await approve(one)
  await dana.says('/moderate')
  await dana.taps('Ждут стоимости: 9')
  const list = plain((await dana.sees('Идеи, которым нужна стоимость')).text)
  expect([...list.matchAll(/^№ (\d+)\./gm)].map(([, number]) => Number(number))).toEqual(
    all.slice(0, 8).map(({ number }) => number),
  )
  await dana.taps('Следующая')
  expect(plain((await dana.sees('Идеи, которым нужна стоимость')).text)).toContain(`№ ${all[8]?.number}.`)
  await dana.taps(/Құдық қазу, 9/)
  await dana.taps('Построить нельзя')
  await dana.says('Здесь нет воды.')
  await dana.sees('построить нельзя')
  expect((await findIdea(bot.app, cycle.id, all[8]?.number ?? 0))?.state).toBe('unfeasible')
})

test('what many ask for stands first, however each of them says it; and by kind', async () => {
  const alike = [
    await sends('Моншаны жөндеу'),
    await sends('Отремонтировать баню'),
    await sends('Моншаны жөндеу керек'),
  ]
  await dana.says('/moderate')
  await dana.taps(/^Что повторяется/)
  const { text } = await dana.sees('Похожие идеи')
  const numbers = alike.map(({ number }) => `№ ${number}`).join(', ')
  expect(plain(text)).toContain(`: 3 · ${numbers}`)
  await dana.taps('По видам')
  expect(plain((await dana.sees('Идеи по видам')).text)).toMatch(/Уличное освещение: 12 · №/)
  await dana.taps('Нужды')
  await dana.sees('Нужды')
})

test('an official of another village sees none of it, nor whoever is none any more', async () => {
  const serik = await bot.resident('ru')
  await official(serik, 1)
  await serik.says('/moderate')
  expect(serik.hasButton(/^Ждут стоимости/)).toBe(false)
  await serik.taps(/^Что повторяется/)
  expect(plain((await serik.sees('Похожие идеи')).text)).toContain('Пока ничего нет.')
  const territory = cycle.villages[1] as number
  must(await revokeRole(bot.app, { account: serik.id, role: 'official', territory }, 'command'))
  await serik.pressesRaw(streamButton.pack({ cycle: cycle.id, page: 0, by: 'place' }))
  await serik.sees('Это видит только сотрудник акимата')
})
