// What gets lost on the way: the session store's memory between any two steps, and the bot's answers behind its acknowledgement.
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendButton } from '../../src/bot/buttons.ts'
import { cardCode } from '../../src/core/person.ts'
import type { Key } from '../../src/i18n.ts'
import { deliverOnce } from '../../src/loops/delivery.ts'
import { healReceipts } from '../../src/use-cases/deliver.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards, type EnvelopeCard } from '../support/cards.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { chooses, marks, plain, receiptsIn } from './survive-journey.ts'
import { unguarded } from '../support/database.ts'
import { isTold } from '../support/size.ts'

const there = hasRedisServer() && isTold('Redis flushed before each step')
if (!hasRedisServer()) sayNotRun('the stories in which Redis is flushed', 'there is no redis-server program')
const story = test.runIf(there)

let redis: RedisService
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let deck: EnvelopeCard[]
let keys: Redis
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  app = await testApp('loss')
  cycle = await smallCycle(app, 'loss', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  deck = await cards(app, cycle.id, cycle.villages[0] as number, 8)
  fleet = await openFleet(app, { redisUrl: redis.url })
  keys = new Redis(redis.url)
})
afterAll(async () => {
  keys?.disconnect()
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
})

const home = () => ({ cycle: cycle.id, territory: cycle.villages[0] as number })
const ballotsOf = (person: Resident) => app.db.sql<{ id: string; receipt: string; rollRow: number }[]>`
  select o.id, b.receipt, b.roll_row as "rollRow" from ballot b join opened_ballot o on o.id = b.opened_ballot where o.account = ${person.id}`
const attempts = async () => (await app.db.sql<{ n: number }[]>`select count(*)::int as n from attempt`)[0]?.n
const lastText = async (person: Resident) => (await person.texts()).at(-1) ?? ''

type Step = 'first digits' | 'other digits' | 'first mark' | 'second mark' | 'review' | 'Send'
const STEPS: { step: Step; locale: 'kk' | 'ru' | 'en'; told: Key }[] = [
  { step: 'first digits', locale: 'kk', told: 'common.not-understood' },
  { step: 'other digits', locale: 'ru', told: 'common.not-understood' },
  { step: 'first mark', locale: 'en', told: 'vote.marks-gone' },
  { step: 'second mark', locale: 'kk', told: 'vote.marks-gone' },
  { step: 'review', locale: 'ru', told: 'vote.marks-gone' },
  { step: 'Send', locale: 'en', told: 'vote.marks-gone' },
]

story.each(STEPS)(
  'Redis is flushed before the $step ($locale): said plainly, one question again, and the vote arrives',
  async ({ step: flushed, locale, told }) => {
    const { code } = deck.shift() as EnvelopeCard
    const person = await fleet.resident('Тұрғын', home(), locale)
    const { t } = person
    await person.tells('/menu')
    await person.taps(t('start.vote.button'))
    await person.tells(cardCode(app.random(16)))
    const tried = await attempts()
    /** Does the step; true when it was the one before which everything was forgotten. */
    const step = async (name: Step, act: () => Promise<void>): Promise<boolean> => {
      if (name === flushed) await keys.flushall()
      await act()
      if (name !== flushed) return false
      expect((await person.texts()).slice(-2).join('\n')).toContain(plain(t.html(told)))
      expect(await ballotsOf(person)).toEqual([])
      return true
    }
    const asksAgain = async () => {
      await person.taps(t('start.vote.button'))
      await person.tells(code)
    }
    const mark = (number: number) => () => marks(person, [number])

    if (await step('first digits', () => person.tells(code.slice(0, 8)))) await asksAgain()
    else if (await step('other digits', () => person.tells(code.slice(8)))) await asksAgain()
    // A mark that is lost is made again, and so is the one before it.
    if (await step('first mark', mark(1))) await marks(person, [1])
    if (await step('second mark', mark(2))) await marks(person, [1, 2])
    if (await step('review', () => person.taps(t('vote.review.button')))) {
      await marks(person, [1, 2])
      await person.taps(t('vote.review.button'))
    }
    if (await step('Send', () => person.taps(t('vote.send.button')))) {
      await person.taps(t('start.vote.button'))
      await marks(person, [1, 2])
      await person.taps(t('vote.review.button'))
      await person.taps(t('vote.send.button'))
    }
    const [ballot] = await ballotsOf(person)
    expect(receiptsIn([await lastText(person)])).toEqual([ballot?.receipt])
    expect(await attempts(), 'the guess counter').toBe(tried)

    // A cast ballot answers with its receipt, whatever the session store still knows.
    await keys.flushall()
    const { messages } = await person.sees()
    const sent = { ballot: ballot?.id as string, rollRow: ballot?.rollRow as number }
    const data = sendButton.pack({ ...sent, ...home() })
    await person.act('press-raw', { message_id: messages.at(-1).message_id, data })
    await fleet.settled()
    expect(receiptsIn([await lastText(person)])).toEqual([ballot?.receipt])
    expect(await ballotsOf(person)).toHaveLength(1)
    await person.taps(t('start.arrived.button'))
    expect(receiptsIn([await lastText(person)])).toEqual([ballot?.receipt])
  },
)

