// Is a store away, or did the database ask us to try again? Then nothing was decided and the update must come again.
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|NOT_TAGGED|57P0|08|53|40001|40P01|55P03|57014)/

/** True for lost connections, a server that shuts down or is full, deadlocks and time-outs; by code, through causes. */
export function isAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, name, cause } = at as { code?: unknown; name?: unknown; cause?: unknown }
    if (typeof code === 'string' && AWAY.test(code)) return true
    if (name === 'SessionStoreAway') return true
    at = cause
  }
  return false
}
