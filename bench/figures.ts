// The figures at the end of a replay.
import type { Voted } from './voter.ts'

export interface Figures {
  file: string
  voters: number
  /** Ballots and marks of the file that nobody could make here. */
  left: number
  leftMarks: number
  updates: number
  receipts: number
  distinctReceipts: number
  counted: number
  winnersEqual: boolean
  /** Held against the city's announcement, or against our own count of the same ballots. */
  against: 'announced' | 'recounted'
  wallSeconds: number
  ballotsPerSecond: number
  updatesPerSecond: number
  /** Milliseconds of the program's processor time per ballot; in sandbox mode with the Bot API server in it. */
  cpuMsPerBallot: number
  sendMsMedian: number
  sendMsP95: number
  messagesMedian: number
  messagesMax: number
  /** Bytes of Bot API bodies in both directions per voter. */
  apiBytesPerVoter: number
  apiCallsPerVoter: number
}

/** The value below which the share `q` of the sorted values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}

export interface Measured {
  voted: readonly Voted[]
  wallSeconds: number
  cpuSeconds: number
  updates: number
  apiBytes: number
  apiCalls: number
}

export type Told = Pick<Figures, 'file' | 'left' | 'leftMarks' | 'counted' | 'winnersEqual' | 'against'>

export function figuresOf(told: Told, measured: Measured): Figures {
  const { voted, wallSeconds, cpuSeconds, updates, apiBytes, apiCalls } = measured
  const per = (sum: number) => (voted.length === 0 ? 0 : sum / voted.length)
  const sends = voted.map(({ sendMs }) => sendMs)
  const messages = voted.map((one) => one.messages)
  return {
    ...told,
    voters: voted.length,
    updates,
    receipts: voted.length,
    distinctReceipts: new Set(voted.map(({ receipt }) => receipt)).size,
    wallSeconds: round(wallSeconds, 1),
    ballotsPerSecond: round(voted.length / wallSeconds, 1),
    updatesPerSecond: round(updates / wallSeconds, 0),
    cpuMsPerBallot: round(per(cpuSeconds) * 1000, 1),
    sendMsMedian: round(quantile(sends, 0.5), 0),
    sendMsP95: round(quantile(sends, 0.95), 0),
    messagesMedian: quantile(messages, 0.5),
    messagesMax: Math.max(0, ...messages),
    apiBytesPerVoter: round(per(apiBytes), 0),
    apiCallsPerVoter: round(per(apiCalls), 1),
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Every ballot recorded once, none lost, doubled or made up, and the right projects won. */
export const isRight = (f: Figures): boolean =>
  f.winnersEqual && f.receipts === f.voters && f.distinctReceipts === f.voters && f.counted === f.voters

export function line(f: Figures): string {
  const left = [
    ...(f.left > 0 ? [`${f.left} ballots of the file cannot be sent: no mark or too many`] : []),
    ...(f.leftMarks > 0 ? [`${f.leftMarks} marks are on projects withdrawn after the vote`] : []),
  ]
  return [
    `${f.file}: ${f.voters} voters, ${f.updates} updates`,
    ...left,
    `${f.receipts} receipts, ${f.distinctReceipts} distinct, ${f.counted} ballots counted`,
    `winners ${f.winnersEqual ? 'equal' : 'NOT EQUAL'} (${f.against === 'announced' ? 'as the city announced' : 'against a recount of these ballots'})`,
    `${f.ballotsPerSecond} ballots/s, ${f.updatesPerSecond} updates/s, ${f.cpuMsPerBallot} ms of processor time a ballot, ${f.wallSeconds} s`,
    `Send to receipt ${f.sendMsMedian} ms (p95 ${f.sendMsP95})`,
    `${f.messagesMedian} messages a voter (most ${f.messagesMax})`,
    `${(f.apiBytesPerVoter / 1024).toFixed(1)} KB and ${f.apiCallsPerVoter} calls of the Bot API a voter`,
  ].join('; ')
}
