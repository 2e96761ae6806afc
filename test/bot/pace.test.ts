// Above the pace of a chat everything is done but the drawing, and one screen shows the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PACE } from '../../src/bot/pace.ts'
import { markButton } from '../../src/bot/vote/view.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { opens, plain } from './survive-journey.ts'

/** Absent when the run found no Redis, and said so. */
const story = test.runIf(process.env.DAUYS_TEST_REDIS_URL)

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
beforeAll(async () => {
  if (!process.env.DAUYS_TEST_REDIS_URL) return
  app = await testApp('pace')
  cycle = await smallCycle(app, 'pace', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2, pace: PACE })
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

story(
  'who presses faster than a chat may be drawn is answered each time, and one screen shows the end',
  async () => {
    const [territory] = cycle.villages as [number]
    const [voter] = await voters(app, cycle.id, territory, 1)
    const ann = await fleet.resident('Ann', { cycle: cycle.id, territory }, 'en', voter?.account as number)
    await opens(ann)
    const { message_id } = (await ann.sees()).messages.at(-1)
    const [opened] = await app.db.sql<
      { id: string }[]
    >`select id from opened_ballot where account = ${ann.id}`
    const ballot = opened?.id as string
    // A project is marked and taken back, again and again.
    for (let press = 0; press < 41; press++)
      await ann.act('press-raw', { message_id, data: markButton.pack({ ballot, number: 1, page: 0 }) })
    await fleet.settled()
    expect((await ann.sees()).open_callbacks).toBe(0)
    const { calls } = await fleet.room.control('GET', 'stats')
    expect(calls.answerCallbackQuery).toBeGreaterThanOrEqual(41)
    expect(calls.editMessageText).toBeLessThan(30)
    expect(await fleet.first.session.marks(ann.id, ballot)).toHaveLength(1)
    const last = plain(ann.t.html('vote.marked', { n: 1, max: 3 }))
    await fleet.redraws(async () => (await ann.texts()).at(-1)?.includes(last) === true)
  },
)

story(
  'whoever chose no language is told in that of their phone that an answer is lost, and shown in it what is drawn later',
  async () => {
    const t = fleet.textsOf('ru')
    const dana = await fleet.room.person('Дана', { language_code: 'ru' })
    must(await grantRole(app, { account: dana.id, role: 'official' }, 'command'))
    const shown = async (text: string) =>
      (await dana.sees()).messages.some((one: { text?: string }) => one.text?.startsWith(text))
    /** Faster than the chat may be drawn. */
    const writes = async (...lines: string[]) => {
      for (const line of lines) await dana.says(line)
      await fleet.settled()
    }
    await writes('/announce', '/announce', '/announce', '/announce', '/announce', '/manage')
    await fleet.redraws(() => shown(plain(t.html('manage.home'))))
    // What answered words of hers cannot be drawn again.
    await fleet.first.session.owe(dana.id, { update: 1, by: '', language: 'ru' }, 0)
    await fleet.redraws(() => shown(plain(t.html('common.answer-lost'))))
  },
)
