// Roles: given and taken by admins only, held once, logged without a name or an id.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { insertTerritory } from '../../src/store/territories.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { listChatCommands } from '../../src/use-cases/chat-commands.ts'
import { listGrants } from '../../src/use-cases/list-grants.ts'
import { nameFirstAdmins } from '../../src/use-cases/name-first-admins.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { whoIs } from '../../src/use-cases/who-is.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, newVillage } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
const [ADMIN, OFFICIAL, NOBODY] = [710000001, 710000002, 710000003]
beforeAll(async () => {
  app = await testApp('roles')
  for (const account of [ADMIN, OFFICIAL, NOBODY]) await rememberAccount(app, account, { locale: 'kk' })
  must(await grantRole(app, { account: ADMIN, role: 'admin' }, 'command'))
})
afterAll(() => app.done())

const rolesOf = async (account: number) => (await whoIs(app, account)).roles

test('an admin grants a role in one village; granted twice at once it is held once', async () => {
  const territory = await newVillage(app, 'one')
  const grant = { account: OFFICIAL, role: 'official', territory } as const
  const both = await Promise.all([grantRole(app, grant, ADMIN), grantRole(app, grant, ADMIN)])
  expect(both.map(must).filter(Boolean)).toHaveLength(1)
  expect(await rolesOf(OFFICIAL)).toEqual([{ role: 'official', territory }])
})

test('nobody else grants, and an admin gives themselves nothing', async () => {
  const grant = { account: NOBODY, role: 'moderator' } as const
  for (const by of [NOBODY, OFFICIAL]) expect(kindOf(await grantRole(app, grant, by))).toBe('not-allowed')
  expect(kindOf(await grantRole(app, { account: ADMIN, role: 'official' }, ADMIN))).toBe('to-oneself')
  expect(await rolesOf(NOBODY)).toEqual([])
  expect(await rolesOf(ADMIN)).toEqual([{ role: 'admin' }])
})

test('a role is taken in one village or wherever it is held, and may be given again', async () => {
  const [first, second] = [await newVillage(app, 'first'), await newVillage(app, 'second')]
  for (const territory of [first, second])
    must(await grantRole(app, { account: NOBODY, role: 'facilitator', territory }, ADMIN))
  expect(kindOf(await revokeRole(app, { account: NOBODY, role: 'facilitator' }, OFFICIAL))).toBe(
    'not-allowed',
  )
  expect(must(await revokeRole(app, { account: NOBODY, role: 'facilitator', territory: first }, ADMIN))).toBe(
    1,
  )
  expect(await rolesOf(NOBODY)).toEqual([{ role: 'facilitator', territory: second }])
  expect(must(await revokeRole(app, { account: NOBODY, role: 'facilitator' }, ADMIN))).toBe(1)
  expect(must(await revokeRole(app, { account: NOBODY, role: 'facilitator' }, ADMIN))).toBe(0)
  expect(must(await grantRole(app, { account: NOBODY, role: 'facilitator' }, ADMIN))).toBe(true)
})

test('the log of the installation has every grant and revocation, and the id of nobody', async () => {
  const rows = await app.db.sql<{ kind: string; text: string }[]>`
    select kind, convert_from(body, 'UTF8') as text from leaf where log = 0 order by id`
  expect(rows.map(({ kind }) => kind)).toEqual([
    'granted',
    'granted',
    'granted',
    'granted',
    'revoked',
    'revoked',
    'granted',
  ])
  for (const { text } of rows) expect(text).not.toMatch(/71000000/)
  const marks = rows.map(({ text }) => /"account":"([0-9a-f]{64})"/.exec(text)?.[1])
  expect(new Set(marks).size).toBe(3)
})

