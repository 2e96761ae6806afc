// Before a count: what was frozen against the leaf of the opening, and every ballot leaf before CLOSE against a stored ballot.
import { decodeEvent } from '../core/audit/event.ts'
import { frozenRulesHash } from '../core/audit/frozen-rules.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { frozenRules } from '../core/audit/rules.ts'
import type { Fault } from '../core/audit/trusted/fault.ts'
import { equal } from '../core/bytes.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { openingLeaves, unmatchedBallots } from '../store/log.ts'
import { cycleRules } from './cycle-rules.ts'

/** Empty where the tables hold what the log says. `close`: the number of CLOSE, whose root was held against the signed head. */
export async function countFaults(tx: Tx, cycle: Cycle, close: number): Promise<Fault[]> {
  const { missing, unlogged, disordered, paper } = await unmatchedBallots(tx, cycle.id, close)
  return [
    ...(await frozenFaults(tx, cycle)),
    ...missing.map((seq): Fault => ({ kind: 'ballot-missing', seq })),
    ...unlogged.map(({ right, version }): Fault => ({ kind: 'ballot-unlogged', right, version })),
    ...disordered.map((seq): Fault => ({ kind: 'ballot-version', seq })),
    // No act of the program changes a way yet: whoever wrote it went past the log.
    ...paper.map((right): Fault => ({ kind: 'way', right, stored: 'paper', logged: 'open' })),
  ]
}

async function frozenFaults(tx: Tx, cycle: Cycle): Promise<Fault[]> {
  const [leaf, again] = await openingLeaves(tx, cycle.id)
  if (!leaf) return [{ kind: 'opening-missing' }]
  if (again) return [{ kind: 'opening-twice', seq: again.seq }]
  if (!equal(leafHash(leaf.body), leaf.hash)) return [{ kind: 'leaf-hash', seq: leaf.seq }]
  const event = decodeEvent(leaf.body)
  if (!event.ok) return [{ kind: 'leaf-form', seq: leaf.seq }]
  const opened = event.value
  if (opened.kind !== 'opened') return [{ kind: 'leaf-kind', seq: leaf.seq }]
  if (opened.cycle !== cycle.slug) return [{ kind: 'leaf-cycle', seq: leaf.seq }]
  const { publicKey, seedCommitment, frozenRules: stored } = cycle
  const rules = await cycleRules(tx, cycle, { key: opened.key, seed: opened.seed })
  const same: ['rules' | 'key' | 'seed' | 'fingerprint', boolean][] = [
    ['rules', frozenRulesHash(frozenRules(rules)) === opened.rules],
    ['fingerprint', stored === opened.rules],
    ['key', publicKey === opened.key],
    ['seed', seedCommitment === opened.seed],
  ]
  return same.flatMap(([what, holds]): Fault[] => (holds ? [] : [{ kind: 'frozen', what }]))
}
