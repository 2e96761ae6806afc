// After the close the list of test cards is opened: their ballots are left out of the count, and held against what observers wrote down.
import { type TestBallot, testMarks } from '../core/audit/test-ballots.ts'
import { type TestList, testsHash } from '../core/audit/tests.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { Phase } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById, cycleForUpdate } from '../store/cycles.ts'
import { testLeaves } from '../store/log.ts'
import { rightsOf } from '../store/roll.ts'
import { ballotsByNumber } from '../store/trusted.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { boxOpener } from './open-box.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

export type OpenTestsProblem =
  | NotAllowed
  | ReadingProblem
  | { kind: 'no-such-cycle' }
  /** Between the close and the count. */
  | { kind: 'not-counting'; phase: Phase }
  /** Some village was counted before. */
  | { kind: 'counted' }
  /** No list of this hash was sealed before the vote opened. */
  | { kind: 'other-list'; hash: string }

export interface OpenedTests {
  cards: number
  /** Of them so many voted. */
  ballots: number
  /** It was open before. */
  same: boolean
}

/** Which rows are nobody's, from now on for everybody to see. */
export const openTests = (
  app: App,
  cycleId: number,
  list: TestList,
  by: Actor,
): Promise<Result<OpenedTests, OpenTestsProblem>> =>
  onTrustedLog<OpenedTests, OpenTestsProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    const hash = testsHash(list)
    const leaves = await testLeaves(tx, cycleId)
    const opened = leaves.find((leaf) => leaf.kind === 'tests-opened' && leaf.list === hash)
    if (opened) return ok({ cards: list.tests.length, ballots: opened.ballots, same: true })
    const sealed = leaves.some((leaf) => leaf.kind === 'tests-sealed' && leaf.list === hash)
    if (list.cycle !== cycle.slug || !sealed) return fail({ kind: 'other-list', hash })
    if (leaves.some(({ kind }) => kind === 'counted')) return fail({ kind: 'counted' })
    const secrets = await readCycleSecrets(app, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    if (!read.ok) return read
    const rights = await rightsOf(
      tx,
      cycleId,
      list.tests.map(([village, register]) => ({ territory: Number(village), registerNo: register })),
    )
    const ballots = rights
      .flatMap((right) => (right === undefined ? [] : (read.value.counted.get(right) ?? [])))
      .toSorted((a, b) => a - b)
    await appendLeaf(app, tx, cycleId, {
      kind: 'tests-opened',
      at: await clock(tx),
      cycle: cycle.slug,
      list: hash,
      salt: list.salt,
      tests: list.tests,
      ballots,
      by: markOf(app, by),
    })
    return ok({ cards: list.tests.length, ballots: ballots.length, same: false })
  })

export type ReadTestsProblem =
  | ReadingProblem
  | NotAllowed
  | { kind: 'no-such-cycle' }
  | { kind: 'no-key' }
  | { kind: 'not-open' }

/** The ballots of test cards, opened with the server's key; with that of holders the count itself opens them. */
export const readTestBallots = (
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<{ rules: Rules; ballots: TestBallot[] }, ReadTestsProblem>> =>
  onTrustedLog<{ rules: Rules; ballots: TestBallot[] }, ReadTestsProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleById(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    const secrets = await readCycleSecrets(app, cycle)
    if (!secrets.keys) return fail({ kind: 'no-key' })
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    if (!read.ok) return read
    const { rules, tests } = read.value
    if (tests.waiting) return fail({ kind: 'not-open' })
    const open = boxOpener(app.sodium, secrets.keys, rules)
    const ballots = await ballotsByNumber(tx, cycleId, tests.ballots)
    return ok({
      rules,
      ballots: ballots.map(({ seq, receipt, box, body }) => {
        const opened = open({ box, body })
        // What cannot be opened is none of what was chosen.
        if (!opened.ok) return { seq, village: '', receipt, marks: '?' }
        const { village, sections } = opened.value
        return { seq, village, receipt, marks: testMarks(rules, village, sections) }
      }),
    })
  })
