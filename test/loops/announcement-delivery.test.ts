// An announcement on its way: without a pace, refused by Telegram, and shown to its author no more often than every five seconds.
import type { Api } from 'grammy'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createProgress } from '../../src/bot/announce/progress.ts'
import { createDelivery, deliverOnce } from '../../src/loops/delivery.ts'
import { announce } from '../../src/use-cases/announce.ts'
import { runAnnouncements } from '../../src/use-cases/run-announcements.ts'
import { beginAnnouncement, writeAnnouncement } from '../../src/use-cases/write-announcement.ts'
import type { Someone } from '../sandbox/room.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'
import { type Notices, openNotices, RECEIPT } from '../support/notices.ts'
import { signal } from '../support/signal.ts'

let stage: Notices
let cycle: number
let village: number
beforeAll(async () => {
  stage = await openNotices()
  const made = await smallCycle(stage.app, 'told', [[100]])
  cycle = made.id
  village = made.villages[0] as number
  await openVoting(stage.app, cycle)
})
beforeEach(async () => {
  await stage.clear()
  await stage.app.db.sql`update account set home_cycle = null, home_territory = null`
})
afterAll(() => stage.close())

/** So many residents, and an announcement that waits for each of them. `by`: the account whose it is. */
async function announced(count: number, by: 'command' | number = 'command'): Promise<[Someone[], number]> {
  const { app, people } = stage
  const all = await people(count)
  for (const { id } of all)
    await app.db.sql`
      insert into account (id, locale, home_cycle, home_territory) values (${id}, 'kk', ${cycle}, ${village})
      on conflict (id) do update set home_cycle = excluded.home_cycle, home_territory = excluded.home_territory`
  const id = must(await beginAnnouncement(app, { cycle }, 'command'))
  for (const locale of ['kk', 'ru'])
    must(await writeAnnouncement(app, { id }, { text: { locale, html: 'Жиналыс' } }, 'command'))
  must(await announce(app, { id }, 'command'))
  if (by !== 'command') await app.db.sql`update announcement set made_by = ${by} where id = ${id}`
  await runAnnouncements(app)
  return [all, id]
}

test('without a pace everybody gets it once, never more are on their way or of unknown fate than there are places', async () => {
  const { app, parts, got } = stage
  const [all] = await announced(30)
  let [sending, most, claimed] = [0, 0, 0]
  const delivery = createDelivery({
    ...parts,
    pace: 0,
    inFlight: 8,
    mail: async (chat, letter) => {
      most = Math.max(most, ++sending)
      const [row] = await app.db.sql<{ count: number }[]>`
        select count(*)::int as count from delivery where state = 'sending'`
      claimed = Math.max(claimed, row?.count ?? 0)
      return parts.mail(chat, letter).finally(() => sending--)
    },
  })
  while ((await delivery.round()) > 0);
  await delivery.idle()
  expect(await got(all)).toEqual(Array(30).fill(1))
  expect([most, claimed]).toEqual([8, 8])
})

test('without a pace what hangs keeps its place, and the others arrive meanwhile', async () => {
  const { parts, got } = stage
  const [all] = await announced(12)
  const end = signal()
  const hung = new Set(all.slice(0, 3).map(({ id }) => id))
  const delivery = createDelivery({
    ...parts,
    pace: 0,
    inFlight: 4,
    mail: async (chat, letter) => {
      if (hung.has(chat)) await end.given
      return parts.mail(chat, letter)
    },
  })
  while ((await delivery.round()) > 0);
  expect(await got(all)).toEqual(all.map(({ id }) => (hung.has(id) ? 0 : 1)))
  end.give()
  await delivery.idle()
  expect(await got(all)).toEqual(Array(12).fill(1))
})

test('a 429 of an announcement pauses announcements; a receipt, a notice and a reply go out meanwhile', async () => {
  const { parts, client, people, queue, got, fault, pass } = stage
  const [all] = await announced(6)
  await fault({ kind: '429', retry_after: 60 })
  await deliverOnce({ ...parts, inFlight: 1 })
  const before = (await got(all)).filter((count) => count > 0).length
  expect(before, 'the first one was refused').toBe(0)
  const [hasty, told, asking] = (await people(3)) as [Someone, Someone, Someone]
  await queue(hasty, RECEIPT)
  await queue(told)
  await deliverOnce(parts)
  await client.api.sendMessage(asking.id, 'Жауап')
  expect(await got([hasty, told, asking])).toEqual([1, 1, 1])
  expect(await got(all)).toEqual(Array(6).fill(0))
  await pass(61)
  await deliverOnce(parts)
  expect(await got(all)).toEqual(Array(6).fill(1))
})

test('its author sees how far it is in one message, written anew when it says something else and five seconds have gone by', async () => {
  const { app, parts, people } = stage
  const [author] = (await people(1)) as [Someone]
  const [all, id] = await announced(3, author.id)
  const calls: string[] = []
  const api = {
    sendMessage: async () => (calls.push('sent'), { message_id: 7 }),
    editMessageText: async () => void calls.push('edited'),
  } as unknown as Api
  let now = 100_000
  const progress = createProgress({ app, api, textsOf: parts.textsOf, now: () => now })
  const arrives = ({ id: account }: Someone) =>
    app.db.sql`update delivery set state = 'sent' where announcement = ${id} and account = ${account}`
  const after = async (ms: number) => {
    now += ms
    await progress.round()
    return calls.splice(0)
  }
  expect(await after(0)).toEqual(['sent'])
  await arrives(all[0] as Someone)
  expect([await after(1000), await after(3999)], 'too early').toEqual([[], []])
  expect(await after(1)).toEqual(['edited'])
  expect(await after(5000), 'nothing else to say').toEqual([])
  await arrives(all[1] as Someone)
  expect(await after(4999)).toEqual([])
  expect(await after(1)).toEqual(['edited'])
})
