// Cards in a moderators' group under fire: two who press at once, fifty first ideas, Telegram's refusals, and replicas that die.
import type { Api } from 'grammy'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCards } from '../../src/bot/moderation/cards.ts'
import { cardFacts } from '../../src/bot/moderation/card-facts.ts'
import { groupButton, groupScreen } from '../../src/bot/moderation/group-view.ts'
import { bindRoom, inviteRoom } from '../../src/use-cases/bind-room.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import type { Group } from '../sandbox/room.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { ideasCycle, sentIdea } from '../support/ideas.ts'
import { until } from '../support/person.ts'
import { isTold, sized } from '../support/size.ts'

vi.setConfig({ testTimeout: 240_000 })
const presses = sized('two who press at once', 8, 50)
const deaths = 200
const OFFICIAL = 6_000_001
let app: TestApp
let fleet: Fleet
let asel: Resident
let berik: Resident
let author = 9000
beforeAll(async () => {
  app = await testApp('survive-cards')
  fleet = await openFleet(app, { replicas: 2 })
  const home = await ideasCycle(app, 'home')
  const at = { cycle: home.id, territory: home.villages[0] as number }
  asel = await fleet.resident('Asel', at, 'ru')
  berik = await fleet.resident('Berik', at, 'ru')
})
afterAll(async () => {
  await fleet?.stop()
  await app?.done()
})

/** A cycle with two moderators, and a group that hears of it. */
async function bound(slug: string, what: object = {}): Promise<{ cycle: SmallCycle; group: Group }> {
  const cycle = await ideasCycle(app, slug)
  for (const territory of cycle.villages) {
    must(await grantRole(app, { account: OFFICIAL, role: 'official', territory }, 'command'))
    for (const { id } of [asel, berik])
      must(await grantRole(app, { account: id, role: 'moderator', territory }, 'command'))
  }
  const group = await fleet.room.group(asel, { members: [berik.id, 'bot'], ...what })
  await group.act('promote', { who: 'bot', rights: ['can_manage_topics'] })
  const token = must(await inviteRoom(app, { cycle: cycle.id, territory: null }, OFFICIAL))
  must(await bindRoom(app, { token, chat: group.id, locale: 'ru' }, OFFICIAL))
  return { cycle, group }
}

const cardsOf = (replica = 0, api?: Api) => {
  const own = fleet.replicas[replica] ?? fleet.first
  return createCards({ app: own.app, api: api ?? own.client.api, textsOf: fleet.textsOf, log: fleet.log })
}
/** Both replicas draw until every card is in its group. */
const drawAll = (): Promise<void> =>
  until(async () => {
    await Promise.all([cardsOf(0), cardsOf(1)].map(async (one) => void (await one.round())))
    const [row] = await app.db.sql<{ count: number }[]>`
      select count(*)::int as count from idea i join moderation_room r on r.cycle = i.cycle left join idea_card k on k.idea = i.id
      where k.message is null or k.shown is null or split_part(k.shown, '/', 1) <> i.version::text`
    return row?.count === 0
  })
const messageOf = async (idea: number): Promise<number> => {
  const [row] = await app.db.sql<{ message: number }[]>`select message from idea_card where idea = ${idea}`
  return row?.message ?? 0
}
const said = async (group: Group): Promise<{ message_id: number; from: string; text?: string }[]> =>
  (await group.seenBy(asel)).messages.filter(({ from }: { from: string }) => from === 'bot')
const decisions = async (cycle: SmallCycle): Promise<number> => {
  const [row] = await app.db.sql<{ count: number }[]>`
    select count(*)::int as count from leaf where log = ${cycle.id} and kind = 'idea-decided'`
  return row?.count ?? 0
}
const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

test('of two who press different buttons at once one decides and the other hears who and what, time and again over two replicas', async () => {
  const { cycle, group } = await bound('at-once')
  for (let round = 1; round <= presses; round++) {
    const { id, number } = await sentIdea(app, author++, cycle)
    await drawAll()
    const { version = 0 } = (await findIdea(app, cycle.id, number)) ?? {}
    const press = async (person: Resident, what: string) =>
      person.act('press-raw', {
        room: group.id,
        message_id: await messageOf(id),
        data: groupButton.pack({ idea: id, version, what }),
      })
    await Promise.all([press(asel, 'approve'), press(berik, 'unclear')])
    await fleet.settled()
    expect(await decisions(cycle), `round ${round}`).toBe(round)
    const after = await findIdea(app, cycle.id, number)
    const [winner, loser] = after?.decidedBy === asel.id ? [asel, berik] : [berik, asel]
    const { alerts } = await group.seenBy(loser)
    expect(alerts.at(-1).text).toContain(`Решение принято: ${winner.id}`)
    expect(alerts.at(-1).text).toContain(after?.state === 'approved' ? 'одобрена' : 'отклонена')
    expect((await group.seenBy(winner)).alerts.at(-1).text).toBe('Записано. Автору сообщат.')
  }
  await drawAll()
})

