// Canaries on the way: while a code, half a code or a phone is still to be dealt with, neither Redis nor any button shows it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FOLLOW, followButton } from '../../src/bot/buttons.ts'
import { labelButton } from '../../src/bot/vote/view.ts'
import { formatCardCode } from '../../src/core/person.ts'
import { keepSealed, openSealed } from '../../src/use-cases/keep-sealed.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { found, keysOf } from '../support/canary.ts'
import { cards } from '../support/cards.ts'
import { openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'

const there = hasRedisServer()
if (!there) sayNotRun('the story of codes on their way', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let fleet: Fleet
let cycle: SmallCycle
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  app = await testApp('canary-session')
  fleet = await openFleet(app, { redisUrl: redis.url })
  await withClassifier(app)
  cycle = await smallCycle(app, 'on-the-way', [[100, 200, 300]])
  await openVoting(app, cycle.id)
})
afterAll(async () => {
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
})

interface Call {
  method: string
  params: { reply_markup?: unknown }
}
/** Every callback data, copied text and answer that the bot has sent with its messages. */
const keyboards = async (): Promise<string[]> =>
  ((await fleet.room.control('GET', 'calls')) as Call[]).map(({ params }) =>
    JSON.stringify(params.reply_markup ?? ''),
  )

/** What stands in the session store, and in what was sent under messages. */
async function seen(secrets: readonly string[]): Promise<string[]> {
  const all = [...(await keysOf(redis.url)), ...(await keyboards())]
  expect(all.length).toBeGreaterThan(3)
  return all.filter((one) => found(one, secrets).length > 0)
}

const rightsOf = ({ id }: { id: number }) =>
  app.db.sql<{ row: number }[]>`select roll_row as row from claim where account = ${id}`

const raw = async (person: Resident, data: string) => {
  const { messages } = await person.sees()
  await person.act('press-raw', { message_id: messages.at(-1).message_id, data })
  await fleet.settled()
}

test.runIf(there)(
  'a code, its halves and a phone are neither in Redis nor in a button, at any step',
  async () => {
    const home = { cycle: cycle.id, territory: cycle.villages[0] as number }
    const given = await cards(app, cycle.id, home.territory, 6)
    const [typed, linked, fresh, asked, wandering, second] = given.map(({ code }) => code) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const phone = '77017654329'
    const spelled = (code: string) => [
      code,
      formatCardCode(code),
      code.slice(0, 7),
      code.slice(7),
      code.slice(0, 15),
    ]
    const secrets = [...given.flatMap(({ code }) => spelled(code)), phone, phone.slice(1), '+7 701 765 43 29']
    const clean = async (step: string) => expect(await seen(secrets), step).toEqual([])

    // Half a code, corrected, and the other half.
    const aigul = await fleet.resident('Айгүл', home, 'kk')
    await aigul.tells('/menu')
    await aigul.taps(aigul.t('start.vote.button'))
    await clean('asked')
    await aigul.tells(typed.slice(0, 7))
    await clean('half a code')
    await aigul.tells(typed.slice(7, 15))
    await clean('all but one digit')
    await aigul.tells(typed.slice(15))
    expect(await rightsOf(aigul)).toHaveLength(1)
    await clean('a whole code')

    // A link, before and after yes.
    const erlan = await fleet.resident('Ерлан', home, 'ru')
    await erlan.tells(`/start c_${linked}`)
    await clean('a link that asks')
    await erlan.taps(erlan.t('common.yes.button'))
    expect(await rightsOf(erlan)).toHaveLength(1)
    await clean('a link that was answered')

    // A link of somebody who first chooses a language; a mistyped one too.
    const someone = await fleet.room.person('Ann', { language_code: 'en' })
    await someone.says(`/start c_${fresh.slice(0, 15)}0`)
    await fleet.settled()
    await clean('a mistyped link')
    await someone.says(`/start c_${fresh}`)
    await fleet.settled()
    await clean('a link before the language')
    await someone.presses('English')
    await fleet.settled()
    await clean('a link after the language')
    await someone.presses(fleet.textsOf('en')('common.yes.button'))
    await fleet.settled()
    expect(await rightsOf(someone)).toHaveLength(1)

    // In answer to other questions: a search, the word for a voter, a dialog of buttons.
    const ann = await fleet.resident('Ann', home, 'en')
    await ann.tells('/menu')
    await ann.taps(ann.t('start.projects.button'))
    await ann.taps(ann.t('discover.search.button'))
    await ann.tells(asked.slice(0, 7))
    await ann.tells(`my phone is ${phone}`)
    await clean('a search')
    await ann.tells(formatCardCode(asked))
    await clean('a code in place of a search')
    const [right] = await rightsOf(ann)
    await raw(ann, labelButton.pack({ cycle: cycle.id, rollRow: right?.row as number }))
    await ann.tells(`mother ${second}`)
    await clean('the word for a voter')
    expect(found(JSON.stringify(await app.db.sql`select label from claim`), secrets)).toEqual([])
    await raw(ann, followButton.pack(FOLLOW))
    await ann.tells(wandering.slice(0, 8))
    await ann.tells(phone)
    await clean('a dialog')
    await ann.tells(formatCardCode(wandering))
    await clean('a code in a dialog')
  },
)

test.runIf(there)('what is kept of one account opens for no other, and not in another shape', () => {
  const kept = keepSealed(app, 7, '1234 5678')
  expect(kept).toHaveLength(keepSealed(app, 123_456_789_012_345, '1').length)
  expect(openSealed(app, 7, kept)).toBe('1234 5678')
  for (const [account, text] of [
    [8, kept],
    [77, kept],
    [7, `${kept.slice(0, -2)}AA`],
    [7, ''],
    [7, '12345678'],
  ] as const)
    expect(openSealed(app, account, text)).toBeUndefined()
})
