// The receipt of one's own ballot as a text to keep: what was signed for the cast, never signed anew.
import { receiptText } from '../core/audit/receipt-text.ts'
import { receiptOfBallot } from '../store/votes.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

/** `ballot`: the opened ballot that was cast. Undefined when this account cast none of it. */
export async function copyReceipt(app: App, ballot: string, account: number): Promise<string | undefined> {
  const cast = await receiptOfBallot(app.db, ballot, account)
  if (!cast) return undefined
  const { slug: cycle, leaf, at, signature } = cast
  const log = { origin: originOf(app, cycle), publicKey: app.secrets.logKeys.publicKey }
  return receiptText({ cycle, leaf, at }, log, signature)
}
