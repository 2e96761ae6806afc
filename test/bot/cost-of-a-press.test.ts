// What a press asks of the stores: statements and commands are counted on the way, and whoever adds one hears of it here.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPLIES } from '../../src/session/session.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { type Cable, cable, hearsRedis } from '../support/proxy.ts'
import { chooses, marks, opens } from './survive-journey.ts'

/** Absent when the run found no Redis, and said so. */
const story = test.runIf(process.env.DAUYS_TEST_REDIS_URL)

let app: TestApp
let wire: Cable
let redisWire: Cable
let fleet: Fleet
let cycle: SmallCycle
let statements = 0
let commands: string[] = []

/** Counts the statements that one connection asks PostgreSQL for: its messages Execute and Query. */
function counting(): (said: Buffer) => void {
  let rest = Buffer.alloc(0)
  let started = false
  return (said) => {
    rest = Buffer.concat([rest, said])
    for (;;) {
      // A message is its kind, its length and the rest; only the first one has no kind.
      const head = started ? 1 : 0
      if (rest.length < head + 4) return
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return
      if (started && 'EQ'.includes(String.fromCharCode(rest[0] ?? 0))) statements++
      started = true
      rest = rest.subarray(end)
    }
  }
}

beforeAll(async () => {
  const redisUrl = process.env.DAUYS_TEST_REDIS_URL
  if (!redisUrl) return
  app = await testApp('cost')
  cycle = await smallCycle(app, 'cost', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  wire = await cable(app.url, 5432, counting)
  redisWire = await cable(
    redisUrl,
    6379,
    hearsRedis((args) => {
      if (isForAll(args)) return
      commands.push(args.find((arg) => arg.includes(MARK))?.replace(/^.*(?=mark of)/, '') ?? args[0] ?? '')
    }),
  )
  fleet = await openFleet(app, { databaseUrl: wire.url, redisUrl: redisWire.url })
})
afterAll(async () => {
  await fleet?.stop()
  await wire?.pull()
  await redisWire?.pull()
  await app?.done()
})

async function resident(): Promise<Resident> {
  const [territory] = cycle.villages as [number]
  const [voter] = await voters(app, cycle.id, territory, 1)
  return fleet.resident('Тұрғын', { cycle: cycle.id, territory }, 'ru', voter?.account as number)
}

/**
 * What no press asks for itself: four times a second which screens are due (at most as many as there are hands for), and ten times at most
 * whether replies to everybody are paused.
 */
const isForAll = ([, name, , key, , most]: string[]): boolean =>
  name?.endsWith(`pause:${REPLIES}`) === true || (key?.endsWith(':when') === true && Number(most) <= 50)

const MARK = 'mark of the story'
let seen = 0
/** All that was asked for before has been seen. */
async function seenAll(): Promise<void> {
  await fleet.settled()
  const mark = `${MARK} ${++seen}`
  await fleet.first.session.pausedFor(mark)
  await expect.poll(() => commands).toContain(mark)
}

/** What `act` asks for, with all that happens behind it. */
async function costOf(act: () => Promise<void>): Promise<[statements: number, commands: number]> {
  await seenAll()
  statements = 0
  commands = []
  await act()
  await seenAll()
  return [statements, commands.length - 1]
}

/** What leads up to an act, the act, and what it may ask for: statements of PostgreSQL, and commands of Redis. */
const ACTS: [string, (one: Resident) => Promise<void>, (one: Resident) => Promise<void>, [number, number]][] =
  [
    ['a Send', (one) => chooses(one, [1]), (one) => one.taps(one.t('vote.send.button')), [3, 3]],
    ['a mark', opens, (one) => marks(one, [2]), [2, 3]],
    [
      'a page of the list',
      (one) => one.tells('/menu'),
      (one) => one.taps(one.t('start.projects.button')),
      [2, 3],
    ],
    ['/start', (one) => one.tells('/menu'), (one) => one.tells('/start'), [2, 3]],
  ]

story.each(ACTS)('%s asks for no more than it needs', async (_, leadsTo, act, most) => {
  const [first, ...others] = [await resident(), await resident(), await resident(), await resident()]
  // What is read once for all is read by then.
  for (const one of [first, ...others]) await leadsTo(one)
  await act(first)
  // A loop of the program may ask for something of its own meanwhile: the least of three counts.
  const costs: [number, number][] = []
  for (const one of others) costs.push(await costOf(() => act(one)))
  expect(Math.min(...costs.map(([asked]) => asked)), 'statements').toBeLessThanOrEqual(most[0])
  expect(Math.min(...costs.map(([, asked]) => asked)), commands.join(' ')).toBeLessThanOrEqual(most[1])
})
