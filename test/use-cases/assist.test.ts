// Assisted votes: named by two, one person at a time, no more than the rules allow, counted once, and held against the log by everybody.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../src/core/audit/event.ts'
import { readBundle, writeBundle } from '../../src/core/bundle/bundle.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { verify } from '../../src/sealing/sign.ts'
import { reportRows } from '../../src/store/report.ts'
import { castAssisted } from '../../src/use-cases/cast-assisted.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { checkPerson } from '../../src/use-cases/check-person.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { endAssist } from '../../src/use-cases/end-assist.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { endFacilitator, nameFacilitator } from '../../src/use-cases/name-facilitator.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openAssist } from '../../src/use-cases/open-assist.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readSignals } from '../../src/use-cases/read-signals.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { draftOf, eventOf, leafOf, signAnew } from '../support/bundle-faults.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { day, kindOf, letClose, must, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { cycleOf, enterRows } from '../support/people.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))
const [FIRST, SECOND, HELPER, OTHER, AUDITOR] = [11, 12, 21, 22, 31]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('assist')
  desk = await clerk(app)
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
  must(await grantRole(app, { account: AUDITOR, role: 'auditor' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const at = ({ id, villages }: SmallCycle) => ({ cycle: id, territory: villages[0] as number })

/** A vote where documents are seen, open, with so many rows on its roll: 1, 2 … */
async function openCycle(slug: string, people: number, helped?: number): Promise<SmallCycle> {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000]], {
    terms: { method: 'in-person', ...(helped === undefined ? {} : { helped }) },
  } as Parameters<typeof smallCycle>[3])
  await openVoting(app, cycle.id)
  const { territory } = at(cycle)
  const rows = Array.from({ length: people }, (__, n) => ({ territory, registerNo: n + 1 }))
  const stored = await cycleOf(app, cycle.id)
  await app.db.begin((tx) => enterRows(app, tx, stored, rows))
  return cycle
}

async function named(cycle: SmallCycle, account: number): Promise<void> {
  const proposed = must(await nameFacilitator(app, { ...at(cycle), account, until: day(10) }, FIRST))
  if (proposed.kind !== 'proposed') throw new Error('named by one')
  must(await confirmAct(app, proposed.id, SECOND))
}

const open = (cycle: SmallCycle, registerNo: number, by = HELPER) =>
  openAssist(app, at(cycle), { registerNo }, by)

async function helped(cycle: SmallCycle, registerNo: number, marks: readonly string[], by = HELPER) {
  const ballot = must(await open(cycle, registerNo, by))
  const cast = must(await castAssisted(app, { ballot, account: by, marks }))
  must(await endAssist(app, by, by))
  return { ballot, ...cast }
}

async function close(cycle: SmallCycle): Promise<void> {
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
}

test('a facilitator is named by two for a village and until a day, and helps nobody before', async () => {
  const cycle = await openCycle('named', 3)
  must(
    await grantRole(app, { account: HELPER, role: 'facilitator', territory: at(cycle).territory }, 'command'),
  )
  expect(kindOf(await open(cycle, 1)), 'a role that one gave is not enough').toBe('not-allowed')
  const wish = { ...at(cycle), account: HELPER, until: day(10) }
  expect(kindOf(await nameFacilitator(app, wish, 'command'))).toBe('name-official')
  expect(kindOf(await nameFacilitator(app, { ...wish, account: FIRST }, FIRST))).toBe('to-oneself')
  expect(kindOf(await nameFacilitator(app, { ...wish, until: day(-1) }, FIRST))).toBe('until-past')
  expect(kindOf(await nameFacilitator(app, wish, AUDITOR))).toBe('not-allowed')
  const proposed = must(await nameFacilitator(app, wish, FIRST))
  if (proposed.kind !== 'proposed') throw new Error('named by one')
  expect(kindOf(await open(cycle, 1)), 'proposed only').toBe('not-allowed')
  expect(kindOf(await confirmAct(app, proposed.id, FIRST))).toBe('same-person')
  must(await confirmAct(app, proposed.id, SECOND))
  must(await open(cycle, 1))
  must(await endFacilitator(app, { ...at(cycle), account: HELPER }, SECOND))
  expect(kindOf(await open(cycle, 1)), 'it is over').toBe('not-allowed')
})

