// Rates as one number each. The token bucket: the moment when it will be full again (GCRA, the generic cell rate algorithm);
// an even pace: the moment of the next turn.

/**
 * Takes one token. `fullAt` is what the last call answered (undefined = full); times are milliseconds on one clock.
 * Answers the new `fullAt`, or undefined when the bucket is empty. A bucket of `limit` refills evenly over `windowMs`.
 */
export function takeToken(
  fullAt: number | undefined,
  now: number,
  limit: number,
  windowMs: number,
): number | undefined {
  if (limit < 1) return undefined
  const interval = windowMs / limit
  const from = Math.max(now, fullAt ?? now)
  // A hundredth of an interval of grace: floating point must not eat the last token.
  if (from - now > windowMs - interval * 0.99) return undefined
  return from + interval
}

/** A second, and what a message may be late on its way: 5 % keep those of one second apart from those of the next. */
const SPAN_MS = 1050

/** Milliseconds between two turns of a pace of so many a second. */
export const spacing = (perSecond: number): number => SPAN_MS / perSecond

/** When the next turn is: `nextAt` is what was left by the one before (undefined = none in sight), and is `spacing` after it. */
export const nextTurn = (nextAt: number | undefined, now: number): number => Math.max(now, nextAt ?? now)