test('fifty first ideas at once make one topic, and each one card in it', async () => {
  const { cycle, group } = await bound('first', { is_forum: true })
  const ideas = await Promise.all(Array.from({ length: 50 }, () => sentIdea(app, author++, cycle)))
  // Telegram takes its time: meanwhile everybody else finds no topic either.
  await fleet.room.control('POST', 'faults', { kind: 'delay', method: 'createForumTopic', ms: 300 })
  const { calls } = await fleet.room.control('GET', 'stats')
  await drawAll()
  const after = (await fleet.room.control('GET', 'stats')).calls
  const made = (method: string) =>
    Number(after[method] ?? after[method.toLowerCase()] ?? 0) -
    Number(calls[method] ?? calls[method.toLowerCase()] ?? 0)
  expect((await group.seenBy(asel)).topics).toHaveLength(1)
  expect(made('createForumTopic')).toBe(1)
  const cards = (await said(group)).filter(({ text }) => text?.includes('Идея №'))
  expect(cards).toHaveLength(ideas.length)
})

test.runIf(isTold('a card that Telegram refuses for a while'))(
  'what Telegram refuses for a while comes once it takes it',
  async () => {
    const { cycle, group } = await bound('refused')
    for (const kind of ['429', '502'])
      await fleet.room.control('POST', 'faults', {
        kind,
        method: 'sendMessage',
        chat_id: String(group.id),
        retry_after: 1,
      })
    const { number } = await sentIdea(app, author++, cycle)
    await drawAll()
    expect((await said(group)).map(({ text }) => text?.includes(`Идея №\u00a0${number}`))).toEqual([true])
  },
)

/** An API whose caller dies at its nth call: before it left, or once Telegram has done it. */
function dying(api: Api, at: number, done: boolean): { api: Api; died: Promise<'died'> } {
  let calls = 0
  let die = (): void => {}
  const died = new Promise<'died'>((resolve) => {
    die = () => resolve('died')
  })
  const never = new Promise<never>(() => {})
  const mortal = new Proxy(api, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        calls++
        if (calls < at) return (method as (...all: unknown[]) => unknown).apply(target, args)
        if (done) await (method as (...all: unknown[]) => Promise<unknown>).apply(target, args)
        die()
        return never
      }
    },
  })
  return { api: mortal, died }
}

test.runIf(isTold('replicas that die between a decision and its card'))(
  'replicas that die between a decision and its card leave no card that lies',
  async () => {
    const { cycle, group } = await bound('killed')
    let ideas = 0
    let decided = 0
    for (let kill = 1; kill <= deaths; kill++) {
      if (kill % 2 === 1) {
        await sentIdea(app, author++, cycle)
        ideas++
      } else {
        const { id = 0 } = (await findIdea(app, cycle.id, ideas)) ?? {}
        must(await decideIdea(app, id, { kind: 'approve' }, { by: asel.id }))
        decided++
      }
      // A new card asks for the chat, then is sent; one that stands is edited.
      const call = kill % 4 === 3 ? 2 : 1
      const mortal = dying(fleet.first.client.api, call, kill % 8 < 4)
      expect(await Promise.race([cardsOf(0, mortal.api).round(), mortal.died])).toBe('died')
      // Half a minute goes by: whoever died has lost the card.
      await unguarded(app.db, (sql) => sql`update idea_card set claimed_until = null`)
      await drawAll()
      const idea = await findIdea(app, cycle.id, ideas)
      if (!idea) throw new Error('an idea was lost')
      const own = await messageOf(idea.id)
      const text = (await said(group)).find(({ message_id }) => message_id === own)?.text
      const wanted = groupScreen(
        fleet.textsOf('ru'),
        await cardFacts(app, idea, new Date().toISOString()),
        false,
      )
      expect(text, `kill ${kill}`).toBe(plain(wanted.text))
    }
    expect([ideas, await decisions(cycle)]).toEqual([deaths / 2, decided])
    const rows = await app.db
      .sql`select 1 from idea_card k join idea i on i.id = k.idea where i.cycle = ${cycle.id}`
    expect(rows).toHaveLength(ideas)
  },
)
