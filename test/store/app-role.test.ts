// The role that the program works as, on servers where its login is not the master of everything.
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/store/db.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { appRole, databaseUrl, freshName, onServer } from '../support/database.ts'

const server = () => process.env.DAUYS_TEST_DATABASE_URL ?? ''
const made: { name: string; login: string }[] = []
const host = await testApp('app-role')
afterAll(async () => {
  await host.done()
  await onServer(server(), async (sql) => {
    for (const { name } of made) await sql.unsafe(`drop database if exists "${name}" with (force)`)
    for (const { login } of made) await sql.unsafe(`drop role if exists "${appRole(login)}", "${login}"`)
  })
})

/** An empty database that a login of its own owns; `rights`: what this login may do on the server. */
async function ownedDatabase(rights: string): Promise<{ url: string; login: string }> {
  const name = freshName()
  const login = `${name}_login`
  const password = randomBytes(12).toString('hex')
  await onServer(server(), async (sql) => {
    await sql.unsafe(`create role "${login}" login nosuperuser ${rights} password '${password}'`)
    await sql.unsafe(`create database "${name}" owner "${login}"`)
  })
  made.push({ name, login })
  const url = new URL(databaseUrl(server(), name))
  url.username = login
  url.password = password
  return { url: url.href, login }
}

/** A whole vote on a database of this login. */
async function votes(url: string, role: string | undefined): Promise<void> {
  const db = connect(url, { max: 3, role })
  const app: TestApp = { ...host, db, url, frozen: new Map() }
  try {
    const cycle = await smallCycle(app, 'owned', [[100]])
    await openVoting(app, cycle.id)
    const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
    expect((await vote(app, cycle.id, voter as NonNullable<typeof voter>, ['a1'])).ok).toBe(true)
    await expect(app.db.sql`delete from ballot`).rejects.toMatchObject({ code: role ? '42501' : '23001' })
  } finally {
    await db.close()
  }
}

test('a login that may make roles makes its own', async () => {
  const { url, login } = await ownedDatabase('createrole')
  const role = appRole(login)
  expect(await migrateDatabase(url)).toBe(role)
  await votes(url, role)
  expect(await migrateDatabase(url), 'at the next start too').toBe(role)
})

test('a login that was given the role works as it', async () => {
  const { url, login } = await ownedDatabase('nocreaterole')
  const role = appRole(login)
  await onServer(server(), async (sql) => {
    await sql.unsafe(`create role "${role}" nologin`)
    await sql.unsafe(`grant "${role}" to "${login}"`)
  })
  expect(await migrateDatabase(url)).toBe(role)
  await votes(url, role)
})

test('a login that may not take the role is told apart, and its database works with the triggers alone', async () => {
  const { url } = await ownedDatabase('nocreaterole')
  expect(await migrateDatabase(url)).toBeUndefined()
  await votes(url, undefined)
})

test('what others keep in the same database is neither opened to the role nor in the way', async () => {
  const { url, login } = await ownedDatabase('createrole')
  await onServer(databaseUrl(server(), new URL(url).pathname.slice(1)), async (sql) => {
    await sql`create table theirs (word text)`
    await sql`revoke all on theirs from public`
  })
  expect(await migrateDatabase(url)).toBe(appRole(login))
})

test('two databases of one login that start for the first time together both start', async () => {
  const first = await ownedDatabase('createrole')
  const second = new URL(databaseUrl(first.url, freshName()))
  await onServer(server(), (sql) =>
    sql.unsafe(`create database "${second.pathname.slice(1)}" owner "${first.login}"`),
  )
  made.push({ name: second.pathname.slice(1), login: first.login })
  const roles = await Promise.all([migrateDatabase(first.url), migrateDatabase(second.href)])
  expect(new Set(roles)).toEqual(new Set([appRole(first.login)]))
})
