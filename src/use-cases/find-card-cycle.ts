// Which vote a card is for: neither its 16 digits nor its link say so, and several votes may be open at once.
import { hasCard, waitBeforeLookUp } from '../store/votes.ts'
import { cardHash } from '../verification/card.ts'
import type { App } from './app.ts'

/**
 * The first of `cycles` that has this card, else the first of all: there the look-up that follows finds nothing and counts as
 * an attempt. Whoever must wait is refused there too, before anything is hashed.
 */
export async function findCardCycle(
  app: App,
  account: number,
  cycles: readonly number[],
  code: string,
): Promise<number | undefined> {
  const [first, ...others] = cycles
  if (first === undefined || others.length === 0) return first
  if ((await waitBeforeLookUp(app.db, first, account)) > 0) return first
  for (const cycle of cycles)
    if (await hasCard(app.db, cycle, await cardHash(code, app.secrets.pepper(cycle)))) return cycle
  return first
}
