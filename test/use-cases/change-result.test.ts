// After the publication a winner drops out or becomes cheaper: two officials say so, and the frozen rule alone says who moves up.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultCsv, resultJson } from '../../src/documents/result-files.ts'
import { createI18n } from '../../src/i18n.ts'
import { type ChangeWish, proposeChange, readStanding } from '../../src/use-cases/change-result.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { readWorks } from '../../src/use-cases/read-works.ts'
import { onTrustedLog, readCycle } from '../../src/use-cases/trusted-reading.ts'
import { readCycleSecrets } from '../../src/use-cases/check-secrets.ts'
import { resultRows } from '../../src/use-cases/result-rows.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

const [AYAN, BOTA] = [71, 72]
const reason = { kk: 'Мердігер бас тартты', ru: 'Подрядчик отказался' }
let app: TestApp
let cycle: SmallCycle
let desk: Clerk

/** Budget 10,000,000: 1 and 2 win with 9,000,000; 3 costs 3,000,000, 4 costs 1,500,000. */
beforeAll(async () => {
  app = await testApp('change-result')
  for (const account of [AYAN, BOTA]) must(await grantRole(app, { account, role: 'official' }, 'command'))
  cycle = await smallCycle(app, 'changed', [[5_000_000, 4_000_000, 3_000_000, 1_500_000]], { trial: true })
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 13)
  for (const [n, person] of people.entries())
    must(
      await vote(
        app,
        cycle.id,
        person,
        ['a1', ...(n < 12 ? ['a2'] : []), ...(n < 10 ? ['a3'] : n < 12 ? ['a4'] : [])].slice(0, 3),
      ),
    )
  must(await movePhase(app, cycle.id, { by: 'command' }))
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const at = (number: number) => ({ cycle: cycle.id, territory: cycle.villages[0] as number, number })
const says = async (line: string) => {
  const { lines, refused } = await desk.types(`--lang ru ${line} --cycle changed`)
  return refused ?? lines.join('\n')
}
async function both(number: number, wish: Omit<ChangeWish, 'reason'>): Promise<string> {
  const proposed = await proposeChange(app, at(number), { ...wish, reason }, AYAN)
  return proposed.ok ? kindOf(await confirmAct(app, proposed.value.id, BOTA)) : proposed.problem.kind
}
const standing = async () => {
  const { after } = must(await readStanding(app, app.db, { ...at(1), pot: 'general' }))
  return { ...Object.fromEntries(after.standing), left: after.left, next: after.next?.id }
}
/** What a trusted reading finds. */
const faults = async (): Promise<string[]> => {
  await numberLeaves(app)
  const stored = await cycleById(app.db, cycle.id)
  if (!stored) throw new Error('no cycle')
  const secrets = await readCycleSecrets(app, stored)
  const read = await onTrustedLog(app, cycle.id, async (tx, tip) =>
    readCycle(app, tx, stored, tip, { secrets, results: await resultRows(app, tx, stored) }),
  )
  if (read.ok) return []
  return read.problem.kind === 'log' ? read.problem.faults.map(({ kind }) => kind) : [read.problem.kind]
}

test('the count names the next one, and before the publication nothing is changed', async () => {
  expect(await both(1, { change: 'dropped' })).toBe('not-published')
  expect(await says('count')).toMatch(/Следующий в резерве: №\s3\. project 3\. Не хватает: 2\s000\s000/)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  expect(await standing()).toEqual({
    a1: 'elected',
    a2: 'elected',
    a3: 'waiting',
    a4: 'waiting',
    left: 1_000_000,
    next: 'a3',
  })
})

test('what is cheaper pays for whom the money reaches, whose work begins; what makes no sense is not proposed', async () => {
  expect(await both(1, { change: 'cheaper', cost: 5_000_000 })).toBe('no-sense')
  expect(await both(3, { change: 'dropped' })).toBe('no-sense')
  expect(await both(2, { change: 'cheaper', cost: 3_400_000 })).toBe('ok')
  expect(await standing()).toMatchObject({ a3: 'waiting', a4: 'reserve', left: 100_000, next: 'a3' })
  const works = await readWorks(app, cycle.id)
  expect(works.map(({ number, came }) => [number, came])).toEqual([
    [1, 'elected'],
    [2, 'elected'],
    [4, 'reserve'],
  ])
  expect(await faults()).toEqual([])
})

test('paid for outside the vote it is built, and never shown as elected', async () => {
  expect(await both(3, { change: 'outside' })).toBe('ok')
  expect(await standing()).toMatchObject({ a3: 'outside', left: 100_000, next: undefined })
  const result = must(await readResult(app, cycle.id, at(3).territory, 'general'))
  expect(result.count.winners).toEqual(['a1', 'a2'])
  expect(
    result.changed.map(({ project, before, standing: now, was, now: cost }) => [
      project.id,
      before,
      now,
      was,
      cost,
    ]),
  ).toEqual([
    ['a2', 'elected', 'elected', 4_000_000, 3_400_000],
    ['a3', 'out', 'outside', 3_000_000, 3_000_000],
    ['a4', 'out', 'reserve', 1_500_000, 1_500_000],
  ])
  const files = { ...result, place: { ...result.place } }
  const rows = resultCsv(createI18n()('en'), files).split('\r\n')
  expect(rows[0]).toMatch(/After the vote[;,]Cost now$/)
  expect(rows[2]).toMatch(/[;,]won[;,]3400000$/)
  expect(rows[3]).toMatch(/did not win → paid for outside the vote[;,]3000000$/)
  const json = JSON.parse(resultJson(files)) as { winners: string[]; changed: object[] }
  expect(json.winners).toEqual(['a1', 'a2'])
  expect(json.changed[1]).toEqual({
    id: 'a3',
    before: 'out',
    standing: 'outside',
    was: 3_000_000,
    now: 3_000_000,
  })
  expect((await readWorks(app, cycle.id)).find(({ number }) => number === 3)?.came).toBe('outside')
})

test('one alone changes nothing, and of two that were proposed for the same winner the second finds it gone', async () => {
  const proposed = must(await proposeChange(app, at(1), { change: 'dropped', reason }, AYAN))
  const other = must(await proposeChange(app, at(1), { change: 'cheaper', cost: 4_000_000, reason }, AYAN))
  expect(kindOf(await confirmAct(app, proposed.id, AYAN))).toBe('same-person')
  expect(await standing()).toMatchObject({ a1: 'elected' })
  must(await confirmAct(app, proposed.id, BOTA))
  expect(kindOf(await confirmAct(app, other.id, BOTA))).toBe('cannot')
  expect((await readWorks(app, cycle.id)).find(({ number }) => number === 1)?.dropped).toBe(true)
  const told = await says('works reserve')
  expect(told).toMatch(/№\s1\. project 1 · .* · отпал/)
  expect(told).toMatch(/№\s3\. project 3 · .* · деньги вне голосования/)
  expect(
    await says(
      `works change "changed 1" 1 --dropped --as ${AYAN} --kk "Мердігер жоқ болды" --ru "Подрядчика нет"`,
    ),
  ).toContain('Так нельзя')
  expect(await faults()).toEqual([])
})

test('a change that nobody made, or made otherwise, is found', async () => {
  await unguarded(app.db, (sql) => sql`update result_change set cost = 1 where kind = 'cheaper'`)
  expect(await faults()).toEqual(['changes'])
  await unguarded(app.db, (sql) => sql`update result_change set cost = 3400000 where kind = 'cheaper'`)
  expect(await faults()).toEqual([])
  await unguarded(app.db, (sql) => sql`delete from result_change where kind = 'outside'`)
  expect(await faults()).toEqual(['changes'])
})
