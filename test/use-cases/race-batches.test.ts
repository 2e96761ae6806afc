// Sends that share a call: nobody is held up by another's row, another's fault or another's cycle, and two replicas do not deadlock.
import type { TransactionSql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { must, opened, openVoting, smallCycle, type SmallCycle, voters } from '../support/cycle.ts'
import { asOwner, untilBlocked } from '../support/database.ts'
import { sized } from '../support/size.ts'

const CROWD = sized('the crowd beside a held row', 60, 200)
/** Casts of each of two replicas, over a tenth as many rows. */
const EACH = sized('casts of overlapping rows', 150, 5000)

let app: TestApp
let other: ReturnType<typeof replica>
beforeAll(async () => {
  app = await testApp('batches')
  other = replica(app)
})
afterAll(async () => {
  await other.close()
  await app.done()
})

type Ballot = Awaited<ReturnType<typeof opened>> & { cycle: number }

async function begun(slug: string): Promise<SmallCycle> {
  const cycle = await smallCycle(app, slug, [[100, 200]])
  await openVoting(app, cycle.id)
  return cycle
}
async function ballotsOf({ id, villages }: SmallCycle, count: number, times = 1): Promise<Ballot[]> {
  const people = await voters(app, id, villages[0] as number, count)
  const ballots: Ballot[] = []
  for (let time = 0; time < times; time++)
    for (const one of people) ballots.push({ ...(await opened(app, id, one)), cycle: id })
  return ballots
}
const sends = (ballots: readonly Ballot[], mark = 'a1', on: App = app) =>
  ballots.map((ballot) => castBallot(on, { ...ballot, marks: [mark] }))
/** How many transactions recorded the votes of this cycle. */
const commitsOf = async (cycles: readonly number[]): Promise<number> => {
  const [row] = await app.db.sql<{ n: number }[]>`
    select count(distinct xmin::text)::int as n from ballot where cycle = any(${cycles as number[]}::int[])`
  return row?.n ?? 0
}
const deadlocks = async (): Promise<number> => {
  const [row] = await app.db.sql<{ n: number }[]>`
    select deadlocks::int as n from pg_stat_database where datname = current_database()`
  return row?.n ?? 0
}

/** Who waits for a lock is told after 15 s that it took too long, and is cast alone: whoever waited for nobody is through by then. */
const HELD_UP_MS = 12_000
const answeredAtOnce = async <T>(casts: Promise<T>[]): Promise<T[]> => {
  const began = performance.now()
  const answers = await Promise.all(casts)
  expect(performance.now() - began).toBeLessThan(HELD_UP_MS)
  return answers
}

/** What `act` locks is held until the returned function is called. */
async function holding(act: (sql: TransactionSql) => Promise<unknown>): Promise<() => Promise<void>> {
  let letGo = () => {}
  const freed = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let over = Promise.resolve()
  await new Promise<void>((held, failed) => {
    over = asOwner(app.db, async (sql) => {
      await act(sql)
      held()
      await freed
    })
    over.catch(failed)
  })
  return () => {
    letGo()
    return over
  }
}

test('votes of one moment are one commit, whichever cycles they are of, and each has its own receipt', async () => {
  const [one, two] = [await begun('moment-one'), await begun('moment-two')]
  // Whoever comes first reads what was frozen.
  await Promise.all(sends([...(await ballotsOf(one, 1)), ...(await ballotsOf(two, 1))]))
  const before = await commitsOf([one.id, two.id])
  const ballots = [...(await ballotsOf(one, 10)), ...(await ballotsOf(two, 10))]
  const receipts = (
    await Promise.all(
      ballots.map((ballot, at) => castBallot(app, { ...ballot, marks: [at < 10 ? 'a1' : 'a2'] })),
    )
  ).map(must)
  expect(new Set(receipts.map(({ number }) => number)).size).toBe(20)
  expect(await commitsOf([one.id, two.id])).toBe(before + 1)
  const recorded = await app.db.sql<{ receipt: string; roll_row: number; log: number }[]>`
    select b.receipt, b.roll_row, l.log from ballot b join leaf l on l.id = b.leaf and l.log = b.cycle
    where b.cycle in (${one.id}, ${two.id}) order by b.leaf desc limit 20`
  expect(recorded.toReversed()).toEqual(
    receipts.map(({ number, rollRow, cycle }) => ({ receipt: number, roll_row: rollRow, log: cycle })),
  )
  const again = (await Promise.all(sends(ballots, 'a2'))).map(must)
  expect(again.map(({ number, at }) => [number, at])).toEqual(receipts.map(({ number, at }) => [number, at]))
  expect(again.every(({ repeat }) => repeat)).toBe(true)
})

test('a row that somebody holds keeps only its own voter waiting', async () => {
  const cycle = await begun('held-row')
  const [held, ...crowd] = (await ballotsOf(cycle, CROWD + 1)) as [Ballot, ...Ballot[]]
  const free = await holding((sql) => sql`select 1 from roll_row where id = ${held.rollRow} for update`)
  try {
    const waits = sends([held])[0] as ReturnType<typeof castBallot>
    let answered = false
    void waits.then(() => {
      answered = true
    })
    const first = (await answeredAtOnce(sends(crowd.slice(0, CROWD / 2)))).map(must)
    await untilBlocked(app.db)
    // Nor does any other question, when every connection is busy.
    await Promise.all(Array.from({ length: 40 }, () => app.db.sql`select pg_sleep(0.01)`))
    const rest = (await answeredAtOnce(sends(crowd.slice(CROWD / 2)))).map(must)
    expect([first.length + rest.length, answered]).toEqual([CROWD, false])
    await free()
    expect(must(await waits).repeat).toBe(false)
  } finally {
    await free()
  }
})

test('a cycle that is being closed keeps nobody of another cycle waiting', async () => {
  const [closing, open] = [await begun('closing'), await begun('open')]
  const late = await ballotsOf(closing, 3)
  const ballots = await ballotsOf(open, 10)
  const free = await holding((sql) => sql`select pg_advisory_xact_lock(7, ${closing.id})`)
  try {
    const waiting = Promise.all(sends(late))
    const others = (await answeredAtOnce(sends(ballots))).map(must)
    expect(others).toHaveLength(10)
    await untilBlocked(app.db)
    await free()
    expect((await waiting).map(must)).toHaveLength(3)
  } finally {
    await free()
  }
})

test('where a call fails, each of it is cast alone, and only who is to blame gets no receipt', async () => {
  const cycle = await begun('one-fails')
  const ballots = await ballotsOf(cycle, 12)
  const broken = ballots[5] as Ballot
  await asOwner(app.db, async (sql) => {
    await sql.unsafe(`create function falls_over() returns trigger language plpgsql as
      $$ begin raise exception 'this one falls over' using errcode = 'data_exception'; end $$`)
    await sql.unsafe(`create trigger falls_over before insert on ballot for each row
      when (new.roll_row = ${broken.rollRow}) execute function falls_over()`)
  })
  const ends = await Promise.allSettled(sends(ballots))
  await asOwner(app.db, (sql) => sql`drop trigger falls_over on ballot`)
  expect(ends.map(({ status }) => status)).toEqual(
    ballots.map((ballot) => (ballot === broken ? 'rejected' : 'fulfilled')),
  )
  const recorded = await app.db.sql`select 1 from ballot where cycle = ${cycle.id}`
  const logged = await app.db.sql`select 1 from leaf where log = ${cycle.id} and kind = 'ballot'`
  expect([recorded.length, logged.length]).toEqual([11, 11])
  expect(must(await (sends([broken])[0] as ReturnType<typeof castBallot>)).repeat).toBe(false)
})

test('two replicas cast ballots of the same rows, in any order: all are accepted, in turn, without a deadlock', async () => {
  const cycle = await begun('overlapping')
  const rows = Math.ceil(EACH / 10)
  const ballots = await ballotsOf(cycle, rows, 20)
  const before = await deadlocks()
  // The one replica goes up the rows while the other goes down.
  const up = ballots.filter((_, at) => at % 2 === 0)
  const down = ballots.filter((_, at) => at % 2 === 1).toReversed()
  const casts = await Promise.all([...sends(up), ...sends(down, 'a2', other)])
  expect(new Set(casts.map((cast) => must(cast).number)).size).toBe(rows * 20)
  const versions = await app.db.sql<{ first: number; last: number; n: number }[]>`
    select min(s) as first, max(s) as last, count(*)::int as n from ballot where cycle = ${cycle.id} group by roll_row`
  expect(versions.every(({ first, last, n }) => first === 1 && last === 20 && n === 20)).toBe(true)
  expect(versions).toHaveLength(rows)
  expect(await commitsOf([cycle.id])).toBeLessThan(rows * 20)
  expect(await deadlocks()).toBe(before)
})
