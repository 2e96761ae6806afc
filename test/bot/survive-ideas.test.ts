// 300+: one idea, cut off in every way: at most one question is lost when the program is killed, the store flushed, the version raised.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dialogNote } from '../../src/bot/parts.ts'
import { type Idea, listOwnIdeas } from '../../src/use-cases/list-ideas.ts'
import { markCompared } from '../../src/use-cases/similar-ideas.ts'
import { stateResidence } from '../../src/use-cases/state-residence.ts'
import { beginIdea, type Written, writeIdea } from '../../src/use-cases/write-idea.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { ASKED, ORDER, type Question } from '../support/idea-walk.ts'
import { ideasCycle, lamp, picture, sentIdea } from '../support/ideas.ts'
import { sayNotRun } from '../support/notes.ts'
import { isTold } from '../support/size.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { buildShipped, type Shipped, startShipped } from '../support/shipped.ts'

vi.setConfig({ testTimeout: 240_000 })

const there = hasRedisServer()
if (!there) sayNotRun('the stories of an idea that is cut off', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
let folder: string
let program: Shipped | undefined
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  folder = await mkdtemp(join(tmpdir(), 'dauys-ideas-'))
  app = await testApp('survive-ideas')
  cycle = await ideasCycle(app, 'survive-ideas')
  fleet = await openFleet(app, { redisUrl: redis.url, prefix: 'dauys:', replicas: 2 })
})
afterAll(async () => {
  await kill()
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const kill = async (): Promise<void> => program?.stop('SIGKILL').then(() => undefined)

/** The program as it is shipped, polling the sandbox; what ran before is gone. */
async function start(): Promise<void> {
  await kill()
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

/** What is written before a question stands. */
const BEFORE: Record<Question, Written> = {
  category: {},
  title: { category: 'street_lighting' },
  text: { title: lamp.title as string },
  place: { body: lamp.body as string },
  photos: { landmark: lamp.landmark as string },
  cost: {},
  preview: { roughCost: 500_000 },
}
const answersBefore = (question: Question): Written =>
  Object.assign({}, ...ORDER.slice(0, ORDER.indexOf(question) + 1).map((one) => BEFORE[one]))

/** Somebody whose draft is open at this question; they have the menu before them. */
async function drafted(question: Question, compared = true): Promise<Resident> {
  const territory = cycle.villages[0] as number
  const ann = await fleet.resident('Айгүл', { cycle: cycle.id, territory }, 'kk')
  await stateResidence(app, ann.id, territory)
  const { id } = must(await beginIdea(app, ann.id, { cycle: cycle.id, territory, locale: 'kk' }))
  must(await writeIdea(app, ann.id, id, { ...answersBefore(question), step: question }))
  // All of them ask for one thing, and are sure of it.
  if (compared) await markCompared(app, ann.id, id)
  return ann
}
const own = async ({ id }: Resident): Promise<Idea> => {
  const [idea, ...more] = await listOwnIdeas(app, id)
  expect(more, 'one idea').toEqual([])
  if (!idea) throw new Error('no idea')
  return idea
}
/** As it is read: what holds a number and its noun together looks like any space. */
const newest = async (ann: Resident): Promise<string> =>
  ((await ann.texts()).at(-1) ?? '').replace(/(\d)\u00a0(?=\p{L})/gu, '$1 ')
const labels = async (ann: Resident): Promise<string[]> => {
  const { messages } = await ann.sees()
  const last = messages.findLast(({ from }: { from: string }) => from === 'bot')
  return (last?.buttons ?? []).flat().map((button: { text: string }) => button.text)
}

const PHOTOS = 3
async function answers(ann: Resident, question: Question): Promise<void> {
  const { t } = ann
  const acts: Record<Question, () => Promise<unknown>> = {
    category: () => ann.presses(t('discover.category-street_lighting')),
    title: () => ann.says(lamp.title as string),
    text: () => ann.says(lamp.body as string),
    place: () => ann.says(lamp.landmark as string),
    photos: () => ann.sends({ album: Array.from({ length: PHOTOS }, (_, n) => ({ photo: picture(n) })) }),
    cost: () => ann.says('500 мың'),
    preview: () => ann.presses(t('ideas.send.button')),
  }
  await acts[question]()
}
/** What stands there once a question has its answer. */
async function answered(ann: Resident, question: Question): Promise<void> {
  const { t } = ann
  const next = ORDER[ORDER.indexOf(question) + 1]
  const said =
    question === 'photos'
      ? t('ideas.photos-more', { count: PHOTOS, most: 5 })
      : next
        ? t(ASKED[next], { most: 5 })
        : (t('ideas.sent', { number: 1 }).split('№')[0] as string)
  await expect.poll(() => newest(ann), { timeout: 40_000, message: question }).toContain(said)
}
/** From a question that was answered to the number; the session store is left as it is. */
async function finishes(ann: Resident, question: Question): Promise<void> {
  if (question === 'photos') {
    await ann.presses(ann.t('ideas.onward.button'))
    await expect.poll(() => newest(ann), { timeout: 20_000 }).toContain(ann.t('ideas.ask-cost'))
  }
  for (const one of ORDER.slice(ORDER.indexOf(question) + 1)) {
    await answers(ann, one)
    await answered(ann, one)
    if (one === 'photos') await finishesPhotos(ann)
  }
}
async function finishesPhotos(ann: Resident): Promise<void> {
  await ann.presses(ann.t('ideas.onward.button'))
  await expect.poll(() => newest(ann), { timeout: 20_000 }).toContain(ann.t('ideas.ask-cost'))
}
/** Whole and sent, nothing in the place of another answer. */
async function isWhole(ann: Resident): Promise<void> {
  expect(await own(ann)).toMatchObject({
    state: 'sent',
    category: lamp.category,
    title: lamp.title,
    body: lamp.body,
    landmark: lamp.landmark,
    roughCost: 500_000,
  })
}

async function flush(): Promise<void> {
  const client = new Redis(redis.url)
  await client.flushall()
  client.disconnect()
}
/** Redraws as the loops of both replicas would, until it holds. */
const drawn = (so: () => Promise<boolean>): Promise<void> => fleet.redraws(so)

async function asked(question: Question): Promise<Resident> {
  const ann = await drafted(question)
  await ann.tells('/menu')
  await ann.taps(ann.t('ideas.continue.button'))
  expect(await newest(ann)).toContain(ann.t(ASKED[question], { most: 5 }))
  return ann
}

test.runIf(there).each(ORDER)(
  'the store is flushed at the question of the %s: the question comes again and the answer is taken',
  async (question) => {
    const ann = await asked(question)
    await flush()
    await answers(ann, question)
    await fleet.settled()
    const pressed = question === 'category' || question === 'preview'
    if (!pressed) {
      expect(await newest(ann)).toContain(ann.t('common.dialog-again'))
      expect((await own(ann)).step).toBe(question)
      await answers(ann, question)
      await fleet.settled()
    }
    if (question === 'photos')
      await drawn(async () =>
        (await newest(ann)).includes(ann.t('ideas.photos-more', { count: PHOTOS, most: 5 })),
      )
    await answered(ann, question)
    if (question === 'photos') expect((await own(ann)).media).toHaveLength(PHOTOS)
  },
)

test.runIf(there)('another version of the dialog goes on where the draft stands, and says so', async () => {
  const ann = await asked('text')
  const { session } = fleet.first
  const kept = JSON.stringify(await session.note(dialogNote(ann.id)))
  expect(kept).toContain('idea@2')
  await session.setNote(dialogNote(ann.id), JSON.parse(kept.replaceAll('idea@2', 'idea@1')) as object, 60)
  await ann.tells('не деп жазсам екен')
  expect(await newest(ann)).toContain(ann.t('common.dialog-again'))
  expect(await newest(ann)).toContain(ann.t('ideas.ask-text'))
  await ann.tells(lamp.body as string)
  expect(await own(ann)).toMatchObject({ body: lamp.body, step: 'place' })
})

test.runIf(there)(
  'an answer that comes again, for the program died before it was acknowledged, is no answer to the next question',
  async () => {
    const ann = await asked('title')
    const from = { id: ann.id, is_bot: false, first_name: 'Айгүл' }
    const chat = { id: ann.id, type: 'private' as const, first_name: 'Айгүл' }
    const message = { message_id: 900, date: 1, chat, from, text: lamp.title as string }
    for (const [n, replica] of fleet.replicas.entries())
      await replica.pipeline.process({ update_id: 900_000 + n, message } as never)
    await fleet.settled()
    expect(await own(ann)).toMatchObject({ title: lamp.title, body: null, step: 'text' })
    expect(await newest(ann)).toContain(ann.t('ideas.ask-text'))
  },
)

test.runIf(there)(
  'the parts of an album meet two replicas, in any order and twice: one message says how many there are',
  async () => {
    const ann = await asked('photos')
    const before = (await ann.texts()).length
    await fleet.room.control('PUT', 'delivery', { duplicate: 1, parallel: true, reorder: true })
    await ann.sends({ album: Array.from({ length: 10 }, (_, n) => ({ photo: picture(n) })) })
    await fleet.settled()
    await fleet.room.control('PUT', 'delivery', { duplicate: 0, parallel: false, reorder: false })
    await drawn(async () => (await newest(ann)).includes(ann.t('ideas.photos-full', { count: 5 })))
    expect((await ann.texts()).length - before).toBe(1)
    const { media } = await own(ann)
    expect(media).toHaveLength(5)
    expect(new Set(media.map(({ fileId }) => fileId)).size).toBe(5)
    await ann.taps(ann.t('ideas.onward.button'))
    expect(await newest(ann)).toContain(ann.t('ideas.ask-cost'))
  },
)

test.runIf(there)(
  'a part of an album that comes a question later is kept, and nothing is said of it',
  async () => {
    const ann = await asked('photos')
    const from = { id: ann.id, is_bot: false, first_name: 'Айгүл' }
    const chat = { id: ann.id, type: 'private' as const, first_name: 'Айгүл' }
    const part = (n: number) => ({
      update_id: 910_000 + n,
      message: {
        message_id: 910 + n,
        date: 1,
        chat,
        from,
        media_group_id: 'album',
        photo: [{ file_id: `late-${n}`, file_unique_id: `late-${n}`, width: 1, height: 1, file_size: 9 }],
      },
    })
    const [one, other] = fleet.replicas
    await one?.pipeline.process(part(1) as never)
    await drawn(async () => (await newest(ann)).includes(ann.t('ideas.photos-more', { count: 1, most: 5 })))
    await ann.taps(ann.t('ideas.onward.button'))
    const said = (await ann.texts()).length
    await other?.pipeline.process(part(2) as never)
    await fleet.settled()
    expect((await own(ann)).media).toHaveLength(2)
    expect((await ann.texts()).length).toBe(said)
    await ann.tells('500 мың')
    expect(await newest(ann)).toContain(ann.t('ideas.own-photos', { count: 2 }))
  },
)

/** Milliseconds between the answers and the death of the program. */
const DEATHS = [0, 10, 60, 400]

test.runIf(there && isTold('an idea that is cut off at every question'))(
  'killed at every question, early and late: no idea is lost, none is doubled, no answer stands in the place of another',
  async () => {
    await buildShipped()
    await fleet.room.bot('deleteWebhook')
    const everybody: Resident[] = []
    for (const [round, ms] of DEATHS.entries()) {
      await start()
      const people = await Promise.all(
        ORDER.map(async (question) => ({ question, ann: await drafted(question) })),
      )
      for (const { question, ann } of people) {
        await ann.says('/menu')
        await expect.poll(() => labels(ann), { timeout: 20_000 }).toContain(ann.t('ideas.continue.button'))
        await ann.presses(ann.t('ideas.continue.button'))
        await expect
          .poll(() => newest(ann), { timeout: 20_000 })
          .toContain(ann.t(ASKED[question], { most: 5 }))
        // Every other time the program dies while it says the next question.
        if (round % 2 === 1)
          await fleet.room.control('POST', 'faults', {
            chat_id: String(ann.id),
            kind: 'delay',
            ms: 60_000,
            times: 0,
          })
      }
      await Promise.all(people.map(({ question, ann }) => answers(ann, question)))
      await wait(ms)
      await kill()
      await fleet.room.control('DELETE', 'faults')
      await start()
      await Promise.all(people.map(({ question, ann }) => answered(ann, question)))
      await Promise.all(people.map(({ question, ann }) => finishes(ann, question)))
      for (const { ann } of people) await isWhole(ann)
      await kill()
      everybody.push(...people.map(({ ann }) => ann))
    }
    // What the dead had not copied is copied, and no half of a file stands there.
    await start()
    const [kept] = await app.db.sql<{ files: number }[]>`
      select count(*)::int as files from idea_media m join idea i on i.id = m.idea where i.state = 'sent' and m.copyable`
    const copies = () =>
      readdir(join(folder, 'media')).then((names) => names.filter((name) => !name.startsWith('.')).length)
    expect(kept?.files).toBeGreaterThan(DEATHS.length)
    await expect.poll(copies, { timeout: 20_000 }).toBe(kept?.files)
    const rows = await app.db.sql<{ author: number; number: number }[]>`
      select author, number from idea where number is not null and author = any(${everybody.map(({ id }) => id)}::bigint[])`
    expect(rows).toHaveLength(everybody.length)
    expect(new Set(rows.map(({ number }) => number)).size).toBe(everybody.length)
  },
)

/** As the button begins, and what its press is answered with. */
const [SUPPORT, SUPPORTED] = ['Қолдау', 'Сіз қолдаған идея']
const similarIsTold = isTold('an idea that is cut off where it meets those that are like it')

test.runIf(there && similarIsTold).each(['different', 'support'] as const)(
  'killed while similar ideas are shown and as “%s” is pressed: the press counts once, and the own idea is whole',
  async (choice) => {
    await buildShipped()
    await fleet.room.bot('deleteWebhook')
    await sentIdea(app, 7000 + choice.length, cycle)
    for (const ms of [0, 40]) {
      await start()
      const ann = await drafted('cost', false)
      const { t } = ann
      const said = (text: string) => expect.poll(() => newest(ann), { timeout: 20_000 }).toContain(text)
      await ann.says('/menu')
      await expect.poll(() => labels(ann), { timeout: 20_000 }).toContain(t('ideas.continue.button'))
      await ann.presses(t('ideas.continue.button'))
      await said(t('ideas.ask-cost'))
      await answers(ann, 'cost')
      await wait(ms)
      await kill()
      await start()
      await said(t('ideas.similar'))
      const label =
        choice === 'different'
          ? t('ideas.different.button')
          : ((await labels(ann)).find((one) => one.startsWith(SUPPORT)) ?? SUPPORT)
      await ann.presses(label)
      await wait(ms)
      await kill()
      await start()
      await said(choice === 'different' ? t('ideas.preview') : SUPPORTED)
      const supports = await app.db.sql`select idea from idea_support where account = ${ann.id}`
      expect(supports).toHaveLength(choice === 'support' ? 1 : 0)
      if (choice === 'support') expect(await own(ann)).toMatchObject({ state: 'draft', roughCost: 500_000 })
      else {
        await answers(ann, 'preview')
        await answered(ann, 'preview')
        await isWhole(ann)
      }
      await kill()
    }
  },
)
