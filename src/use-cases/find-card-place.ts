// Which vote a card is for: neither its 16 digits nor its link say so, and several votes may be open at once.
import { openCyclesBy } from '../store/places.ts'
import { hasCard, waitBeforeLookUp } from '../store/votes.ts'
import { cardHash } from '../verification/card.ts'
import { methodOf, methods } from '../verification/index.ts'
import type { App } from './app.ts'
import type { Place } from './list-places.ts'
import { readPlace } from './read-place.ts'

type At = { cycle: number; territory: number }

const BY_CARD = Object.values(methods).flatMap(({ kind, facts }) => (facts.usesCards ? [kind] : []))

/**
 * A place of the vote that has this card: `where` if it is of that vote. When no vote has it, the first of all: there the
 * look-up that follows finds nothing and counts as an attempt; whoever must wait is refused there too, before anything is hashed.
 * Undefined while no vote takes cards.
 */
export async function findCardPlace(
  app: App,
  account: number,
  code: string,
  where: At | undefined,
): Promise<Place | undefined> {
  const here = where && (await readPlace(app, where.cycle, where.territory))
  const mine = here && methodOf(here.cycle.method).facts.usesCards ? [where] : []
  const others = (await openCyclesBy(app.db, BY_CARD)).filter(({ cycle }) => cycle !== mine[0]?.cycle)
  const found = await withCard(app, account, code, [...mine, ...others])
  if (!found) return undefined
  return found === where ? here : readPlace(app, found.cycle, found.territory)
}

async function withCard(
  app: App,
  account: number,
  code: string,
  places: readonly At[],
): Promise<At | undefined> {
  const [first, ...others] = places
  if (!first || others.length === 0) return first
  if ((await waitBeforeLookUp(app.db, first.cycle, account)) > 0) return first
  for (const place of places)
    if (await hasCard(app.db, place.cycle, await cardHash(code, app.secrets.pepper(place.cycle))))
      return place
  return first
}
