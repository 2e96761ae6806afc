// kill -9 of the program between commit and answer: its next start, or the person's next touch, shows what was accepted.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { owedKeys } from '../../src/session/owed.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { buildShipped, type Shipped, startShipped } from '../support/shipped.ts'
import { chooses, plain, receiptsIn } from './survive-journey.ts'
import { asOwner, unguarded, untilBlocked } from '../support/database.ts'
import { isTold } from '../support/size.ts'

const there = hasRedisServer()
if (!there) sayNotRun('the story of kill -9', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let folder: string
let program: Shipped | undefined
/** People whose next step is Send: the other replica brought them there. */
let people: Resident[] = []
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  folder = await mkdtemp(join(tmpdir(), 'dauys-kill-'))
  app = await testApp('kill')
  cycle = await smallCycle(app, 'kill', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { redisUrl: redis.url, prefix: 'dauys:' })
  people = [await resident(), await resident(), await resident()]
  for (const person of people) await chooses(person, [1])
  await buildShipped()
})
afterAll(async () => {
  await kill()
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function kill(): Promise<void> {
  await program?.stop('SIGKILL')
}

/** The program as it is shipped, polling the sandbox. */
async function start(): Promise<void> {
  const { token, url } = fleet.room.sandbox
  program = startShipped({
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: url,
    DATABASE_URL: app.url,
    REDIS_URL: redis.url,
    DAUYS_DIR: folder,
    SECRETS_DIR: app.secretsDir,
  })
  await program.says('Dauys runs as')
}

async function resident(): Promise<Resident> {
  const [territory] = cycle.villages as [number]
  const [voter] = await voters(app, cycle.id, territory, 1)
  return fleet.resident('Тұрғын', { cycle: cycle.id, territory }, 'kk', voter?.account as number)
}
const castBy = (person: Resident) => app.db.sql<{ receipt: string }[]>`
  select b.receipt from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${person.id}`
const seen = async (person: Resident) => receiptsIn(await person.texts())

test.runIf(there)(
  'killed between commit and answer: nothing is lost, nothing is doubled, everybody learns it',
  async () => {
    const [touches, waits] = [await resident(), await resident()]
    // Up to the review screen another replica served them; the program takes over for Send.
    for (const person of [touches, waits]) await chooses(person, [1, 2])
    await fleet.room.bot('deleteWebhook')
    await start()
    for (const { id } of [touches, waits])
      await fleet.room.control('POST', 'faults', { chat_id: String(id), kind: 'drop-request', times: 0 })
    for (const person of [touches, waits]) await person.presses(person.t('vote.send.button'))
    const both = async () => (await castBy(touches)).length + (await castBy(waits)).length
    await expect.poll(both, { interval: 2 }).toBe(2)
    await kill()
    expect([...(await seen(touches)), ...(await seen(waits))]).toEqual([])

    await fleet.room.control('DELETE', 'faults')
    const [receipt] = (await castBy(waits)).map((ballot) => ballot.receipt)
    await unguarded(app.db, async (sql) => {
      await sql`update ballot set at = at - interval '61 seconds' where receipt = ${receipt as string}`
    })
    await start()
    // The dead program's lock of this person lapses in seconds.
    await touches.presses(touches.t('vote.send.button'))
    const accepted = (await castBy(touches)).map((ballot) => ballot.receipt)
    await expect.poll(() => seen(touches)).toEqual(accepted)
    await expect.poll(() => seen(waits)).toEqual([receipt])
    expect(await both()).toBe(2)
  },
)

test.runIf(there && isTold('kill -9 while votes of several people are under way in one call'))(
  'killed while votes of several people are under way in one call: each has one ballot in the end, and its receipt',
  async () => {
    await asOwner(app.db, async (sql) => {
      // Whoever appends waits, so that the call is killed in the middle.
      await sql`lock table leaf in share row exclusive mode`
      for (const person of people) await person.presses(person.t('vote.send.button'))
      await untilBlocked(app.db)
      await kill()
    })
    const cast = () => Promise.all(people.map(async (person) => (await castBy(person)).length))
    expect((await cast()).every((ballots) => ballots <= 1)).toBe(true)
    await start()
    await expect.poll(cast).toEqual(people.map(() => 1))
    for (const person of people) {
      const receipts = (await castBy(person)).map(({ receipt }) => receipt)
      // The call may have been carried out although nobody was left to hear it: then their next touch shows the receipt.
      await person.presses(person.t('vote.send.button'))
      await expect.poll(() => seen(person)).toEqual(receipts)
    }
    expect(await cast()).toEqual(people.map(() => 1))
  },
)

test.runIf(there && isTold('kill -9 between an effect and its screen'))(
  'killed between the effect and the screen: the other replica draws it, without another tap',
  async () => {
    const person = await resident()
    const keys = new Redis(redis.url)
    try {
      await person.says('/menu')
      await expect.poll(async () => (await person.texts()).length).toBe(1)
      const hangs = { chat_id: String(person.id), method: 'editMessageText', kind: 'delay', ms: 20_000 }
      await fleet.room.control('POST', 'faults', hangs)
      await person.presses(person.t('start.how.button'))
      const owed = () => keys.hget(`${fleet.keys}${owedKeys(person.id)[1]}`, String(person.id))
      await expect.poll(owed).toContain('"by":"hw"')
      await kill()
      await fleet.room.control('DELETE', 'faults')
      const how = plain(person.t.html('start.how')).slice(0, 40)
      expect((await person.texts())[0]).not.toContain(how)
      await fleet.redraws(async () => (await person.texts())[0]?.includes(how) === true)
      expect(await person.texts()).toHaveLength(1)
      expect(await owed()).toBeNull()
    } finally {
      keys.disconnect()
    }
  },
)
