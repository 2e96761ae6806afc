// A card is replaced in the moment in which somebody claims or votes with it: one of them is first, and the other one hears so.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { must } from '../support/cycle.ts'
import { PATIENCE_MS } from '../support/patience.ts'
import { at, type LossVillage, lossVillage } from '../support/reissue.ts'

const [FIRST, SECOND] = [11, 22]
const OFTEN = { interval: 10, timeout: PATIENCE_MS }
let app: TestApp
let other: ReturnType<typeof replica>
beforeAll(async () => {
  app = await testApp('race-reissue')
  other = replica(app)
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(async () => {
  await other.close()
  await app.done()
})

test('of a claim, a Send and a reissue in one moment each row has one end, over two replicas, and the count agrees', async () => {
  const there = await lossVillage(app, 'at-once', 24, FIRST)
  let votes = 0
  for (const [n, card] of there.held.entries()) {
    const account = 600 + n
    const fresh = at(there.fresh, n)
    // Every third claims before, every third claims now, every third has a ballot open and sends it now.
    const ready = n % 3 === 1 ? undefined : must(await there.claim(account, card.code))
    const ballot = ready && must(await openBallot(app, account, there.cycle.id, ready.rollRow)).ballot
    const { id } = must(await there.propose({ serial: fresh.serial, lost: card.serial }))
    const [confirmed, met] = await Promise.all([
      confirmAct(n % 2 ? app : other, id, SECOND),
      ballot === undefined || n % 3 === 0
        ? there.claim(account, card.code, other)
        : castBallot(other, {
            ballot,
            account,
            cycle: there.cycle.id,
            territory: there.village,
            rollRow: ready?.rollRow ?? 0,
            marks: ['a1'],
          }),
    ])
    const [row] = await app.db.sql<{ claims: number; ballots: number; held: number }[]>`
      select (select count(*)::int from claim c where c.roll_row = r.id) as claims,
        (select count(*)::int from ballot b where b.roll_row = r.id) as ballots,
        (select k.serial from card k where k.roll_row = r.id and k.state = 'handed_over') as held
      from roll_row r where r.cycle = ${there.cycle.id} and r.register_no = ${card.registerNo}`
    if (n % 3 === 2) {
      // A ballot or a new card, never both and never neither.
      expect(confirmed.ok).not.toBe(met.ok)
      expect(row).toEqual(
        met.ok ? { claims: 1, ballots: 1, held: card.serial } : { claims: 0, ballots: 0, held: fresh.serial },
      )
      votes += met.ok ? 1 : 0
    } else {
      must(confirmed)
      expect(row).toEqual({ claims: 0, ballots: 0, held: fresh.serial })
      expect(await there.told(account)).toHaveLength(ready || met.ok ? 1 : 0)
    }
  }
  expect(await there.counts()).toBe(votes)
})

test('a Send that is under way when the second official presses comes first: the vote stands, the card stays', async () => {
  const there = await lossVillage(app, 'under-way', 1, FIRST)
  const [card, fresh] = [at(there.held, 0), at(there.fresh, 0)]
  const ready = must(await there.claim(531, card.code))
  const { id } = must(await there.propose({ serial: fresh.serial, lost: card.serial }))
  const waiting = async () =>
    (
      await app.db.sql`
      select distinct l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where a.datname = current_database() and not l.granted`
    ).length
  let confirmed: ReturnType<typeof confirmAct> | undefined
  let sent: ReturnType<LossVillage['cast']> | undefined
  let ended = false
  // As a close does: the Send has its row and waits.
  await app.db.begin(async ({ sql }) => {
    await sql`select pg_advisory_xact_lock(7, ${there.cycle.id})`
    sent = there.cast(531, ready.rollRow, other)
    await expect.poll(waiting, OFTEN).toBe(1)
    confirmed = confirmAct(app, id, SECOND)
    void confirmed.then(() => (ended = true))
    await expect.poll(async () => ended || (await waiting()) === 2, OFTEN).toBe(true)
  })
  must((await sent) as NonNullable<Awaited<typeof sent>>)
  expect(await confirmed).toEqual({ ok: false, problem: { kind: 'cannot', why: 'has-voted' } })
  expect(await there.counts()).toBe(1)
})