story('an account that guessed too often stays locked when Redis is flushed', async () => {
  const { code } = deck.shift() as EnvelopeCard
  const person = await fleet.resident('Бөтен', home(), 'en')
  await person.tells('/menu')
  await person.taps(person.t('start.vote.button'))
  for (let guess = 1; guess <= 5; guess++) {
    await person.tells(cardCode(app.random(16)))
    if (guess === 3 || guess === 5) await keys.flushall()
  }
  const tried = await attempts()
  await person.tells(code)
  expect(await lastText(person)).toContain(
    plain(person.t.html('verify.wait', { count: 2, desk: '' })).slice(0, 40),
  )
  expect(await attempts()).toBe(tried)
  expect(await app.db.sql`select 1 from claim where account = ${person.id}`).toHaveLength(0)
})

/** A voter who pressed Send while every call of the bot was cut off: as if it had been killed between commit and answer. */
async function unanswered(): Promise<{ person: Resident; receipt: string }> {
  const [voter] = await voters(app, cycle.id, home().territory, 1)
  const person = await fleet.resident('Тұрғын', home(), 'ru', voter?.account as number)
  await chooses(person, [1, 3])
  await fleet.room.control('POST', 'faults', { chat_id: String(person.id), kind: 'drop-request', times: 0 })
  await person.taps(person.t('vote.send.button'))
  await fleet.room.control('DELETE', 'faults')
  const [ballot] = await ballotsOf(person)
  expect(receiptsIn(await person.texts())).toEqual([])
  return { person, receipt: ballot?.receipt as string }
}
const shownAt = async (person: Resident) =>
  (
    await app.db.sql<
      { shown_at: Date | null }[]
    >`select shown_at from opened_ballot where account = ${person.id}`
  )[0]?.shown_at

story('the answer was lost: pressing Send again shows the receipt, and no second vote is made', async () => {
  const { person, receipt } = await unanswered()
  expect(await shownAt(person)).toBeNull()
  await person.taps(person.t('vote.send.button'))
  expect(receiptsIn(await person.texts())).toEqual([receipt])
  expect(await ballotsOf(person)).toHaveLength(1)
  expect(await shownAt(person)).not.toBeNull()
})

story('the answer was lost: “Did my vote arrive?” says that it did', async () => {
  const { person, receipt } = await unanswered()
  await person.tells('/menu')
  await person.taps(person.t('start.arrived.button'))
  expect(receiptsIn([await lastText(person)])).toEqual([receipt])
})

story('the answer was lost and nothing is touched: after a minute the receipt is sent, once', async () => {
  const { person, receipt } = await unanswered()
  const metrics = fleet.first.metrics
  const round = () =>
    deliverOnce({
      app: fleet.first.app,
      api: fleet.first.client.api,
      mail: fleet.first.client.mail,
      session: fleet.first.session,
      textsOf: fleet.textsOf,
      log: fleet.log,
      metrics,
    })
  await healReceipts(app)
  await round()
  expect(receiptsIn(await person.texts()), 'within the minute').toEqual([])
  await unguarded(app.db, async (sql) => {
    await sql`update ballot set at = at - interval '61 seconds' where receipt = ${receipt}`
  })
  for (let again = 0; again < 3; again++) {
    await Promise.all([healReceipts(app), healReceipts(app)])
    await Promise.all([round(), round(), round()])
  }
  expect(receiptsIn(await person.texts())).toEqual([receipt])
  expect(await shownAt(person)).not.toBeNull()
})
