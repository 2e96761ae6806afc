// Whoever may decide about an idea hears of it in their own chat where no group of moderators does.
import type { Tx } from '../store/db.ts'
import type { Idea } from '../store/ideas.ts'
import { hasRoom } from '../store/rooms.ts'
import type { App } from './app.ts'
import { whoElseMay } from './may-act.ts'
import { tell } from './tell.ts'

/** Once for each time it is sent; its author never decides. `again`: it was sent before. Nobody where a group hears of it. */
export async function tellModerators(app: App, tx: Tx, idea: Idea, again: boolean): Promise<void> {
  const { id, cycle, territory, number, version, author, appealedFrom, appealed } = idea
  if (number === null || idea.dueAt === null || (await hasRoom(tx, cycle, territory))) return
  for (const account of await whoElseMay(app, tx, 'moderate-idea', [territory], author ?? 0)) {
    if (appealed && account === appealedFrom) continue
    await tell(
      app,
      tx,
      { kind: 'idea-arrived', cycle, territory, idea: id, number, again, dueAt: idea.dueAt },
      { account, dedupe: `idea-arrived:${id}:${version}:${account}` },
    )
  }
}

/** Its cost is wanted now: officials of the place hear of it once, where no group does; moderators where there is no official. */
export async function tellWhoCosts(app: App, tx: Tx, idea: Idea, by: number | undefined): Promise<void> {
  const { id, cycle, territory, number, version, author } = idea
  if (number === null || (await hasRoom(tx, cycle, territory))) return
  const officials = await whoElseMay(app, tx, 'unmute-author', [territory], author ?? 0)
  const others =
    officials.length > 0 ? officials : await whoElseMay(app, tx, 'cost-idea', [territory], author ?? 0)
  for (const account of others)
    if (account !== by)
      await tell(
        app,
        tx,
        { kind: 'idea-to-cost', cycle, territory, idea: id, number },
        { account, dedupe: `idea-to-cost:${id}:${version}:${account}` },
      )
}
