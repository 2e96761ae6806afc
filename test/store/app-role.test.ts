// The role that the program works as, on servers where its login is not the master of everything.
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/store/db.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { databaseUrl, freshName, onServer } from '../support/database.ts'

const server = () => process.env.DAUYS_TEST_DATABASE_URL ?? ''
const made: { name: string; login: string }[] = []
const host = await testApp('app-role')
afterAll(async () => {
  await host.done()
  for (const { name, login } of made)
    await onServer(server(), async (sql) => {
      await sql.unsafe(`drop database if exists "${name}" with (force)`)
      await sql.unsafe(`drop role if exists "${login}"`)
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
async function votes(url: string): Promise<void> {
  const app = { ...replica({ ...host, url }), url } as unknown as TestApp & { close(): Promise<void> }
  try {
    const cycle = await smallCycle(app, 'owned', [[100]])
    await openVoting(app, cycle.id)
    const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
    expect((await vote(app, cycle.id, voter as NonNullable<typeof voter>, ['a1'])).ok).toBe(true)
    await expect(app.db.sql`delete from ballot`).rejects.toMatchObject({ code: '42501' })
  } finally {
    await app.close()
  }
}

test('a login that was given the role works as it', async () => {
  const { url, login } = await ownedDatabase('nocreaterole')
  await onServer(server(), (sql) => sql.unsafe(`grant dauys_app to "${login}"`))
  expect(await migrateDatabase(url)).toBe('dauys_app')
  await votes(url)
})

test('a login that may not take the role is told apart, and its database works with the triggers alone', async () => {
  const { url } = await ownedDatabase('nocreaterole')
  expect(await migrateDatabase(url)).toBeUndefined()
  const db = connect(url, { max: 1 })
  expect(await db.sql`select 1 as one from leaf right join (select 1) x on true`).toEqual([{ one: 1 }])
  await db.close()
})
