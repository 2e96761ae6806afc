// A village's public meeting: reminded of, counted by two people who must agree, and published with the akimat's answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { needsHash } from '../../src/core/audit/needs-hash.ts'
import { NEEDS } from '../../src/core/needs.ts'
import { afterQuiet } from '../../src/core/quiet.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { readTopNeeds } from '../../src/use-cases/answer-needs.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { cancelMeeting, enterHands, type Hands, setMeeting } from '../../src/use-cases/hold-meeting.ts'
import { muteKind } from '../../src/use-cases/mute-kind.ts'
import { publishNeeds, readNeedResult } from '../../src/use-cases/publish-needs.ts'
import { readMyData } from '../../src/use-cases/read-my-data.ts'
import { remindMeetings, remindsAt } from '../../src/use-cases/remind-meetings.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { day, kindOf, must, type SmallCycle, smallCycle, voters } from '../support/cycle.ts'
import { answers, askingCycle, letAskingEnd } from '../support/needs.ts'

const [OFFICIAL, FACILITATOR, OTHER, NOBODY] = [901, 902, 903, 904]
const PLACE = { kk: 'Клуб', ru: 'Клуб' }
const REPLY = { kk: 'Су құбыры 2027 жылы тартылады.', ru: 'Водопровод проведут в 2027 году.' }
const hands = (first: number, present = 40, women = 22): Hands => ({
  hands: [first, 12, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  present,
  women,
})

let app: TestApp
let cycle: SmallCycle
let where: { cycle: number; territory: number }
beforeAll(async () => {
  app = await testApp('need-meeting')
  ;({ cycle, where } = await villageThatAsks('meeting'))
})
afterAll(() => app.done())

/** With an official and two who may count, in its first village. */
async function villageThatAsks(slug: string) {
  const made = await askingCycle(app, slug)
  const territory = made.villages[0] as number
  for (const [account, role] of [
    [OFFICIAL, 'official'],
    [FACILITATOR, 'facilitator'],
    [OTHER, 'facilitator'],
  ] as const)
    must(await grantRole(app, { account, role, territory }, 'command'))
  return { cycle: made, where: { cycle: made.id, territory } }
}

const leaves = async (kind: string) =>
  (await app.db.sql<{ body: Uint8Array }[]>`select body from leaf where kind = ${kind} order by id`).map(
    ({ body }) => must(decodeEvent(body)),
  )
const messages = (kind: string) => app.db.sql<{ account: number; facts: object }[]>`
    select account, facts from delivery where kind = ${kind} order by account`

test('nobody without the role sets, counts or publishes, and none of it in a cycle without a consultation', async () => {
  const at = day(-1)
  expect(kindOf(await setMeeting(app, where, { place: PLACE, at }, NOBODY))).toBe('not-allowed')
  expect(kindOf(await setMeeting(app, where, { place: PLACE, at }, FACILITATOR))).toBe('not-allowed')
  expect(kindOf(await enterHands(app, where, hands(30), NOBODY))).toBe('not-allowed')
  expect(kindOf(await publishNeeds(app, where, REPLY, FACILITATOR))).toBe('not-allowed')
  const silent = await smallCycle(app, 'silent', [[1]])
  const there = { cycle: silent.id, territory: silent.villages[0] as number }
  expect(kindOf(await setMeeting(app, there, { place: PLACE, at }, 'command'))).toBe('no-consultation')
  expect(kindOf(await publishNeeds(app, there, REPLY, 'command'))).toBe('no-consultation')
})

describe('a meeting', () => {
  test('is told to the people of its village the day before, once for each time it is set, and never at night', async () => {
    for (const [account, village] of [
      [911, 0],
      [912, 1],
    ] as const)
      await rememberAccount(app, account, {
        home: { cycle: cycle.id, territory: cycle.villages[village] as number },
      })
    must(await setMeeting(app, where, { place: PLACE, at: day(5) }, OFFICIAL))
    expect(await remindMeetings(app)).toBe(0)
    const soon = day(0.9)
    must(await setMeeting(app, where, { place: PLACE, at: soon }, OFFICIAL))
    const told = await Promise.all([remindMeetings(app), remindMeetings(app), remindMeetings(app)])
    expect(told.toSorted()).toEqual([0, 0, 1])
    const sent = await messages('need-meeting')
    expect(sent.map(({ account }) => account)).toEqual([911])
    expect(sent[0]?.facts).toMatchObject({ meets: soon, place: PLACE, territory: where.territory })
    const later = day(0.95)
    must(await setMeeting(app, where, { place: PLACE, at: later }, OFFICIAL))
    expect(await remindMeetings(app), 'it was moved').toBe(1)
    must(await setMeeting(app, where, { place: PLACE, at: soon }, OFFICIAL))
    expect(await remindMeetings(app)).toBe(1)
    expect(await messages('need-meeting'), 'of the first time they were told before').toHaveLength(2)
    const night = { quiet: afterQuiet }
    expect(remindsAt(night, { at: '2027-03-05T13:00:00.000Z' })).toBe('2027-03-04T13:00:00.000Z')
    expect(remindsAt(night, { at: '2027-03-05T02:00:00.000Z' }), 'at seven in the morning').toBe(
      '2027-03-04T03:00:00.000Z',
    )
    expect((await leaves('meeting-set')).at(-1)).toMatchObject({
      meets: soon,
      place: needsHash('place', PLACE),
      village: String(where.territory),
    })
  })

  test('that is cancelled is told to whoever was reminded of it, once; set again, they are reminded anew', async () => {
    const { cycle: own, where: there } = await villageThatAsks('cancelled')
    const of = async (kind: string) =>
      (
        await app.db.sql<{ account: number }[]>`
        select account from delivery where kind = ${kind} and (facts ->> 'cycle')::int = ${own.id} order by account`
      ).map(({ account }) => account)
    for (const account of [921, 922, 923])
      await rememberAccount(app, account, { home: { cycle: own.id, territory: there.territory } })
    const soon = day(0.9)
    must(await setMeeting(app, there, { place: PLACE, at: soon }, OFFICIAL))
    expect(await remindMeetings(app)).toBe(1)
    expect(await of('need-meeting')).toEqual([921, 922, 923])
    await app.db.sql`update delivery set state = 'sent' where kind = 'need-meeting' and account in (921, 922)`
    await muteKind(app, 922, 'reminders', true)
    const both = await Promise.all([cancelMeeting(app, there, OFFICIAL), cancelMeeting(app, there, OFFICIAL)])
    expect(both.map(kindOf).toSorted()).toEqual(['no-meeting', 'ok'])
    expect(await of('meeting-cancelled')).toEqual([921])
    expect(await of('need-meeting'), 'what waited is not sent').toEqual([])
    must(await setMeeting(app, there, { place: PLACE, at: soon }, OFFICIAL))
    expect(await remindMeetings(app)).toBe(1)
    expect(await of('need-meeting')).toEqual([921, 923])
    must(await cancelMeeting(app, there, OFFICIAL))
    expect(await of('meeting-cancelled'), 'nobody was sent a reminder').toEqual([921])
  })

  test('has no hands before it begins, and no numbers that cannot be', async () => {
    expect(await enterHands(app, where, hands(30), OFFICIAL)).toMatchObject({ problem: { kind: 'not-yet' } })
    must(await setMeeting(app, where, { place: PLACE, at: day(-0.1) }, OFFICIAL))
    for (const wrong of [
      hands(41),
      hands(30, 40, 41),
      hands(0, 0, 0),
      { ...hands(30), hands: [30] },
      hands(1.5),
      hands(-1),
    ])
      expect(kindOf(await enterHands(app, where, wrong, OFFICIAL))).toBe('bad-hands')
  })

  test('counts when two people entered the same; the difference is shown, and one person is never two', async () => {
    expect(must(await enterHands(app, where, hands(30), OFFICIAL))).toEqual({ kind: 'first' })
    expect(must(await enterHands(app, where, hands(30), OFFICIAL))).toEqual({ kind: 'first' })
    expect(must(await enterHands(app, where, hands(31, 41), FACILITATOR))).toEqual({
      kind: 'differs',
      where: [
        { what: 'present', mine: 41, theirs: 40 },
        { what: 'need', need: 1, mine: 31, theirs: 30 },
      ],
    })
    expect(await leaves('hands-counted')).toEqual([])
    expect(await messages('hands-differ')).toMatchObject([{ account: OFFICIAL, facts: { by: FACILITATOR } }])
    must(await enterHands(app, where, hands(31, 41), FACILITATOR))
    expect(await messages('hands-differ'), 'the same count again').toHaveLength(1)
    const both = await Promise.all([
      enterHands(app, where, hands(30), FACILITATOR),
      enterHands(app, where, hands(30), OTHER),
    ])
    expect(both.filter((one) => one.ok && one.value.kind === 'agreed')).toHaveLength(1)
    expect(both.map(kindOf).toSorted()).toEqual(['counted', 'ok'])
    const counted = await leaves('hands-counted')
    expect(counted).toHaveLength(1)
    expect(counted[0]).toMatchObject({ hands: needsHash('hands', hands(30)) })
    expect(kindOf(await enterHands(app, where, hands(29), OFFICIAL))).toBe('counted')
    expect(kindOf(await setMeeting(app, where, { place: PLACE, at: day(1) }, OFFICIAL))).toBe('counted')
    expect(kindOf(await cancelMeeting(app, where, OFFICIAL))).toBe('counted')
    expect(kindOf(await cancelMeeting(app, where, NOBODY))).toBe('not-allowed')
  })

  test('names nobody who counted once they are erased, and its hands stay', async () => {
    expect(await readMyData(app, OFFICIAL)).toMatchObject({ counted: 1 })
    await eraseAccount(app, OFFICIAL)
    expect(await app.db.sql`select 1 from need_hands where account = ${OFFICIAL}`).toHaveLength(0)
    expect(await app.db.sql`select 1 from need_meeting where present = 40`).toHaveLength(1)
  })
})

describe('what a village said', () => {
  test('is published once it is over, with the answer in both languages, small numbers left out; who answered is told', async () => {
    const own = await villageThatAsks('published')
    const verified = await voters(app, own.cycle.id, own.where.territory, 11)
    for (const [n, { account }] of verified.entries())
      await answers(app, account, own.cycle, n < 10 ? [2, 5] : [5])
    await answers(app, 931, own.cycle, [5])
    expect(kindOf(await publishNeeds(app, own.where, REPLY, OFFICIAL))).toBe('not-over')
    await letAskingEnd(app, own.cycle.id)
    must(await setMeeting(app, own.where, { place: PLACE, at: day(-0.1) }, OFFICIAL))
    expect(kindOf(await publishNeeds(app, own.where, REPLY, OFFICIAL))).toBe('meeting-open')
    for (const account of [OFFICIAL, OTHER]) must(await enterHands(app, own.where, hands(30, 40, 9), account))
    expect(kindOf(await publishNeeds(app, own.where, { ...REPLY, ru: ' ' }, OFFICIAL))).toBe('bad-reply')
    const twice = await Promise.all([
      publishNeeds(app, own.where, REPLY, OFFICIAL),
      publishNeeds(app, own.where, REPLY, OFFICIAL),
    ])
    expect(twice.map(kindOf).toSorted()).toEqual(['ok', 'published'])

    const result = await readNeedResult(app, own.where)
    expect(result?.reply).toEqual(REPLY)
    expect(result?.figures.answers).toEqual({ verified: 11, unverified: null })
    expect(result?.figures.needs[1]).toEqual({ verified: 10, unverified: null })
    expect(result?.figures.needs[4]).toEqual({ verified: 11, unverified: null })
    expect(result?.figures.needs[7]).toEqual({ verified: null, unverified: null })
    expect(result?.figures.meeting).toMatchObject({ present: 40, women: null })
    expect(result?.figures.meeting?.hands.slice(0, 3)).toEqual([30, 12, null])
    expect(await readTopNeeds(app, own.where)).toEqual([NEEDS[0], NEEDS[1], NEEDS[4]])
    const published = await leaves('needs-published')
    expect(published).toHaveLength(1)
    expect(published[0]).toMatchObject({
      result: needsHash('result', { reply: REPLY, figures: result?.figures }),
    })
    expect((await messages('needs-published')).map(({ account }) => account)).toEqual(
      [931, ...verified.map(({ account }) => account)].toSorted((a, b) => a - b),
    )
    expect(kindOf(await setMeeting(app, own.where, { place: PLACE, at: day(1) }, OFFICIAL))).toBe('published')
    expect(await readNeedResult(app, { ...own.where, territory: own.cycle.villages[1] as number })).toBe(
      undefined,
    )
  })
})
