// Phases: once, at their time, on the database's clock; what is frozen stays; a close is extended, never shortened.
import type { TransactionSql } from 'postgres'
import { everywhere } from '../../src/core/localised.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { frozenRulesHash } from '../../src/core/audit/frozen-rules.ts'
import { frozenRules } from '../../src/core/audit/rules.ts'
import { marksOf } from '../../src/core/marks.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { NEW_WORK_TERMS } from '../../src/core/work.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { extendCycle } from '../../src/use-cases/extend-cycle.ts'
import { moveDuePhases } from '../../src/use-cases/move-due-phases.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { asOwner, untilBlocked } from '../support/database.ts'
import {
  day,
  kindOf,
  letClose,
  must,
  opened,
  openVoting,
  smallCycle,
  vote,
  voters,
} from '../support/cycle.ts'
import { signal } from '../support/signal.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('phases')
})
afterAll(() => app.done())

const phaseOf = async (id: number) => {
  const [row] = await app.db.sql<{ phase: string }[]>`select phase from cycle where id = ${id}`
  return row?.phase
}

/** The events of a log in the order of their leaves. */
const eventsOf = async (id: number) => {
  const rows = await app.db.sql<{ body: Uint8Array }[]>`select body from leaf where log = ${id} order by id`
  return rows.map(({ body }) => {
    const event = decodeEvent(body)
    if (!event.ok) throw new Error(event.problem.kind)
    return event.value
  })
}

test('three clocks that race move a phase once', async () => {
  const cycle = await smallCycle(app, 'race-of-clocks', [[1_000_000]])
  must(await movePhase(app, cycle.id, { by: 'command' }))
  const others = [replica(app), replica(app)]
  const moved = await Promise.all([app, ...others].flatMap((one) => [moveDuePhases(one), moveDuePhases(one)]))
  for (const other of others) await other.close()
  expect(moved.flat()).toEqual([{ cycle: 'race-of-clocks', to: 'voting' }])
  expect(await phaseOf(cycle.id)).toBe('voting')
  expect((await eventsOf(cycle.id)).map((event) => event.kind)).toEqual([
    'cycle-created',
    'phase',
    'opened',
    'phase',
  ])
})

test('a ballot that was accepted answers with its receipt after the close too', async () => {
  const cycle = await smallCycle(app, 'repeat', [[1_000_000]])
  await openVoting(app, cycle.id)
  const [person] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  if (!person) throw new Error('nobody')
  const ballot = await opened(app, cycle.id, person)
  const first = must(await castBallot(app, { ...ballot, cycle: cycle.id, marks: ['a1'] }))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  const again = must(await castBallot(app, { ...ballot, cycle: cycle.id, marks: undefined }))
  expect(again).toEqual({ ...first, repeat: true })
})

test('once voting is open nobody changes a project, a cost, a budget or the rules, not even with SQL', async () => {
  const cycle = await smallCycle(app, 'frozen', [[1_000_000]])
  await openVoting(app, cycle.id)
  const { id } = cycle
  const acts: ((sql: TransactionSql) => Promise<unknown>)[] = [
    (sql) => sql`update project set cost = cost + 1 where cycle = ${id}`,
    (sql) => sql`update project set withdrawn = true where cycle = ${id}`,
    (sql) => sql`delete from project where cycle = ${id}`,
    (sql) => sql`update pot set budget = 1 where cycle = ${id}`,
    (sql) => sql`update cycle set rule_terms = '{}' where id = ${id}`,
    (sql) => sql`update cycle set public_key = 'x' where id = ${id}`,
    (sql) =>
      sql`update phase_start set starts_at = starts_at - interval '1 second' where cycle = ${id} and phase = 'counting'`,
    (sql) => sql`delete from phase_start where cycle = ${id} and phase = 'counting'`,
  ]
  for (const act of acts) await expect(asOwner(app.db, act)).rejects.toMatchObject({ code: '23001' })
})