test('the first admins are named by the configuration, once, by however many replicas', async () => {
  const [first, second] = [710000011, 710000012]
  for (const account of [first, second]) await rememberAccount(app, account, { locale: 'ru' })
  const named = await Promise.all([
    nameFirstAdmins(app, [first, second]),
    nameFirstAdmins(app, [first, second]),
  ])
  expect(named.reduce((sum, one) => sum + one)).toBe(2)
  expect(await nameFirstAdmins(app, [first, second])).toBe(0)
  expect(await rolesOf(first)).toEqual([{ role: 'admin' }])
})

test('a role may be given until a day; given again with another end it has that one, and once it is over it gives nothing', async () => {
  const account = 710000021
  await rememberAccount(app, account, { locale: 'kk' })
  const grant = { account, role: 'moderator' } as const
  const [soon, later] = ['2099-01-01T00:00:00.000Z', '2099-06-01T00:00:00.000Z']
  expect(kindOf(await grantRole(app, { ...grant, until: '2020-01-01T00:00:00.000Z' }, 'command'))).toBe(
    'until-past',
  )
  expect(must(await grantRole(app, { ...grant, until: soon }, 'command'))).toBe(true)
  expect(must(await grantRole(app, { ...grant, until: soon }, 'command'))).toBe(false)
  expect(must(await grantRole(app, { ...grant, until: later }, 'command'))).toBe(true)
  expect(await rolesOf(account)).toEqual([{ role: 'moderator', until: later }])
  expect((await listGrants(app)).filter((one) => one.account === account)).toEqual([
    { ...grant, until: later },
  ])
  await unguarded(app.db, (sql) => sql`update role_grant set until = now() where account = ${account}`)
  expect(await rolesOf(account)).toEqual([])
  expect(must(await revokeRole(app, grant, 'command'))).toBe(0)
  expect(must(await grantRole(app, grant, 'command'))).toBe(true)
  expect(await rolesOf(account)).toEqual([{ role: 'moderator' }])
})

test('an admin of a district grants in its villages only', async () => {
  const district = await newVillage(app, 'district')
  const village = await insertTerritory(app.db, {
    level: 3,
    kind: 'village',
    name: everywhere('v'),
    parent: district,
  })
  const [admin, other] = [710000031, 710000032]
  must(await grantRole(app, { account: admin, role: 'admin', territory: district }, 'command'))
  expect(must(await grantRole(app, { account: other, role: 'official', territory: village }, admin))).toBe(
    true,
  )
  expect(kindOf(await grantRole(app, { account: other, role: 'official' }, admin))).toBe('not-allowed')
  expect(kindOf(await revokeRole(app, { account: other, role: 'official' }, admin))).toBe('not-allowed')
  expect(must(await revokeRole(app, { account: other, role: 'official', territory: village }, admin))).toBe(1)
})

test('a role written past the program, or made to last longer, shows in no menu', async () => {
  const territory = await newVillage(app, 'third')
  const stranger = 710000004
  await rememberAccount(app, stranger, { locale: 'ru' })
  await app.db
    .sql`insert into role_grant (account, role, granted_by) values (${stranger}, 'admin', 'command')`
  expect(await rolesOf(stranger)).toEqual([])
  const offered = async () => (await listChatCommands(app)).find(({ account }) => account === stranger)?.roles
  const listed = async () => (await listGrants(app)).filter(({ account }) => account === stranger)
  expect([await offered(), await listed()]).toEqual([[], []])
  const until = new Date(Date.now() + 60_000).toISOString()
  must(await grantRole(app, { account: stranger, role: 'official', territory, until }, ADMIN))
  expect(await rolesOf(stranger)).toEqual([{ role: 'official', territory, until }])
  expect(await offered()).toEqual(['official'])
  expect(await listed()).toEqual([{ account: stranger, role: 'official', territory, until }])
  await unguarded(
    app.db,
    (sql) =>
      sql`update role_grant set until = until + interval '1 day' where account = ${stranger} and role = 'official'`,
  )
  expect(await rolesOf(stranger)).toEqual([])
})
