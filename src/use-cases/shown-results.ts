// What is stored of a counted vote to be shown, as its bundle has it, and what the leaves of the count and the publication say of it.
import { decodeEvent } from '../core/audit/event.ts'
import { resultSalt } from '../core/audit/mac.ts'
import { type Bundle, listName } from '../core/bundle/bundle.ts'
import { type CountedLeaf, potKey, type Said } from '../core/bundle/check-results.ts'
import { shownPot } from '../core/bundle/shown-pot.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { leavesOfKind } from '../store/log.ts'
import { listsOf, resultsOf } from '../store/results.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

export type ShownResults = Pick<Bundle, 'results' | 'lists'> & { said: Said }

/** The same whoever counted: the server, or the holders of its key. */
export async function shownResults(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
): Promise<ShownResults> {
  const said = await saidOf(tx, id)
  const rows = await resultsOf(tx, id)
  const pots = rows.flatMap(({ territory, pot, count }) => {
    const where = { village: String(territory), pot }
    const { ballots } = said.counted.get(potKey(where)) ?? {}
    const salt = resultSalt(app.secrets.leafKey, originOf(app, slug), where)
    return ballots ? [shownPot(where, ballots, count, salt)] : []
  })
  const seed = [...said.counted.values()].find((one) => one.seed !== undefined)?.seed ?? ''
  const lists = await listsOf(tx, id)
  return {
    said,
    results: { seed, pots },
    lists: new Map(
      lists.map(({ territory, pot, list }) => [listName({ village: String(territory), pot }), list]),
    ),
  }
}

async function saidOf(tx: Tx, id: number): Promise<Said> {
  const counted = new Map<string, CountedLeaf>()
  for (const { body } of await leavesOfKind(tx, id, 'counted')) {
    const event = decodeEvent(body)
    if (event.ok && event.value.kind === 'counted') counted.set(potKey(event.value), event.value)
  }
  const [published] = (await leavesOfKind(tx, id, 'published')).flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok && event.value.kind === 'published' ? [event.value.result] : []
  })
  return { counted, published }
}
