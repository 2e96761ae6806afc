// PostgreSQL restarted under load, in each way it can end: once it is back the pools are, and nobody's press was lost.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { nativeFolder } from '../../src/embedded/native.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayFigure, sayNotRun } from '../support/notes.ts'
import { type OwnPostgres, ownPostgres } from '../support/own-postgres.ts'
import { isTold } from '../support/size.ts'

/** How long the pools may take to come back. Milliseconds. */
const BACK_MS = 5_000
const EVERY_MS = 500
/** Questions at once on each pool, which has ten connections. */
const ASKERS = 12
const people = 60
const AWAY_MS = 20_000
const WATCHED_MS = 10_000
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const there = process.env.DAUYS_TEST_REDIS_URL !== undefined && hasNative()
if (!there) sayNotRun('PostgreSQL restarted under load', 'there is no Redis, or no embedded PostgreSQL')
const here = there && isTold('PostgreSQL restarted under load')
const story = test.runIf(here)

function hasNative(): boolean {
  try {
    return nativeFolder() !== ''
  } catch {
    return false
  }
}

let server: OwnPostgres
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let residents: Resident[]
beforeAll(async () => {
  if (!here) return
  server = await ownPostgres()
  app = await testApp('restart', 10, server.database)
  cycle = await smallCycle(app, 'restart', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2 })
  const [territory] = cycle.villages as [number]
  const home = { cycle: cycle.id, territory }
  residents = []
  for (const { account } of await voters(app, cycle.id, territory, people))
    residents.push(await fleet.resident('Тұрғын', home, 'kk', account))
  for (const person of residents) await person.says('/menu')
  await fleet.settled()
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

/** Longer than any time-out of the driver or the server. */
const ENDLESS_MS = 60_000

/** What neither answers nor fails is a fault with a name, and the story has an end. */
async function ends<V>(what: string, work: Promise<V>): Promise<V> {
  let timer: NodeJS.Timeout | undefined
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} neither answered nor failed`)), ENDLESS_MS)
  })
  try {
    return await Promise.race([work, never])
  } finally {
    clearTimeout(timer)
  }
}

/** Everybody presses twice a second, whatever comes of it, until `over` does. */
async function load(over: Promise<unknown>): Promise<void> {
  let ended = false
  const end = over.finally(() => {
    ended = true
  })
  await Promise.all(
    residents.map(async (person, at) => {
      await sleep((EVERY_MS * at) / people)
      const { message_id } = (await person.sees()).messages.at(-1)
      for (let press = 0; !ended; press++) {
        await ends('a press', person.act('press-raw', { message_id, data: press % 2 ? 'mn' : 'hw' }))
        await sleep(EVERY_MS)
      }
    }),
  )
  await end
}

/** What failed among questions that come one behind the other on each pool, so that there is always one half on its way. */
interface Refused {
  at: number
  code: string | undefined
}

async function asking(over: Promise<unknown>): Promise<Refused[]> {
  const refused: Refused[] = []
  let ended = false
  const end = over.finally(() => {
    ended = true
  })
  const ask = async ({ app: own }: (typeof fleet.replicas)[0]) => {
    while (!ended)
      await ends('a question', own.db.sql`select ${'x'.repeat(200)}::text`).catch(
        async (error: { code?: string }) => {
          if (error.code === undefined) throw error
          refused.push({ at: Date.now(), code: error.code })
          await sleep(10)
        },
      )
  }
  await Promise.all(fleet.replicas.flatMap((one) => Array.from({ length: ASKERS }, () => ask(one))))
  await end
  return refused
}

interface Line {
  time: string
  msg: string
  code?: string
}
const lines = (): Line[] => fleet.lines.map((line) => JSON.parse(line) as Line)
/** Updates that were handed back to Telegram since a moment, and those of them whose connection timed out. */
const failedSince = (moment: number) => {
  const since = lines().filter(({ time, code }) => code !== undefined && Date.parse(time) >= moment)
  return { all: since.length, timeOuts: since.filter(({ code }) => code === 'CONNECT_TIMEOUT').length }
}

story.each([
  ['fast', 0],
  ['immediate', 0],
  ['fast', AWAY_MS],
] as const)(
  'stopped %s and away for %i ms: five seconds after its return no connection times out',
  async (how, away) => {
    let back = 0
    let first = 0
    const began = Date.now()
    const restarting = (async () => {
      await sleep(1_000)
      await server.stop(how)
      await sleep(away)
      await server.start()
      back = Date.now()
      for (const { app: own } of fleet.replicas) await ends('the first question', own.db.sql`select 1`)
      first = Date.now()
      await sleep(BACK_MS + WATCHED_MS)
    })()
    const [refused] = await Promise.all([asking(restarting), load(restarting)])
    const late = refused.filter(({ at }) => at >= back + BACK_MS)
    const [during, after] = [failedSince(began), failedSince(back + BACK_MS)]
    sayFigure(
      `PostgreSQL stopped ${how}, away ${away} ms, ${people} people: ${during.all} updates were handed back, ${during.timeOuts} of them for a connection that timed out; of ${refused.length} questions that failed ${refused.filter(({ code }) => code === 'CONNECT_TIMEOUT').length} timed out; both pools answer ${first - back} ms after its return; from 5 s on ${after.all} are handed back`,
    )
    expect(late).toEqual([])
    expect(after).toEqual({ all: 0, timeOuts: 0 })
    // What Telegram has kept meanwhile is brought again, and everybody has their answer.
    await fleet.hurry()
    for (const person of residents) expect((await person.sees()).open_callbacks).toBe(0)
  },
)
