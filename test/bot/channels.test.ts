// A channel of the village: bound by the official who asked and may post there, told what was chosen and once a day the head of the log.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce } from '../../src/use-cases/announce.ts'
import { loseChannel } from '../../src/use-cases/bind-channel.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { lastCheckpoint } from '../../src/use-cases/last-checkpoint.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { postCheckpoints } from '../../src/use-cases/post-in-channels.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { runAnnouncements } from '../../src/use-cases/run-announcements.ts'
import { beginAnnouncement, type Wanted, writeAnnouncement } from '../../src/use-cases/write-announcement.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { type Channel, openChannel } from '../support/channel.ts'
import { type Person, until } from '../support/person.ts'

let bot: TestBot
let desk: Clerk
/** Officials: Dana reads Russian, Bota Kazakh. */
let dana: Person
let bota: Person

beforeAll(async () => {
  bot = await startBot({
    seed: 'channels',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] },
  })
  desk = await clerk(bot.app)
  await bot.resident('kk')
  dana = await official('ru')
  bota = await official('kk')
})
afterAll(async () => {
  await desk.leaves()
  await bot.stop()
})

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

const RIGHTS = ['can_post_messages']
const leaves = async (kind: string): Promise<number> => {
  const [row] = await bot.app.db.sql<{ count: number }[]>`
    select count(*)::int as count from leaf where log = ${bot.cycle.id} and kind = ${kind}`
  return row?.count ?? 0
}
const bound = async (): Promise<{ id: number; chat: number }[]> => [
  ...(await bot.app.db.sql<{ id: number; chat: number }[]>`select id, chat from news_channel order by id`),
]
const asks = async (person: Person): Promise<void> => {
  await person.says('/announce')
  await person.taps(/^(?:Каналы Telegram|Telegram арналары)$/)
  await person.taps(/^(?:Привязать|Байлау): /)
}
/** A channel of this person, bound to the vote. */
async function boundBy(person: Person): Promise<Channel> {
  await asks(person)
  const channel = await openChannel(bot, person)
  await channel.act('add', { who: 'bot', rights: RIGHTS, by: person.id })
  await person.sees(/^[\s\S]*(?:Канал привязан|Арна байланды)/)
  return channel
}
/** All that waits is posted, as two replicas would at once. */
async function postAll(): Promise<void> {
  await until(async () => {
    const [row] = await bot.app.db.sql<{ count: number }[]>`
      select count(*)::int as count from channel_post where state in ('pending', 'sending')`
    return row?.count === 0
  })
}

test('an official asks, makes the bot an administrator, and the channel is bound, once and with a leaf', async () => {
  const before = await leaves('channel-bound')
  const channel = await boundBy(dana)
  expect(await leaves('channel-bound')).toBe(before + 1)
  expect((await bound()).map(({ chat }) => chat)).toEqual([channel.id])
  // What was asked for is used up: another channel of hers is not bound.
  const other = await openChannel(bot, dana)
  await other.act('add', { who: 'bot', rights: RIGHTS, by: dana.id })
  await dana.says('/announce')
  await dana.taps('Каналы Telegram')
  await dana.sees('«Жаңалықтар»')
  expect((await bound()).map(({ chat }) => chat)).toEqual([channel.id])
  await dana.taps(/^Отвязать: /)
  await dana.taps('Да, отвязать')
  await dana.sees('Канал отвязан')
  expect(await bound()).toEqual([])
  expect(await leaves('channel-released')).toBe(1)
})

