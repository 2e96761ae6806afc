// The voter roll and its cards: in once, by two where two must agree, alive only from the desk's hand on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountMark } from '../../src/use-cases/actor.ts'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { cardCode } from '../../src/core/person.ts'
import { writeSealedFile } from '../../src/core/formats/sealed-file.ts'
import type { RollFile } from '../../src/core/roll.ts'
import { boxKeys, seal } from '../../src/sealing/sealed-box.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { handOverCards } from '../../src/use-cases/hand-over-cards.ts'
import { type Imported, importRoll } from '../../src/use-cases/import-roll.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { seededBytes, type TestApp, testApp } from '../support/app.ts'
import { kindOf, letClose, must, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'
import { PRINTER } from '../support/roll.ts'

let app: TestApp
const chance = seededBytes('roll')
const [FIRST, SECOND, STRANGER] = [11, 22, 33]

beforeAll(async () => {
  app = await testApp('roll')
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(() => app.done())

/** A sealed file with `count` rows and a card each, in the first village. */
function rollFile(cycle: SmallCycle, count: number, change: (file: RollFile) => RollFile = (file) => file) {
  const village = String(cycle.villages[0])
  const rows = Array.from({ length: count }, (_, at) => ({ village, register: at + 1 }))
  const cards = rows.map((row, at) => ({ ...row, serial: at + 1, code: cardCode(chance(16)) }))
  const file = change({ format: 'dauys-roll-v1', cycle: cycle.slug, rows, cards, printedBy: PRINTER })
  return { text: sealed(file, app.secrets.importKeys.publicKey), codes: cards.map(({ code }) => code) }
}

function sealed(file: RollFile, publicKey: Uint8Array): string {
  const box = seal(app.sodium, publicKey, utf8(JSON.stringify(file)))
  return writeSealedFile({ format: file.format, cycle: file.cycle, publicKey, box })
}

const claim = (cycle: SmallCycle, account: number, code: string) =>
  verifyAccount(app, account, { id: cycle.id, method: 'card' }, code)

/** What the leaves of a cycle's roll say of its first village, in their order. */
async function rowsLogged(cycle: SmallCycle): Promise<number[]> {
  const bodies = await app.db.sql<
    { body: Uint8Array }[]
  >`select body from leaf where log = ${cycle.id} and kind like 'roll-%' order by id`
  return bodies.map(({ body }) => {
    const event = must(decodeEvent(body))
    return ('rows' in event && event.rows[String(cycle.villages[0])]) || 0
  })
}

test('a roll that comes in twice is on the roll once; no code and no phone is stored', async () => {
  const cycle = await smallCycle(app, 'once', [[1_000_000]])
  const { text, codes } = rollFile(cycle, 5, (file) => ({
    ...file,
    rows: file.rows.map((row) => ({ ...row, phone: '77011234567' })),
  }))
  const [village] = cycle.villages
  const first = must(await importRoll(app, cycle.id, text, 'command'))
  expect(first).toEqual({
    state: 'applied',
    rows: { [`${village}`]: 5 },
    cards: 5,
    added: { rows: 5, cards: 5 },
  })
  const again = must(await importRoll(app, cycle.id, text, 'command'))
  expect(again).toEqual({ ...first, added: { rows: 0, cards: 0 } })
  const { sql } = app.db
  const dump = JSON.stringify([
    await sql`select encode(code_hash, 'escape') from card`,
    await sql`select * from roll_import`,
    await sql`select convert_from(body, 'UTF8') from leaf`,
    await sql`select contact_mac from roll_row where cycle = ${cycle.id} and contact_mac is not null`,
  ])
  for (const code of codes) expect(dump).not.toContain(code)
  expect(dump).not.toContain('7011234567')
  expect(dump).toMatch(/\[\]\]$/) // a cycle by cards keeps no number, not even hashed
})

test('a corrected roll adds its new rows and leaves those of before alone', async () => {
  const cycle = await smallCycle(app, 'corrected', [[1_000_000]])
  const { text, codes } = rollFile(cycle, 3)
  must(await importRoll(app, cycle.id, text, 'command'))
  must(await handOverCards(app, cycle.id, cycle.villages[0] as number, '1-3', FIRST))
  must(await claim(cycle, 101, codes[0] as string))
  const keep = (file: RollFile): RollFile => ({
    ...file,
    cards: file.cards?.map((card, at) => ({ ...card, code: codes[at] ?? card.code })),
  })
  const more = must(await importRoll(app, cycle.id, rollFile(cycle, 4, keep).text, 'command'))
  expect(more.added).toEqual({ rows: 1, cards: 1 })
  expect(await rowsLogged(cycle), 'a row is said once, also where a file brings it again').toEqual([3, 1])
  // Sheets that were printed anew under old serials would be paper that never works.
  const anew = await importRoll(app, cycle.id, rollFile(cycle, 5).text, 'command')
  expect(anew).toEqual({ ok: false, problem: { kind: 'serials-taken', cards: 4 } })
  expect(await app.db.sql`select 1 from roll_row where cycle = ${cycle.id}`).toHaveLength(4)
  expect(must(await claim(cycle, 101, codes[0] as string)).already).toBe(true)
  expect((await claim(cycle, 102, codes[1] as string)).ok).toBe(true)
})

/** The proposal that an import waits as. */
function waiting(imported: Imported): string {
  if (!imported.proposed) throw new Error('nothing waits')
  return imported.proposed.id
}
const rowsOf = async ({ id }: SmallCycle) =>
  (await app.db.sql`select 1 from roll_row where cycle = ${id}`).length

test('in a binding cycle the roll waits until a second official confirms it; the importer cannot, nor anyone without the role', async () => {
  const cycle = await smallCycle(app, 'two', [[1_000_000]], { profile: 'binding' })
  const { text, codes } = rollFile(cycle, 2)
  expect(kindOf(await importRoll(app, cycle.id, text, 'command'))).toBe('name-official')
  expect(kindOf(await importRoll(app, cycle.id, text, STRANGER))).toBe('not-allowed')
  const proposed = must(await importRoll(app, cycle.id, text, FIRST))
  expect(proposed).toMatchObject({ state: 'proposed', proposed: { askable: [SECOND], already: false } })
  const id = waiting(proposed)
  expect(must(await importRoll(app, cycle.id, text, FIRST)).proposed).toMatchObject({ id, already: true })
  expect(kindOf(await confirmAct(app, id, FIRST))).toBe('same-person')
  expect(kindOf(await confirmAct(app, id, STRANGER))).toBe('not-allowed')
  expect(await rowsOf(cycle)).toBe(0)
  const both = await Promise.all([confirmAct(app, id, SECOND), confirmAct(app, id, SECOND)])
  expect(both.map(kindOf).sort()).toEqual(['done', 'ok'])
  expect(await rowsOf(cycle)).toBe(2)
  expect(must(await importRoll(app, cycle.id, text, FIRST)).state).toBe('applied')
  must(await handOverCards(app, cycle.id, cycle.villages[0] as number, '1', FIRST))
  expect((await claim(cycle, 201, codes[0] as string)).ok).toBe(true)
  const bodies = await app.db.sql<
    { body: Uint8Array }[]
  >`select body from leaf where log = ${cycle.id} order by id`
  const events = bodies.flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok ? [event.value] : []
  })
  expect(events.map(({ kind }) => kind)).toEqual([
    'cycle-created',
    'roll-imported',
    'cards-printed',
    'roll-approved',
    'cards-handed-over',
    'claimed',
  ])
  expect(events[3]).toMatchObject({ by: accountMark(app, FIRST), second: accountMark(app, SECOND) })
})

