// What went wrong on the way to a chat: how it is called, and when the screen may be tried again.
import { GrammyError, HttpError } from 'grammy'
import type { Metrics } from '../metrics.ts'
import { NoPhoto } from './new-message.ts'

/**
 * `paused`: Telegram said when. `refused`: Telegram would refuse it again. `away`: Telegram answered with a fault of its own. `unknown`: it may
 * have arrived. `failed`: ours.
 */
export interface Loss {
  reason: 'paused' | 'refused' | 'away' | 'unknown' | 'failed'
  /** With `paused`. */
  ms?: number
  error: unknown
}

/** Runs the calls together and counts and returns what was lost. */
export async function callAll(calls: readonly (() => Promise<unknown>)[], metrics: Metrics): Promise<Loss[]> {
  const outcomes = await Promise.allSettled(calls.map((call) => call()))
  const losses = outcomes.flatMap((one) => (one.status === 'rejected' ? [lossOf(one.reason)] : []))
  for (const { reason } of losses) metrics.answersLost.inc({ reason })
  return losses
}

function lossOf(error: unknown): Loss {
  if (error instanceof HttpError) return { reason: 'unknown', error }
  if (error instanceof NoPhoto) return { reason: 'refused', error }
  const telegrams = error instanceof GrammyError ? error : (error as Error | undefined)?.cause
  if (!(telegrams instanceof GrammyError)) return { reason: 'failed', error }
  if (telegrams.error_code === 429)
    return { reason: 'paused', ms: (telegrams.parameters.retry_after ?? 5) * 1000, error }
  return { reason: telegrams.error_code >= 500 ? 'away' : 'refused', error }
}

const FIRST_MS = 2_000
const SLOWEST_MS = 10_000

/** When a screen that was lost for the `attempt`th time is tried again. */
export const againInMs = (losses: readonly Loss[], attempt: number): number =>
  Math.max(...losses.map(({ ms }) => ms ?? Math.min(SLOWEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10))))
