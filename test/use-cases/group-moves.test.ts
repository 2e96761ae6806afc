// A moderators' group that becomes another while one of its cards is being drawn: the card is drawn again, in the new one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bindRoom, inviteRoom, moveRoom } from '../../src/use-cases/bind-room.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { keepCard, leaveCard, takeCard } from '../../src/use-cases/idea-cards.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must } from '../support/cycle.ts'
import { ideasCycle, neighbour, sentIdea } from '../support/ideas.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('group_moves')
})
afterAll(() => app?.done())

const [GROUP, MOVED] = [-4001, -1004001]
const BOUND_BY = 77

/** Binds the group, or binds it once more. */
async function bind(cycle: number, chat: number): Promise<void> {
  const token = must(await inviteRoom(app, { cycle, territory: null }, BOUND_BY))
  must(await bindRoom(app, { token, chat, locale: 'ru' }, BOUND_BY))
}

test.each([
  ['moves', async () => moveRoom(app, GROUP, MOVED), MOVED, null],
  ['is bound once more', (cycle: number) => bind(cycle, GROUP), GROUP, 5],
] as const)('a card whose group %s meanwhile is drawn again', async (name, changes, chat, message) => {
  const cycle = await ideasCycle(app, name.replaceAll(' ', '-'))
  await neighbour(app, BOUND_BY, cycle)
  for (const territory of cycle.villages)
    must(await grantRole(app, { account: BOUND_BY, role: 'official', territory }, 'command'))
  await bind(cycle.id, GROUP)
  await sentIdea(app, 9000, cycle)
  const taken = await takeCard(app)
  if (!taken) throw new Error('no card is due')
  await keepCard(app, taken.card, { message: 5 })
  expect(await takeCard(app)).toBeUndefined()

  await changes(cycle.id)
  await keepCard(app, taken.card, { message: 6, shown: taken.card.wanted })
  await leaveCard(app, taken.card, 600)
  expect((await takeCard(app))?.card).toMatchObject({ id: taken.card.id, chat, message })
  await moveRoom(app, chat, chat - 1)
  await app.db.sql`delete from idea_card`
  await app.db.sql`delete from moderation_room`
})
