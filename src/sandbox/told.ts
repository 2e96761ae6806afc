// What the control API answers, as a value.

/** What the control API answers: a value, or an HTTP status with a plain reason. */
export type Told<T> = { ok: true; value: T } | { ok: false; status: number; error: string }
export const told = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const cannot = (status: number, error: string): { ok: false; status: number; error: string } => ({
  ok: false,
  status,
  error,
})
