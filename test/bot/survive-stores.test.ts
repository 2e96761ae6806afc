// A store that goes away: Telegram is told to come again, nothing is lost, and everything is done once when it is back.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startPolling } from '../../src/bot/polling.ts'
import { deliverOnce } from '../../src/loops/delivery.ts'
import { enqueue } from '../../src/store/deliveries.ts'
import { hasRedisServer, type RedisServer, startRedis } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { onServer } from '../support/database.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident, SECRET } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type Cable, cable } from '../support/proxy.ts'
import { freePort } from '../support/redis.ts'
import { isTold } from '../support/size.ts'
import { chooses, plain, receiptsIn } from './survive-journey.ts'

if (!hasRedisServer()) sayNotRun('the stories in which a store goes away', 'there is no redis-server program')
const there = hasRedisServer() && isTold('a store that goes away')
const story = test.runIf(there)

let app: TestApp
let cycle: SmallCycle
let redis: RedisServer
let port: number
let wire: Cable
let fleet: Fleet
beforeAll(async () => {
  if (!there) return
  app = await testApp('stores')
  cycle = await smallCycle(app, 'stores', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  port = await freePort()
  redis = await startRedis(port)
  wire = await cable(app.url)
  fleet = await openFleet(app, { replicas: 2, redisUrl: redis.url, databaseUrl: wire.url })
})
afterEach(async () => {
  await wire?.plug()
})
afterAll(async () => {
  // A pool whose connections were cut off closes at once after it has connected again.
  for (const { app: own } of fleet?.replicas ?? [])
    await Promise.allSettled(Array.from({ length: 20 }, () => own.db.sql`select 1`))
  await fleet?.stop()
  await wire?.pull()
  await redis?.stop()
  await app?.done()
})

async function residents(count: number): Promise<Resident[]> {
  const [territory] = cycle.villages as [number]
  const own = await voters(app, cycle.id, territory, count)
  const home = { cycle: cycle.id, territory }
  return Promise.all(own.map(({ account }) => fleet.resident('Тұрғын', home, 'kk', account)))
}
const post = (
  body: string,
  headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET },
) => fetch(fleet.webhook, { method: 'POST', body, headers })
const saying = (person: Resident, text: string) => ({
  update_id: Math.floor(Math.random() * 1e9) + 1e9,
  message: {
    message_id: 1,
    date: 1,
    text,
    from: { id: person.id, is_bot: false, first_name: 'x' },
    chat: { id: person.id, type: 'private', first_name: 'x' },
  },
})
const stats = () => fleet.room.control('GET', 'stats')
const castBy = async (person: Resident) =>
  app.db.sql<{ receipt: string }[]>`
    select b.receipt from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${person.id}`
const isIn = (person: Resident) => person.texts().then(receiptsIn)

story(
  'PostgreSQL away: 503 and Retry-After however often Telegram asks; all is done once when it is back',
  async () => {
    const people = await residents(3)
    await Promise.all(people.map((person) => chooses(person, [1, 2])))
    await wire.pull()
    const refused = await post(JSON.stringify(saying(people[0] as Resident, '/menu')))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    for (const person of people) await person.presses(person.t('vote.send.button'))
    const before = (await stats()).updates_delivered
    await fleet.hurry(async () => (await stats()).updates_delivered - before >= 3 * 6)
    expect((await stats()).pending).toBe(3)
    await wire.plug()
    await fleet.hurry()
    await fleet.settled()
    for (const person of people) {
      const cast = await castBy(person)
      expect(cast).toHaveLength(1)
      expect(await isIn(person)).toEqual([cast[0]?.receipt])
      expect(await person.texts()).not.toContain(person.t('common.set-aside'))
    }
  },
)

