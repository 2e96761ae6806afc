// Nothing that a person is sent goes past the rule that silence is never the end: questions of a dialog, uploads, the parts of an album.
import { InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { answeredAlready } from '../../src/bot/in-parts.ts'
import { listFollowed } from '../../src/use-cases/follow-territory.ts'
import { ofPerson } from '../../src/session/session.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { cards as envelopes } from '../support/cards.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { troubled } from '../support/trouble.ts'
import { sized } from '../support/size.ts'
import { chooses, opens, plain, receiptsIn } from './survive-journey.ts'

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Absent when the run found no Redis, and said so. */
const url = process.env.DAUYS_TEST_REDIS_URL ?? ''
const story = test.runIf(url)

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let redis: Redis
beforeAll(async () => {
  if (!url) return
  app = await testApp('lost-more')
  await withClassifier(app)
  cycle = await smallCycle(app, 'lost-more', [[100, 200, 300]])
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
/** A resident at the first question of "tell me when one starts". */
async function asked(): Promise<Resident> {
  const ann = await resident()
  await ann.tells('/menu')
  await ann.taps(ann.t('start.change-village.button'))
  await ann.taps(ann.t('follow.not-listed.button'))
  return ann
}
const labels = async (ann: Resident): Promise<string[]> =>
  (await ann.sees()).messages
    .at(-1)
    .buttons.flat()
    .map(({ text }: { text: string }) => text)

const TROUBLES: [string, object][] = [
  ['429', { kind: '429', retry_after: 1 }],
  ['502', { kind: '502', times: 4 }],
]
story.each(sized('trouble at each question of a dialog', TROUBLES.slice(0, 1), TROUBLES))(
  '%s on each question of a dialog: the question comes again, and no tap is needed',
  async (_, trouble) => {
    const ann = await asked()
    const steps: [() => Promise<string>, string][] = [
      [async () => 'Аягозский район', plain(ann.t.html('follow.village'))],
      [async () => (await labels(ann))[0] ?? '', 'Можно выбрать несколько'],
      [async () => `☑ ${ann.t('follow.ideas.button')}`, `☐ ${ann.t('follow.ideas.button')}`],
      [async () => ann.t('common.next.button'), ann.t('common.yes.button')],
      [async () => ann.t('common.yes.button'), 'Сохранено'],
    ]
    for (const [label, next] of steps) {
      await fault(ann, { method: 'editMessageText', ...trouble })
      await ann.taps(await label())
      expect(await owedTo(ann)).toEqual({
        update: expect.any(Number),
        by: expect.stringMatching(/^fw:\w+(:[0-9a-z]+){4}$/),
        message: expect.any(Number),
      })
      await redis.del(`${fleet.keys}pause:chat:${ofPerson(ann.id)}`)
      await fleet.first.session.oweLater(ann.id, (await owedTo(ann))?.update ?? 0, 0)
      await fleet.redraws(async () => (await owedTo(ann)) === undefined)
      expect([(await ann.texts()).at(-1), ...(await labels(ann))].join('\n')).toContain(next)
      await fleet.room.control('DELETE', 'faults')
    }
    expect((await listFollowed(app, ann.id)).map(({ kinds }) => kinds)).toEqual([['results', 'voting']])
    expect(await ann.texts()).toHaveLength(1)
  },
)

story('a refused upload pauses its chat as a message does, and nobody else', async () => {
  const [ann, bob] = (await residents(2)) as [Resident, Resident]
  await fault(ann, { method: 'sendPhoto', kind: '429', retry_after: 12 })
  await bob.tells('/menu')
  const { api } = fleet.first.client
  const picture = () => new InputFile(Buffer.from(PIXEL, 'base64'), 'result.png')
  await expect(api.sendPhoto(ann.id, picture())).rejects.toThrow(/429/)
  await ann.tells('/menu')
  await expect(api.sendPhoto(ann.id, picture())).rejects.toThrow(/429/)
  expect((await callsTo(ann)).map(({ method }) => method)).toEqual(['sendPhoto'])
  await api.sendPhoto(bob.id, picture())
  expect((await callsTo(bob)).map(({ method }) => method)).toEqual(['sendMessage', 'sendPhoto'])
})

story('an album that two replicas take in parts is answered once, whichever part comes first', async () => {
  const people = await residents(6)
  await fleet.room.control('PUT', 'delivery', { duplicate: 1 })
  await Promise.all(
    people.map((person) =>
      person.act('send', { album: Array.from({ length: 5 }, () => ({ photo: PIXEL })) }),
    ),
  )
  await fleet.settled()
  await fleet.room.control('PUT', 'delivery', { duplicate: 0 })
  for (const person of people) expect(await person.texts()).toHaveLength(1)
})

story('the answered part of an album that comes again, for it was not committed, is answered', async () => {
  const ann = await resident()
  const part = { chat: { id: ann.id }, media_group_id: '7', date: 1 }
  const [first, second] = [1, 2].map((message_id) => ({ ...part, message_id })) as unknown as [
    Message,
    Message,
  ]
  const { session } = fleet.first
  expect(await answeredAlready(session, first)).toBe(false)
  expect(await answeredAlready(session, first)).toBe(false)
  expect(await answeredAlready(session, second)).toBe(true)
})

/** Presses a button of a kind that is no longer known: it is answered by a box alone. */
async function outdatedPress(ann: Resident): Promise<void> {
  const { message_id } = (await ann.sees()).messages.at(-1)
  await ann.act('press-raw', { message_id, data: 'dk:of:another:time' })
  await fleet.settled()
}

story('a box that Telegram shows no more, for it came too late, is said in the chat', async () => {
  const ann = await resident()
  await ann.tells('/menu')
  const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
  await fault(undefined, { method: 'answerCallbackQuery', kind: 'error', error_code: 400, description })
  await outdatedPress(ann)
  expect((await ann.texts()).at(-1)).toBe(ann.t('common.outdated.alert'))
})

story('a box that was refused is not silence: the person is told that an answer was lost', async () => {
  const ann = await resident()
  await ann.tells('/menu')
  await fault(undefined, { method: 'answerCallbackQuery', kind: '429', retry_after: 30 })
  await outdatedPress(ann)
  await fleet.first.session.oweLater(ann.id, (await owedTo(ann))?.update ?? 0, 0)
  await fleet.redraws(async () => (await owedTo(ann)) === undefined)
  expect((await ann.texts()).at(-1)).toBe(plain(ann.t.html('common.answer-lost')))
})

story('what no handler has a word for leads to the menu, or is said to be out of date', async () => {
  const ann = await resident()
  const cards = await envelopes(app, cycle.id, cycle.villages[0] as number, 1)
  await ann.tells(`/start c_${cards[0]?.code}`)
  // The question stands there, and what it asks about has lapsed.
  await fleet.first.session.expectNothing(ann.id)
  await ann.tells('ммм')
  expect(await ann.texts()).toHaveLength(2)
})

story(
  'another message with the same marks that cannot be closed now is closed later: no choice stays in the chat',
  async () => {
    const [territory] = cycle.villages as [number]
    const [voter] = await voters(app, cycle.id, territory, 1)
    const ann = await fleet.resident('Ann', { cycle: cycle.id, territory }, 'ru', voter?.account as number)
    await chooses(ann, [2])
    await opens(ann)
    await ann.taps(ann.t('vote.review.button'))
    const marked = async () => (await ann.texts()).filter((text) => text.includes('project 2')).length
    expect(await marked()).toBe(2)
    // The message that was pressed is replaced, the other one is refused.
    await fault(ann, { method: 'editMessageText', kind: '429', retry_after: 1, skip: 1 })
    await ann.taps(ann.t('vote.send.button'))
    expect(await marked()).toBe(1)
    await fleet.redraws(async () => (await owedTo(ann)) === undefined)
    expect(await marked()).toBe(0)
    expect(receiptsIn(await ann.texts())).toHaveLength(1)
  },
)
