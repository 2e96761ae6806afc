// Test cards: nobody's rows among the others, known to observers alone until the close; then left out, and held against what was written down.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../src/core/audit/event.ts'
import { compareTests, readTestNotes } from '../../src/core/audit/test-ballots.ts'
import {
  drawTestRows,
  readTestList,
  type TestList,
  testList,
  testListText,
} from '../../src/core/audit/tests.ts'
import { readBundle, writeBundle } from '../../src/core/bundle/bundle.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { sealCards } from '../../src/sealing/seal-cards.ts'
import { verify } from '../../src/sealing/sign.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { handOverCards } from '../../src/use-cases/hand-over-cards.ts'
import { importRoll } from '../../src/use-cases/import-roll.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openTests, readTestBallots } from '../../src/use-cases/open-tests.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { draftOf, eventOf, leafOf, signAnew } from '../support/bundle-faults.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, type SmallCycle, smallCycle, vote } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('test-cards')
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

interface Printed {
  cycle: SmallCycle
  list: TestList
  /** By register number. */
  codes: Map<number, string>
}

/** A village whose cards were printed with test cards among them and came in; a practice, so that one person may do all. */
async function printed(slug: string, people: number, tests: number): Promise<Printed> {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000, 3_000_000]], { trial: true })
  const village = String(cycle.villages[0])
  const csv = ['ауыл;нөмір', ...Array.from({ length: people }, (_, n) => `${village};${n + 1}`)].join('\n')
  const made = sealCards({
    sodium: app.sodium,
    csv: utf8(csv),
    villages: [{ id: village, kato: village, name: { kk: slug, ru: slug } }],
    cycle: slug,
    importKey: app.secrets.importKeys.publicKey,
    randomBytes: app.random,
    tests,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  const { sealed, tests: list, cards } = made.value
  if (!list) throw new Error('no tests')
  must(await importRoll(app, cycle.id, sealed, 'command'))
  return { cycle, list, codes: new Map(cards.map(({ register, code }) => [register, code])) }
}

async function opened(one: Printed): Promise<void> {
  const { cycle, codes } = one
  await openVoting(app, cycle.id)
  must(await handOverCards(app, cycle.id, cycle.villages[0] as number, `1-${codes.size}`, 'command'))
}

const votes = async ({ cycle, codes }: Printed, register: number, marks: readonly string[]) => {
  const account = 10_000 * cycle.id + register
  const claimed = must(
    await verifyAccount(app, account, { id: cycle.id, method: 'card' }, codes.get(register) ?? ''),
  )
  const cast = await vote(app, cycle.id, { account, ...claimed }, marks)
  return must(cast).number
}

async function close({ cycle }: Printed): Promise<void> {
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
}

test('test rows follow the last number of villages drawn by lot, and nothing in the file for the server tells them apart', async () => {
  const rows = ['11', '12'].flatMap((village) => [1, 2, 3].map((register) => ({ village, register })))
  const drawn = drawTestRows(rows, 40, app.random)
  const inFirst = drawn.filter(({ village }) => village === '11')
  expect(inFirst.map(({ register }) => register)).toEqual(inFirst.map((_, n) => 4 + n))
  expect(inFirst.length).toBeGreaterThan(5)
  expect(inFirst.length).toBeLessThan(35)
  const { cycle, list } = await printed('mixed', 4, 3)
  const rowsStored = await app.db.sql<{ register: number }[]>`
    select register_no as register from roll_row where cycle = ${cycle.id} order by id`
  expect(rowsStored.map(({ register }) => register)).toEqual([1, 2, 3, 4, 5, 6, 7])
  const [leaf] = await app.db.sql<{ event: Record<string, unknown> }[]>`
    select convert_from(body, 'UTF8')::jsonb -> 1 as event from leaf where log = ${cycle.id} and kind = 'tests-sealed'`
  expect(Object.keys(leaf?.event ?? {}).sort()).toEqual(['at', 'by', 'cycle', 'kind', 'list', 'tests'])
  expect(readTestList(utf8(testListText(list)))).toEqual(list)
  expect(readTestList(utf8(testListText({ ...list, tests: list.tests.toReversed() })))).toBeUndefined()
})

test('test votes are left out, the sums hold, and both verifiers name whoever leaves out another ballot', async () => {
  const one = await printed('left-out', 12, 3)
  const { cycle, list } = one
  await opened(one)
  for (let row = 1; row <= 12; row++) await votes(one, row, [row > 4 ? 'a1' : 'a2'])
  const notes = [`${await votes(one, 13, ['a3'])};3`, `${await votes(one, 14, ['a2', 'a3'])};2 3`]
  await votes(one, 14, ['a1'])
  notes[1] = `${await votes(one, 14, ['a3', 'a1'])};1 3`
  await close(one)
  expect(kindOf(await countCycle(app, cycle.id, 'command')), 'not before the list is open').toBe('tests')
  const other = testList(cycle.slug, 'f'.repeat(64), list.tests)
  expect(kindOf(await openTests(app, cycle.id, other, 'command'))).toBe('other-list')
  expect(must(await openTests(app, cycle.id, list, 'command'))).toEqual({ cards: 3, ballots: 2, same: false })
  expect(must(await openTests(app, cycle.id, list, 'command')).same).toBe(true)
  await numberLeaves(app)
  const { ballots } = must(await readTestBallots(app, cycle.id, 'command'))
  const wrote = (lines: string[]) => readTestNotes(lines.join('\n')).notes
  expect(compareTests(ballots, wrote(notes), false)).toEqual([])
  const [first = '', second = ''] = notes
  const kinds = compareTests(ballots, wrote([first.replace(';3', ';2'), '12345678901234;1']), false)
  expect(kinds.map(({ kind }) => kind)).toEqual(['other', 'unknown'])
  expect(compareTests(ballots, wrote([first]), false)).toMatchObject([
    { kind: 'unknown', receipt: second.slice(0, 14) },
  ])
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  await numberLeaves(app)
  const good = must(await makeBundle(app, cycle.slug))
  const territory = cycle.villages[0] as number
  expect(good.verified.tallies.get(String(territory))).toEqual({
    cast: 16,
    counted: 12,
    superseded: 2,
    void: 0,
    set_aside: 0,
    test: 2,
  })
  const shown = must(await readResult(app, cycle.id, territory, 'general'))
  expect(shown).toMatchObject({ ballots: 12, roll: 12 })
  const files: Record<string, Uint8Array> = { good: good.bytes }
  for (const [name, alter] of Object.entries(ALTERED)) files[name] = altered(good.bytes, alter)
  const ours = (bytes: Uint8Array) =>
    verifyBundle(bytes, { verify: (text, signature, key) => verify(app.sodium, text, signature, key) })
  const found = Object.keys(ALTERED).map((name) => {
    const { checks } = ours(files[name] as Uint8Array)
    return [...checks.roll, ...checks.sums].map(({ kind }) => kind)
  })
  expect(found.map(([first]) => first)).toEqual(['tests-list', 'tests-sum', 'tests-sum', 'tests-unopened'])
  const python = await findPython()
  if (!python)
    return sayNotRun('the second verifier', 'no python3 with nacl here: apt-get install python3-nacl')
  const run = promisify(execFile)
  for (const [name, bytes] of Object.entries(files)) {
    const file = join(desk.folder, `tests-${name.replaceAll(' ', '-')}`)
    await writeFile(file, bytes)
    const { stdout } = await run(python, [SCRIPT, file]).catch((error: { stdout: string }) => error)
    expect(stdout, name).toMatch(name === 'good' ? /^good / : /^bad \S+: (?:roll|sums):/)
  }
}, 60_000)

/** What somebody with the server's keys makes of a leaf; undefined: takes it away. */
const ALTERED: Record<string, (event: Event) => Event | undefined> = {
  'another salt': (event) => (event.kind === 'tests-opened' ? { ...event, salt: 'e'.repeat(64) } : event),
  'one ballot less': (event) =>
    event.kind === 'tests-opened' ? { ...event, ballots: event.ballots.slice(1) } : event,
  'no ballot': (event) =>
    event.kind === 'tests-opened' ? { ...event, ballots: [...event.ballots.slice(1), 0] } : event,
  'never opened': (event) => (event.kind === 'tests-opened' ? undefined : event),
}

function altered(bytes: Uint8Array, alter: (event: Event) => Event | undefined): Uint8Array {
  const draft = draftOf(must(readBundle(bytes)))
  draft.leaves = draft.leaves.flatMap((leaf) => {
    const event = eventOf(leaf)
    const after = event && alter(event)
    return event === after ? [leaf] : after ? [leafOf(after)] : []
  })
  signAnew(app, draft)
  return writeBundle(draft)
}

test('whoever leaves out the ballot of a resident in place of a test is named at the count', async () => {
  const one = await printed('swapped', 3, 2)
  await opened(one)
  for (const row of [1, 2, 4]) await votes(one, row, ['a1'])
  await close(one)
  must(await openTests(app, one.cycle.id, one.list, 'command'))
  await numberLeaves(app)
  await unguarded(app.db, async (sql) => {
    await sql`update roll_row set register_no = 90 where cycle = ${one.cycle.id} and register_no = 4`
    await sql`update roll_row set register_no = 4 where cycle = ${one.cycle.id} and register_no = 1`
  })
  const counted = await countCycle(app, one.cycle.id, 'command')
  const { problem } = counted as { problem: { faults?: { kind: string }[] } }
  expect(problem.faults?.map(({ kind }) => kind)).toContain('tests-ballots')
})

test('a bot that alters 5 % of the ballots is found by 60 test cards in 95 of 100 votes', () => {
  const times = 1_000
  // A seed of its own, so that it is the same on every machine: mulberry32.
  let state = 20_260_605
  const chance = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const found = Array.from({ length: times }, () => {
    // The bot cannot tell a test from a resident: each ballot is altered with one in twenty.
    const opened = Array.from({ length: 60 }, (_, n) => ({
      seq: n,
      village: '11',
      receipt: String(n).padStart(14, '0'),
      marks: chance() < 0.05 ? '9' : '1',
    }))
    const notes = opened.map(({ receipt }, n) => ({ line: n + 1, receipt, marks: '1' }))
    return compareTests(opened, notes, false).length > 0
  }).filter(Boolean).length
  // 1 − 0.95⁶⁰ = 0.9539; four standard deviations of 1,000 votes are 0.0265.
  expect(Math.abs(found / times - (1 - 0.95 ** 60))).toBeLessThan(0.0265)
})