story('connections that PostgreSQL ends in the middle of Sends cost nobody a vote', async () => {
  const people = await residents(12)
  await Promise.all(people.map((person) => chooses(person, [1])))
  let ending = true
  const killer = onServer(app.url, async (sql) => {
    while (ending) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'dauys' and datname = current_database()`
      await new Promise((wake) => setTimeout(wake, 15))
    }
  })
  await Promise.all(people.map((person) => person.presses(person.t('vote.send.button'))))
  await new Promise((wake) => setTimeout(wake, 400))
  ending = false
  await killer
  // The story's own connections were ended too, and each learns of it at its next question.
  await Promise.allSettled(Array.from({ length: 20 }, () => app.db.sql`select 1`))
  await fleet.hurry()
  for (const person of people) {
    const cast = await castBy(person)
    expect(cast).toHaveLength(1)
    expect(await isIn(person)).toEqual([cast[0]?.receipt])
  }
})

story('the session store away: 503, and the same', async () => {
  const [person] = (await residents(1)) as [Resident]
  await chooses(person, [1])
  await redis.stop()
  const refused = await post(JSON.stringify(saying(person, '/menu')))
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  await person.presses(person.t('vote.send.button'))
  expect((await stats()).pending).toBe(1)
  redis = await startRedis(port)
  await fleet.hurry()
  // The marks went with the store: said, and the list is open again. Nothing was cast.
  expect(await castBy(person)).toEqual([])
  expect((await person.texts()).join('\n')).toContain(plain(person.t.html('vote.marks-gone')))
})

story('the session store goes away in the middle of an announcement: everybody gets it, once', async () => {
  const people = await residents(12)
  const results = { kind: 'results', cycle: cycle.id, territory: cycle.villages[0] as number } as const
  for (const person of people) {
    await person.tells('/menu')
    await enqueue(app.db, results, { account: person.id, dedupe: `told ${person.id}` })
  }
  const { app: own, client, session, metrics } = fleet.first
  const parts = {
    app: own,
    api: client.bulk,
    mail: client.mail,
    session,
    textsOf: fleet.textsOf,
    log: fleet.log,
    metrics,
    pace: 6,
  }
  const states = () => app.db.sql<{ state: string; n: number }[]>`
    select state, count(*)::int as n from delivery where kind = 'results' group by state order by state`
  const round = deliverOnce(parts)
  await expect.poll(async () => (await states()).some(({ state, n }) => state === 'sent' && n > 4)).toBe(true)
  await redis.stop()
  await expect(round).rejects.toThrow()
  expect((await states()).map(({ state }) => state)).toEqual(['pending', 'sent'])
  redis = await startRedis(port)
  await expect.poll(() => session.ready().then(() => 'back')).toBe('back')
  while ((await deliverOnce(parts)) > 0);
  expect(await states()).toEqual([{ state: 'sent', n: 12 }])
  for (const person of people)
    expect(
      (await person.texts()).filter((text) => text.includes(plain(person.t.html('notices.results')))),
    ).toHaveLength(1)
})

story('polling: the offset stands still while PostgreSQL is away', async () => {
  await fleet.room.bot('deleteWebhook')
  const [person] = (await residents(1)) as [Resident]
  await wire.pull()
  const poller = startPolling(fleet.first.client.api, fleet.first.pipeline, fleet.log)
  try {
    const before = (await stats()).updates_acknowledged
    const seen = (await person.texts()).length
    await person.says('/menu')
    const asked = (await stats()).updates_delivered
    await expect.poll(async () => (await stats()).updates_delivered - asked).toBeGreaterThan(2)
    expect((await stats()).updates_acknowledged).toBe(before)
    await wire.plug()
    await expect.poll(async () => (await person.texts()).length).toBe(seen + 1)
    await expect.poll(async () => (await stats()).updates_acknowledged).toBe(before + 1)
  } finally {
    await poller.stop()
    await fleet.first.client.api.setWebhook(fleet.webhook, { secret_token: SECRET })
  }
})

story('a request that is not Telegram’s writes nothing', async () => {
  const rows = () => app.db.sql`select * from account order by id`
  const before = await rows()
  const [person] = (await residents(0)).concat({ id: 424_242 } as Resident) as [Resident]
  const body = JSON.stringify(saying(person, '/start'))
  const secret = (value: string) => ({ 'x-telegram-bot-api-secret-token': value })
  const status = async (given: string, headers: Record<string, string>) => (await post(given, headers)).status
  expect(await status(body, {})).toBe(401)
  expect(await status(body, secret(''))).toBe(401)
  expect(await status(body, secret(`${SECRET}x`))).toBe(401)
  expect(await status(body, secret(SECRET.slice(1)))).toBe(401)
  expect(await status(body, secret('x'.repeat(SECRET.length)))).toBe(401)
  expect(await status(body, secret('x'.repeat(8000)))).toBe(401)
  expect(await status(JSON.stringify({ update_id: 1, pad: 'x'.repeat(1_000_001) }), secret(SECRET))).toBe(413)
  for (const wrong of ['', '{', 'null', '[]', '"x"', '{"update_id":"1"}', randomUUID()])
    expect(await status(wrong, secret(SECRET)), wrong).toBe(400)
  expect(await rows()).toEqual(before)
})
