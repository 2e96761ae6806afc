// How long a piece of work keeps the event loop from its next turn, and what it costs, in milliseconds of processor time.

const PASSES = 5

const used = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * The longest that one of these, with nothing else at work, keeps the event loop from its next turn: milliseconds of processor time, so
 * that what else the machine does is not in it. Of each the quietest of some passes, for garbage is collected in any of them; of these
 * the longest.
 */
export async function longestStretch<T>(
  all: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<number> {
  const longest: number[] = []
  for (const one of all) {
    const passes: number[] = []
    for (let pass = 0; pass < PASSES; pass++) passes.push(await stretchOf(() => work(one)))
    longest.push(Math.min(...passes))
  }
  return Math.max(...longest)
}

async function stretchOf(work: () => Promise<unknown>): Promise<number> {
  let [longest, at, on] = [0, used(), true]
  const turn = () => {
    const now = used()
    longest = Math.max(longest, now - at)
    at = now
    if (on) setImmediate(turn)
  }
  turn()
  await work()
  on = false
  return longest
}

/** Milliseconds of this process's processor time that one of these costs on average, one after the other. */
export async function costOf<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<number> {
  for (const one of all.slice(0, 10)) await work(one)
  const before = used()
  for (const one of all) await work(one)
  return (used() - before) / all.length
}
