// Whoever wants an idea of their village too: once, in one village of a cycle, and told what comes of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertAccount } from '../../src/store/accounts.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'
import { supportIdea, unsupportIdea } from '../../src/use-cases/support-idea.ts'
import { moveDraft, writeIdea } from '../../src/use-cases/write-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, type SmallCycle, voters } from '../support/cycle.ts'
import { draft, ideasCycle, neighbour, sentIdea } from '../support/ideas.ts'

let app: TestApp
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('support-idea')
  cycle = await ideasCycle(app, 'support')
})
afterAll(() => app.done())

const supporters = async (number: number) => (await findIdea(app, cycle.id, number))?.supporters

test('support comes from the village of the idea: who is at home elsewhere, or votes elsewhere, adds nothing', async () => {
  const { id, number } = await sentIdea(app, 831, cycle)
  await neighbour(app, 832, cycle, 1)
  await upsertAccount(app.db, 833, {})
  for (const account of [832, 833, 999_999])
    expect(kindOf(await supportIdea(app, account, id)), String(account)).toBe('other-village')
  const [voter] = await voters(app, cycle.id, cycle.villages[1] as number, 1)
  const account = voter?.account ?? 0
  await neighbour(app, account, cycle)
  expect(kindOf(await supportIdea(app, account, id)), 'holds a right in the other').toBe('other-village')
  expect(await supporters(number)).toBe(0)
})

test('support of one account stands in one village of a cycle, wherever it goes, until it is taken back', async () => {
  const here = await sentIdea(app, 834, cycle)
  const there = await draft(app, 835, cycle)
  await neighbour(app, 835, cycle, 1)
  must(await moveDraft(app, 835, there))
  must(await writeIdea(app, 835, there, { landmark: 'екінші ауылдың клубы' }))
  must(await sendIdea(app, 835, there))
  await neighbour(app, 836, cycle)
  must(await supportIdea(app, 836, here.id))
  await neighbour(app, 836, cycle, 1)
  expect(kindOf(await supportIdea(app, 836, there))).toBe('other-village')
  must(await unsupportIdea(app, 836, here.id))
  must(await supportIdea(app, 836, there))
  expect(await supporters(here.number)).toBe(0)
  expect(kindOf(await supportIdea(app, 835, there))).toBe('own-idea')
})

test('support is over with the time of ideas', async () => {
  const early = await ideasCycle(app, 'early')
  const { id } = await sentIdea(app, 837, early)
  await neighbour(app, 838, early)
  await app.db.sql`update cycle set phase = 'voting' where id = ${early.id}`
  expect(kindOf(await supportIdea(app, 838, id))).toBe('no-such-idea')
})
