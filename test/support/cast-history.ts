// Holds what people sent and were told against what is stored: is any vote lost, doubled, made up, or later than the close?

export interface CastStory {
  /** Opened ballots that somebody pressed Send for; `accepted`: they were told so. */
  sent: ReadonlyMap<string, { account: number; accepted: boolean }>
  /** Receipt numbers that each account was told, by whichever message. */
  told: ReadonlyMap<number, ReadonlySet<string>>
  stored: readonly StoredCast[]
}

export interface StoredCast {
  ballot: string
  account: number
  receipt: string
  /** Its leaf stands behind CLOSE in the log, or it was cast at the close or after it. */
  late: boolean
}

export interface Verdict {
  lost: number
  doubled: number
  phantom: number
  late: number
}

/**
 * Lost: a receipt that was told and is not stored, or a vote that was accepted and is not. Doubled: a second vote of one opened ballot.
 * Phantom: a vote that nobody sent, or under another account.
 */
export function judge({ sent, told, stored }: CastStory): Verdict {
  const byBallot = new Map<string, StoredCast>()
  const receipts = new Map<string, number>()
  const verdict: Verdict = { lost: 0, doubled: 0, phantom: 0, late: 0 }
  for (const one of stored) {
    if (byBallot.has(one.ballot)) verdict.doubled++
    if (sent.get(one.ballot)?.account !== one.account) verdict.phantom++
    if (one.late) verdict.late++
    byBallot.set(one.ballot, one)
    receipts.set(one.receipt, one.account)
  }
  for (const [account, numbers] of told)
    for (const number of numbers) if (receipts.get(number) !== account) verdict.lost++
  for (const [ballot, { accepted }] of sent) if (accepted && !byBallot.has(ballot)) verdict.lost++
  return verdict
}
