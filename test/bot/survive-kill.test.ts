// kill -9 of the program between commit and answer: its next start, or the person's next touch, shows what was accepted.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { chooses, receiptsIn } from './survive-journey.ts'
import { unguarded } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const there = hasRedisServer()
if (!there) sayNotRun('the story of kill -9', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let folder: string
let program: ChildProcess | undefined
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  folder = await mkdtemp(join(tmpdir(), 'dauys-kill-'))
  app = await testApp('kill')
  cycle = await smallCycle(app, 'kill', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { redisUrl: redis.url, prefix: 'dauys:' })
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: ROOT })
})
afterAll(async () => {
  await kill()
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function kill(): Promise<void> {
  if (!program || program.exitCode !== null || program.signalCode !== null) return
  const gone = once(program, 'exit')
  program.kill('SIGKILL')
  await gone
}

/** The program as it is shipped, polling the sandbox. */
async function start(): Promise<void> {
  const { PATH = '', HOME = '' } = process.env
  const { token, url } = fleet.room.sandbox
  program = spawn(process.execPath, [join(ROOT, 'dist/dauys.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH,
      HOME,
      BOT_TOKEN: token,
      TELEGRAM_API_ROOT: url,
      DATABASE_URL: app.url,
      REDIS_URL: redis.url,
      DAUYS_DIR: folder,
      SECRETS_DIR: app.secretsDir,
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
  })
  const { stdout } = program
  await new Promise<void>((resolve, reject) => {
    stdout?.on('data', (text: Buffer) => text.includes('Dauys runs as') && resolve())
    program?.once('exit', () => reject(new Error('the program did not start')))
  })
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