test('an edit that races the opening is in the frozen list or refused', async () => {
  const cycle = await smallCycle(app, 'edit-race', [[1_000_000]])
  must(await movePhase(app, cycle.id, { by: 'command' }))
  const edited = signal()
  const edit = asOwner(app.db, async (sql) => {
    await sql`update project set cost = 2000000 where cycle = ${cycle.id}`
    edited.give()
    await untilBlocked(app.db)
  }).then(() => 'edited')
  await Promise.race([edited.given, edit])
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  expect(await edit).toBe('edited')
  const event = (await eventsOf(cycle.id)).find((one) => one.kind === 'opened')
  const [row] = await app.db.sql`select frozen_rules from cycle where id = ${cycle.id}`
  const { ballotTerms, ruleTerms } = PROFILES.advisory
  const rules = frozenRules({
    cycle: 'edit-race',
    profile: 'advisory',
    trial: false,
    method: 'card',
    revote: 'until-close',
    people: 3,
    currency: 'KZT',
    ballot: ballotTerms,
    rule: ruleTerms,
    key: event?.key ?? '',
    seed: event?.seed ?? '',
    after: NEW_WORK_TERMS,
    ...PROFILES.advisory.trust,
    villages: [
      {
        village: String(cycle.villages[0]),
        pots: [
          {
            pot: 'general',
            budget: 10_000_000,
            projects: [
              {
                id: 'a1',
                number: 1,
                title: everywhere('project 1'),
                cost: 2_000_000,
                withdrawn: false,
                marks: marksOf({ category: 'roads' }),
              },
            ],
          },
        ],
      },
    ],
  })
  expect(row?.frozen_rules).toBe(frozenRulesHash(rules))
  expect(event?.rules).toBe(row?.frozen_rules)
})

test('a close is extended, each person is told once, and shortening is refused', async () => {
  const cycle = await smallCycle(app, 'longer', [[1_000_000]])
  await openVoting(app, cycle.id)
  for (const account of [501, 502, 503])
    await rememberAccount(app, account, { home: { cycle: cycle.id, territory: cycle.villages[0] as number } })
  const later = day(20)
  must(await grantRole(app, { account: 77, role: 'official' }, 'command'))
  const both = await Promise.all([
    extendCycle(app, cycle.id, later, 'command'),
    extendCycle(app, cycle.id, later, 77),
  ])
  expect(both.map(kindOf).sort()).toEqual(['not-later', 'ok'])
  expect(kindOf(await extendCycle(app, cycle.id, day(19), 'command'))).toBe('not-later')
  expect(kindOf(await extendCycle(app, cycle.id, 'soon', 'command'))).toBe('not-a-time')
  const told = await app.db.sql`select account, facts from delivery where kind = 'extended' order by account`
  expect(told.map(({ account }) => account)).toEqual([501, 502, 503])
  expect(told[0]?.facts).toEqual({ closesAt: later, cycle: cycle.id, territory: cycle.villages[0] })
  const extended = (await eventsOf(cycle.id)).filter((event) => event.kind === 'extended')
  expect(extended).toHaveLength(1)
  expect(JSON.stringify(extended)).not.toContain('77"')
})

test('a vote that has closed is not opened again, even while its phase still waits for the clock', async () => {
  const cycle = await smallCycle(app, 'too-late', [[1_000_000]])
  await openVoting(app, cycle.id)
  await letClose(app, cycle.id)
  expect(kindOf(await extendCycle(app, cycle.id, day(20), 'command'))).toBe('not-voting')
})

test('a command may begin the next phase of a trial at once, of a real vote only at its time', async () => {
  const real = await smallCycle(app, 'real', [[1_000_000]])
  await openVoting(app, real.id)
  expect(kindOf(await movePhase(app, real.id, { by: 'command' }))).toBe('not-due')
  const trial = await smallCycle(app, 'trial', [[1_000_000]], { trial: true })
  await openVoting(app, trial.id)
  const [person] = await voters(app, trial.id, trial.villages[0] as number, 1)
  if (!person) throw new Error('nobody')
  must(await vote(app, trial.id, person, ['a1']))
  expect(must(await movePhase(app, trial.id, { by: 'command' }))).toEqual({ from: 'voting', to: 'counting' })
  expect(kindOf(await movePhase(app, trial.id, { by: 'command' }))).toBe('by-publishing')
})

test('a binding vote does not open on a key that the server holds', async () => {
  const cycle = await smallCycle(app, 'binding', [[1_000_000]], { profile: 'binding' })
  must(await movePhase(app, cycle.id, { by: 'command' }))
  expect(kindOf(await movePhase(app, cycle.id, { by: 'clock' }))).toBe('needs-key-holders')
  expect(await phaseOf(cycle.id)).toBe('announced')
})
