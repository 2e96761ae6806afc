// People who show a document at the desk: one code, one claim, in a chat of their own; and whoever reads the log sees that the desk saw it.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBundle, writeBundle } from '../../src/core/bundle/bundle.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { verify } from '../../src/sealing/sign.ts'
import { checkPerson } from '../../src/use-cases/check-person.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { deskCodeMac } from '../../src/verification/in-person.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { draftOf, eventOf, leafOf, signAnew } from '../support/bundle-faults.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, type SmallCycle, smallCycle, vote } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { cycleOf, enterRows } from '../support/people.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))
const [HELPER, STRANGER] = [22, 33]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('in-person')
  desk = await clerk(app)
  must(await grantRole(app, { account: HELPER, role: 'facilitator' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const at = ({ id, villages }: SmallCycle) => ({ cycle: id, territory: villages[0] as number })

/** A vote that is open, with so many rows on its roll: 1, 2 … */
async function openCycle(slug: string, people: number, method = 'in-person'): Promise<SmallCycle> {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000]], {
    terms: { method },
  } as Parameters<typeof smallCycle>[3])
  await openVoting(app, cycle.id)
  const { territory } = at(cycle)
  const rows = Array.from({ length: people }, (__, n) => ({ territory, registerNo: n + 1 }))
  const stored = await cycleOf(app, cycle.id)
  await app.db.begin((tx) => enterRows(app, tx, stored, rows))
  return cycle
}

const types = (cycle: SmallCycle, account: number, code: string) =>
  verifyAccount(app, account, { id: cycle.id, method: 'in-person' }, code)
const said = async (cycle: SmallCycle, account: number, code: string) => {
  const answer = await types(cycle, account, code)
  return answer.ok ? (answer.value.already ? 'yours' : 'claimed') : answer.problem.kind
}
const check = async (cycle: SmallCycle, row: number) => must(await checkPerson(app, at(cycle), row, HELPER))

async function close(cycle: SmallCycle): Promise<void> {
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
}

test('a code is good once, for ten minutes, and the next one of the row ends it', async () => {
  const cycle = await openCycle('codes', 3)
  const first = await check(cycle, 1)
  const second = await check(cycle, 1)
  expect(await said(cycle, 101, first)).toBe('wrong')
  expect(await said(cycle, 101, second)).toBe('claimed')
  // The desk is told nothing by the next code of a row that is claimed: it opens the row to nobody else.
  expect(await said(cycle, 102, await check(cycle, 1))).toBe('wrong')
  const late = await check(cycle, 2)
  await asOwner(app.db, (sql) => sql`update desk_code set at = at - interval '10 minutes'`)
  expect(await said(cycle, 103, late)).toBe('wrong')
  const given = await check(cycle, 3)
  expect(await said(cycle, 104, given)).toBe('claimed')
  await eraseAccount(app, 104)
  expect(await said(cycle, 105, given), 'a claim that was given back is claimed by a new code').toBe('wrong')
  expect(await said(cycle, 105, await check(cycle, 3))).toBe('claimed')
})

test('who may not, a number that is not on the list, another way and a closed vote are refused, and leave nothing', async () => {
  const cycle = await openCycle('refused', 1)
  const cards = await openCycle('by-card', 1, 'card')
  const where = at(cycle)
  const before = await app.db.sql`select 1 from leaf where kind = 'person-checked'`
  expect(kindOf(await checkPerson(app, where, 1, STRANGER))).toBe('not-allowed')
  expect(kindOf(await checkPerson(app, where, 1, 'command'))).toBe('name-official')
  expect(kindOf(await checkPerson(app, where, 9, HELPER))).toBe('no-such-row')
  expect(kindOf(await checkPerson(app, at(cards), 1, HELPER))).toBe('another-way')
  await close(cycle)
  expect(kindOf(await checkPerson(app, where, 1, HELPER))).toBe('closed')
  expect(await app.db.sql`select 1 from leaf where kind = 'person-checked'`).toHaveLength(before.length)
})

test('by command the same code is printed; a village counts, and both verifiers see whose document was seen', async () => {
  const cycle = await openCycle('whole', 12)
  for (let row = 1; row <= 12; row++) {
    const { lines } = await desk.types(`person "whole 1" ${row} --cycle whole --as ${HELPER}`)
    const [code = ''] = /\d{4} \d{4}/.exec(lines.join('\n')) ?? []
    const account = 200 + row
    const { rollRow, territory } = must(await types(cycle, account, code.replace(' ', '')))
    must(await vote(app, cycle.id, { account, rollRow, territory }, [row > 5 ? 'a1' : 'a2']))
  }
  await close(cycle)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  await numberLeaves(app)
  const good = must(await makeBundle(app, 'whole')).bytes
  const draft = draftOf(must(readBundle(good)))
  const seen = draft.leaves
    .flatMap((leaf) => eventOf(leaf) ?? [])
    .find((one) => one.kind === 'person-checked')
  draft.leaves = draft.leaves.map((leaf) => {
    const event = eventOf(leaf)
    return event?.kind === 'person-checked' && seen?.kind === 'person-checked'
      ? leafOf({ ...event, row: seen.row })
      : leaf
  })
  signAnew(app, draft)
  const forged = writeBundle(draft)
  const ours = (bytes: Uint8Array) =>
    verifyBundle(bytes, { verify: (text, signature, key) => verify(app.sodium, text, signature, key) })
  expect(ours(good).holds).toBe(true)
  expect(ours(forged).checks.roll.map(({ kind }) => kind)).toContain('checked-fewer')
  const python = await findPython()
  if (!python)
    return sayNotRun('the second verifier', 'no python3 with nacl here: apt-get install python3-nacl')
  const files = ['good', 'forged'].map((name) => join(desk.folder, name))
  await writeFile(files[0] as string, good)
  await writeFile(files[1] as string, forged)
  const run = promisify(execFile)
  const theirs = async (file: string) =>
    (await run(python, [SCRIPT, file]).catch((error: { stdout: string }) => error)).stdout
  expect(await theirs(files[0] as string)).toMatch(/^good /)
  expect(await theirs(files[1] as string)).toMatch(/^bad \S+: roll:/)
}, 60_000)

test('whoever owns the database and makes a code of their own is named at the count', async () => {
  const cycle = await openCycle('own-code', 2)
  const mac = deskCodeMac('12345678', app.secrets.pepper(cycle.id))
  await asOwner(
    app.db,
    (sql) => sql`insert into desk_code (roll_row, cycle, code_mac)
      select id, cycle, ${mac} from roll_row where cycle = ${cycle.id} and register_no = 2`,
  )
  expect(await said(cycle, 301, '12345678')).toBe('claimed')
  await close(cycle)
  const counted = await countCycle(app, cycle.id, 'command')
  const { problem } = counted as { problem: { kind: string; faults: { kind: string }[] } }
  expect(problem.faults.map(({ kind }) => kind).sort()).toEqual(['checked-fewer', 'claim-unchecked'])
})
