// What the leaf of a milestone is bound to: all that everybody may read of it.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import type { Localised } from '../localised.ts'
import { sha256 } from '../sha256.ts'

/** `planned`, `actual`: `2027-05-30`; `cost` in whole tenge. */
export interface MilestoneFacts {
  name: Localised
  planned: string
  actual: string | null
  percent: number
  cost: number | null
}

/** SHA-256 of `dauys-milestone-v1` and the canonical JSON of the facts, in hex. */
export const milestoneHash = ({ name, planned, actual, percent, cost }: MilestoneFacts): string =>
  toHex(
    sha256(
      utf8(
        canonicalJson(['dauys-milestone-v1', { name: { ...name }, planned, actual, percent, cost } as Json]),
      ),
    ),
  )
