// Freezes what voting will hold: list, costs, budgets, ballot, rule, key and the commitment to the tie seed.
import { frozenRulesHash } from '../core/audit/frozen-rules.ts'
import { canonicalChoices } from '../core/audit/receipt.ts'
import { frozenRules } from '../core/audit/rules.ts'
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { longestBallot } from '../core/ballots/index.ts'
import { toHex, utf8 } from '../core/bytes.ts'
import { PROFILES } from '../core/cycle.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { boxSize } from '../sealing/ballot-box.ts'
import { type Cycle, freeze } from '../store/cycles.ts'
import { votingLists } from '../store/projects.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { cycleRules } from './cycle-rules.ts'

export type FreezeProblem = { kind: 'no-close' } | { kind: 'no-villages' } | { kind: 'needs-key-holders' }

/** In the transaction that opens voting, which holds the cycle's row. `at`: the database's clock, UTC ISO. */
export async function freezeRules(
  app: App,
  tx: Tx,
  cycle: Cycle,
  at: string,
): Promise<Result<void, FreezeProblem>> {
  if (cycle.timeline.counting === undefined) return fail({ kind: 'no-close' })
  if (PROFILES[cycle.profile].keys === 'holders') return fail({ kind: 'needs-key-holders' })
  const lists = await votingLists(tx, cycle.id)
  if (lists.length === 0) return fail({ kind: 'no-villages' })
  const { publicKey } = await app.secrets.makeBallotKeys(cycle.id)
  const key = toHex(publicKey)
  const seed = toHex(seedCommitment(await app.secrets.makeTieSeed(cycle.id)))
  const rules = frozenRulesHash(frozenRules(await cycleRules(tx, cycle, { key, seed })))
  const empty = utf8(canonicalChoices([{ pot: GENERAL, list: [] }])).length
  const longest = Math.max(
    ...lists.flatMap(({ pots }) => pots.map(({ projects }) => longestBallot(cycle.ballotTerms, projects))),
  )
  const size = boxSize(empty + longest)
  await freeze(tx, cycle.id, { boxSize: size, publicKey: key, seedCommitment: seed, frozenRules: rules })
  await appendLeaf(app, tx, cycle.id, { kind: 'opened', at, cycle: cycle.slug, rules, key, seed })
  return ok(undefined)
}
