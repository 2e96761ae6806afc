// Silence is never the end: what Telegram refuses, loses or cannot take comes again by itself, and one chat's trouble is nobody else's.
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nearButton } from '../../src/bot/start/view.ts'
import { looksLikeReceipt } from '../../src/use-cases/check-receipt.ts'
import { ofPerson } from '../../src/session/session.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { keysOf } from '../support/canary.ts'
import { openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { troubled } from '../support/trouble.ts'
import { chooses, marks, opens, plain } from './survive-journey.ts'

/** Absent when the run found no Redis, and said so. */
const url = process.env.DAUYS_TEST_REDIS_URL ?? ''
const story = test.runIf(url)

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let redis: Redis
beforeAll(async () => {
  if (!url) return
  app = await testApp('lost')
  cycle = await smallCycle(app, 'lost', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2 })
  redis = new Redis(url)
})
afterEach(async () => {
  await fleet?.room.control('DELETE', 'faults')
})
afterAll(async () => {
  redis?.disconnect()
  await fleet?.stop()
  await app?.done()
})

const { resident, residents, fault, callsTo, owedTo } = troubled(() => ({ app, cycle, fleet, redis }))
const counted = async (name: 'answersLost' | 'redraws'): Promise<Record<string, number>> => {
  const sums: Record<string, number> = {}
  for (const { metrics } of fleet.replicas)
    for (const { labels, value } of (await metrics[name].get()).values) {
      const [label = ''] = Object.values(labels).map(String)
      sums[label] = (sums[label] ?? 0) + value
    }
  return sums
}

story(
  'one chat refused for 12 seconds: everybody else is answered, and that chat is left in peace',
  async () => {
    const [ann, ...others] = (await residents(20)) as [Resident, ...Resident[]]
    await fault(ann, { kind: '429', retry_after: 12 })
    await ann.tells('/menu')
    await Promise.all(others.map((person) => person.says('/menu')))
    await fleet.settled()
    for (const person of others) expect(await person.texts()).toHaveLength(1)
    await ann.tells('/help')
    expect(await callsTo(ann)).toHaveLength(1)
    expect(await owedTo(ann)).toMatchObject({ by: '/help' })
    expect((await counted('answersLost')).paused).toBe(2)
  },
)

story('at the end of the pause the chat shows what was asked for last, once', async () => {
  const ann = await resident()
  await ann.tells('/menu')
  await fault(ann, { method: 'editMessageText', kind: '429', retry_after: 2 })
  await ann.taps(ann.t('start.how.button'))
  await ann.taps(ann.t('start.desk.button'))
  await ann.taps(ann.t('start.language.button'))
  expect((await ann.sees()).open_callbacks).toBe(0)
  const language = plain(ann.t.html('start.language'))
  await fleet.redraws(async () => (await ann.texts())[0] === language)
  expect(await ann.texts()).toEqual([language])
  const edits = (await callsTo(ann)).filter(({ method }) => method === 'editMessageText')
  expect(edits.map(({ ok }) => ok)).toEqual([false, true])
  expect(await owedTo(ann)).toBeUndefined()
})

story(
  'four refused chats pause four chats; five in a row, and nobody served between, pause all replies',
  async () => {
    const [served, ...all] = (await residents(7)) as [Resident, ...Resident[]]
    const last = all.at(-1) as Resident
    // Nobody's refusal of before is counted with these.
    await served.tells('/menu')
    for (const { client } of fleet.replicas) await client.api.sendMessage(served.id, '.')
    const refuse = async (count: number) => {
      for (const person of all.slice(0, count)) {
        await fault(person, { kind: '429', retry_after: 3 })
        // Each replica counts its own refusals: both meet this chat.
        for (const { client } of fleet.replicas)
          await client.api.sendMessage(person.id, '.').catch(() => undefined)
        await redis.del(`${fleet.keys}chat:${person.id}`)
      }
    }
    await refuse(4)
    await last.tells('/menu')
    expect(await last.texts()).toHaveLength(1)
    const { api } = fleet.first.client
    for (const person of all.slice(0, 5)) {
      await redis.del(`${fleet.keys}pause:chat:${ofPerson(person.id)}`)
      await fault(person, { kind: '429', retry_after: 3 })
      await expect(api.sendMessage(person.id, '.')).rejects.toThrow(/Too Many Requests/)
    }
    // A replica learns within a moment what another one met.
    for (const { client } of fleet.replicas)
      await expect
        .poll(() =>
          client.api.sendMessage(served.id, '.').then(
            () => 'served',
            () => 'paused',
          ),
        )
        .toBe('paused')
    const before = (await callsTo(last)).length
    await last.tells('/help')
    expect(await callsTo(last)).toHaveLength(before)
    await fleet.redraws(async () => (await last.texts()).length === 2)
  },
)

story('an announcement that is refused pauses announcements, and nobody’s replies', async () => {
  const [ann, bob] = (await residents(2)) as [Resident, Resident]
  await fault(ann, { kind: '429', retry_after: 30 })
  const { client, session } = fleet.first
  await client.bulk.sendMessage(ann.id, '.').catch(() => undefined)
  await expect(client.bulk.sendMessage(bob.id, '.')).rejects.toThrow(/429/)
  expect(await callsTo(bob)).toEqual([])
  await bob.tells('/menu')
  expect(await bob.texts()).toHaveLength(1)
  expect(await session.pausedFor('bulk')).toBeGreaterThan(20_000)
  await redis.del(`${fleet.keys}pause:bulk`)
})

