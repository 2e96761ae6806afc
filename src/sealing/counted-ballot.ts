// Opens the ballots that count and holds each against its leaf: commitment, canonical choices. With the server's key or the holders'.
import { commitment } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import {
  decodeSections,
  type Section,
  type SectionChoices,
  sectionsOfRules,
} from '../core/ballots/sections.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from './ballot-box.ts'
import type { BoxKeys } from './sealed-box.ts'
import type { Sodium } from './sodium.ts'

export type BallotFault =
  | 'not-openable'
  /** What is in the box is not what the leaf committed to. */
  | 'commitment'
  | 'choices'

/** What a ballot's leaf says of it. */
export type BallotSaid = { village: string; commitment: string }

/** `size`: the one padded size of the cycle's ballots. */
export function ballotOpener(
  sodium: Sodium,
  keys: BoxKeys,
  rules: Rules,
  size: number,
): (box: Uint8Array, said: BallotSaid) => Result<SectionChoices[], BallotFault> {
  const lists = new Map(
    rules.villages.map(({ village, pots }): [string, Section[]] => [
      village,
      sectionsOfRules(pots, rules.ballot),
    ]),
  )
  return (box, said) => {
    const content = openBallot(sodium, keys, box, size)
    if (!content.ok) return content
    const { nonce, choices } = content.value
    if (toHex(commitment(rules.cycle, nonce, choices)) !== said.commitment) return fail('commitment')
    const decoded = decodeSections(choices, lists.get(said.village) ?? [])
    return decoded.ok ? ok(decoded.value) : fail('choices')
  }
}
