// The one size of all sealed ballots of a cycle: what its frozen lists need, so that a box says nothing about its choices.
import { canonicalChoices } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import { longestBallot } from '../core/ballots/index.ts'
import { utf8 } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { boxSize } from '../sealing/ballot-box.ts'

/** Bytes, before sealing. */
export function boxSizeOf({ ballot, villages }: Pick<Rules, 'ballot' | 'villages'>): number {
  const empty = utf8(canonicalChoices([{ pot: GENERAL, list: [] }])).length
  const lists = villages.flatMap(({ pots }) => pots.map(({ projects }) => longestBallot(ballot, projects)))
  return boxSize(empty + Math.max(...lists))
}