test('nobody binds who did not ask, who cannot post there, whose role is gone, or without the right to post', async () => {
  const unasked = await openChannel(bot, bota)
  await unasked.act('add', { who: 'bot', rights: RIGHTS, by: bota.id })
  await asks(dana)
  // The bot gets no right to post: she is told so, and may put it right.
  const channel = await openChannel(bot, dana)
  await channel.act('add', { who: 'bot', rights: ['can_edit_messages'], by: dana.id })
  await dana.sees('у бота нет права публиковать')
  expect(await bound()).toEqual([])
  // Somebody else's hand in the same channel: Bota asked for nothing.
  await channel.act('add', { who: bota.id, by: bota.id })
  // An administrator who may not post herself.
  const borrowed = await openChannel(bot, bota)
  await borrowed.act('add', { who: dana.id, by: dana.id })
  await borrowed.act('promote', { who: dana.id, rights: ['can_promote_members'] })
  await borrowed.act('add', { who: 'bot', rights: RIGHTS, by: dana.id })
  await dana.sees('кто сам может в нём публиковать')
  expect(await bound()).toEqual([])
  must(await revokeRole(bot.app, { account: dana.id, role: 'official' }, 'command'))
  await channel.act('promote', { who: 'bot', rights: RIGHTS, by: dana.id })
  await dana.sees('Объявляет здесь только сотрудник акимата')
  expect(await bound()).toEqual([])
  must(await grantRole(bot.app, { account: dana.id, role: 'official' }, 'command'))
})

test('an announcement is posted there where that was chosen in the preview: in Kazakh, then in Russian, once', async () => {
  const channel = await boundBy(bota)
  await bota.says('/announce')
  await bota.taps(/^Жаңа: /)
  for (const [label, text] of [
    [/: Қазақша$/, 'Сенбіде жиналыс'],
    [/: Русский$/, 'В субботу собрание'],
  ] as const) {
    await bota.taps(label)
    await bota.says(text)
    await bota.sees(/^Сақталды\./)
  }
  await bota.taps('Қалай көрінеді')
  await bota.taps('Арнаға да')
  await bota.sees('Арнаға да: Жаңалықтар')
  await bota.taps('Арнаға керек емес')
  await bota.taps('Арнаға да')
  const [{ id } = { id: 0 }] = await bot.app.db.sql<{ id: number }[]>`select max(id) as id from announcement`
  must(await announce(bot.app, { id }, bota.id))
  await Promise.all([runAnnouncements(bot.app), runAnnouncements(bot.app)])
  await postAll()
  const texts = (await channel.posts()).map(({ text }) => text ?? '')
  expect(texts.filter((text) => text.includes('Сенбіде жиналыс'))).toHaveLength(1)
  expect(texts.filter((text) => text.includes('В субботу собрание'))).toHaveLength(1)
  expect(texts.findIndex((text) => text.includes('Сенбіде'))).toBeLessThan(
    texts.findIndex((text) => text.includes('В субботу')),
  )
})

test('where two must agree the second reads into which channel it goes, and confirms nothing once that is another', async () => {
  const { app, cycle } = bot
  const profile = (name: string) =>
    unguarded(app.db, (sql) => sql`update cycle set profile = ${name} where id = ${cycle.id}`)
  await profile('binding')
  const id = must(await beginAnnouncement(app, { cycle: cycle.id }, bota.id))
  const writes = async (version: number, wanted: Wanted) =>
    must(await writeAnnouncement(app, { id, version }, wanted, bota.id))
  await writes(1, { text: { locale: 'kk', html: 'Сенбілік' } })
  await writes(2, { text: { locale: 'ru', html: 'Субботник' } })
  await writes(3, { channel: true })
  must(await announce(app, { id }, bota.id))
  await dana.sees(/№\s\d+, версия \d[\s\S]*\nИ в канал: Жаңалықтар\n/)
  await unguarded(app.db, (sql) => sql`update news_channel set title = 'Басқа арна'`)
  await dana.taps('Подтвердить')
  await dana.sees('объявление с тех пор изменили')
  must(await announce(app, { id }, bota.id))
  await dana.sees('И в канал: Басқа арна')
  await unguarded(app.db, (sql) => sql`update news_channel set title = 'Жаңалықтар'`)
  await profile('advisory')
})