story(
  'Telegram down for everybody: afterwards every waiting screen is there without another tap',
  async () => {
    const people = await residents(12)
    for (const person of people) await person.tells('/menu')
    await fault(undefined, { method: 'editMessageText', kind: '502', times: 0 })
    await fault(undefined, { method: 'sendMessage', kind: '502', times: 0 })
    await Promise.all(
      people.map((person, at) =>
        at % 2 ? person.says('/help') : person.presses(person.t('start.how.button')),
      ),
    )
    await fleet.settled()
    await fleet.redraws(async () => ((await counted('redraws')).later ?? 0) >= people.length)
    await fleet.room.control('DELETE', 'faults')
    const how = plain(people[0]?.t.html('start.how') ?? '').slice(0, 40)
    const shown = async () =>
      (await Promise.all(people.map((person) => person.texts()))).every((texts) =>
        texts.at(-1)?.startsWith(how),
      )
    await fleet.redraws(shown)
    expect((await counted('answersLost')).away).toBeGreaterThanOrEqual(people.length)
  },
)

story('a review waits as its address: no mark, no choice and no text of it is kept', async () => {
  const ann = await resident()
  await opens(ann)
  await marks(ann, [1, 3])
  await fault(ann, { method: 'editMessageText', kind: '429', retry_after: 1 })
  await ann.taps(ann.t('vote.review.button'))
  expect(await owedTo(ann)).toEqual({
    update: expect.any(Number),
    by: expect.stringMatching(/^br:[\w-]{22}$/),
    message: expect.any(Number),
  })
  const kept = (await keysOf(url)).filter((entry) => entry.startsWith(fleet.keys))
  expect(kept.filter((entry) => /project|Проверьте/.test(entry))).toEqual([])
  await fleet.redraws(async () => (await owedTo(ann)) === undefined)
  const [text = ''] = (await ann.texts()).slice(-1)
  expect(text).toContain('project 1')
  expect(text).toContain('project 3')
})

story('a mark that could not be drawn is made once, and is there when the page comes', async () => {
  const ann = await resident()
  await opens(ann)
  await fault(ann, { method: 'editMessageText', kind: '429', retry_after: 1 })
  await marks(ann, [2])
  await fleet.redraws(async () => (await owedTo(ann)) === undefined)
  expect((await ann.texts()).at(-1)).toContain(plain(ann.t.html('vote.marked', { n: 1, max: 3 })))
})

story(
  'a question that is asked once for a double tap comes again when it was lost, however soon',
  async () => {
    const ann = await resident()
    await ann.tells('/menu')
    const { message_id } = (await ann.sees()).messages.at(-1)
    await fault(ann, { method: 'sendMessage', kind: '429', retry_after: 1 })
    await ann.act('press-raw', { message_id, data: nearButton.pack({}) })
    await fleet.settled()
    expect(await owedTo(ann)).toBeDefined()
    await redis.del(`${fleet.keys}pause:chat:${ofPerson(ann.id)}`)
    await fleet.first.session.oweLater(ann.id, (await owedTo(ann))?.update ?? 0, 0)
    await fleet.redraws(async () => (await owedTo(ann)) === undefined)
    expect((await ann.texts()).at(-1)).toContain(plain(ann.t.html('start.ask-location')))
  },
)

story('403: whoever blocked the bot is not tried again', async () => {
  const ann = await resident()
  await fault(ann, { kind: '403', times: 0 })
  await ann.tells('/menu')
  expect(await callsTo(ann)).toHaveLength(1)
  expect(await owedTo(ann)).toBeUndefined()
})

story(
  'what Telegram refuses as it is, is not silence: the person is told in words that it takes',
  async () => {
    const ann = await resident()
    await fault(ann, { kind: 'error', error_code: 400, description: 'Bad Request: message is too long' })
    await ann.tells('/help')
    await fleet.redraws(async () => (await ann.texts()).length > 0)
    expect(await ann.texts()).toEqual([plain(ann.t.html('common.answer-lost'))])
  },
)

story(
  'words, codes and receipts that a person wrote are kept nowhere: they are asked to write them again',
  async () => {
    const ann = await resident('kk')
    await fault(ann, { method: 'sendMessage', kind: '502' })
    const words = '3945 7394 8910 1206 келіншек'
    expect(looksLikeReceipt(words)).toBe(false)
    await ann.tells(words)
    const kept = (await keysOf(url)).filter((entry) => entry.startsWith(fleet.keys))
    // Four digits alone stand in a clock by chance.
    expect(kept.filter((entry) => /3945\D?7394|келіншек/.test(entry))).toEqual([])
    await fleet.redraws(async () => (await ann.texts()).length > 0)
  },
)

story('a replica that dies while it draws leaves the screen to another', async () => {
  const ann = await resident()
  await fault(ann, { method: 'sendMessage', kind: '429', retry_after: 1 })
  await ann.tells('/menu')
  const [one, other] = fleet.replicas
  await expect.poll(async () => (await one?.session.claimOwed(50, 1_000))?.length).toBeGreaterThan(0)
  // It took the screen and is gone. What it held lapses.
  expect(await other?.redraw.round()).toBe(0)
  await fleet.redraws(async () => (await ann.texts()).length === 1)
})

story('what the person has seen since is not drawn over', async () => {
  const ann = await resident()
  await chooses(ann, [1])
  await fault(ann, { method: 'editMessageText', kind: '429', retry_after: 1 })
  await ann.tells('/menu')
  await ann.taps(ann.t('start.how.button'))
  expect(await owedTo(ann)).toBeDefined()
  await redis.del(`${fleet.keys}pause:chat:${ofPerson(ann.id)}`)
  await ann.taps(ann.t('start.desk.button'))
  const seen = await ann.texts()
  await fleet.redraws(async () => (await owedTo(ann)) === undefined)
  expect(await ann.texts()).toEqual(seen)
})
