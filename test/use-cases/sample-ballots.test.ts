// Where the server holds the key it opens again what the dice of observers drew, and nothing that they did not draw.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { enterSampleDice, openDrawnSample } from '../../src/use-cases/sample-ballots.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { publishedVote } from '../support/published-vote.ts'

const DICE = '6543216543'
let app: TestApp
let desk: Clerk
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('sample-ballots')
  desk = await clerk(app)
  for (const account of [81, 82]) must(await grantRole(app, { account, role: 'official' }, 'command'))
  cycle = await publishedVote(app, 'sampled')
}, 60_000)
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('nothing is drawn before the result is published, by strangers, or by one person twice', async () => {
  const early = await smallCycle(app, 'early', [[1_000_000]])
  expect(kindOf(await enterSampleDice(app, early.id, DICE, 81))).toBe('wrong-phase')
  expect(kindOf(await enterSampleDice(app, cycle.id, DICE, 99))).toBe('not-allowed')
  expect(kindOf(await enterSampleDice(app, cycle.id, '777', 81))).toBe('not-dice')
  expect(must(await enterSampleDice(app, cycle.id, DICE, 81)).agreed).toBe(false)
  expect(must(await enterSampleDice(app, cycle.id, DICE, 81))).toMatchObject({ agreed: false, already: true })
  expect(kindOf(await openDrawnSample(app, cycle.id))).toBe('not-drawn')
})

test('what two people drew alike is opened by the command, as it was recorded', async () => {
  const [number] = must(await enterSampleDice(app, cycle.id, DICE, 82)).leaves
  const { lines, refused } = await desk.types('sample open sampled')
  expect(refused).toBeUndefined()
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(new RegExp(`^${number} {2}[0-9a-f]{64} {2}${cycle.villages[0]}: №\u00a0\\d`))
  expect(kindOf(await enterSampleDice(app, cycle.id, '1111111111', 82))).toBe('thrown-before')
})

test('a sample that the dice did not draw is named, and opened by nobody', async () => {
  const at = new Date().toISOString()
  await appendLeaf(app, app.db, cycle.id, {
    kind: 'sample-drawn',
    at,
    cycle: cycle.slug,
    dice: DICE,
    leaves: [1, 2],
  })
  await numberLeaves(app)
  expect(await openDrawnSample(app, cycle.id)).toMatchObject({ problem: { faults: [{ kind: 'sample' }] } })
  expect(kindOf(await publishedBallots(app, cycle.id))).toBe('log')
})
