// For whom an announcement is, how many they are, and what becomes of it: begun once by two replicas, paused, resumed, ended, stopped.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Audience } from '../../src/core/announcement.ts'
import { claimDeliveries } from '../../src/store/deliveries.ts'
import { announce } from '../../src/use-cases/announce.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { readAnnouncement } from '../../src/use-cases/read-announcement.ts'
import { runAnnouncements } from '../../src/use-cases/run-announcements.ts'
import { steerAnnouncement } from '../../src/use-cases/steer-announcement.ts'
import { beginAnnouncement, writeAnnouncement } from '../../src/use-cases/write-announcement.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, opened, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'

const FIRST = 8_000_000
const PEOPLE = 30

let app: TestApp
let cycle: number
let villages: number[]
beforeAll(async () => {
  app = await testApp('announcements')
  const made = await smallCycle(app, 'told', [[100, 200], [300]])
  cycle = made.id
  villages = made.villages
  await openVoting(app, cycle)
  const all = await voters(app, cycle, villages[0] as number, 24)
  for (const { account } of all) await resident(account, villages[0] as number)
  for (const one of all.slice(0, 22)) must(await vote(app, cycle, one, ['a1']))
  await opened(app, cycle, all[22] as (typeof all)[number])
  for (let n = 0; n < PEOPLE; n++) await resident(FIRST + n, villages[1] as number)
})
afterAll(() => app.done())

const resident = (id: number, village: number) => app.db.sql`
  insert into account (id, locale, home_cycle, home_territory)
  values (${id}, ${id % 3 === 0 ? 'ru' : 'kk'}, ${cycle}, ${village})
  on conflict (id) do update set home_cycle = excluded.home_cycle, home_territory = excluded.home_territory, locale = excluded.locale`

async function written(audience: Audience): Promise<number> {
  const id = must(await beginAnnouncement(app, { cycle }, 'command'))
  for (const locale of ['kk', 'ru'])
    must(await writeAnnouncement(app, { id }, { text: { locale, html: 'Жиналыс' } }, 'command'))
  must(await writeAnnouncement(app, { id }, { audience }, 'command'))
  return id
}
const seen = async (id: number) => {
  const found = await readAnnouncement(app, id, 'command')
  if (!found) throw new Error('it is not there')
  return found
}
const sizeOf = async (audience: Audience) => {
  const { people, faults } = await seen(await written(audience))
  return [people, ...faults.map(({ kind }) => kind)]
}
const waiting = async (id: number) => (await seen(id)).figures.waiting

test('an audience is counted by place, language, right, vote, opened ballot; by their vote neither fewer than 20 nor where fewer than 20 are left', async () => {
  expect(await sizeOf({ who: 'all' })).toEqual([54])
  expect(await sizeOf({ who: 'all', territory: villages[1] as number })).toEqual([30])
  expect(await sizeOf({ who: 'all', territory: villages[1] as number, locale: 'ru' })).toEqual([10])
  expect(await sizeOf({ who: 'verified' })).toEqual([24])
  expect(await sizeOf({ who: 'unverified' })).toEqual([30])
  expect(await sizeOf({ who: 'voted' })).toEqual([22])
  expect(await sizeOf({ who: 'not-voted' })).toEqual([32])
  expect(await sizeOf({ who: 'opened' })).toEqual([undefined, 'small-audience'])
  expect(await sizeOf({ who: 'not-voted', territory: villages[0] as number })).toEqual([
    undefined,
    'small-audience',
  ])
  const home = { territory: villages[0] as number }
  expect(await sizeOf({ who: 'all', ...home }), 'two more than voted').toEqual([24])
  expect(await sizeOf({ who: 'voted', ...home })).toEqual([undefined, 'small-audience'])
  expect(await sizeOf({ who: 'authors' })).toEqual([0, 'nobody'])
})

test('two replicas begin it once; paused nothing of it is claimed, resumed it goes on, cancelled it ends', async () => {
  const other = replica(app)
  const id = await written({ who: 'all', territory: villages[1] as number })
  must(await announce(app, { id }, 'command'))
  await Promise.all([runAnnouncements(app), runAnnouncements(other)])
  expect(await waiting(id)).toBe(PEOPLE)
  must(await steerAnnouncement(app, id, 'pause', 'command'))
  expect(await claimDeliveries(app.db, ['announcement'], 5)).toEqual([])
  expect(kindOf(await steerAnnouncement(app, id, 'pause', 'command'))).toBe('moved')
  must(await steerAnnouncement(app, id, 'resume', 'command'))
  expect(await claimDeliveries(app.db, ['announcement'], 5)).toHaveLength(5)
  const done = must(await steerAnnouncement(app, id, 'cancel', 'command'))
  expect(done.state).toBe('cancelled')
  expect((await seen(id)).figures).toMatchObject({ waiting: 5, cancelled: PEOPLE - 5 })
  expect(kindOf(await announce(app, { id }, 'command'))).toBe('moved')
  await other.close()
})

test('whoever blocked the bot or was erased is no recipient; what was scheduled begins at its time', async () => {
  await app.db.sql`update account set reachable = false where id = ${FIRST}`
  await eraseAccount(app, FIRST + 1)
  const id = await written({ who: 'all', territory: villages[1] as number })
  const at = new Date(Date.now() + 3_600_000).toISOString()
  must(await writeAnnouncement(app, { id }, { at }, 'command'))
  must(await announce(app, { id }, 'command'))
  await runAnnouncements(app)
  expect((await seen(id)).one.state).toBe('approved')
  await app.db.sql`update announcement set at = clock_timestamp() where id = ${id}`
  await runAnnouncements(app)
  expect((await seen(id)).one).toMatchObject({ state: 'sending', recipients: PEOPLE - 2 })
})
