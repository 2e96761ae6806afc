// Reminds of ideas that wait: whoever may decide, a day before and at their time; a day later the official of the place. Once each.
import type { Tx } from '../store/db.ts'
import { lateIdeas } from '../store/late-ideas.ts'
import type { App } from './app.ts'
import { whoElseMay } from './may-act.ts'
import { tell } from './tell.ts'

/** Safe to repeat: a message is queued once for each person, stage and time that the idea was sent. Returns how many ideas are late. */
export async function remindModerators(app: App): Promise<number> {
  const late = await lateIdeas(app.db)
  for (const idea of late) {
    const { id, version, cycle, territory, number, dueAt, stage } = idea
    await app.db.begin(async (tx) => {
      for (const account of await reminded(app, tx, idea))
        await tell(
          app,
          tx,
          { kind: 'idea-late', cycle, territory, idea: id, number, dueAt, late: stage !== 'soon' },
          { account, dedupe: `idea-late:${id}:${version}:${stage}:${account}` },
        )
    })
  }
  return late.length
}

/** Moderators first; officials where there are none, and where a day went by. Who refused it before is not asked about an appeal. */
async function reminded(
  app: App,
  tx: Tx,
  { territory, author, appealedFrom, stage }: Awaited<ReturnType<typeof lateIdeas>>[number],
): Promise<number[]> {
  const officials = await whoElseMay(app, tx, 'unmute-author', [territory], author ?? 0)
  if (stage === 'over') return officials
  const all = await whoElseMay(app, tx, 'moderate-idea', [territory], author ?? 0)
  const moderators = all.filter((account) => !officials.includes(account) && account !== appealedFrom)
  return moderators.length > 0 ? moderators : officials
}
