// The error of a session store that does not answer: made here, and told from others here.
const NAME = 'SessionStoreAway'

/** `why`: in words that hold no key and no value. */
export const sessionAway = (why: string): Error =>
  Object.assign(new Error(`the session store does not answer: ${why}`), { name: NAME })

/** Told by its name, through causes. */
export function isSessionAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    if (at.name === NAME) return true
    at = at.cause
  }
  return false
}
