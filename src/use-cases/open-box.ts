// One sealed ballot against its leaf: commitment, canonical choices. Without a database, so that a thread of its own can do it.
import { decodeEvent } from '../core/audit/event.ts'
import { commitment, readCanonicalChoices } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { Choice, ListedProject } from '../core/ballots/ballot-type.ts'
import { decodeBallot } from '../core/ballots/index.ts'
import { toHex } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from '../sealing/ballot-box.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Sodium } from '../sealing/sodium.ts'
import { boxSizeOf } from './box-size.ts'

export type BallotFault =
  | 'not-openable'
  /** What is in the box is not what the leaf committed to. */
  | 'commitment'
  | 'choices'

/** A ballot with the body of its leaf. */
export interface Box {
  box: Uint8Array
  body: Uint8Array
}

export type OpenedBox = Result<{ village: string; choices: Choice[] }, BallotFault>

/** Opens pages of boxes, each in the order in which it was given. */
export interface BoxOpeners {
  /** How many pages are worth having under way at once. */
  atOnce: number
  open(boxes: readonly Box[]): Promise<OpenedBox[]>
  end(): Promise<void>
}

/** Starts what opens `count` boxes of a cycle; undefined where these are too few for threads of their own. */
export type StartOpeners = (terms: { keys: BoxKeys; rules: Rules }, count: number) => BoxOpeners | undefined

/** What opens the boxes of a cycle. Throws where the leaf is none of a ballot. */
export function boxOpener(sodium: Sodium, keys: BoxKeys, rules: Rules): (one: Box) => OpenedBox {
  const size = boxSizeOf(rules)
  const lists = new Map(
    rules.villages.map(({ village, pots }): [string, ListedProject[]] => [
      village,
      pots.flatMap(({ projects }) => projects).sort((a, b) => a.number - b.number),
    ]),
  )
  return ({ box, body }) => {
    const event = decodeEvent(body)
    if (!event.ok || event.value.kind !== 'ballot') throw new Error('a ballot that was read has no leaf')
    const { village } = event.value
    const content = openBallot(sodium, keys, box, size)
    if (!content.ok) return content
    const { nonce, choices } = content.value
    if (toHex(commitment(rules.cycle, nonce, choices)) !== event.value.commitment) return fail('commitment')
    const pots = readCanonicalChoices(choices)
    const [pot] = pots.ok ? pots.value : []
    if (!pots.ok || pots.value.length !== 1 || pot?.pot !== GENERAL) return fail('choices')
    const decoded = decodeBallot(pot.list.join(','), rules.ballot, lists.get(village) ?? [])
    return decoded.ok ? ok({ village, choices: decoded.value }) : fail('choices')
  }
}
