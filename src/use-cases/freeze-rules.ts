// Freezes what voting will hold: list, costs, budgets, ballot, rule, key and the commitment to the tie seed.
import { frozenRulesHash } from '../core/audit/frozen-rules.ts'
import { frozenRules } from '../core/audit/rules.ts'
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { toHex } from '../core/bytes.ts'
import { PROFILES } from '../core/cycle.ts'
import { marksOf } from '../core/marks.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Cycle, freeze } from '../store/cycles.ts'
import { keepMarks, votingLists } from '../store/projects.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { boxSizeOf } from './box-size.ts'
import { cycleRules } from './cycle-rules.ts'
import { heldKeys } from './key-holders.ts'

export type FreezeProblem =
  | { kind: 'no-close' }
  | { kind: 'no-villages' }
  /** Nobody holds its key yet, or two shares have not opened a test. */
  | { kind: 'needs-key-holders' }

const isHeld = ({ profile }: Cycle): boolean => PROFILES[profile].keys === 'holders'

/** The public key and the commitment to the tie seed, hex: what the holders made, or what the server makes now. */
async function keysOf(app: App, tx: Tx, cycle: Cycle): Promise<{ key: string; seed: string }> {
  const held = isHeld(cycle) ? await heldKeys(app, tx, cycle) : undefined
  if (held) return held
  const { publicKey } = await app.secrets.makeBallotKeys(cycle.id)
  const seed = await app.secrets.makeTieSeed(cycle.id)
  return { key: toHex(publicKey), seed: toHex(seedCommitment(seed)) }
}

/** All that stands in the way. */
export async function freezeProblems(app: App, tx: Tx, cycle: Cycle): Promise<FreezeProblem[]> {
  const problems: FreezeProblem[] = []
  if (cycle.timeline.counting === undefined) problems.push({ kind: 'no-close' })
  if (isHeld(cycle) && !(await heldKeys(app, tx, cycle))?.rehearsed)
    problems.push({ kind: 'needs-key-holders' })
  if ((await votingLists(tx, cycle.id)).length === 0) problems.push({ kind: 'no-villages' })
  return problems
}

/** In the transaction that opens voting, which holds the cycle's row. `at`: the database's clock, UTC ISO. */
export async function freezeRules(
  app: App,
  tx: Tx,
  cycle: Cycle,
  at: string,
): Promise<Result<void, FreezeProblem>> {
  const [problem] = await freezeProblems(app, tx, cycle)
  if (problem) return fail(problem)
  const closesAt = cycle.timeline.counting
  if (closesAt === undefined) throw new Error('a vote without a close was let through')
  const { key, seed } = await keysOf(app, tx, cycle)
  await keepMarks(tx, cycle.id, (category) => marksOf({ category }))
  const rules = await cycleRules(tx, cycle, { key, seed })
  const fingerprint = frozenRulesHash(frozenRules(rules))
  await freeze(tx, cycle.id, {
    boxSize: boxSizeOf(rules),
    publicKey: key,
    seedCommitment: seed,
    frozenRules: fingerprint,
  })
  await appendLeaf(app, tx, cycle.id, {
    kind: 'opened',
    at,
    cycle: cycle.slug,
    rules: fingerprint,
    key,
    seed,
    closes_at: closesAt,
  })
  return ok(undefined)
}
