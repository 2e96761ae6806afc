// A dialog that is cut off in the middle costs at most one question: the program is killed, the store flushed, its version raised.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dialogNote } from '../../src/bot/parts.ts'
import { listFollowed } from '../../src/use-cases/follow-territory.ts'
import { ofPerson } from '../../src/session/session.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { buildShipped, type Shipped, startShipped } from '../support/shipped.ts'
import { isTold } from '../support/size.ts'

vi.setConfig({ testTimeout: 120_000 })

const there = hasRedisServer() && isTold('a dialog that is cut off')
if (!hasRedisServer())
  sayNotRun('the stories of a dialog that is cut off', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let folder: string
let program: Shipped | undefined
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  folder = await mkdtemp(join(tmpdir(), 'dauys-dialog-'))
  app = await testApp('dialog')
  await withClassifier(app)
  cycle = await smallCycle(app, 'dialog', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { redisUrl: redis.url, prefix: 'dauys:', replicas: 2 })
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

/** A resident before the first question; their village has a vote, and they look for another one. */
async function asked(): Promise<Resident> {
  const ann = await fleet.resident('Ann', { cycle: cycle.id, territory: cycle.villages[0] as number })
  await ann.tells('/menu')
  await ann.taps(ann.t('start.change-village.button'))
  await ann.taps(ann.t('follow.not-listed.button'))
  return ann
}
const text = async (ann: Resident) => (await ann.texts()).at(-1) ?? ''
const labels = async (ann: Resident): Promise<string[]> => {
  const { messages } = await ann.sees()
  const last = messages.findLast(({ from }: { from: string }) => from === 'bot')
  return last.buttons.flat().map((button: { text: string }) => button.text)
}
/** Chooses a place of a list, turning its pages. */
async function chooses(ann: Resident, name: string): Promise<void> {
  for (;;) {
    const found = (await labels(ann)).find((label) => label.startsWith(name))
    if (found) return ann.taps(found)
    await ann.taps(ann.t('common.next.button'))
  }
}
const kinds = async (ann: Resident) => (await listFollowed(app, ann.id)).map((one) => one.kinds.join(' '))

async function flush(): Promise<void> {
  const client = new Redis(redis.url)
  await client.flushall()
  client.disconnect()
}
/** What stands in the store is of a version that no replica knows. */
async function raiseVersion(ann: Resident): Promise<void> {
  const { session } = fleet.first
  const kept = JSON.stringify(await session.note(dialogNote(ann.id)))
  expect(kept).toContain('follow@3')
  await session.setNote(dialogNote(ann.id), JSON.parse(kept.replaceAll('follow@3', 'follow@2')) as object, 60)
}

for (const [what, cut] of [
  ['the store is flushed', flush],
  ['the version is raised', raiseVersion],
] as const) {
  test.runIf(there).each([1, 2, 3])(
    `${what} behind question %i: the next press goes on from there`,
    async (behind) => {
      const ann = await asked()
      const steps = [
        () => chooses(ann, 'Аягозский район'),
        async () => ann.taps((await labels(ann))[0] as string),
        () => ann.taps(ann.t('common.next.button')),
        () => ann.taps(ann.t('common.yes.button')),
      ]
      for (const step of steps.slice(0, behind)) await step()
      await cut(ann)
      await steps[behind]?.()
      if (behind < 3) expect(await text(ann)).toContain(ann.t('common.dialog-again'))
      for (const step of steps.slice(behind + 1)) await step()
      expect(await text(ann)).toContain('Сохранено')
      expect(await kinds(ann)).toEqual(['ideas results voting'])
    },
  )
}

test.runIf(there)(
  'the version is raised, and a text comes: the questions begin again, and it is said',
  async () => {
    const ann = await asked()
    await chooses(ann, 'Аягозский район')
    await raiseVersion(ann)
    await ann.tells('Баршатас')
    expect(await text(ann)).toContain(ann.t('common.dialog-again'))
    expect(await text(ann)).toContain(ann.t('follow.district'))
    await chooses(ann, 'Аягозский район')
    expect(await text(ann)).not.toContain(ann.t('common.dialog-again'))
  },
)

test.runIf(there)(
  'every press may come twice, to two replicas, and it is one dialog and one wish',
  async () => {
    const ann = await asked()
    await fleet.room.control('PUT', 'delivery', { duplicate: 1 })
    await chooses(ann, 'Аягозский район')
    await chooses(ann, 'Баршатас')
    await ann.taps(ann.t('common.next.button'))
    await ann.taps(ann.t('common.yes.button'))
    await fleet.room.control('PUT', 'delivery', { duplicate: 0 })
    expect(await kinds(ann)).toEqual(['ideas results voting'])
    expect((await ann.texts()).filter((one) => one.includes('Сохранено'))).toHaveLength(1)
  },
)

test.runIf(there)(
  'the program is killed between two questions and in the middle of one, and the dialog goes on',
  async () => {
    await buildShipped()
    const ann = await asked()
    await chooses(ann, 'Аягозский район')
    await fleet.room.bot('deleteWebhook')
    // The program dies while it says the next question.
    await start()
    await fleet.room.control('POST', 'faults', {
      chat_id: String(ann.id),
      kind: 'delay',
      ms: 60_000,
      times: 0,
    })
    const village = (await labels(ann)).find((label) => label.startsWith('А'))
    await ann.presses(village as string)
    const keys = new Redis(redis.url)
    await expect
      .poll(() => keys.exists(`${fleet.keys}lock:${ofPerson(ann.id)}`), { timeout: 20_000, interval: 5 })
      .toBe(1)
    keys.disconnect()
    await kill()
    await fleet.room.control('DELETE', 'faults')
    // The lock of the dead lapses in seconds; the press comes again by itself.
    await start()
    await expect.poll(() => text(ann), { timeout: 20_000 }).toContain('Можно выбрать несколько')
    await ann.presses(ann.t('common.next.button'))
    await expect.poll(() => labels(ann), { timeout: 20_000 }).toContain(ann.t('common.yes.button'))
    // It dies between two questions.
    await kill()
    await start()
    await ann.presses(ann.t('common.yes.button'))
    await expect.poll(() => kinds(ann), { timeout: 20_000 }).toEqual(['ideas results voting'])
  },
)
