// Whatever is kept of a person around ideas and needs is named to them, and goes with their account.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { readMyData } from '../../src/use-cases/read-my-data.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import { followIdea } from '../../src/use-cases/village-ideas.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { must } from '../support/cycle.ts'
import { ideasCycle, neighbour, sentIdea } from '../support/ideas.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('kept of ideas')
})
afterAll(() => app.done())

test('a follower, a supporter, who was muted, bound a group, made a link and spoke of needs: named, and then nowhere', async () => {
  const account = 7_612_340_555
  const cycle = await ideasCycle(app, 'kept')
  const { id, number } = await sentIdea(app, 901, cycle)
  await neighbour(app, account, cycle)
  must(await supportIdea(app, account, id))
  must(await followIdea(app, account, { cycle: cycle.id, number }, true))
  const village = cycle.villages[0] as number
  await app.db.sql`
    insert into idea_mute (cycle, account, until) values (${cycle.id}, ${account}, now() + interval '3 days')`
  await app.db.sql`
    insert into need_answer (cycle, account, territory, marks, line, voice)
    values (${cycle.id}, ${account}, ${village}, '{1}', 'Су', 'voice-1')`
  await app.db.sql`
    insert into moderation_room (cycle, chat, locale, bound_by) values (${cycle.id}, -100, 'kk', ${account})`
  await app.db.sql`
    insert into room_invite (hash, cycle, made_by, until)
    values (${app.random(32)}, ${cycle.id}, ${account}, now() + interval '1 day')`
  expect(await readMyData(app, account)).toMatchObject({
    supported: 1,
    ideaFollows: 1,
    needs: 1,
    needVoices: 1,
    rooms: 1,
    invites: 1,
    ideasMuted: expect.any(String),
  })
  expect(await everyValueWith(app.db, String(account))).toEqual([
    'account.id',
    'idea_follow.account',
    'idea_mute.account',
    'idea_support.account',
    'moderation_room.bound_by',
    'need_answer.account',
    'room_invite.made_by',
  ])
  await eraseAccount(app, account)
  expect(await everyValueWith(app.db, String(account))).toEqual([])
})
