// Who prints does not hand out: the sealed file names who printed, the log says so, and the desk is asked for somebody else.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { accountMark } from '../../src/use-cases/actor.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { importRoll } from '../../src/use-cases/import-roll.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { proposeReissue } from '../../src/use-cases/reissue-card.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { sealedRoll } from '../support/roll.ts'

const [PRINTS, HANDS] = [81, 82]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('who-prints')
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const official = async (account: number, cycle: SmallCycle) =>
  must(await grantRole(app, { account, role: 'official', territory: cycle.villages[0] as number }, 'command'))

/** A village whose list was written by somebody, printed by one official and taken in. */
async function printed(slug: string, as = `--as ${PRINTS}`) {
  const cycle = await smallCycle(app, slug, [[1_000_000]])
  const village = cycle.villages[0] as number
  const rows = [1, 2, 3].map((register) => `${slug} 1;${register}\n`)
  await writeFile(desk.file(`${slug}.csv`), `village;register\n${rows.join('')}`)
  const papers = `--cycle ${slug} --bot b --out ${desk.file(slug)}`
  const print = await desk.types(`cards print ${desk.file(`${slug}.csv`)} ${papers} ${as}`)
  const taken = await desk.types(`roll import ${desk.file(`${slug}/roll-${slug}.txt`)} --cycle ${slug}`)
  return { cycle, village, print, taken }
}
const eventsOf = async ({ id }: SmallCycle) =>
  (await app.db.sql<{ body: Uint8Array }[]>`select body from leaf where log = ${id} order by id`).map(
    ({ body }) => must(decodeEvent(body)),
  )
async function counts({ id }: SmallCycle): Promise<void> {
  await openVoting(app, id)
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
  await numberLeaves(app)
  must(await countCycle(app, id, 'command'))
}

test('the official who printed is refused at the desk while another one is there, and the log names both', async () => {
  const { cycle, village, print, taken } = await printed('both')
  expect([print.refused, taken.refused]).toEqual([undefined, undefined])
  await official(PRINTS, cycle)
  await official(HANDS, cycle)
  const hand = (serials: string, as = '') =>
    desk.types(`cards hand-over ${village} ${serials} --cycle both ${as}`)
  expect((await hand('1-2')).refused).toContain('--as')
  expect((await hand('1-2', `--as ${PRINTS}`)).refused).toBe(
    'Who hands these cards over printed them: 1, 2. Another official must hand them over (--as). Nothing was entered.',
  )
  expect((await hand('1-2', '--as 83')).refused).toContain('role')
  const done = await hand('1-2', `--as ${HANDS}`)
  expect(done.lines).toEqual([expect.stringContaining('cards handed over: 2. Entered before: 0.')])
  expect(await eventsOf(cycle)).toMatchObject([
    { kind: 'cycle-created' },
    { kind: 'cards-printed', serials: 3, by: accountMark(app, PRINTS) },
    { kind: 'roll-imported' },
    { kind: 'cards-handed-over', serials: 2, by: accountMark(app, HANDS) },
  ])
  await counts(cycle)
})

test('where nobody else is there it is said aloud, and the log says so', async () => {
  const { cycle, village } = await printed('alone')
  await official(PRINTS, cycle)
  const { lines } = await desk.types(`cards hand-over ${village} 1-3 --cycle alone --as ${PRINTS}`)
  expect(lines).toEqual([
    expect.stringContaining('cards handed over: 3.'),
    'Mind: one official printed these cards and handed them over: 1, 2, 3. There is no other one there; the log says so.',
  ])
  expect((await eventsOf(cycle)).at(-1)).toMatchObject({ kind: 'cards-handed-over', alone: true })
  await counts(cycle)
})

test('whoever printed the new card does not propose that it takes the place of another', async () => {
  const { cycle, village } = await printed('replaced')
  await official(PRINTS, cycle)
  await official(HANDS, cycle)
  await desk.types(`cards hand-over ${village} 1 --cycle replaced --as ${HANDS}`)
  const papers = `--cycle replaced --bot b --out ${desk.file('again')} --as ${HANDS}`
  await desk.types(`cards print ${desk.file('replaced.csv')} ${papers}`)
  await desk.types(`roll import ${desk.file('again/roll-replaced.txt')} --cycle replaced --yes`)
  const wanted = { territory: village, serial: 4, register: 1, moved: false }
  expect(kindOf(await proposeReissue(app, cycle.id, wanted, HANDS))).toBe('own-print')
  expect(kindOf(await proposeReissue(app, cycle.id, wanted, PRINTS))).toBe('ok')
})

test('without a name nothing is printed for a real vote, and a file without one is not taken in', async () => {
  const { print, cycle } = await printed('nameless', '')
  expect(print.refused).toContain('--as')
  const nameless = sealedRoll(app, cycle.slug, cycle.villages[0] as number, [1], 0, null)
  expect(kindOf(await importRoll(app, cycle.id, nameless, 'command'))).toBe('name-printer')
})
