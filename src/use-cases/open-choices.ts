// Opens one sealed ballot after the close and holds it against its leaf: box, commitment, canonical choices.
import { sha256 } from '@noble/hashes/sha2.js'
import { decodeEvent } from '../core/audit/event.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { commitment, readCanonicalChoices } from '../core/audit/receipt.ts'
import type { Choice, ListedProject } from '../core/ballots/ballot-type.ts'
import { decodeBallot } from '../core/ballots/index.ts'
import { equal, toHex } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from '../sealing/ballot-box.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Cycle } from '../store/cycles.ts'
import type { SealedBallot } from '../store/votes.ts'

export type BallotFault =
  /** The leaf is not of a ballot of this cycle and village, or its body does not have its hash. */
  | 'leaf'
  /** It has no number in the log before CLOSE. */
  | 'not-before-close'
  /** The stored box is not the one in the leaf. */
  | 'box'
  | 'not-openable'
  /** What is in the box is not what the leaf committed to. */
  | 'commitment'
  | 'choices'

/** `close`: the number of CLOSE in the log. */
export function openChoices(
  sodium: Sodium,
  keys: BoxKeys,
  cycle: Pick<Cycle, 'slug' | 'ballotTerms' | 'boxSize'>,
  projects: readonly ListedProject[],
  close: number,
  ballot: SealedBallot,
): Result<Choice[], BallotFault> {
  const event = decodeEvent(ballot.body)
  if (!event.ok || event.value.kind !== 'ballot' || !equal(leafHash(ballot.body), ballot.hash))
    return fail('leaf')
  if (event.value.cycle !== cycle.slug || event.value.village !== String(ballot.territory))
    return fail('leaf')
  if (ballot.seq === null || ballot.seq >= close) return fail('not-before-close')
  if (toHex(sha256(ballot.box)) !== event.value.box) return fail('box')
  const content = openBallot(sodium, keys, ballot.box, cycle.boxSize ?? 0)
  if (!content.ok) return fail('not-openable')
  const { nonce, choices } = content.value
  if (toHex(commitment(cycle.slug, nonce, choices)) !== event.value.commitment) return fail('commitment')
  const pots = readCanonicalChoices(choices)
  const [pot] = pots.ok ? pots.value : []
  if (!pots.ok || pots.value.length !== 1 || pot?.pot !== GENERAL) return fail('choices')
  const decoded = decodeBallot(pot.list.join(','), cycle.ballotTerms, projects)
  return decoded.ok ? ok(decoded.value) : fail('choices')
}
