// A receipt that somebody brings back: whether this log's key signed it, and whether the log keeps what it promised.
import { verifierKey } from '../core/audit/checkpoint.ts'
import { type CheckedReceipt, checkReceiptText, type ReceiptFault } from '../core/audit/receipt-text.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { verify } from '../sealing/sign.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'
import { readReceipt, type ReceiptProblem, type RecordedVote } from './read-receipt.ts'

export interface CheckedVote {
  receipt: CheckedReceipt
  /** What the log has; undefined when it does not have the vote that was promised. */
  vote: RecordedVote | undefined
}

type LogStopped = Extract<ReceiptProblem, { kind: 'log-stopped' }>

/** Whether a text claims to be a receipt of ours. */
export const looksLikeReceipt = (text: string): boolean => /^\s*dauys-receipt-v1\s*$/m.test(text)

/** The key is our own: a receipt that another log signed is refused, whatever key stands in it. */
export async function checkReceipt(
  app: App,
  text: string,
): Promise<Result<CheckedVote, ReceiptFault | LogStopped>> {
  const [, slug = ''] = /dauys-receipt-v1\s*\n\s*([\w.-]+)/.exec(text) ?? []
  if (slug === '') return fail({ kind: 'not-a-receipt' })
  const ours = verifierKey(originOf(app, slug), app.secrets.logKeys.publicKey)
  const receipt = checkReceiptText(text, ours, (bytes, signature, publicKey) =>
    verify(app.sodium, bytes, signature, publicKey),
  )
  if (!receipt.ok) return receipt
  const found = await readReceipt(app, receipt.value.number)
  if (!found.ok && found.problem.kind === 'log-stopped') return fail(found.problem)
  const votes = found.ok ? found.value : []
  const leaf = toHex(receipt.value.leaf)
  const vote = votes.find((one) => one.leaf === leaf && one.cycle.slug === receipt.value.cycle)
  return ok({ receipt: receipt.value, vote })
}
