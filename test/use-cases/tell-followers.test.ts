// Whoever follows a project hears with the results whether it was elected, in one message; an idea's supporters follow what it became.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertAccount } from '../../src/store/accounts.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { followProject } from '../../src/use-cases/follow-project.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { muteKind } from '../../src/use-cases/mute-kind.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { followIdea } from '../../src/use-cases/village-ideas.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { ideasCycle, neighbour, sentIdea } from '../support/ideas.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('followers')
})
afterAll(() => app.done())

test('one message about the results tells of each followed project whether it was elected; the others get theirs', async () => {
  const cycle = await smallCycle(app, 'followed', [[6_000_000, 5_000_000]])
  const territory = cycle.villages[0] as number
  await openVoting(app, cycle.id)
  const home = { cycle: cycle.id, territory }
  for (const account of [911, 912, 913, 914]) await upsertAccount(app.db, account, { home })
  const follow = (account: number, number: number, on = true) =>
    followProject(app, account, { ...home, number }, on)
  for (const [account, number] of [
    [911, 1],
    [911, 2],
    [912, 2],
    [913, 1],
  ] as const)
    must(await follow(account, number))
  must(await follow(912, 2, false))
  await muteKind(app, 913, 'results', true)
  for (const voter of await voters(app, cycle.id, territory, 3))
    must(await vote(app, cycle.id, voter, ['a2']))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  const rows = await app.db.sql<{ account: number; followed: { number: number; won: boolean }[] | null }[]>`
    select account, facts -> 'followed' as followed from delivery where kind = 'results' order by account`
  const told = rows.map(({ account, followed }) => [
    account,
    followed?.map(({ number, won }) => [number, won]),
  ])
  expect(told.slice(0, 3)).toEqual([
    [
      911,
      [
        [1, false],
        [2, true],
      ],
    ],
    [912, undefined],
    [914, undefined],
  ])
})

test('who wrote an idea, supports or follows it hears once that it is on the list, and follows the project that it became', async () => {
  const cycle = await ideasCycle(app, 'became')
  const { id, number } = await sentIdea(app, 921, cycle)
  await neighbour(app, 922, cycle)
  must(await supportIdea(app, 922, id))
  for (const account of [922, 923, 924]) {
    await neighbour(app, account, cycle)
    must(await followIdea(app, account, { cycle: cycle.id, number }, true))
  }
  await muteKind(app, 924, 'ideas', true)
  const by = { by: 'command' } as const
  must(await decideIdea(app, id, { kind: 'approve' }, by))
  must(await decideIdea(app, id, { kind: 'edit', titles: { ru: 'Фонарь' }, texts: { ru: 'Темно.' } }, by))
  must(await decideIdea(app, id, { kind: 'feasible', cost: 1_000_000, onList: true }, by))
  for (const phase of ['review', 'voting']) {
    await app.db.sql`
      update phase_start set starts_at = now() - interval '1 hour' where cycle = ${cycle.id} and phase = ${phase}`
    must(await movePhase(app, cycle.id, { by: 'clock' }))
  }
  const rows = await app.db.sql<{ account: number; project: string }[]>`
    select account, project from follow where cycle = ${cycle.id} order by account`
  expect(rows.map(({ account, project }) => [account, project])).toEqual([
    [921, 'idea-1'],
    [922, 'idea-1'],
    [923, 'idea-1'],
    [924, 'idea-1'],
  ])
  const told = await app.db.sql<{ account: number; ideas: object }[]>`
    select account, facts -> 'ideas' as ideas from delivery
    where kind = 'ideas-listed' and (facts ->> 'cycle')::int = ${cycle.id} order by account`
  const one = (account: number, mine: boolean) => ({ account, ideas: [{ number: 2, mine }] })
  expect(told, 'each once, by its number on the list; whoever switched it off hears nothing').toMatchObject([
    one(921, true),
    one(922, false),
    one(923, false),
  ])
})
