// Whoever wrote, supports or follows an idea that is voted on hears, as voting begins, under which number.
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { listedTo } from '../store/idea-list.ts'
import type { App } from './app.ts'
import { tell } from './tell.ts'

/** In the transaction that begins voting, before those who asked to be told of it hear by the same `key`: one message each. */
export async function tellListed(
  app: App,
  tx: Tx,
  { id: cycle, timeline }: Cycle,
  key: string,
): Promise<void> {
  const until = timeline.counting
  if (until === undefined) return
  for (const { account, territory, ideas } of await listedTo(tx, cycle))
    await tell(
      app,
      tx,
      { kind: 'ideas-listed', cycle, territory, until, ideas },
      { account, dedupe: `${key}:${account}` },
    )
}
