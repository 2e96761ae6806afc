// A model of the vote, held against PostgreSQL: whatever people do in whatever order, the model knows what is accepted and counted.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards, type EnvelopeCard } from '../support/cards.ts'
import { kindOf, must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { sized } from '../support/size.ts'

const RUNS = sized('what people do in whatever order', 10, 30)
const COMMANDS = 25
const RIGHTS = 3
const PROJECTS = ['a1', 'a2', 'a3']

/** What ought to be so. A right is the place of its card in the deck. */
interface Model {
  holder: Map<number, number>
  way: Map<number, 'desk' | 'paper'>
  opened: { right: number; account: number; receipt: string | undefined }[]
  /** The last accepted choice of each right. */
  choice: Map<number, string[]>
  wrong: Map<number, number>
  closed: boolean
  cast: number
}
interface Real {
  cycle: SmallCycle
  deck: EnvelopeCard[]
  /** Accounts of this run; attempts of an account count over all cycles. */
  base: number
  ballots: string[]
}
type Command = fc.AsyncCommand<Model, Real>

let app: TestApp
let runs = 0
beforeAll(async () => {
  app = await testApp('model')
})
afterAll(() => app.done())

const command = (
  name: string,
  check: (m: Model) => boolean,
  run: (m: Model, r: Real) => Promise<void>,
): Command => ({
  check,
  run,
  toString: () => name,
})
const told = (result: { ok: true; value: unknown } | { ok: false; problem: { kind: string } }) =>
  result.ok ? 'ok' : result.problem.kind
const village = (r: Real): number => r.cycle.villages[0] as number
async function rowOf(r: Real, right: number): Promise<number> {
  const [row] = await app.db.sql<{ roll_row: number }[]>`
    select roll_row from card where cycle = ${r.cycle.id} and serial = ${r.deck[right]?.serial as number}`
  return row?.roll_row as number
}

const claims = (account: number, right: number): Command =>
  command(
    `account ${account} claims right ${right}`,
    () => true,
    async (m, r) => {
      const holder = m.holder.get(right)
      const people = [...m.holder.values()].filter((one) => one === account).length
      const wrong = m.wrong.get(account) ?? 0
      const expected = m.closed
        ? 'closed'
        : wrong >= 5
          ? 'wait'
          : holder === account
            ? 'ok'
            : holder !== undefined
              ? 'wrong'
              : people >= 2
                ? 'too-many-people'
                : 'ok'
      const code = r.deck[right]?.code as string
      const answer = await verifyAccount(app, r.base + account, { id: r.cycle.id, method: 'card' }, code)
      expect(told(answer)).toBe(expected)
      if (expected === 'wrong') m.wrong.set(account, wrong + 1)
      if (expected === 'ok') m.holder.set(right, account)
    },
  )

const opens = (account: number, right: number): Command =>
  command(
    `account ${account} opens a ballot of right ${right}`,
    () => true,
    async (m, r) => {
      const way = m.way.get(right)
      const expected =
        m.holder.get(right) !== account
          ? 'not-verified'
          : m.closed
            ? 'closed'
            : way !== undefined
              ? way
              : 'ok'
      const opened = await openBallot(app, r.base + account, r.cycle.id, await rowOf(r, right))
      expect(told(opened)).toBe(expected)
      if (!opened.ok) return
      m.opened.push({ right, account, receipt: undefined })
      r.ballots.push(opened.value.ballot)
    },
  )

/** `choice` empty: the session store lost the marks. `thief`: another account presses the button. */
const casts = (which: number, choice: string[], thief: boolean): Command =>
  command(
    `${thief ? 'a stranger' : 'its account'} casts ballot ${which} for ${choice.join(' ') || 'nothing: marks are gone'}`,
    (m) => m.opened.length > 0,
    async (m, r) => {
      const at = which % m.opened.length
      const opened = m.opened[at] as Model['opened'][0]
      const way = m.way.get(opened.right)
      const expected = thief
        ? 'not-verified'
        : opened.receipt !== undefined
          ? 'ok'
          : (way ?? (m.closed ? 'closed' : choice.length === 0 ? 'marks-gone' : 'ok'))
      const cast = await castBallot(app, {
        ballot: r.ballots[at] as string,
        account: r.base + opened.account + (thief ? 50 : 0),
        cycle: r.cycle.id,
        territory: village(r),
        rollRow: await rowOf(r, opened.right),
        marks: choice.length === 0 ? undefined : choice,
      })
      expect(told(cast)).toBe(expected)
      if (!cast.ok) return
      expect(cast.value.repeat).toBe(opened.receipt !== undefined)
      if (opened.receipt !== undefined) {
        expect(cast.value.number).toBe(opened.receipt)
        return
      }
      opened.receipt = cast.value.number
      m.choice.set(opened.right, choice)
      m.cast++
    },
  )

const votesAtDesk = (right: number, way: 'desk' | 'paper'): Command =>
  command(
    `right ${right} votes by ${way}`,
    (m) => m.cast > m.way.size && !m.closed && !m.way.has(right),
    async (m, r) => {
      const row = await rowOf(r, right)
      await asOwner(app.db, (sql) => sql`update roll_row set way = ${way} where id = ${row}`)
      m.way.set(right, way)
    },
  )

const closes: Command = command(
  'the vote closes',
  (m) => m.cast > 1 && !m.closed,
  async (m, r) => {
    must(await movePhase(app, r.cycle.id, { by: 'command' }))
    m.closed = true
  },
)

/** Two of the rights are claimed already and have a ballot open. */
async function fresh(): Promise<{ model: Model; real: Real }> {
  const cycle = await smallCycle(app, `model-${++runs}`, [[100, 200, 300]], {
    trial: true,
    terms: { maxPeople: 2 },
  })
  await openVoting(app, cycle.id)
  const deck = await cards(app, cycle.id, cycle.villages[0] as number, RIGHTS)
  const real: Real = { cycle, deck, base: runs * 1000, ballots: [] }
  const model: Model = {
    holder: new Map(),
    way: new Map(),
    opened: [],
    choice: new Map(),
    wrong: new Map(),
    closed: false,
    cast: 0,
  }
  for (const right of [0, 1]) {
    await claims(right, right).run(model, real)
    await opens(right, right).run(model, real)
  }
  return { model, real }
}

/** In the end: one vote a right, the last one. A way of voting that no leaf says stops the count. */
async function settles(m: Model, r: Real): Promise<void> {
  if (!m.closed) must(await movePhase(app, r.cycle.id, { by: 'command' }))
  await numberLeaves(app)
  if (m.way.size > 0) {
    expect(kindOf(await countCycle(app, r.cycle.id, 'command'))).toBe('log')
    await unguarded(app.db, (sql) => sql`update roll_row set way = 'open' where cycle = ${r.cycle.id}`)
  }
  const [counted] = must(await countCycle(app, r.cycle.id, 'command'))
  const counts = [...m.choice.values()]
  expect(counted?.ballots).toBe(counts.length)
  expect(counted?.count.votes.map(({ id, votes }) => [id, votes])).toEqual(
    PROJECTS.map((id) => [id, counts.filter((choice) => choice.includes(id)).length]),
  )
  const [stored] = await app.db.sql<{ n: number; s: boolean }[]>`
    select count(*)::int as n, coalesce(bool_and(x.top = x.many), true) as s from ballot b
    join (select roll_row, max(s) as top, count(*) as many from ballot where cycle = ${r.cycle.id} group by roll_row) x
      on x.roll_row = b.roll_row where b.cycle = ${r.cycle.id}`
  expect(stored).toEqual({ n: m.cast, s: true })
}

test('whatever people do in whatever order, what the model accepts is recorded, and one vote a right is counted', async () => {
  const account = fc.nat({ max: 2 })
  const right = fc.nat({ max: RIGHTS - 1 })
  const choice = fc.subarray(PROJECTS, { maxLength: 3 })
  const way = fc.constantFrom('desk' as const, 'paper' as const)
  const commands = fc.commands(
    [
      fc.tuple(account, right).map(([a, r]) => claims(a, r)),
      // Most accounts follow up on what they hold: account n claims right n.
      right.map((r) => claims(r, r)),
      right.map((r) => opens(r, r)),
      right.map((r) => opens(r, r)),
      fc.tuple(fc.nat({ max: 20 }), choice, fc.constant(false)).map((cast) => casts(...cast)),
      fc.tuple(account, right).map(([a, r]) => opens(a, r)),
      fc.tuple(fc.nat({ max: 20 }), choice, fc.constant(false)).map((cast) => casts(...cast)),
      fc.tuple(fc.nat({ max: 20 }), choice, fc.boolean()).map((cast) => casts(...cast)),
      fc.tuple(right, way).map(([r, w]) => votesAtDesk(r, w)),
      fc.constant(closes),
    ],
    { maxCommands: COMMANDS, size: 'max' },
  )
  let accepted = 0
  let closed = 0
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const { model, real } = await fresh()
      await fc.asyncModelRun(() => ({ model, real }), list)
      closed += model.closed ? 1 : 0
      await settles(model, real)
      accepted += model.cast
    }),
    { numRuns: RUNS, endOnFailure: true, seed: 20_260_801 },
  )
  expect(closed, 'the close came in the middle').toBeGreaterThan(RUNS / 10)
  expect(accepted, 'votes were cast at all').toBeGreaterThan(RUNS)
})
