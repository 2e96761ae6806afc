// Canaries: choices, card codes and phones that people enter are nowhere to be found afterwards, whatever went wrong meanwhile.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { labelButton } from '../../src/bot/vote/view.ts'
import { everywhere } from '../../src/core/localised.ts'
import { cardCode, formatCardCode } from '../../src/core/person.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { contactMac } from '../../src/verification/contact.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { beginWal, dump, found, foundInWal, keysOf, spellings, tables, type Wal } from '../support/canary.ts'
import { cards } from '../support/cards.ts'
import { day, must, newVillage, openVoting } from '../support/cycle.ts'
import { type Fleet, openFleet, type Resident } from '../support/fleet.ts'
import { sayNotRun } from '../support/notes.ts'
import { type RedisService, startRedis } from '../support/redis.ts'
import { marks, opens, receiptsIn } from './survive-journey.ts'
import { asOwner, onServer } from '../support/database.ts'
import { cycleOf, enterRows } from '../support/people.ts'

const there = hasRedisServer()
if (!there) sayNotRun('the story of the canaries', 'there is no redis-server program')

let redis: RedisService
let app: TestApp
let fleet: Fleet
let wal: Wal | undefined
beforeAll(async () => {
  if (!there) return
  redis = (await startRedis()) as RedisService
  app = await testApp('canary')
  fleet = await openFleet(app, { redisUrl: redis.url })
})
afterAll(async () => {
  await wal?.release()
  await fleet?.stop()
  await redis?.stop()
  await app?.done()
})

/** Twelve digits that nobody else writes. */
const twelve = () => String(100_000_000_000 + (Buffer.from(app.random(6)).readUIntBE(0, 6) % 899_999_999_999))

async function canaryCycle(slug: string, method: 'card' | 'contact') {
  const territory = await newVillage(app, slug)
  const ids = [twelve(), twelve(), twelve()]
  const cycle = must(
    await createCycle(
      app,
      {
        slug,
        title: everywhere(slug),
        profile: 'advisory',
        terms: { method },
        timeline: { announced: day(-2), voting: day(-1), counting: day(13) },
        territories: [{ territory, budget: 1000 }],
        projects: ids.map((id, at) => ({
          id,
          territory,
          title: everywhere(`project ${at + 1}`),
          category: 'roads',
          cost: 100,
        })),
      },
      'command',
    ),
  )
  await openVoting(app, cycle)
  return { cycle, territory, ids }
}
const raw = async (person: Resident, data: string) => {
  const { messages } = await person.sees()
  await person.act('press-raw', { message_id: messages.at(-1).message_id, data })
  await fleet.settled()
}
const sends = async (person: Resident) => person.taps(person.t('vote.send.button'))
const breakInserts = (table: string) =>
  asOwner(app.db, (sql) =>
    sql.unsafe(`
    create or replace function broken() returns trigger language plpgsql as
      $$ begin raise exception 'broken %', new using detail = new::text; end $$;
    create trigger broken before insert on ${table} for each row execute function broken()`),
  )
const repair = (table: string) => asOwner(app.db, (sql) => sql.unsafe(`drop trigger broken on ${table}`))

