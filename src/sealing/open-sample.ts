// Opens the ballots that the dice drew, each against its leaf: what observers look at.
import { drawSample, type SampledBallot } from '../core/audit/sample.ts'
import { decodeEvent, type Event } from '../core/audit/event.ts'
import type { Rules } from '../core/audit/rules.ts'
import { boxHash, testBallotsOf, type VoteExport } from '../core/bundle/vote-export.ts'
import { verifyRead } from '../core/bundle/verify-bundle.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { ballotOpener } from './counted-ballot.ts'
import { type BoxKeys, boxOverhead } from './sealed-box.ts'
import { verify } from './sign.ts'
import type { Sodium } from './sodium.ts'

/** This ballot is not the one of its leaf, or cannot be opened; by the number of its leaf. */
export type NotAsRecorded = { kind: 'ballot'; seq: number }

export type SampleExportProblem =
  | NotAsRecorded
  /** The log in it does not hold. */
  | { kind: 'log' }
  /** The shares are of another vote. */
  | { kind: 'other-keys' }

/** In the order given. */
export function openSample(
  sodium: Sodium,
  keys: BoxKeys,
  rules: Rules,
  ballots: readonly { seq: number; box: Uint8Array; body: Uint8Array }[],
): Result<SampledBallot[], NotAsRecorded> {
  const size = (ballots[0]?.box.length ?? boxOverhead) - boxOverhead
  const open = ballotOpener(sodium, keys, rules, size)
  const opened: SampledBallot[] = []
  for (const { seq, box, body } of ballots) {
    const event = ballotOf(body)
    const read = event?.box === boxHash(box) ? open(box, event) : undefined
    if (!event || !read?.ok) return fail({ kind: 'ballot', seq })
    opened.push({ seq, village: event.village, commitment: event.commitment, sections: read.value })
  }
  return ok(opened)
}

/** The same out of an export, with the joined key of the holders and no server. `dice`: the digits that were thrown. */
export function openExportSample(
  sodium: Sodium,
  { log, boxes }: VoteExport,
  keys: BoxKeys,
  dice: string,
): Result<SampledBallot[], SampleExportProblem> {
  const { checks, close } = verifyRead(log, {
    verify: (bytes, signature, key) => verify(sodium, bytes, signature, key),
    unpublished: true,
  })
  const unsound = [checks.log, checks.checkpoints, checks.rules, checks.ballots].some(
    ({ length }) => length > 0,
  )
  if (unsound || !close.root) return fail({ kind: 'log' })
  if (toHex(keys.publicKey) !== log.rules.key) return fail({ kind: 'other-keys' })
  const ballots = new Map<number, { seq: number; village: string; box: Uint8Array; body: Uint8Array }>()
  for (const [seq, box] of boxes) {
    const leaf = log.leaves[seq]
    const body = leaf && 'body' in leaf ? leaf.body : undefined
    const village = body && ballotOf(body)?.village
    if (!body || village === undefined) return fail({ kind: 'ballot', seq })
    ballots.set(seq, { seq, village, box, body })
  }
  const tests = new Set(testBallotsOf(log))
  const counted = [...ballots.values()].filter(({ seq }) => !tests.has(seq))
  const drawn = drawSample(dice, close.root, counted)
  return openSample(
    sodium,
    keys,
    log.rules,
    drawn.flatMap((seq) => ballots.get(seq) ?? []),
  )
}

function ballotOf(body: Uint8Array): Extract<Event, { kind: 'ballot' }> | undefined {
  const event = decodeEvent(body)
  return event.ok && event.value.kind === 'ballot' ? event.value : undefined
}
