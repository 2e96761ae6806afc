// Telegram in a bad mood, and updates that cannot be handled: answers come once, nobody waits for somebody else's trouble.
import type { Update } from 'grammy/types'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startPolling } from '../../src/bot/polling.ts'
import { createPipeline } from '../../src/bot/updates.ts'
import { deliverOnce } from '../../src/loops/delivery.ts'
import { enqueue } from '../../src/store/deliveries.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident, SECRET } from '../support/fleet.ts'
import { chooses, plain, receiptsIn } from './survive-journey.ts'
import { asOwner } from '../support/database.ts'
import { isTold } from '../support/size.ts'

/** Absent when the run found no Redis, and said so. */
const told = Boolean(process.env.DAUYS_TEST_REDIS_URL) && isTold('all that Telegram does to an answer')
const story = test.runIf(told)

let app: TestApp
let cycle: SmallCycle
let fleet: Fleet
beforeAll(async () => {
  if (!told) return
  app = await testApp('telegram')
  cycle = await smallCycle(app, 'telegram', [[100, 200, 300]])
  await openVoting(app, cycle.id)
  fleet = await openFleet(app, { replicas: 2 })
})
afterEach(async () => {
  await fleet?.room.control('DELETE', 'faults')
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

async function resident(locale: 'kk' | 'ru' | 'en' = 'ru'): Promise<Resident> {
  const [territory] = cycle.villages as [number]
  const [voter] = await voters(app, cycle.id, territory, 1)
  return fleet.resident('Тұрғын', { cycle: cycle.id, territory }, locale, voter?.account as number)
}
const fault = (person: Resident, method: string, more: object) =>
  fleet.room.control('POST', 'faults', { chat_id: String(person.id), method, ...more })
interface Call {
  n: number
  at: number
  method: string
  ok: boolean
  error_code?: number
  params: { chat_id?: unknown }
}
const calls = async (after = 0): Promise<Call[]> => fleet.room.control('GET', `calls?after=${after}`)
const callsTo = async (person: Resident, method: string) =>
  (await calls()).filter(
    (call) => call.method === method && String(call.params.chat_id) === String(person.id),
  )
const warnings = () => fleet.lines.filter((line) => /"level":(40|50)/.test(line))
const castBy = (person: Resident) => app.db.sql<{ receipt: string; shown: boolean }[]>`
  select b.receipt, o.shown_at is not null as shown from ballot b join opened_ballot o on o.id = b.opened_ballot
  where o.account = ${person.id}`

story('429 on the edit that says “accepted”: it comes after the pause, once', async () => {
  const person = await resident()
  await chooses(person, [2])
  await fault(person, 'editMessageText', { kind: '429', retry_after: 1 })
  await person.taps(person.t('vote.send.button'))
  await fleet.redraws(async () => (await castBy(person))[0]?.shown === true)
  expect(receiptsIn(await person.texts())).toEqual((await castBy(person)).map(({ receipt }) => receipt))
})

story.each(['500', '502', 'drop-reply', 'drop-request'])(
  '%s on an edit: it is repeated until it is there',
  async (kind) => {
    const person = await resident()
    await person.tells('/menu')
    const edits = (await callsTo(person, 'editMessageText')).length
    const before = warnings().length
    await fault(person, 'editMessageText', { kind })
    await person.taps(person.t('start.how.button'))
    expect((await person.texts()).at(-1)).toContain(plain(person.t.html('start.how')).slice(0, 40))
    expect((await callsTo(person, 'editMessageText')).length - edits).toBe(2)
    // The repeat of a reply that was only dropped is "not modified": no news for anybody.
    expect(warnings().slice(before)).toEqual([])
  },
)

story.each(['500', '502', 'drop-reply', 'drop-request'])(
  '%s on a new message: it comes again by itself, for a second copy harms nobody and silence does',
  async (kind) => {
    const person = await resident()
    await fault(person, 'sendMessage', { kind })
    await person.tells('/menu')
    expect(await callsTo(person, 'sendMessage')).toHaveLength(1)
    await fleet.redraws(async () => (await callsTo(person, 'sendMessage')).length === 2)
    expect(await person.texts()).toHaveLength(kind === 'drop-reply' ? 2 : 1)
  },
)

story('an edit that changes nothing and an answer that comes too late are no trouble', async () => {
  const person = await resident()
  const before = warnings().length
  await person.tells('/menu')
  const menu = (await person.sees()).messages.at(-1)
  await person.taps(person.t('start.how.button'))
  for (let press = 0; press < 3; press++)
    await person.act('press-raw', { message_id: menu.message_id, data: 'hw' }).then(() => fleet.settled())
  const late = {
    update_id: 5_000_000,
    callback_query: {
      id: '1',
      from: { id: person.id, is_bot: false, first_name: 'x' },
      message: { ...menu, chat: { id: person.id, type: 'private', first_name: 'x' } },
      chat_instance: '1',
      data: 'mn',
    },
  } as unknown as Update
  await fleet.first.pipeline.process(late)
  await fleet.settled()
  const refused = (await calls())
    .filter(({ ok }) => !ok)
    .map((call) => (call as { description?: string }).description)
  expect(refused.filter((why) => /message is not modified/.test(why ?? '')).length).toBeGreaterThan(2)
  expect(refused.some((why) => /query is too old/.test(why ?? ''))).toBe(true)
  expect(warnings().slice(before)).toEqual([])
  expect((await person.texts()).at(-1)).toContain('telegram 1')
})

story('403: who blocked the bot is not written to again, until they come back', async () => {
  const [gone, blocked] = [await resident(), await resident()]
  const reachable = async (person: Resident) =>
    (await app.db.sql<{ reachable: boolean }[]>`select reachable from account where id = ${person.id}`)[0]
      ?.reachable
  for (const { id } of [gone, blocked])
    await enqueue(
      app.db,
      { kind: 'results', cycle: cycle.id, territory: cycle.villages[0] as number },
      { account: id, dedupe: `results ${id}` },
    )
  await blocked.says('/menu')
  await fleet.settled()
  await blocked.act('block')
  await fleet.settled()
  expect(await reachable(blocked)).toBe(false)
  await fault(gone, 'sendMessage', { kind: '403', times: 0 })
  const { app: own, client, session, metrics } = fleet.first
  const parts = {
    app: own,
    api: client.bulk,
    mail: client.mail,
    session,
    textsOf: fleet.textsOf,
    log: fleet.log,
    metrics,
  }
  while ((await deliverOnce(parts)) > 0);
  expect(await reachable(gone)).toBe(false)
  const states = await app.db.sql<
    { state: string }[]
  >`select distinct state from delivery where kind = 'results'`
  expect(states.map(({ state }) => state)).toEqual(['blocked'])
  await blocked.act('unblock')
  await fleet.settled()
  expect(await reachable(blocked)).toBe(true)
})

/** How many updates were set aside whose last try ended so, over both replicas. */
async function asideBy(cause: string): Promise<number> {
  const all = await Promise.all(fleet.replicas.map(({ metrics }) => metrics.setAside.get()))
  return all
    .flatMap(({ values }) => values)
    .filter(({ labels }) => labels.cause === cause)
    .reduce((sum, { value }) => sum + value, 0)
}

/** While `trouble` lasts this person's press fails three times, is set aside and told of; somebody else votes meanwhile. */
async function setAside(person: Resident, label: string, cause: 'slow' | 'fault'): Promise<void> {
  const before = await asideBy(cause)
  const other = await resident('kk')
  await chooses(other, [1])
  const logged = fleet.lines.length
  const said = () => fleet.lines.slice(logged).map((line) => JSON.parse(line) as { msg: string })
  await fleet.impatientWith(person, async () => {
    await person.presses(label)
    await other.presses(other.t('vote.send.button'))
    await expect.poll(async () => (await castBy(other)).length).toBe(1)
    await fleet.hurry()
  })
  const told = said()
  expect(told.filter(({ msg }) => msg === 'update comes again')).toHaveLength(3)
  expect((await asideBy(cause)) - before).toBe(1)
  expect(told.filter(({ msg }) => msg === 'update set aside')).toHaveLength(1)
  expect((await person.texts()).filter((text) => text === person.t('common.set-aside'))).toHaveLength(1)
  expect((await person.sees()).open_callbacks).toBe(0)
}

story(
  'an update that always fails in the database is set aside after three attempts; nobody else waits',
  async () => {
    const person = await resident('en')
    await asOwner(app.db, (sql) =>
      sql.unsafe(`
    create function poison() returns trigger language plpgsql as
      $$ begin raise exception 'poison' using errcode = 'query_canceled'; end $$;
    create trigger poison before insert on opened_ballot for each row when (new.account = ${person.id}) execute function poison()`),
    )
    await person.tells('/menu')
    await setAside(person, person.t('start.vote.button'), 'fault')
    await asOwner(app.db, (sql) => sql`drop trigger poison on opened_ballot`)
    await person.taps(person.t('start.vote.button'))
    expect((await person.texts()).join('\n')).toContain(person.t.html('vote.marked', { n: 0, max: 3 }))
  },
)

story(
  'an update that hangs loses its turn, is set aside after three attempts, and nobody else waits',
  async () => {
    const person = await resident('ru')
    await chooses(person, [3])
    const holder = await app.db.sql.reserve()
    try {
      await holder`begin`
      await holder`select 1 from roll_row r join claim c on c.roll_row = r.id where c.account = ${person.id} for update of r`
      await setAside(person, person.t('vote.send.button'), 'slow')
    } finally {
      await holder`rollback`
      holder.release()
    }
  },
)

story('polling: a person whose update hangs keeps nobody waiting, and the offset waits for it', async () => {
  await fleet.room.bot('deleteWebhook')
  const [ann, bob] = [await resident(), await resident()]
  const { api } = fleet.first.client
  let unstick = () => {}
  const stuck = new Promise<void>((resolve) => (unstick = resolve))
  const pipeline = createPipeline({
    session: fleet.first.session,
    log: fleet.log,
    metrics: fleet.first.metrics,
    ready: async () => {},
    giveUp: async () => undefined,
    async handle(update, behind) {
      const from = update.message?.from.id
      if (from === ann.id) await stuck
      else if (from !== undefined) behind.screens.push(() => api.sendMessage(from, 'served'))
      return undefined
    },
  })
  const stats = () => fleet.room.control('GET', 'stats')
  const before = (await stats()).updates_acknowledged
  const poller = startPolling(api, pipeline, fleet.log)
  try {
    await ann.says('one')
    for (const text of ['two', 'three']) {
      const served = (await bob.texts()).length
      await bob.says(text)
      await expect.poll(async () => (await bob.texts()).length).toBe(served + 1)
    }
    expect((await stats()).updates_acknowledged).toBe(before)
    unstick()
    await expect.poll(async () => (await stats()).updates_acknowledged).toBe(before + 3)
    expect(await bob.texts()).toEqual(['served', 'served'])
  } finally {
    unstick()
    await poller.stop()
    await api.setWebhook(fleet.webhook, { secret_token: SECRET })
  }
})
