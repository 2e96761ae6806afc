// Whoever wanted to be told when something starts in a village is told, once for each wish, wherever in the place they live.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertAccount } from '../../src/store/accounts.ts'
import { insertTerritory } from '../../src/store/territories.ts'
import { everywhere } from '../../src/core/localised.ts'
import { putWatches } from '../../src/store/watches.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must } from '../support/cycle.ts'
import { ideasCycle } from '../support/ideas.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('watchers')
})
afterAll(() => app.done())

const told = async () => {
  const rows = await app.db.sql<{ account: number; kind: string; phase: string; place: number }[]>`
    select account, kind, facts ->> 'phase' as phase, (facts ->> 'territory')::int as place from delivery order by account, id`
  return rows.map(({ account, kind, phase, place }) => [account, kind, phase, place])
}

test('ideas and voting are told to whom they concern, by two replicas once, and to nobody else', async () => {
  const draft = await ideasCycle(app, 'watched', 'draft')
  const [village, other] = draft.villages as [number, number]
  const street = await insertTerritory(app.db, {
    level: 4,
    kind: 'village',
    name: everywhere('A street'),
    parent: village,
  })
  const wishes = [
    [901, village, ['ideas', 'voting']],
    [902, street, ['ideas']],
    [903, other, ['results']],
    [904, other, ['voting']],
  ] as const
  for (const [account, territory, kinds] of wishes) {
    await upsertAccount(app.db, account, {})
    await putWatches(app.db, account, territory, kinds)
  }
  must(await movePhase(app, draft.id, { by: 'command' }))
  expect(await told()).toEqual([])
  const begun = await Promise.all([1, 2].map(() => movePhase(app, draft.id, { by: 'clock' })))
  expect(begun.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await told()).toEqual([
    [901, 'began', 'ideas', village],
    [902, 'began', 'ideas', village],
  ])
  await app.db.sql`
    update phase_start set starts_at = now() - interval '1 hour' where cycle = ${draft.id} and phase in ('review', 'voting')`
  must(await movePhase(app, draft.id, { by: 'clock' }))
  must(await movePhase(app, draft.id, { by: 'clock' }))
  expect((await told()).filter(([, , phase]) => phase === 'voting')).toEqual([
    [901, 'began', 'voting', village],
    [904, 'began', 'voting', other],
  ])
})
