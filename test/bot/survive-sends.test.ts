// Sends that come many times at once: two replicas, copies of every update, and still one ballot with one receipt.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { chooses, receiptsIn } from './survive-journey.ts'

/** Absent when the run found no Redis, and said so. */
const story = test.runIf(process.env.DAUYS_TEST_REDIS_URL)

let app: TestApp
let fleet: Fleet
let cycle: SmallCycle
beforeAll(async () => {
  if (!process.env.DAUYS_TEST_REDIS_URL) return
  app = await testApp('sends')
  cycle = await smallCycle(app, 'sends', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2 })
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

story(
  'fifty Sends of one person, each delivered twice to two replicas, are one ballot and one receipt',
  async () => {
    const [territory] = cycle.villages as [number]
    const [voter] = await voters(app, cycle.id, territory, 1)
    const home = { cycle: cycle.id, territory }
    const aigul = await fleet.resident('Айгүл', home, 'kk', voter?.account as number)
    await chooses(aigul, [1])
    await fleet.room.control('PUT', 'delivery', { hold: true })
    for (let press = 0; press < 50; press++) await aigul.presses(aigul.t('vote.send.button'))
    await fleet.room.control('PUT', 'delivery', { hold: false, parallel: true, duplicate: 1, reorder: true })
    await fleet.settled()

    const ballots = await app.db.sql<{ receipt: string; leaf: number }[]>`select receipt, leaf from ballot`
    expect(ballots).toHaveLength(1)
    expect(await app.db.sql`select id from leaf where kind = 'ballot'`).toHaveLength(1)
    const shown = receiptsIn(await aigul.texts())
    expect(shown).toEqual([ballots[0]?.receipt])
    expect((await aigul.sees()).open_callbacks).toBe(0)
    const outcomes = await Promise.all(
      fleet.replicas.map(async ({ metrics }) => (await metrics.casts.get()).values),
    )
    const total = (outcome: string) =>
      outcomes
        .flat()
        .filter(({ labels }) => labels.outcome === outcome)
        .reduce((sum, { value }) => sum + value, 0)
    expect([total('cast'), total('repeat')]).toEqual([1, 49])
    const served = await Promise.all(
      fleet.replicas.map(async ({ metrics }) => (await metrics.updates.get()).values.length),
    )
    expect(Math.min(...served), 'both replicas took part').toBeGreaterThan(0)
  },
)