test('once a day the head of the log is posted, as the public page shows it, however many replicas look', async () => {
  const { app, cycle } = bot
  const [channel] = await bound()
  const room = await openChannel.at(bot, bota, channel?.chat ?? 0)
  const heads = async () => (await room.posts()).filter(({ text }) => text?.includes('Открытый журнал'))
  await unguarded(app.db, (sql) => sql`delete from channel_post where day is not null`)
  await numberLeaves(app)
  const start = (await heads()).length
  const queued = await Promise.all([1, 2, 3].map(() => postCheckpoints(app)))
  expect(queued.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1)
  await postAll()
  const [post] = (await heads()).slice(start)
  const [, size = '', root = ''] = (must(await lastCheckpoint(app, cycle.slug)) ?? '').split('\n')
  expect(post?.text).toContain(root)
  expect(post?.text).toContain('Ашық журнал')
  expect(Number(size)).toBeGreaterThan(0)
  expect(await postCheckpoints(app)).toBe(0)
  // The next day: nothing was added since, so nothing is posted; then something was.
  await unguarded(app.db, (sql) => sql`update channel_post set day = day - 1 where day is not null`)
  await postCheckpoints(app)
  await postAll()
  expect((await heads()).length).toBe(start + 1)
  const left = await desk.types(`channel list --cycle ${cycle.slug}`)
  expect(left.lines.join('\n')).toContain('Жаңалықтар')
})

test('a bot that loses the right to post is bound no more, and whoever bound it is told once', async () => {
  const [channel] = await bound()
  const chat = channel?.chat ?? 0
  const room = await openChannel.at(bot, bota, chat)
  await room.act('promote', { who: 'bot', rights: [], by: bota.id })
  await bota.sees('Бот бұл арнада енді жариялай алмайды')
  await Promise.all([loseChannel(bot.app, chat, 'clock'), loseChannel(bot.app, chat, 'clock')])
  const [row] = await bot.app.db.sql<{ count: number }[]>`
    select count(*)::int as count from delivery where kind = 'channel' and facts ->> 'what' = 'lost'`
  expect(row?.count).toBe(1)
  expect(await bound()).toEqual([])
})

test('a post that Telegram never answered is not posted twice, and one that it refuses for want of the right ends it', async () => {
  const channel = await boundBy(bota)
  const { app, cycle } = bot
  const waits = (day: string) =>
    unguarded(
      app.db,
      (sql) => sql`insert into channel_post (chat, cycle, day, checkpoint)
        values (${channel.id}, ${cycle.id}, ${day}, '{"size":1,"root":"r","signature":"s"}')`,
    )
  await bot.control('POST', 'faults', { method: 'sendMessage', times: 1, kind: 'drop-reply' })
  const start = (await channel.posts()).length
  await waits('2020-01-01')
  await postAll()
  const [row] = await app.db.sql<{ state: string }[]>`select state from channel_post where day = '2020-01-01'`
  expect(row?.state).toBe('unknown')
  expect((await channel.posts()).length).toBeLessThanOrEqual(start + 1)
  await bot.control('POST', 'faults', { method: 'sendMessage', times: 1, kind: '403' })
  await waits('2020-01-02')
  await bota.sees('Бот бұл арнада енді жариялай алмайды')
  expect(await bound()).toEqual([])
})

test('the command has the same doors: it waits for a channel, lists and releases it', async () => {
  const { slug } = bot.cycle
  const asked = await desk.types(`channel bind --cycle ${slug} --bot ${bot.username} --as ${dana.id}`)
  const link = /https:\S+/.exec(asked.lines.join(' '))?.[0] ?? ''
  const channel = await openChannel(bot, dana)
  await channel.follow(dana, link)
  await until(async () => (await bound()).length === 1)
  const [{ id } = { id: 0 }] = await bound()
  expect((await desk.types(`channel list --cycle ${slug}`)).lines.join(' ')).toContain(`${id} · “Жаңалықтар”`)
  expect(
    (await desk.types(`channel unbind ${id} --as ${(await bot.resident('kk')).id}`)).refused,
  ).toBeDefined()
  expect((await desk.types(`channel unbind ${id}`)).refused).toBeUndefined()
  expect((await desk.types(`channel unbind ${id}`)).refused).toBeDefined()
  expect(await bound()).toEqual([])
})
