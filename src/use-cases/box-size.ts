// The one size of all sealed ballots of a cycle: what its frozen lists need, so that a box says nothing about its choices.
import type { Rules } from '../core/audit/rules.ts'
import { longestSections, sectionsOfRules } from '../core/ballots/sections.ts'
import { boxSize } from '../sealing/ballot-box.ts'

/** Bytes, before sealing. */
export function boxSizeOf({ ballot, villages }: Pick<Rules, 'ballot' | 'villages'>): number {
  const lengths = villages.map(({ pots }) => longestSections(sectionsOfRules(pots, ballot)))
  return boxSize(Math.max(...lengths))
}
