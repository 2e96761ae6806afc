// On a vote where two decide, a command of an official proposes and does nothing alone; elsewhere it acts in the name of that official.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { accountMark } from '../../src/use-cases/actor.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { letClose, must, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
let desk: Clerk
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('two propose')
  desk = await clerk(app)
  cycle = await smallCycle(app, 'decided', [[1_000_000]])
  for (const account of [61, 62]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const types = (line: string) => desk.types(`--lang ru ${line} --cycle decided`)
const profile = (name: 'advisory' | 'binding') =>
  unguarded(app.db, (sql) => sql`update cycle set profile = ${name} where id = ${cycle.id}`)
const phase = async () => (await cycleById(app.db, cycle.id))?.phase

test('where one decides, --as acts in the name of the official', async () => {
  expect((await types('cycle next --as 99')).refused).toContain('нет такой роли')
  expect((await types('cycle next --as 61')).lines.at(-1)).toContain('→')
  const [leaf] = await leavesOfKind(app.db, cycle.id, 'phase')
  expect(leaf && must(decodeEvent(leaf.body))).toMatchObject({ by: accountMark(app, 61) })
})

test('where two decide, a phase and a later close are proposed, and nobody acts without a name', async () => {
  await openVoting(app, cycle.id)
  await profile('binding')
  const close = (await cycleById(app.db, cycle.id))?.timeline.counting ?? ''
  const later = new Date(Date.parse(close) + 86_400_000).toISOString()
  expect((await types(`cycle extend --to ${later} --yes`)).refused).toContain('--as')
  const extend = await types(`cycle extend --to ${later} --yes --as 61`)
  expect(extend.lines[1]).toContain('одному из них нужно подтвердить: 62.')
  expect((await cycleById(app.db, cycle.id))?.timeline.counting).toBe(close)

  await letClose(app, cycle.id)
  expect((await types('cycle next')).refused).toContain('Здесь решают двое.')
  expect((await types('cycle next --as 61')).lines[1]).toContain('подтвердить: 62.')
  expect(await phase()).toBe('voting')

  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await profile('advisory')
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
  await numberLeaves(app)
  await profile('binding')
  expect((await types('cycle publish --yes')).refused).toContain('Здесь решают двое.')
  // Its rules were frozen as another vote's: what is proposed is read as strictly as what is published.
  expect((await types('cycle publish --yes --as 62')).refused).toBeDefined()
  expect(await phase()).toBe('counting')
})
