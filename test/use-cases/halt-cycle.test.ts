// A vote that two officials suspend, resume or declare void: nothing is cast or claimed meanwhile, and the close moves by what was lost.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHalts } from '../../src/core/audit/trusted/halts.ts'
import { cycleById, type Cycle } from '../../src/store/cycles.ts'
import { haltsOf } from '../../src/store/halts.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { extendCycle } from '../../src/use-cases/extend-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type HaltWish, proposeHalt } from '../../src/use-cases/halt-cycle.ts'
import { moveDuePhases } from '../../src/use-cases/move-due-phases.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
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
import { unguarded } from '../support/database.ts'
import { isTold, sized } from '../support/size.ts'

const [AYAN, BOTA] = [71, 72]
const REASON = { kk: 'Тізімде екі ауыл шатасқан', ru: 'В списке перепутаны два села' }

let app: TestApp
beforeAll(async () => {
  app = await testApp('halts')
  for (const account of [AYAN, BOTA]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(() => app.done())

async function both(cycle: number, wish: HaltWish): Promise<string> {
  const proposed = await proposeHalt(app, cycle, wish, AYAN)
  return proposed.ok ? kindOf(await confirmAct(app, proposed.value.id, BOTA)) : proposed.problem.kind
}
const halted = (cycle: number, kind: 'suspend' | 'void') => both(cycle, { kind, reason: REASON })
const stored = async (id: number): Promise<Cycle> => (await cycleById(app.db, id)) as Cycle

async function votingIn(slug: string) {
  const cycle = await smallCycle(app, slug, [[100, 200]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  return { ...cycle, people: people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]] }
}
/** After a pause of some days that nobody has to wait for: the log and the table say so both. */
const daysLater = (cycle: number, days: number) =>
  unguarded(
    app.db,
    (sql) =>
      sql`update phase_start set starts_at = starts_at - make_interval(days => ${days}) where cycle = ${cycle}`,
  )

test('nothing is cast, claimed, extended or moved on while it is suspended, and then it goes on with the time it lost', async () => {
  const { id, people } = await votingIn('pause')
  must(await vote(app, id, people[0], ['a1']))
  const waiting = await opened(app, id, people[1])
  expect(await halted(id, 'suspend')).toBe('ok')
  expect(await halted(id, 'suspend')).toBe('halted-before')
  const send = () => castBallot(app, { ...waiting, cycle: id, marks: ['a1'] })
  expect(kindOf(await send())).toBe('halted')
  expect(kindOf(await openBallot(app, people[1].account, id, people[1].rollRow))).toBe('closed')
  expect(kindOf(await verifyAccount(app, 9, { id, method: 'card' }, '1234567812345670'))).toBe('closed')
  expect(kindOf(await extendCycle(app, id, day(20), 'command'))).toBe('halted')
  const before = await stored(id)
  // The close comes meanwhile: it closes nothing.
  await daysLater(id, 14)
  await moveDuePhases(app)
  expect(kindOf(await movePhase(app, id, { by: 'clock' }))).toBe('halted')
  expect((await stored(id)).phase).toBe('voting')
  await daysLater(id, -14)

  expect(await both(id, { kind: 'resume' })).toBe('ok')
  expect(await both(id, { kind: 'resume' })).toBe('not-suspended')
  const [halt] = await haltsOf(app.db, id)
  const lost = Date.parse(halt?.until ?? '') - Date.parse(halt?.at ?? '')
  const closes = (cycle: Cycle) => Date.parse(cycle.timeline.counting ?? '')
  expect(lost).toBeGreaterThan(0)
  expect(closes(await stored(id)) - closes(before)).toBe(lost)
  must(await send())
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
  await numberLeaves(app)
  expect(must(await countCycle(app, id, 'command')).map(({ ballots }) => ballots)).toEqual([2])
})

const whole = isTold('a vote that is declared void after its close')
const SENDS = sized('Sends that race a suspension', 12, 60)

test('of Sends that race the suspension each stands before it in the log or is refused, and none is lost', async () => {
  const cycle = await smallCycle(app, 'race', [[100, 200]])
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, SENDS)
  const ballots = await Promise.all(people.map((one) => opened(app, cycle.id, one)))
  const send = (at: number) =>
    castBallot(app, { ...(ballots[at] as (typeof ballots)[0]), cycle: cycle.id, marks: ['a1'] })
  const [half, rest] = [SENDS / 2, SENDS / 6]
  const early = Array.from({ length: half }, (_, at) => send(at))
  await Promise.race(early)
  const suspending = halted(cycle.id, 'suspend')
  const late = Array.from({ length: half - rest }, (_, at) => send(half + at))
  expect(await suspending).toBe('ok')
  const after = Array.from({ length: rest }, (_, at) => send(SENDS - rest + at))
  const casts = await Promise.all([...early, ...late, ...after])
  const kinds = casts.map(kindOf)
  expect(new Set(kinds)).toEqual(new Set(['ok', 'halted']))
  await numberLeaves(app)
  const log = await app.db.sql<{ seq: number; kind: string }[]>`
    select e.seq, l.kind from entry e join leaf l on l.id = e.leaf where e.log = ${cycle.id} order by e.seq`
  const at = log.findIndex(({ kind }) => kind === 'suspended')
  const cast = log.flatMap(({ kind }, n) => (kind === 'ballot' ? [n] : []))
  expect(cast).toHaveLength(kinds.filter((kind) => kind === 'ok').length)
  expect(Math.max(...cast)).toBeLessThan(at)
})

test('a void vote takes nothing more, moves no further, and its ballots are never opened', async () => {
  const { id, people } = await votingIn('void')
  must(await vote(app, id, people[0], ['a1']))
  expect(await halted(id, 'suspend')).toBe('ok')
  expect(await halted(id, 'void')).toBe('ok')
  expect(await both(id, { kind: 'resume' })).toBe('not-suspended')
  expect(kindOf(await movePhase(app, id, { by: 'command' }))).toBe('halted')
  expect(kindOf(await countCycle(app, id, 'command'))).toBe('void')
  expect(kindOf(await publishResults(app, id, 'command'))).toBe('void')

  if (!whole) return
  const closed = await votingIn('void-closed')
  must(await vote(app, closed.id, closed.people[0], ['a1']))
  await letClose(app, closed.id)
  must(await movePhase(app, closed.id, { by: 'clock' }))
  await numberLeaves(app)
  expect(await halted(closed.id, 'suspend')).toBe('not-voting')
  expect(await halted(closed.id, 'void')).toBe('ok')
  expect(kindOf(await countCycle(app, closed.id, 'command'))).toBe('void')
  expect(await app.db.sql`select 1 from result where cycle = ${closed.id}`).toEqual([])
})

test('one person does neither, nor one without a role there, and a reason is wanted in both languages', async () => {
  const { id } = await votingIn('alone')
  expect(kindOf(await proposeHalt(app, id, { kind: 'suspend', reason: REASON }, 73))).toBe('not-allowed')
  expect(kindOf(await proposeHalt(app, id, { kind: 'void', reason: { ...REASON, kk: 'жоқ' } }, AYAN))).toBe(
    'bad-length',
  )
  const { id: proposal } = must(await proposeHalt(app, id, { kind: 'suspend', reason: REASON }, AYAN))
  expect(kindOf(await confirmAct(app, proposal, AYAN))).toBe('same-person')
  expect((await stored(id)).halt).toBeUndefined()
})

test('a moment that no calendar has is no fault of a reader', () => {
  const faults: string[] = []
  const reader = readHalts({ add: ({ kind }) => faults.push(kind), list: () => [] })
  const said = { cycle: 'x', by: 'command', second: 'b', reason: 'c' } as const
  const at = '2026-13-41T00:00:00.000Z'
  const now = { voting: true, closesAt: at }
  reader.hear({ kind: 'suspended', at, ...said }, 1, now)
  reader.hear({ kind: 'resumed', at, closes_at: at, cycle: 'x', by: 'command', second: 'b' }, 2, now)
  reader.end([])
  expect(faults).toEqual(['resumed-close', 'halts'])
})