test('one facilitator helps as many people as the rules allow, the same person again is none more', async () => {
  const cycle = await openCycle('most', 4, 2)
  await named(cycle, HELPER)
  await helped(cycle, 1, ['a1'])
  await helped(cycle, 1, ['a2'])
  await helped(cycle, 2, ['a1'])
  expect(kindOf(await open(cycle, 3))).toBe('most-helped')
  await named(cycle, OTHER)
  await helped(cycle, 3, ['a1'], OTHER)
  must(await revokeRole(app, { account: OTHER, role: 'facilitator' }, 'command'))
  expect(kindOf(await open(cycle, 4, OTHER))).toBe('not-allowed')
})

test('a session is one ballot, by its own channel, and once it is over nothing is sent', async () => {
  const cycle = await openCycle('session', 3)
  await named(cycle, HELPER)
  const ballot = must(await open(cycle, 1))
  const { rollRow } = await rowOf(cycle, 1)
  const sent = { ballot, account: HELPER, rollRow, ...at(cycle), marks: ['a1'] }
  expect(kindOf(await castBallot(app, sent)), 'by the channel of others').toBe('not-verified')
  expect(kindOf(await castAssisted(app, { ballot, account: OTHER, marks: ['a1'] }))).toBe('not-verified')
  const cast = must(await castAssisted(app, { ballot, account: HELPER, marks: ['a1'] }))
  const again = must(await castAssisted(app, { ballot, account: HELPER, marks: undefined }))
  expect(again).toMatchObject({ number: cast.number, repeat: true })
  const left = must(await open(cycle, 2))
  must(await endAssist(app, HELPER, HELPER))
  expect(kindOf(await castAssisted(app, { ballot: left, account: HELPER, marks: ['a1'] }))).toBe(
    'not-verified',
  )
  expect(kindOf(await castBallot(app, { ...sent, ballot: left, channel: 'assisted' }))).toBe('not-verified')
  expect(kindOf(await open(cycle, 99))).toBe('no-such-row')
  must(await markPaper(app, at(cycle), 3, FIRST))
  expect(kindOf(await open(cycle, 3))).toBe('paper')
})

const rowOf = async (cycle: SmallCycle, registerNo: number): Promise<{ rollRow: number }> => {
  const [row] = await app.db.sql<{ rollRow: number }[]>`
    select id as "rollRow" from roll_row where cycle = ${cycle.id} and register_no = ${registerNo}`
  if (!row) throw new Error('no row')
  return row
}

test('assisted votes are counted, shown by channel, and whoever alters the log is named by both verifiers', async () => {
  const cycle = await openCycle('counted', 14)
  await named(cycle, HELPER)
  await named(cycle, OTHER)
  for (let row = 1; row <= 11; row++) await helped(cycle, row, ['a1'])
  await helped(cycle, 12, ['a2'], OTHER)
  await helped(cycle, 12, ['a1'], OTHER)
  const signals = must(await readSignals(app, cycle.id, AUDITOR))
  expect(signals).toContainEqual(expect.objectContaining({ kind: 'facilitator', votes: 11, of: 12 }))
  const [row] = await reportRows(app.db, cycle.id)
  expect(row, 'who was helped proved who they are').toMatchObject({ verified: 12, opened: 12, voted: 12 })
  must(await markPaper(app, at(cycle), 11, FIRST))
  must(await markPaper(app, at(cycle), 13, FIRST))
  await close(cycle)
  for (const by of [FIRST, SECOND]) must(await enterPapers(app, at(cycle), { text: '2', returned: 1 }, by))
  must(await countCycle(app, cycle.id, 'command'))
  await numberLeaves(app)
  must(await publishResults(app, cycle.id, 'command'))
  await numberLeaves(app)
  const good = must(await makeBundle(app, cycle.slug))
  expect(good.verified.tallies.get(String(at(cycle).territory))).toMatchObject({
    cast: 13,
    counted: 11,
    superseded: 1,
    void: 1,
    paper: 1,
  })
  expect([...good.verified.facts.channels]).toEqual([['assisted', 13]])
  const files: Record<string, Uint8Array> = { good: good.bytes }
  for (const [name, alter] of Object.entries(ALTERED)) files[name] = altered(good.bytes, alter)
  const ours = (bytes: Uint8Array) =>
    verifyBundle(bytes, { verify: (text, signature, key) => verify(app.sodium, text, signature, key) })
  const found = Object.keys(ALTERED).map((name) => ours(files[name] as Uint8Array).checks.roll[0]?.kind)
  expect(found).toEqual([
    'assist-unopened',
    'assist-by',
    'facilitator-named',
    'one-official',
    'facilitator-named',
  ])
  const python = await findPython()
  if (!python)
    return sayNotRun('the second verifier', 'no python3 with nacl here: apt-get install python3-nacl')
  const run = promisify(execFile)
  for (const [name, bytes] of Object.entries(files)) {
    const file = join(desk.folder, name)
    await writeFile(file, bytes)
    const { stdout } = await run(python, [SCRIPT, file]).catch((error: { stdout: string }) => error)
    expect(stdout).toMatch(name === 'good' ? /^good / : /^bad \S+: (?:roll|rules):/)
  }
}, 60_000)