test('what waits holds no code, and is not what is confirmed once somebody changed it', async () => {
  const cycle = await smallCycle(app, 'swapped', [[1_000_000]], { profile: 'binding' })
  const { text, codes } = rollFile(cycle, 2)
  const id = waiting(must(await importRoll(app, cycle.id, text, FIRST)))
  const [staged] = await app.db.sql<{ body: string }[]>`select body from staged_roll`
  for (const code of codes) expect(staged?.body).not.toContain(code)
  await app.db.sql`update staged_roll set body = replace(body, ',1,', ',7,')`
  expect(await confirmAct(app, id, SECOND)).toEqual({
    ok: false,
    problem: { kind: 'cannot', why: 'roll-gone' },
  })
  expect(await rowsOf(cycle)).toBe(0)
  // Imported again it waits as it is in the file.
  must(await importRoll(app, cycle.id, text, FIRST))
  must(await confirmAct(app, id, SECOND))
  expect(await rowsOf(cycle)).toBe(2)
  expect(await app.db.sql`select 1 from staged_roll`).toHaveLength(0)
})

test('once voting is open an addition needs two officials in every profile; after the close there are none', async () => {
  const cycle = await smallCycle(app, 'late-roll', [[1_000_000]])
  await openVoting(app, cycle.id)
  const { text } = rollFile(cycle, 2)
  expect(kindOf(await importRoll(app, cycle.id, text, 'command'))).toBe('name-official')
  must(await confirmAct(app, waiting(must(await importRoll(app, cycle.id, text, FIRST))), SECOND))
  expect(await rowsOf(cycle)).toBe(2)
  const third = rollFile(cycle, 3, (file) => ({ ...file, cards: (file.cards ?? []).slice(2) }))
  const next = waiting(must(await importRoll(app, cycle.id, third.text, FIRST)))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  expect(await confirmAct(app, next, SECOND)).toEqual({
    ok: false,
    problem: { kind: 'cannot', why: 'closed' },
  })
})

