// A vote whose key people hold, with a box of papers that two desks typed: counted offline, published, and checked by both verifiers.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { exportVote } from '../../src/use-cases/export-vote.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { importResult } from '../../src/use-cases/import-result.ts'
import { enterDice } from '../../src/use-cases/key-holders.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { proposePublication } from '../../src/use-cases/propose-cycle-act.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { resultsOf } from '../../src/store/results.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { heldResult, holdKeys } from '../support/held-vote.ts'
import { sayNotRun } from '../support/notes.ts'
import { bundleOf } from '../support/published-vote.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = new URL('../second-verifier/verify.py', import.meta.url).pathname
const [OFFICIAL, SECOND, DESK, OTHER_DESK] = [11, 12, 22, 23]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('held-paper')
  desk = await clerk(app)
  for (const account of [OFFICIAL, SECOND])
    must(await grantRole(app, { account, role: 'official' }, 'command'))
  for (const account of [DESK, OTHER_DESK])
    must(await grantRole(app, { account, role: 'facilitator' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('papers that two desks typed alike are sealed to the holders, opened by them, and in the published count', async () => {
  const cycle = await smallCycle(app, 'held-paper', [[1_000_000, 2_000_000, 3_000_000]], {
    profile: 'binding',
  })
  const at = { cycle: cycle.id, territory: cycle.villages[0] as number }
  must(await movePhase(app, cycle.id, { by: 'command' }))
  const holders = await holdKeys(app, cycle)
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, at.territory, 12)
  for (const voter of people.slice(0, 8)) must(await vote(app, cycle.id, voter, ['a1', 'a3']))
  // One who voted online takes a paper instead: that ballot is void.
  for (const register of [8, 9, 10, 11, 12]) must(await markPaper(app, at, register, DESK))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  for (const by of [OFFICIAL, SECOND]) must(await enterDice(app, cycle.id, '4162533126', by))
  await numberLeaves(app)
  expect(kindOf(await exportVote(app, cycle.id))).toBe('papers')
  const typed = { text: '1\n2\n2 3\n2', returned: 1 }
  must(await enterPapers(app, at, typed, DESK))
  expect(kindOf(await exportVote(app, cycle.id))).toBe('papers')
  expect(must(await enterPapers(app, at, typed, OTHER_DESK))).toMatchObject({ kind: 'agreed', fits: true })
  await numberLeaves(app)
  must(await importResult(app, cycle.id, await heldResult(app, cycle.id, holders), OFFICIAL))
  await numberLeaves(app)
  const { id } = must(await proposePublication(app, cycle.id, OFFICIAL))
  must(await confirmAct(app, id, SECOND))
  await numberLeaves(app)
  const [row] = await resultsOf(app.db, cycle.id)
  expect(row).toMatchObject({ ballots: 11, state: 'published' })
  expect(row?.count.votes.map(({ votes }) => votes)).toEqual([8, 3, 8])
  expect(must(await publishedBallots(app, cycle.id)).get(`${at.territory} general`)).toHaveLength(11)
  const file = desk.file('bundle.zip')
  await writeFile(file, await bundleOf(app, cycle))
  expect((await desk.types(`verify ${file}`)).lines.at(-1)).toBe('held-paper: everything holds.')
  const python = await findPython()
  if (!python) return sayNotRun('the second verifier on held papers', 'no python3 with nacl here')
  expect((await promisify(execFile)(python, [SCRIPT, file])).stdout).toContain('good ')
}, 60_000)
