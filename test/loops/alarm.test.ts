// Somebody guesses codes: the engineer hears of it once an hour, of the cycle and of nobody.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardCode } from '../../src/core/person.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { raiseAlarms } from '../../src/loops/alarm.ts'
import { createMetrics } from '../../src/metrics.ts'
import { watchStores } from '../../src/program/gauges.ts'
import { memorySession } from '../../src/session/memory.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { kindOf, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { cycleOf, enterPeople } from '../support/people.ts'

const GUESSER = 8_800_000
let app: TestApp
let other: ReturnType<typeof replica>
let guessed: SmallCycle
beforeAll(async () => {
  app = await testApp('alarm')
  other = replica(app)
  guessed = await smallCycle(app, 'guessed', [[1_000_000]])
  await openVoting(app, guessed.id)
  const quiet = await smallCycle(app, 'quiet', [[1_000_000]])
  await openVoting(app, quiet.id)
})
afterAll(async () => {
  await other.close()
  await app.done()
})

const lines: string[] = []
const log = createLog('info', (line) => lines.push(line))
/** Both replicas look in one moment, three times. */
async function rounds(): Promise<string[]> {
  lines.length = 0
  const all = [app, other, app, other, app, other]
  await Promise.all(all.map((one) => raiseAlarms({ app: one, log })))
  return lines.filter((line) => line.includes('many wrong codes'))
}
/** So many accounts more, with a wrong code each. */
let accounts = 0
async function guesses(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const account = GUESSER + (accounts += 1)
    const code = cardCode(app.random(16))
    expect(kindOf(await verifyAccount(app, account, { id: guessed.id, method: 'card' }, code))).toBe('wrong')
  }
}
const later = (hours: number) =>
  unguarded(app.db, async (sql) => {
    await sql`update code_alarm set at = at - make_interval(hours => ${hours})`
  })
async function figure(name: string): Promise<number | undefined> {
  const metrics = createMetrics(false)
  await watchStores(metrics, app, memorySession(), readConfig({}), {})()
  const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(`${name}{`))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

test('twenty wrong codes an hour are people; with the next one the alarm is raised, once over all replicas', async () => {
  await guesses(20)
  expect(await rounds()).toEqual([])
  expect(await figure('dauys_wrong_codes')).toBe(20)
  await guesses(1)
  const [line, ...more] = await rounds()
  expect(more).toEqual([])
  const { level, msg, cycle, wrong, most, time: _, ...rest } = JSON.parse(line ?? '{}')
  expect({ level, msg, cycle, wrong, most }).toEqual({
    level: 40,
    msg: 'many wrong codes',
    cycle: 'guessed',
    wrong: 21,
    most: 20,
  })
  expect(rest, 'nobody is named').toEqual({})
  expect([await figure('dauys_wrong_codes'), await figure('dauys_wrong_codes_most')]).toEqual([21, 20])
})

test('it is not said again within the hour, and again in the next one while it goes on', async () => {
  await guesses(1)
  expect(await rounds()).toEqual([])
  await later(1)
  expect(await rounds()).toHaveLength(1)
  await unguarded(app.db, async (sql) => {
    await sql`update attempt set at = at - interval '1 hour'`
  })
  await later(1)
  expect(await rounds(), 'nobody guesses any more').toEqual([])
})

test('in a large cycle one in a hundred cards may be mistyped', async () => {
  const hashes = Array.from({ length: 2200 }, () => app.random(32))
  await enterPeople(app, await cycleOf(app, guessed.id), guessed.villages[0] as number, hashes)
  await guesses(22)
  expect(await rounds()).toEqual([])
  expect(await figure('dauys_wrong_codes_most')).toBe(22)
  await guesses(1)
  expect(await rounds()).toHaveLength(1)
})