describe('a file that does not fit is refused whole', () => {
  let cycle: SmallCycle
  beforeAll(async () => {
    cycle = await smallCycle(app, 'misfits', [[1_000_000]])
  })
  const kind = async (change: (file: RollFile) => RollFile) =>
    kindOf(await importRoll(app, cycle.id, rollFile(cycle, 2, change).text, 'command'))
  test('for another cycle, with an unknown village, a row twice, a card without a row', async () => {
    expect(await kind((file) => ({ ...file, cycle: 'once' }))).toBe('other-cycle')
    expect(
      await kind((file) => ({ ...file, rows: [...file.rows, { village: '999999', register: 9 }] })),
    ).toBe('unknown-village')
    expect(await kind((file) => ({ ...file, rows: [...file.rows, ...file.rows] }))).toBe('not-a-roll')
    expect(await kind((file) => ({ ...file, rows: file.rows.slice(1) }))).toBe('not-a-roll')
    expect(await app.db.sql`select 1 from roll_row where cycle = ${cycle.id}`).toHaveLength(0)
  })

  test('one village in two spellings, so that a row or a serial stands twice after all', async () => {
    const kato = '103651100'
    await asOwner(
      app.db,
      (sql) => sql`update territory set kato = ${kato} where id = ${cycle.villages[0] as number}`,
    )
    const again = (file: RollFile): RollFile => ({
      ...file,
      rows: [...file.rows, { village: kato, register: 1 }],
    })
    expect(await kind(again)).toBe('row-twice')
    const other = { village: kato, register: 7 }
    const serial = (file: RollFile): RollFile => ({
      ...file,
      rows: [...file.rows, other],
      cards: [...(file.cards ?? []), { ...other, serial: 1, code: cardCode(chance(16)) }],
    })
    expect(await kind(serial)).toBe('serial-twice')
  })

  test('sealed to another server, or damaged on the way', async () => {
    const village = String(cycle.villages[0])
    const file: RollFile = { format: 'dauys-roll-v1', cycle: 'misfits', rows: [{ village, register: 1 }] }
    const other = sealed(file, boxKeys(app.sodium).publicKey)
    expect(kindOf(await importRoll(app, cycle.id, other, 'command'))).toBe('other-key')
    const good = sealed(file, app.secrets.importKeys.publicKey)
    expect(kindOf(await importRoll(app, cycle.id, good.slice(0, -60), 'command'))).toBe('cut-off')
    expect(kindOf(await importRoll(app, cycle.id, 'hello', 'command'))).toBe('not-a-sealed-file')
  })

  test('with cards for a cycle that verifies by contact', async () => {
    const byContact = await smallCycle(app, 'by-contact', [[1_000_000]], { terms: { method: 'contact' } })
    const { text } = rollFile(byContact, 1)
    expect(kindOf(await importRoll(app, byContact.id, text, 'command'))).toBe('cards-not-wanted')
  })
})

