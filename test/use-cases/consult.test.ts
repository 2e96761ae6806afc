// What a village needs: marks of residents, one answer an account, until the end by the database's clock.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEEDS } from '../../src/core/needs.ts'
import { upsertAccount } from '../../src/store/accounts.ts'
import { tallyOf } from '../../src/store/needs.ts'
import { markNeed, readConsultation, readTopNeeds, sayNeed } from '../../src/use-cases/answer-needs.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { readMyData } from '../../src/use-cases/read-my-data.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { day, kindOf, must, type SmallCycle, smallCycle, voters } from '../support/cycle.ts'
import { answers, askingCycle, letAskingEnd } from '../support/needs.ts'

let app: TestApp
let cycle: SmallCycle
let at: { cycle: number; territory: number }
beforeAll(async () => {
  app = await testApp('consult')
  cycle = await askingCycle(app, 'consult')
  at = { cycle: cycle.id, territory: cycle.villages[0] as number }
})
afterAll(() => app.done())

const marksOf = async (account: number) =>
  (await readConsultation(app, account, cycle.id))?.answer.marks.toSorted()

test('a cycle with a consultation asks about the usual needs, or about its own, and one without asks nothing', async () => {
  expect((await readConsultation(app, 1, cycle.id))?.needs).toEqual(NEEDS)
  const own = await askingCycle(app, 'own-needs', { needs: [{ kk: 'Ауыз су', ru: 'Вода' }] })
  expect((await readConsultation(app, 1, own.id))?.needs).toEqual([{ kk: 'Ауыз су', ru: 'Вода' }])
  const silent = await smallCycle(app, 'no-consultation', [[1]])
  expect(await readConsultation(app, 1, silent.id)).toBeUndefined()
  const many = Array.from({ length: 13 }, () => ({ kk: 'Ауыз су', ru: 'Вода' }))
  await expect(askingCycle(app, 'too-many-needs', { needs: many })).rejects.toThrow('bad-terms')
})

describe('a resident', () => {
  test('marks three, not a fourth, and may change them', async () => {
    await answers(app, 101, cycle, [1, 2, 3])
    expect(await markNeed(app, 101, at, { need: 4, on: true })).toEqual({
      ok: false,
      problem: { kind: 'full', most: 3 },
    })
    must(await markNeed(app, 101, at, { need: 3, on: true }))
    expect(await marksOf(101), 'one that is marked is marked once').toEqual([1, 2, 3])
    must(await markNeed(app, 101, at, { need: 2, on: false }))
    must(await markNeed(app, 101, at, { need: 4, on: true }))
    expect(await marksOf(101)).toEqual([1, 3, 4])
    expect(kindOf(await markNeed(app, 101, at, { need: 13, on: true }))).toBe('no-such-need')
    expect(kindOf(await markNeed(app, 101, at, { need: 0, on: true }))).toBe('no-such-need')
  })

  test('who taps twice, or on two replicas at once, has one answer with at most three marks', async () => {
    await upsertAccount(app.db, 102, {})
    for (let tap = 0; tap < 2; tap++) must(await markNeed(app, 102, at, { need: 1, on: true }))
    expect(await marksOf(102)).toEqual([1])
    const taps = [1, 1, 2, 3, 4, 5, 5, 6].map((need) => markNeed(app, 102, at, { need, on: true }))
    const done = await Promise.all(taps)
    expect(await marksOf(102)).toHaveLength(3)
    expect(done.filter((one) => !one.ok).every((one) => kindOf(one) === 'full')).toBe(true)
    const rows = await app.db.sql`select 1 from need_answer where account = 102`
    expect(rows).toHaveLength(1)
  })

  test('adds a line of at most 300 letters or a voice note, one in place of the other, and takes it away', async () => {
    await answers(app, 103, cycle, [1])
    must(await sayNeed(app, 103, at, { line: '  Құдық құрғап қалды  ' }))
    const said = async () => (await readConsultation(app, 103, cycle.id))?.answer
    expect(await said()).toEqual({ marks: [1], line: 'Құдық құрғап қалды', voice: null })
    must(await sayNeed(app, 103, at, { voice: 'file-1' }))
    expect(await said()).toEqual({ marks: [1], line: null, voice: 'file-1' })
    expect(await sayNeed(app, 103, at, { line: 'с'.repeat(301) })).toEqual({
      ok: false,
      problem: { kind: 'too-long', most: 300, by: 1 },
    })
    must(await sayNeed(app, 103, at, undefined))
    expect(await said()).toEqual({ marks: [1], line: null, voice: null })
  })

  test('sees it in /mydata, and leaves nothing of it when erased', async () => {
    await answers(app, 104, cycle, [5])
    expect(await readMyData(app, 104)).toMatchObject({ needs: 1 })
    await eraseAccount(app, 104)
    expect(await readMyData(app, 104)).toMatchObject({ needs: 0 })
    expect(await app.db.sql`select 1 from need_answer where account = 104`).toHaveLength(0)
  })
})

