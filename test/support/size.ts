// How large a story is told: small wherever tests run, whole in CI.
import { sayNotRun } from './notes.ts'

const { CI, DAUYS_PLANTED } = process.env
const whole = DAUYS_PLANTED === '1' || (CI === 'true' && DAUYS_PLANTED !== '0')

/** The whole size with `DAUYS_PLANTED=1` or in CI, else the small one, and it is said which part was not run. */
export function sized<S>(what: string, small: S, full: S): S {
  if (!whole) sayNotRun(`${what} at its whole size`, 'it takes minutes: set DAUYS_PLANTED=1 (or CI=true)')
  return whole ? full : small
}

/** Whether a story that has no small size is told now; if not, it is said. */
export function isTold(what: string): boolean {
  if (!whole) sayNotRun(what, 'it takes long: set DAUYS_PLANTED=1 (or CI=true)')
  return whole
}
