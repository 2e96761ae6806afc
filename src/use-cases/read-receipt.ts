// Did my vote arrive? A receipt number gives the leaf, the server's signed promise, and the proof that the log holds it.
import { verifierKey } from '../core/audit/checkpoint.ts'
import { inclusionProof, verifyInclusion } from '../core/audit/merkle.ts'
import { readReceiptNumber, receiptNumber } from '../core/audit/receipt.ts'
import { toBase64, toHex } from '../core/bytes.ts'
import type { DigitsProblem } from '../core/check-digits.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById } from '../store/cycles.ts'
import { leafHashes, leafOfReceipt, type SignedReceipt } from '../store/log.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'
import { trustedHead } from './trusted-head.ts'

export type ReceiptProblem = DigitsProblem | { kind: 'unknown' }

/** Nothing here depends on what was chosen. */
export interface RecordedVote {
  number: string
  cycle: { id: number; slug: string; title: Localised }
  /** Leaf hash, hex. */
  leaf: string
  /** When it was signed and recorded, UTC ISO in milliseconds. */
  at: string
  /** Ed25519 over `receiptStatement`, base64, made for the cast: a promise of inclusion within a minute. */
  signature: string
  /** The log's public key as auditors keep it. */
  key: string
  /** Once the sequencer has numbered it: its place from 0, the audit path (hex, leaf to root) and the signed head. */
  proof: { seq: number; size: number; root: string; path: string[]; head: string } | undefined
}

/** `text`: 14 digits in any spelling. In the rare case that two cycles have this number, the newest first. */
export async function readReceipt(app: App, text: string): Promise<Result<RecordedVote[], ReceiptProblem>> {
  const number = readReceiptNumber(text)
  if (!number.ok) return number
  const found = await leafOfReceipt(app.db, number.value)
  if (found.length === 0) return fail({ kind: 'unknown' })
  return ok(await Promise.all(found.map((leaf) => recorded(app, number.value, leaf))))
}

async function recorded(app: App, number: string, leaf: SignedReceipt): Promise<RecordedVote> {
  const cycle = await cycleById(app.db, leaf.cycle)
  if (!cycle) throw new Error('a ballot without its cycle')
  if (receiptNumber(leaf.hash) !== number) throw new Error('the stored ballot has the number of another leaf')
  return {
    number,
    cycle: { id: cycle.id, slug: cycle.slug, title: cycle.title },
    leaf: toHex(leaf.hash),
    at: leaf.at,
    signature: toBase64(leaf.signature),
    key: verifierKey(originOf(app, cycle.slug), app.secrets.logKeys.publicKey),
    proof: leaf.seq === undefined ? undefined : await proofOf(app, leaf.cycle, leaf.seq, leaf.hash),
  }
}

/** Throws when the stored log does not lead to the signed root: then nothing may be said to be in it. */
async function proofOf(app: App, log: number, seq: number, leaf: Uint8Array): Promise<RecordedVote['proof']> {
  const trusted = await trustedHead(app, log)
  if (!trusted.ok) throw new Error(`the log is stopped: ${trusted.problem.kind}`)
  const head = trusted.value
  if (!head || head.size <= seq) return undefined
  const path = inclusionProof(await leafHashes(app.db, log, head.size), seq)
  if (!verifyInclusion({ index: seq, size: head.size, leaf, root: head.root }, path)) {
    throw new Error('the stored log does not lead to its signed root')
  }
  return { seq, size: head.size, root: toHex(head.root), path: path.map(toHex), head: head.note }
}
