// The token bucket as one number: the moment when the bucket will be full again (GCRA, the generic cell rate algorithm).

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
