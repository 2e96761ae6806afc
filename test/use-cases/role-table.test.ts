// The table of roles, cell by cell, asked of the database: what a role gives, where it is held, and while it is held.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { type Grant, holds, mayDo } from '../../src/core/role.ts'
import { insertTerritory } from '../../src/store/territories.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { mayAct } from '../../src/use-cases/may-act.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { day, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { type Held, HELD, roleMatrix } from '../support/role-matrix.ts'

let app: TestApp
let accounts = 720_000_000
const stranger = (): number => (accounts += 1)

interface Places {
  district: number
  village: number
  street: number
  elsewhere: number
}
let makanshy: Places
beforeAll(async () => {
  app = await testApp('role-table')
  makanshy = await places('Makanshy')
})
afterAll(() => app.done())

async function places(name: string): Promise<Places> {
  const place = (level: number, kind: string, parent?: number) =>
    insertTerritory(app.db, {
      level,
      kind,
      name: everywhere(`${name} ${kind}`),
      ...(parent === undefined ? {} : { parent }),
    })
  const district = await place(1, 'district')
  const okrug = await place(2, 'rural_okrug', district)
  const village = await place(3, 'village', okrug)
  const street = await place(4, 'street', village)
  return { district, village, street, elsewhere: await place(3, 'village', await place(2, 'rural_okrug')) }
}

/** An official of this place. */
async function official(territory: number | undefined): Promise<number> {
  const account = stranger()
  const grant = {
    account,
    role: 'official' as const,
    ...(territory === undefined ? {} : { territory }),
  }
  must(await grantRole(app, grant, 'command'))
  return account
}

/** Hours go by for one account's roles. */
const runOut = (account: number): Promise<void> =>
  unguarded(app.db, async (sql) => {
    await sql`update role_grant set until = clock_timestamp() - interval '1 second' where account = ${account}`
  })

const holders = new Map<string, number>()

async function holder(role: Grant['role'], held: Held): Promise<number> {
  const known = holders.get(`${role} ${held}`)
  if (known !== undefined) return known
  const { district, village, street, elsewhere } = makanshy
  const territory = {
    there: village,
    elsewhere,
    district,
    inside: street,
    over: village,
    taken: village,
    everywhere: undefined,
  }[held]
  const account = stranger()
  const grant = { account, role, ...(territory === undefined ? {} : { territory }) }
  must(await grantRole(app, held === 'over' ? { ...grant, until: day(1) } : grant, 'command'))
  if (held === 'over') await runOut(account)
  if (held === 'taken') must(await revokeRole(app, grant, 'command'))
  holders.set(`${role} ${held}`, account)
  return account
}

test.each(HELD)('each role and act, the role held: %s', async (held) => {
  const wrong: string[] = []
  for (const { role, act, may } of roleMatrix().filter((cell) => cell.held === held)) {
    const account = await holder(role, held)
    if ((await mayAct(app, app.db, account, act, [makanshy.village])) !== may) wrong.push(`${role} ${act}`)
  }
  expect(wrong).toEqual([])
})

test('an act in several villages needs the role in each, or over all of them', async () => {
  const { village, elsewhere, district } = makanshy
  const one = await official(village)
  expect(await mayAct(app, app.db, one, 'move-phase', [village, elsewhere])).toBe(false)
  must(await grantRole(app, { account: one, role: 'official', territory: elsewhere }, 'command'))
  expect(await mayAct(app, app.db, one, 'move-phase', [village, elsewhere])).toBe(true)
  const above = await official(district)
  expect(await mayAct(app, app.db, above, 'move-phase', [village, makanshy.street])).toBe(true)
  expect(await mayAct(app, app.db, above, 'move-phase', [village, elsewhere])).toBe(false)
})

test('an act in no village is one of the whole installation', async () => {
  expect(await mayAct(app, app.db, await official(makanshy.district), 'create-cycle', [])).toBe(false)
  expect(await mayAct(app, app.db, await official(undefined), 'create-cycle', [])).toBe(true)
  expect(await mayAct(app, app.db, stranger(), 'create-cycle', [])).toBe(false)
})

test('a role of another program, older or newer, gives nothing', async () => {
  const account = stranger()
  await app.db
    .sql`insert into role_grant (account, role, granted_by) values (${account}, 'superofficial', 'command')`
  for (const act of ['import-roll', 'grant-role'] as const)
    expect(await mayAct(app, app.db, account, act, [makanshy.village])).toBe(false)
})

test('a role ends at its moment, not after it', () => {
  const until = '2026-03-01T00:00:00.000Z'
  const grants: Grant[] = [{ role: 'official', territory: 7, until }]
  expect(holds(grants, 'official', [7], '2026-02-28T23:59:59.999Z')).toBe(true)
  expect(holds(grants, 'official', [7], until)).toBe(false)
  expect(mayDo([], 'grant-role', [], until)).toBe(false)
})