test('a phone that was imported selects its row, however the roll was written', async () => {
  const cycle = await smallCycle(app, 'phones', [[1_000_000]], { terms: { method: 'contact' } })
  const { text } = rollFile(cycle, 1, ({ format, cycle: slug, rows }) => ({
    format,
    cycle: slug,
    rows: rows.map((row) => ({ ...row, phone: '77051112233' })),
  }))
  must(await importRoll(app, cycle.id, text, 'command'))
  const contact = { id: cycle.id, method: 'contact' } as const
  expect((await verifyAccount(app, 301, contact, '77051112233')).ok).toBe(true)
  expect((await verifyAccount(app, 302, contact, '77051112234')).ok).toBe(false)
})

describe('the desk enters serials', () => {
  test('a range without one; a card that was not handed over stays dead; the same list again changes nothing', async () => {
    const cycle = await smallCycle(app, 'desk', [[1_000_000]])
    const { text, codes } = rollFile(cycle, 9)
    must(await importRoll(app, cycle.id, text, 'command'))
    const [village] = cycle.villages as [number]
    expect(kindOf(await claim(cycle, 401, codes[0] as string))).toBe('not-handed-over')
    const done = must(await handOverCards(app, cycle.id, village, '1–5 without 3', FIRST))
    expect(done).toEqual({ handed: [1, 2, 4, 5], already: [], own: [] })
    expect(must(await handOverCards(app, cycle.id, village, '1-2, 4, 5', FIRST))).toEqual({
      handed: [],
      already: [1, 2, 4, 5],
      own: [],
    })
    expect((await claim(cycle, 402, codes[0] as string)).ok).toBe(true)
    expect(kindOf(await claim(cycle, 402, codes[2] as string))).toBe('not-handed-over')
    const leaves = await app.db.sql`select 1 from leaf where log = ${cycle.id} and kind = 'cards-handed-over'`
    expect(leaves).toHaveLength(1)
  })

  test('a serial that the village does not have, or a dead one, enters nothing at all', async () => {
    const cycle = await smallCycle(app, 'slip', [[1_000_000]])
    const [village] = cycle.villages as [number]
    const { text } = rollFile(cycle, 3, (file) => ({
      ...file,
      cards: [...(file.cards ?? []), { ...file.cards![0]!, serial: 4, code: cardCode(chance(16)) }],
    }))
    must(await importRoll(app, cycle.id, text, 'command'))
    const slip = await handOverCards(app, cycle.id, village, '1-7', FIRST)
    expect(slip).toEqual({ ok: false, problem: { kind: 'unknown-serials', serials: [5, 6, 7] } })
    must(await handOverCards(app, cycle.id, village, '4', FIRST)) // a reissue of card 1, which it kills
    const acts = await app.db.sql<{ kind: string; serials: number[] }[]>`
      select l.kind, json_agg(a.serial) as serials from leaf l join card_act a on a.leaf = l.id
      where l.log = ${cycle.id} group by l.id order by l.id`
    expect(acts).toEqual([
      { kind: 'cards-printed', serials: [1, 2, 3, 4] },
      { kind: 'cards-handed-over', serials: [4] },
      { kind: 'cards-reissued', serials: [1] },
    ])
    const dead = await handOverCards(app, cycle.id, village, '1, 2', FIRST)
    expect(dead).toEqual({ ok: false, problem: { kind: 'dead-serials', serials: [1] } })
    const states = await app.db.sql`select state from card where cycle = ${cycle.id} order by serial`
    expect(states.map(({ state }) => state)).toEqual(['dead', 'printed', 'printed', 'handed_over'])
    expect(kindOf(await handOverCards(app, cycle.id, village, 'all', FIRST))).toBe('not-understood')
  })
})