/** What somebody with the server's keys makes of a leaf; undefined: takes it away. */
const ALTERED: Record<string, (event: Event) => Event | undefined> = {
  session: (event) => (event.kind === 'assist-opened' ? undefined : event),
  stranger: (event) => (event.kind === 'assist-opened' ? { ...event, by: 'f'.repeat(64) } : event),
  over: (event) => (event.kind === 'facilitator-named' ? { ...event, until: event.at } : event),
  alone: (event) => (event.kind === 'facilitator-named' ? { ...event, second: event.by as string } : event),
  self: (event) => (event.kind === 'facilitator-named' ? { ...event, account: event.by as string } : event),
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

/** What the owner of the database does to a closed vote with an assisted ballot and a document seen, and what the count names. */
const HOSTILE: [what: string, how: (cycle: SmallCycle) => Promise<unknown>, named: string][] = [
  [
    'a session past the program, and a ballot cast in it',
    async (cycle) => {
      const { rollRow } = await rowOf(cycle, 3)
      const ballot = '11111111-1111-4111-8111-111111111111'
      await asOwner(app.db, async (sql) => {
        await sql`insert into opened_ballot (id, cycle, roll_row, account) values (${ballot}, ${cycle.id}, ${rollRow}, ${HELPER})`
        await sql`insert into assist (ballot, cycle, roll_row, account) values (${ballot}, ${cycle.id}, ${rollRow}, ${HELPER})`
      })
      must(await castAssisted(app, { ballot, account: HELPER, marks: ['a2'] }))
    },
    'assist-unopened',
  ],
  [
    'an assisted ballot given to another right',
    async (cycle) => {
      const { rollRow } = await rowOf(cycle, 3)
      await unguarded(
        app.db,
        (sql) =>
          sql`update ballot set roll_row = ${rollRow} where cycle = ${cycle.id} and channel = 'assisted'`,
      )
    },
    'assist-unopened',
  ],
  [
    'an assisted ballot passed off as one of the person’s own phone',
    (cycle) =>
      unguarded(app.db, (sql) => sql`update ballot set channel = 'online' where cycle = ${cycle.id}`),
    'ballot-channel',
  ],
  ...(['person-checked', 'assist-opened', 'facilitator-named'] as const).map(
    (kind): (typeof HOSTILE)[number] => [
      `another account in the leaf ${kind}`,
      (cycle) =>
        unguarded(
          app.db,
          (sql) => sql`update leaf set body = convert_to(regexp_replace(convert_from(body, 'UTF8'),
            '"by":"[0-9a-f]{64}"', '"by":"' || repeat('f', 64) || '"'), 'UTF8') where log = ${cycle.id} and kind = ${kind}`,
        ),
      'leaf-hash',
    ],
  ),
]

test.for(HOSTILE.map((one, n) => [n, ...one] as const))('%i: %s is named', async ([n, , how, wanted]) => {
  const cycle = await openCycle(`hostile-${n}`, 3)
  await named(cycle, HELPER)
  must(await checkPerson(app, at(cycle), 2, FIRST))
  await helped(cycle, 1, ['a1'])
  await numberLeaves(app)
  await how(cycle)
  await close(cycle)
  const counted = await countCycle(app, cycle.id, 'command')
  const { problem } = counted as { problem: { faults?: { kind: string }[] } }
  expect(problem.faults?.map(({ kind }) => kind)).toContain(wanted)
})
