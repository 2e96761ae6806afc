// Did my vote arrive? A receipt number gives the leaf, the server's signed promise, and the proof that the log holds it.
import { verifyInclusion } from '../core/audit/merkle.ts'
import { readReceiptNumber, receiptNumber } from '../core/audit/receipt.ts'
import { receiptText } from '../core/audit/receipt-text.ts'
import { planInclusion } from '../core/audit/tiles.ts'
import { toHex } from '../core/bytes.ts'
import type { DigitsProblem } from '../core/check-digits.ts'
import type { Halt } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { leavesOfReceipt, type SignedReceipt } from '../store/log.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'
import { proofTogether } from './log-tiles.ts'
import { type HeadFault, headTogether } from './trusted-head.ts'

/** `log-stopped`: what is stored does not lead to what was signed, so that nothing may be said to be in the log. */
export type ReceiptProblem =
  | DigitsProblem
  | { kind: 'unknown' }
  | { kind: 'log-stopped'; fault: HeadFault['kind'] | 'receipt' }

/** Nothing here depends on what was chosen. */
export interface RecordedVote {
  number: string
  cycle: { id: number; slug: string; title: Localised; trial: boolean; halt: Halt | undefined }
  /** Leaf hash, hex. */
  leaf: string
  /** When it was signed and recorded, UTC ISO in milliseconds. */
  at: string
  /** The whole receipt as it was signed for the cast, a promise of inclusion within a minute: `receiptText`. */
  text: string
  /** The minute is over, and the log has not numbered the vote. */
  late: boolean
  /** Once the sequencer has numbered it: its place from 0, the audit path (hex, leaf to root) and the signed head. */
  proof: { seq: number; size: number; root: string; path: string[]; head: string } | undefined
}

/** `text`: 14 digits in any spelling. In the rare case that two cycles have this number, the newest first. */
export async function readReceipt(app: App, text: string): Promise<Result<RecordedVote[], ReceiptProblem>> {
  const number = readReceiptNumber(text)
  return number.ok ? app.lookUps(() => lookUp(app, number.value)) : number
}

async function lookUp(app: App, number: string): Promise<Result<RecordedVote[], ReceiptProblem>> {
  const found = await leavesOfReceipt(app.db, number)
  if (found.length === 0) return fail({ kind: 'unknown' })
  const votes: RecordedVote[] = []
  for (const leaf of found) {
    const vote = await recorded(app, number, leaf)
    if (!vote.ok) return vote
    votes.push(vote.value)
  }
  return ok(votes)
}

const PROMISED_MS = 60_000

async function recorded(
  app: App,
  number: string,
  leaf: SignedReceipt,
): Promise<Result<RecordedVote, ReceiptProblem>> {
  const { cycle } = leaf
  if (!cycle || receiptNumber(leaf.hash) !== number) return fail({ kind: 'log-stopped', fault: 'receipt' })
  const proof = leaf.seq === undefined ? ok(undefined) : await proofOf(app, cycle.id, leaf.seq, leaf.hash)
  if (!proof.ok) return proof
  const promised = { cycle: cycle.slug, leaf: leaf.hash, at: leaf.at }
  const log = { origin: originOf(app, cycle.slug), publicKey: app.secrets.logKeys.publicKey }
  return ok({
    number,
    cycle: { ...cycle, halt: cycle.halt ?? undefined },
    leaf: toHex(leaf.hash),
    at: leaf.at,
    text: receiptText(promised, log, leaf.signature),
    late: proof.value === undefined && app.now().getTime() - Date.parse(leaf.at) > PROMISED_MS,
    proof: proof.value,
  })
}

/** From a handful of tiles, against the signed root: how long the log is costs nothing. */
async function proofOf(
  app: App,
  log: number,
  seq: number,
  leaf: Uint8Array,
): Promise<Result<RecordedVote['proof'], ReceiptProblem>> {
  const trusted = await headTogether(app, log)
  if (!trusted.ok) return fail({ kind: 'log-stopped', fault: trusted.problem.kind })
  const head = trusted.value
  if (!head || head.size <= seq) return ok(undefined)
  const { size, root } = head
  const path = await proofTogether(app.db, log, planInclusion(seq, size))
  if (!path || !(await app.inTurn(() => verifyInclusion({ index: seq, size, leaf, root }, path))))
    return fail({ kind: 'log-stopped', fault: 'root' })
  return ok({ seq, size, root: toHex(root), path: path.map(toHex), head: head.note })
}
