// A result is a value or a named problem: what a person can cause is never thrown.

export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P }

/** Wraps a value as a success. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** Wraps a named problem as a failure. */
export const fail = <P>(problem: P): { ok: false; problem: P } => ({ ok: false, problem })
