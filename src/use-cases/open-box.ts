// One sealed ballot against its leaf: commitment, canonical choices. Without a database, so that a thread of its own can do it.
import { decodeEvent } from '../core/audit/event.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { SectionChoices } from '../core/ballots/sections.ts'
import { ok, type Result } from '../core/result.ts'
import { type BallotFault, ballotOpener } from '../sealing/counted-ballot.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Sodium } from '../sealing/sodium.ts'
import { boxSizeOf } from './box-size.ts'

export type { BallotFault }

/** A ballot with the body of its leaf. */
export interface Box {
  box: Uint8Array
  body: Uint8Array
}

export type OpenedBox = Result<{ village: string; sections: SectionChoices[] }, BallotFault>

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
  const open = ballotOpener(sodium, keys, rules, boxSizeOf(rules))
  return ({ box, body }) => {
    const event = decodeEvent(body)
    if (!event.ok || event.value.kind !== 'ballot') throw new Error('a ballot that was read has no leaf')
    const { village } = event.value
    const sections = open(box, event.value)
    return sections.ok ? ok({ village, sections: sections.value }) : sections
  }
}
