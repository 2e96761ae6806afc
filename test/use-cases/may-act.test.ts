// A role gives what it gives where it is held and while it is held: every act of staff, in the transaction that writes it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { cardCode } from '../../src/core/person.ts'
import { writeSealedFile } from '../../src/core/formats/sealed-file.ts'
import { seal } from '../../src/sealing/sealed-box.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { extendCycle } from '../../src/use-cases/extend-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { handOverCards } from '../../src/use-cases/hand-over-cards.ts'
import { importRoll } from '../../src/use-cases/import-roll.ts'
import { mayAct } from '../../src/use-cases/may-act.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { seededBytes, type TestApp, testApp } from '../support/app.ts'
import { day, kindOf, letClose, must, newVillage, openVoting, smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { PRINTER } from '../support/roll.ts'

let app: TestApp
const chance = seededBytes('may-act')
let accounts = 720_000_000
const stranger = (): number => (accounts += 1)

beforeAll(async () => {
  app = await testApp('may-act')
})
afterAll(() => app.done())

/** An official of this place, for good or until a moment. */
async function official(territory: number | undefined, until?: string): Promise<number> {
  const account = stranger()
  const grant = {
    account,
    role: 'official' as const,
    ...(territory === undefined ? {} : { territory }),
    ...(until === undefined ? {} : { until }),
  }
  must(await grantRole(app, grant, 'command'))
  return account
}

/** Hours go by for one account's roles. */
const runOut = (account: number): Promise<void> =>
  unguarded(app.db, async (sql) => {
    await sql`update role_grant set until = clock_timestamp() - interval '1 second' where account = ${account}`
  })

/** A sealed roll with one row and a card in each village. */
function rollOf(slug: string, villages: readonly number[]): string {
  const rows = villages.map((village) => ({ village: String(village), register: 1 }))
  const cards = rows.map((row) => ({ ...row, serial: 1, code: cardCode(chance(16)) }))
  const file = { format: 'dauys-roll-v1', cycle: slug, rows, cards, printedBy: PRINTER }
  const { publicKey } = app.secrets.importKeys
  return writeSealedFile({
    format: file.format,
    cycle: slug,
    publicKey,
    box: seal(app.sodium, publicKey, utf8(JSON.stringify(file))),
  })
}

describe('a roll', () => {
  test('two officials of other villages can neither import nor approve voters and cards of a village that votes', async () => {
    const cycle = await smallCycle(app, 'attacked', [[1_000_000]])
    await openVoting(app, cycle.id)
    const elsewhere = await newVillage(app, 'elsewhere')
    const [one, two] = [await official(elsewhere), await official(elsewhere)]
    const text = rollOf(cycle.slug, cycle.villages)
    expect(kindOf(await importRoll(app, cycle.id, text, one))).toBe('not-allowed')
    const ours = await official(cycle.villages[0])
    expect(kindOf(await importRoll(app, cycle.id, text, ours))).toBe('nobody-to-confirm')
    const second = await official(cycle.villages[0])
    const { proposed } = must(await importRoll(app, cycle.id, text, ours))
    expect(proposed?.askable).toEqual([second])
    expect(kindOf(await confirmAct(app, proposed?.id ?? '', two))).toBe('not-allowed')
    expect(await app.db.sql`select 1 from roll_row where cycle = ${cycle.id}`).toHaveLength(0)
    must(await confirmAct(app, proposed?.id ?? '', second))
    expect(await app.db.sql`select 1 from roll_row where cycle = ${cycle.id}`).toHaveLength(1)
  })

  test('of several villages needs an official of each', async () => {
    const cycle = await smallCycle(app, 'both-villages', [[1_000_000], [1_000_000]], { profile: 'binding' })
    const [first, second] = cycle.villages as [number, number]
    const text = rollOf(cycle.slug, [first, second])
    const [one, two] = [await official(first), await official(first)]
    expect(kindOf(await importRoll(app, cycle.id, text, one))).toBe('not-allowed')
    expect(must(await importRoll(app, cycle.id, rollOf(cycle.slug, [first]), one)).state).toBe('proposed')
    must(await grantRole(app, { account: one, role: 'official', territory: second }, 'command'))
    expect(kindOf(await importRoll(app, cycle.id, text, one))).toBe('nobody-to-confirm')
    must(await grantRole(app, { account: two, role: 'official', territory: second }, 'command'))
    expect(must(await importRoll(app, cycle.id, text, one)).proposed?.askable).toEqual([two])
  })

  test.each(['run out', 'taken away'])(
    'a role that was %s since the proposal approves nothing',
    async (how) => {
      const cycle = await smallCycle(app, `since-${how.replace(' ', '-')}`, [[1_000_000]], {
        profile: 'binding',
      })
      const [village] = cycle.villages as [number]
      const [one, two, three] = [
        await official(village),
        await official(village, day(1)),
        await official(village),
      ]
      const end = async (account: number) => {
        if (how === 'run out') await runOut(account)
        else must(await revokeRole(app, { account, role: 'official' }, 'command'))
      }
      const text = rollOf(cycle.slug, [village])
      const { proposed } = must(await importRoll(app, cycle.id, text, one))
      expect(proposed?.askable).toEqual([two, three])
      await end(two)
      expect(kindOf(await confirmAct(app, proposed?.id ?? '', two))).toBe('not-allowed')
      await end(one)
      expect(kindOf(await confirmAct(app, proposed?.id ?? '', three))).toBe('proposer-not-allowed')
      expect(await app.db.sql`select 1 from roll_row where cycle = ${cycle.id}`).toHaveLength(0)
    },
  )
})

test('who takes a role away waits for the act that leans on it', async () => {
  const village = await newVillage(app, 'leaned on')
  const account = await official(village)
  const order: string[] = []
  let taken: Promise<unknown> = Promise.resolve()
  await app.db.begin(async (tx) => {
    expect(await mayAct(app, tx, account, 'move-phase', [village])).toBe(true)
    taken = revokeRole(app, { account, role: 'official' }, 'command').then(() => order.push('taken'))
    await expect
      .poll(async () => {
        let waiting = 0
        await unguarded(app.db, async (sql) => {
          const rows = await sql`select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query ilike '%role_grant%'`
          waiting = rows.length
        })
        return waiting
      })
      .toBe(1)
    order.push('acted')
  })
  await taken
  expect(order).toEqual(['acted', 'taken'])
})

test('an official of another village does none of what officials do; the village’s own does, and the log says who', async () => {
  const cycle = await smallCycle(app, 'own-official', [[1_000_000]], { trial: true })
  const [village] = cycle.villages as [number]
  const [ours, foreign] = [await official(village), await official(await newVillage(app, 'foreign'))]
  const later = day(20)
  const refused = async (by: number) => [
    kindOf(await extendCycle(app, cycle.id, later, by)),
    kindOf(await movePhase(app, cycle.id, { by })),
    kindOf(await handOverCards(app, cycle.id, village, '1', by)),
    kindOf(await countCycle(app, cycle.id, by)),
    kindOf(await publishResults(app, cycle.id, by)),
    kindOf(
      await createCycle(
        app,
        {
          slug: 'not-theirs',
          title: everywhere('not theirs'),
          profile: 'advisory',
          timeline: { voting: day(1), counting: day(2) },
          territories: [{ territory: village, budget: 1_000_000 }],
          projects: [],
        },
        by,
      ),
    ),
    kindOf(await grantRole(app, { account: stranger(), role: 'official', territory: village }, by)),
  ]
  for (const by of [foreign, stranger()])
    expect(await refused(by)).toEqual(Array.from({ length: 7 }, () => 'not-allowed'))
  must(await importRoll(app, cycle.id, rollOf(cycle.slug, [village]), ours))
  must(await handOverCards(app, cycle.id, village, '1', ours))
  for (const to of ['announced', 'voting'])
    expect(must(await movePhase(app, cycle.id, { by: ours })).to).toBe(to)
  must(await extendCycle(app, cycle.id, later, ours))
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, ours))
  expect(must(await publishResults(app, cycle.id, ours))).toBe(1)
  const rows = await app.db.sql<{ kind: string; by: string | null }[]>`
    select kind, (convert_from(body, 'UTF8')::jsonb -> 1) ->> 'by' as by from leaf
    where log = ${cycle.id} and kind <> 'cards-printed' order by id`
  const marks = new Set(rows.flatMap(({ by }) => (by && /^[0-9a-f]{64}$/.test(by) ? [by] : [])))
  expect(marks.size).toBe(1)
  const told = rows.filter(({ by }) => by !== null && marks.has(by)).map(({ kind }) => kind)
  expect(told).toEqual([
    'roll-imported',
    'cards-handed-over',
    'phase',
    'phase',
    'extended',
    'counted',
    'published',
    'phase',
  ])
})

test('one official alone publishes nothing but a trial', async () => {
  const cycle = await smallCycle(app, 'alone', [[1_000_000]])
  const ours = await official(cycle.villages[0])
  await openVoting(app, cycle.id)
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, ours))
  expect(kindOf(await publishResults(app, cycle.id, ours))).toBe('two-officials')
})