test.runIf(there)(
  'choices, codes and phones are in no table, no dump, no log line, and after Send not in Redis',
  async () => {
    const card = await canaryCycle('canary-card', 'card')
    const contact = await canaryCycle('canary-contact', 'contact')
    wal = await beginWal(app.url)
    const [typed, linked, mistyped, unsent] = await cards(app, card.cycle, card.territory, 4)
    const guessed = cardCode(app.random(16))
    const phone = '77017654329'
    const word = 'келіншек'
    const row = {
      territory: contact.territory,
      registerNo: 1,
      contactMac: contactMac(phone, app.secrets.pepper(contact.cycle)),
    }
    const stored = await cycleOf(app, contact.cycle)
    await app.db.begin((tx) => enterRows(app, tx, stored, [row]))
    const codeOf = (one: { code: string } | undefined) => one?.code as string

    // A card typed in two messages, after a guess and a typing mistake; a ballot, a broken Send, a revote.
    const aigul = await fleet.resident('Айгүл', card, 'kk')
    await opens(aigul)
    await aigul.tells(formatCardCode(guessed))
    await aigul.tells(codeOf(mistyped).replace(/.$/, (last) => String((Number(last) + 1) % 10)))
    await breakInserts('claim')
    await aigul.tells(formatCardCode(codeOf(typed)))
    await repair('claim')
    await aigul.tells(codeOf(typed).slice(0, 7))
    await aigul.tells(codeOf(typed).slice(7))
    await marks(aigul, [1, 3])
    await aigul.taps(aigul.t('vote.review.button'))
    await breakInserts('ballot')
    await sends(aigul)
    await repair('ballot')
    await opens(aigul) // the marks are still there
    await aigul.taps(aigul.t('vote.review.button'))
    await fleet.room.control('POST', 'faults', { method: 'editMessageText', kind: '500', times: 4 })
    await sends(aigul)
    await sends(aigul)
    const [claim] = await app.db.sql<
      { row: number }[]
    >`select roll_row as row from claim where account = ${aigul.id}`
    await raw(aigul, labelButton.pack({ cycle: card.cycle, rollRow: claim?.row as number }))
    await aigul.tells(word)
    const listed = (await aigul.sees()).messages.at(-1).buttons.flat() as { text: string }[]
    await aigul.taps(listed.find(({ text }) => text.includes(word))?.text as string)
    await marks(aigul, [2])
    await aigul.taps(aigul.t('vote.review.button'))
    await sends(aigul)

    // A card by its link; a handler that hangs until it is set aside.
    const erlan = await fleet.resident('Ерлан', card, 'ru')
    await erlan.tells(`/start c_${codeOf(linked)}`)
    await erlan.taps(erlan.t('common.yes.button'))
    await marks(erlan, [2, 3])
    await erlan.taps(erlan.t('vote.review.button'))
    const holder = await app.db.sql.reserve()
    await holder`begin`
    await holder`select 1 from roll_row where cycle = ${card.cycle} for update`
    await fleet.impatientWith(erlan, async () => {
      await erlan.presses(erlan.t('vote.send.button'))
      await fleet.hurry()
    })
    await holder`rollback`
    holder.release()
    await sends(erlan)

    // A phone, shared and typed; a picture with a code under it.
    const ann = await fleet.resident('Ann', contact, 'en')
    await opens(ann)
    await ann.tells(phone)
    await ann.sends({ contact: 'own', phone_number: `+${phone}` })
    await fleet.settled()
    await marks(ann, [1])
    await ann.taps(ann.t('vote.review.button'))
    await sends(ann)
    await ann.tells(`my code is ${codeOf(typed)}, my phone ${phone}`)

    // A ballot that is marked and not sent: its marks are in the session store and nowhere else.
    const asem = await fleet.resident('Әсем', card, 'kk')
    await asem.tells(codeOf(unsent))
    await marks(asem, [3])

    expect((await app.db.sql`select 1 from ballot`).length).toBe(4)
    for (const person of [aigul, erlan, ann])
      expect(receiptsIn(await person.texts()).length).toBeGreaterThan(0)

    const projects = [...card.ids, ...contact.ids]
    const codes = [guessed, ...[typed, linked, mistyped, unsent].map(codeOf)]
    const people = [...codes, ...codes.map(formatCardCode), phone, phone.slice(1), '701 765', '701-765']
    const secrets = [...projects, ...people]
    const dumps = [await tables(app.db.sql), await dump(app.url, 'plain'), await dump(app.url, 'inserts')]
    if (!dumps[1]) sayNotRun('the search for canaries in pg_dump', 'there is no pg_dump for this server')
    for (const all of dumps) {
      if (!all) continue
      for (const [table, text] of all)
        expect(found(text, table === 'project' ? people : secrets), `table ${table}`).toEqual([])
      // The search does find what is there.
      expect(found(all.get('project') ?? '', projects)).toEqual(projects)
      expect(found(all.get('claim') ?? '', [word])).toEqual([word])
      expect(all.get('ballot')?.length).toBeGreaterThan(500)
    }
    // The list of projects was written before; what is written about their voters since, names none of them.
    const from = wal?.from
    if (from === undefined) sayNotRun('the search for canaries in the WAL', 'the login may not read it')
    else
      await onServer(app.url, async (sql) =>
        expect(await foundInWal(sql, from, [...secrets, word])).toEqual([word]),
      )
    const lines = fleet.lines.join('\n')
    expect(found(lines, [...secrets, word])).toEqual([])
    expect(
      fleet.lines.filter((line) => line.includes('"update failed"')).length,
      'errors were provoked',
    ).toBe(2)
    expect(lines).toContain('update set aside')

    const kept = await keysOf(redis.url)
    const [unsentMarks, ...others] = kept.filter((entry) => found(entry, secrets).length > 0)
    expect(others).toEqual([])
    expect(unsentMarks).toMatch(/^[^ ]*marks:/)
    expect(found(unsentMarks ?? '', secrets)).toEqual([card.ids[2]])
  },
)

test('a canary is found in every spelling', () => {
  const secret = '834561209447'
  for (const pad of ['', 'a', 'ab', 'abc']) {
    const around = Buffer.from(`${pad}${secret}${pad}x`)
    for (const form of ['utf8', 'hex', 'base64', 'base64url'] as const)
      expect(found(`…${around.toString(form)}…`, [secret]), `${form} after ${pad}`).toEqual([secret])
  }
  expect(found(`\\x${Buffer.from(secret).toString('hex').toUpperCase()}`, [secret])).toEqual([secret])
  expect(found('834561209448', [secret])).toEqual([])
  expect(Math.min(...spellings(secret).map((one) => one.length))).toBeGreaterThan(11)
})