test('those who hold a right to vote are counted apart from the others, by what holds when it is read', async () => {
  const own = await askingCycle(app, 'apart')
  const [village = 0] = own.villages
  const verified = await voters(app, own.id, village, 2)
  for (const { account } of verified) await answers(app, account, own, [1, 2])
  await answers(app, 201, own, [2])
  await answers(app, 202, own, [3], 1)
  await answers(app, 203, own, [3])
  must(await markNeed(app, 203, { cycle: own.id, territory: village }, { need: 3, on: false }))
  const tally = await tallyOf(app.db, own.id, village)
  expect(tally.answers).toEqual({ verified: 2, unverified: 1 })
  expect(tally.needs.slice(0, 3)).toEqual([
    { verified: 2, unverified: 0 },
    { verified: 2, unverified: 1 },
    { verified: 0, unverified: 0 },
  ])
  expect(tally.needs).toHaveLength(12)
  await eraseAccount(app, verified[0]?.account as number)
  expect((await tallyOf(app.db, own.id, village)).answers).toEqual({ verified: 1, unverified: 1 })
})

test('what is wanted most is told once ten have spoken, most marks first', async () => {
  const own = await askingCycle(app, 'top')
  const where = { cycle: own.id, territory: own.villages[0] as number }
  for (let n = 0; n < 9; n++) await answers(app, 300 + n, own, n < 5 ? [7, 2] : [2, 4])
  expect(await readTopNeeds(app, where)).toEqual([])
  await answers(app, 309, own, [7])
  expect(await readTopNeeds(app, where)).toEqual([NEEDS[1], NEEDS[6], NEEDS[3]])
  expect(await readTopNeeds(app, { ...where, territory: own.villages[1] as number })).toEqual([])
})

test('after the end nothing is changed, whether or not the phase has moved on yet', async () => {
  const own = await askingCycle(app, 'ended')
  const where = { cycle: own.id, territory: own.villages[0] as number }
  await answers(app, 401, own, [1])
  await letAskingEnd(app, own.id)
  expect(kindOf(await markNeed(app, 401, where, { need: 2, on: true }))).toBe('not-asking')
  expect(kindOf(await markNeed(app, 401, where, { need: 1, on: false }))).toBe('not-asking')
  expect(kindOf(await sayNeed(app, 401, where, { line: 'кеш' }))).toBe('not-asking')
  expect((await readConsultation(app, 401, own.id))?.answer.marks).toEqual([1])
  const early = await smallCycle(app, 'early', [[1]], {
    timeline: { announced: day(-2), consultation: day(1), voting: day(20), counting: day(30) },
  })
  const [territory = 0] = early.villages
  expect(kindOf(await markNeed(app, 401, { cycle: early.id, territory }, { need: 1, on: true }))).toBe(
    'not-asking',
  )
})
