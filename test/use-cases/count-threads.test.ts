// A count whose boxes are opened in threads of their own: the same result, and no less careful.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openerThreads } from '../../src/program/opener-threads.ts'
import type { App } from '../../src/use-cases/app.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { castAll, crowd, openAll } from '../support/crowd.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'
import { buildShipped } from '../support/shipped.ts'

const OPENER = fileURLToPath(new URL('../../dist/opener.mjs', import.meta.url))

let app: TestApp
let cycle: number
beforeAll(async () => {
  await buildShipped()
  app = await testApp('threads')
  const { id, villages } = await smallCycle(app, 'threads', [[100, 200, 300]], { trial: true })
  cycle = id
  await openVoting(app, id)
  const [territory] = villages as [number]
  const voters = await crowd(app, { cycle, territory }, 300, 40_000_000)
  await castAll(app, cycle, await openAll(app, cycle, voters.slice(0, 100)), ['a1', 'a2'])
  await castAll(app, cycle, await openAll(app, cycle, voters.slice(100)), ['a3'])
  must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
})
afterAll(() => app.done())

/** As many threads as a large count has, whatever this machine is. */
const threaded = (): App => ({ ...app, openers: openerThreads(OPENER, { from: 1, threads: 3 }) })

test('threads or none, the result is the same, and it is said how far the count is', async () => {
  const here = must(await countCycle(app, cycle, 'command'))
  const heard: [number, number][] = []
  const there = must(await countCycle(threaded(), cycle, 'command', (done, of) => heard.push([done, of])))
  expect(there.map(({ hash }) => hash)).toEqual(here.map(({ hash }) => hash))
  expect(there[0]?.opened?.ballots).toEqual(here[0]?.opened?.ballots)
  expect(heard.at(-1)).toEqual([300, 300])
})

test('a thread that cannot go on fails the count, which stores nothing', async () => {
  const broken: App = { ...app, openers: openerThreads(`${OPENER}.is-not-there`, { from: 1, threads: 2 }) }
  const stored = () => app.db.sql`select count(*)::int as leaves from leaf where kind = 'counted'`
  const before = await stored()
  await expect(countCycle(broken, cycle, 'command')).rejects.toThrow()
  expect(await stored()).toEqual(before)
})
