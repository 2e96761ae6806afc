// A cycle that asks two villages what they need, and people who answer, for stories.
import { upsertAccount } from '../../src/store/accounts.ts'
import { markNeed } from '../../src/use-cases/answer-needs.ts'
import type { App } from '../../src/use-cases/app.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'
import { unguarded } from './database.ts'
import { begins, day, must, type SmallCycle, smallCycle } from './cycle.ts'

/** Asked since yesterday, for ten more days; ideas follow. */
export async function askingCycle(
  app: App,
  slug: string,
  wanted: Partial<NewCycle> = {},
): Promise<SmallCycle> {
  const cycle = await smallCycle(app, slug, [[1_000_000], [1_000_000]], {
    timeline: {
      announced: day(-2),
      consultation: day(-1),
      ideas: day(10),
      review: day(15),
      voting: day(20),
      counting: day(30),
    },
    ...wanted,
  })
  must(await movePhase(app, cycle.id, { by: 'command' }))
  await begins(app, cycle.id, 'consultation')
  return cycle
}

/** An account that marks these needs. */
export async function answers(
  app: App,
  account: number,
  { id: cycle, villages }: SmallCycle,
  needs: readonly number[],
  village = 0,
): Promise<void> {
  await upsertAccount(app.db, account, {})
  const at = { cycle, territory: villages[village] as number }
  for (const need of needs) must(await markNeed(app, account, at, { need, on: true }))
}

/** The end comes, whether or not the phase has moved yet. */
export const letAskingEnd = (app: App, id: number): Promise<unknown> =>
  unguarded(
    app.db,
    (sql) =>
      sql`update phase_start set starts_at = clock_timestamp() where cycle = ${id} and phase = 'ideas'`,
  )
