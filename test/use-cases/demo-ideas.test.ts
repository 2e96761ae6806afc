// The demo's village that is asked for ideas: invented ones in different states, and people who decide; a newcomer's idea is decided there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdeasDemo, type DemoStaff } from '../../src/use-cases/create-ideas-demo.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { findIdea, listIdeas } from '../../src/use-cases/list-ideas.ts'
import { listPlaces } from '../../src/use-cases/list-places.ts'
import { readNeeds } from '../../src/use-cases/read-needs.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { ideaQueue } from '../../src/use-cases/idea-queue.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { withClassifier } from '../support/app.ts'
import { must } from '../support/cycle.ts'
import { openGroup } from '../support/group.ts'
import { ideaWalk, says } from '../support/idea-walk.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let cycle: number
let staff: DemoStaff
let asel: Person
let marat: Person
beforeAll(async () => {
  bot = await startBot({ seed: 'demo ideas', session: 'redis', loops: true })
  await withClassifier(bot.app)
  asel = await bot.resident('kk')
  marat = await bot.resident('ru')
  staff = { moderators: [asel.id], official: marat.id }
  cycle = await createIdeasDemo(bot.app, staff)
})
afterAll(() => bot.stop())

const states = async () => (await listIdeas(bot.app, cycle)).map(({ number, state }) => [number, state])
const FRESH = [
  [1, 'sent'],
  [2, 'sent'],
  [3, 'returned'],
  [4, 'approved'],
  [5, 'feasible'],
  [6, 'merged'],
]

test('it asks for ideas in a village of its own, shows one of each state, and writes to nobody about them', async () => {
  const places = (await listPlaces(bot.app)).filter((place) => place.cycle.id === cycle)
  expect(places.map(({ name, cycle: { phase, trial } }) => [name.ru, phase, trial])).toEqual([
    ['Байкошкар', 'ideas', true],
  ])
  expect(await states()).toEqual(FRESH)
  const own = await listIdeas(bot.app, cycle)
  expect(new Set(own.map(({ locale }) => locale))).toEqual(new Set(['kk', 'ru']))
  expect(own[4]).toMatchObject({ cost: 2_400_000, titles: { ru: 'Деревья у клуба' } })
  expect(await bot.app.db.sql`select from delivery`).toHaveLength(0)
})

test('its neighbours said before what the village needs, and the akimat answered in both languages', async () => {
  const [place] = (await listPlaces(bot.app)).filter((one) => one.cycle.id === cycle)
  const read = await readNeeds(bot.app, { cycle, territory: place?.territory ?? 0 })
  expect(read?.result?.figures).toMatchObject({ answers: { unverified: 24 }, top: [3, 1, 4] })
  expect(read?.result?.reply).toMatchObject({ kk: expect.any(String), ru: expect.any(String) })
  expect(read?.lines).toHaveLength(4)
  expect(await bot.app.db.sql`select from delivery`).toHaveLength(0)
})

test('made again nothing is doubled, and what was decided meanwhile stays', async () => {
  const first = await findIdea(bot.app, cycle, 1)
  must(await decideIdea(bot.app, first?.id ?? 0, { kind: 'approve' }, { by: asel.id }))
  expect(await createIdeasDemo(bot.app, staff)).toBe(cycle)
  expect(await states()).toEqual([[1, 'approved'], ...FRESH.slice(1)])
  const granted = await bot.app.db.sql`select from role_grant where account = ${asel.id}`
  expect(granted).toHaveLength(1)
})

test('its moderator and its official find what waits for them', async () => {
  expect(await ideaQueue(bot.app, asel.id)).toHaveLength(3)
  expect(await ideaQueue(bot.app, marat.id)).toHaveLength(3)
})

test('a newcomer proposes there, and the moderator approves and costs it from the notice', async () => {
  const [place] = (await listPlaces(bot.app)).filter((one) => one.cycle.id === cycle)
  const walk = ideaWalk(bot, { id: cycle, slug: 'demo-ideas', villages: [place?.territory ?? 0] })
  const tatyana = await walk.reaches('preview', 'ru')
  await walk.answers(tatyana, 'preview', 'ru')
  await asel.sees('Жаңа идея: №\u00a07')
  await asel.taps('Идеяны ашу')
  await asel.taps('Мақұлдау')
  await asel.taps('Құнын жазу')
  await asel.says('3 млн')
  await asel.taps('Тізімде бар')
  await asel.sees('Шешім жазылды')
  await says(tatyana, 'Стоимость')
  expect(await findIdea(bot.app, cycle, 7)).toMatchObject({ state: 'feasible', cost: 3_000_000 })
})

test('its group is bound from the start: cards of what waits, in the topic of the village, and the needs above them', async () => {
  const group = await openGroup(bot, marat, { members: [asel.id], is_forum: true })
  await group.act('add', { who: 'bot', rights: true })
  for (let times = 0; times < 2; times++)
    expect(await createIdeasDemo(bot.app, { ...staff, group: group.id })).toBe(cycle)
  expect(await bot.app.db.sql`select from moderation_room where cycle = ${cycle}`).toHaveLength(1)
  const card = await group.sees('Идея №\u00a02')
  expect(card.text).toContain('Көше жарығы')
  expect((await group.seenBy(marat)).topics?.map(({ name }) => name)).toEqual(['Байқошқар'])
  await group.press(asel, card, 'Мақұлдау')
  await group.sees('мақұлданды')
  expect(await findIdea(bot.app, cycle, 2)).toMatchObject({ state: 'approved' })
})

test('once it asks no more, another one does', async () => {
  await bot.app.db.sql`
    update phase_start set starts_at = now() + interval '1 hour' where cycle = ${cycle} and phase = 'review'`
  const next = await createIdeasDemo(bot.app, staff)
  expect(next).not.toBe(cycle)
  expect((await listIdeas(bot.app, next)).map(({ state }) => state)).toEqual(FRESH.map(([, state]) => state))
})

test('what is feasible and has both languages comes to the ballot of its village as a trial moves on by command', async () => {
  const asked = await createIdeasDemo(bot.app, staff)
  for (let moves = 0; moves < 2; moves++) must(await movePhase(bot.app, asked, { by: 'command' }))
  const [place] = (await listPlaces(bot.app)).filter((one) => one.cycle.id === asked)
  expect(place?.cycle.phase).toBe('voting')
  const listed = await bot.app.db.sql`select title from project where cycle = ${asked}`
  expect(listed.map(({ title }) => title.ru)).toEqual(['Деревья у клуба'])
})
