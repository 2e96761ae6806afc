// Two logins: the owner brings the database up, and the one that serves owns nothing, whatever whoever holds it tries.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { migrateConfigured } from '../../src/program/migrate-configured.ts'
import { type Opened, openApp } from '../../src/program/open-app.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { appRole, onServer } from '../support/database.ts'
import { logins } from '../support/logins.ts'

const { owned, other, drop } = logins()
const secrets = await mkdtemp(join(tmpdir(), 'dauys-logins-'))
afterAll(async () => {
  await drop()
  await rm(secrets, { recursive: true, force: true })
})

const migrate = (env: Record<string, string>) => migrateConfigured(readConfig(env))

/** Starts what serves, with the secrets of its database; returns it with the warnings of its log. */
async function start(env: Record<string, string>): Promise<Opened & { warnings: string[] }> {
  const warnings: string[] = []
  const log = createLog('warn', (line) => warnings.push(line))
  const opened = await openApp(readConfig({ SECRETS_DIR: join(secrets, databaseOf(env)), ...env }), log)
  return { ...opened, warnings }
}

const databaseOf = ({ DATABASE_URL = '' }: Record<string, string>) =>
  DATABASE_URL && new URL(DATABASE_URL).pathname.slice(1)

/** An earnest vote with a ballot in it. */
async function aVote({ app }: Opened): Promise<void> {
  const cycle = await smallCycle(app, 'earnest', [[100]])
  await openVoting(app, cycle.id)
  const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  expect((await vote(app, cycle.id, voter as NonNullable<typeof voter>, ['a1'])).ok).toBe(true)
  await numberLeaves(app)
}

/** SQLSTATE of what the statement does under this login, outside any role that the program takes. */
const codeUnder = async (url: string, statement: string): Promise<string | undefined> => {
  let code: string | undefined = 'done'
  await onServer(url, async (sql) => {
    await sql.unsafe('reset role')
    await sql.unsafe(statement)
  }).catch((error: postgres.PostgresError) => {
    code = error.code
  })
  return code
}

test('migrate makes the login that serves; a whole vote runs under it, and it takes nothing back', async () => {
  const owner = await owned('createrole')
  const serving = other(owner.url)
  const both = { DATABASE_OWNER_URL: owner.url, DATABASE_URL: serving.url }
  expect(await migrate(both)).toEqual({ kind: 'serves', role: appRole(owner.login) })
  const opened = await start({ DATABASE_URL: serving.url })
  expect(opened.warnings).toEqual([])
  expect(opened.owns).toBe(false)
  await aVote(opened)
  await opened.close()

  const tables = ['ballot', 'leaf', 'entry', 'head', 'fingerprint', 'cycle', 'roll_row', 'claim']
  for (const table of tables)
    for (const statement of [
      `alter table ${table} disable trigger all`,
      `alter table ${table} owner to current_user`,
      `truncate ${table} cascade`,
      `drop table ${table} cascade`,
      `alter table ${table} add column mine text`,
      `create trigger mine before insert on ${table} for each row execute function append_only()`,
      `create rule mine as on insert to ${table} do instead nothing`,
    ])
      expect(await codeUnder(serving.url, statement), statement).toBe('42501')
  for (const statement of [
    'delete from ballot',
    "update ballot set receipt = 'x'",
    'update leaf set body = hash',
    'delete from entry',
    `set role "${owner.login}"`,
    `set session authorization "${owner.login}"`,
    `reset session authorization; alter table ballot disable trigger all`,
    `grant "${owner.login}" to "${serving.login}"`,
    'set session_replication_role = replica',
    'create or replace function append_only() returns trigger language plpgsql as $$ begin return new; end $$',
    'drop function append_only() cascade',
    'drop schema public cascade',
    'create table public.mine (word text)',
    `alter role "${serving.login}" superuser`,
    'create role mine',
    'delete from drizzle.__drizzle_migrations',
    `drop database "${new URL(owner.url).pathname.slice(1)}"`,
  ])
    expect(await codeUnder(serving.url, statement), statement).toBe('42501')
})

test('with one login the program runs, and its first line in the log says what that means', async () => {
  const { url, login } = await owned('createrole')
  expect(await migrate({ DATABASE_URL: url })).toEqual({ kind: 'owner' })
  const opened = await start({ DATABASE_URL: url })
  await aVote(opened)
  await opened.close()
  const again = await start({ DATABASE_URL: url })
  await again.close()
  for (const { owns, warnings } of [opened, again]) {
    expect(owns).toBe(true)
    expect(warnings.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 40,
        msg: expect.stringMatching(/^ONE LOGIN: .*DATABASE_OWNER_URL/),
        role: appRole(login),
      }),
    ])
  }
})

test('an owner at hand at the start brings the database up, and the program works under the other login', async () => {
  const owner = await owned('createrole')
  const serving = other(owner.url)
  const env = { DATABASE_OWNER_URL: owner.url, DATABASE_URL: serving.url }
  for (const opened of [await start(env), await start({ DATABASE_URL: serving.url })]) {
    const [who] = await opened.app.db.sql`select session_user as login, current_user as role`
    expect(who).toEqual({ login: serving.login, role: appRole(owner.login) })
    await opened.close()
  }
})

test('a login that others made is let in and keeps its password; one of ours follows its address', async () => {
  const owner = await owned('createrole')
  const [theirs, ours] = [other(owner.url), other(owner.url)]
  const passwordOf = async (login: string) => {
    let kept: unknown
    await onServer(owner.server, async (sql) => {
      kept = (await sql`select rolpassword from pg_authid where rolname = ${login}`)[0]?.rolpassword
    })
    return kept
  }
  const lets = async (url: string, login: string) => {
    await migrate({ DATABASE_OWNER_URL: owner.url, DATABASE_URL: url })
    return passwordOf(login)
  }
  await onServer(owner.server, (sql) => sql.unsafe(`create role "${theirs.login}" login password 'theirs'`))
  const before = await passwordOf(theirs.login)
  expect(await lets(theirs.url, theirs.login)).toBe(before)
  const made = await lets(ours.url, ours.login)
  expect(made).toMatch(/^SCRAM-SHA-256/)
  const bare = new URL(ours.url)
  bare.password = ''
  expect(await lets(bare.href, ours.login), 'an address without a password').toBe(made)
  const changed = new URL(ours.url)
  changed.password = 'another'
  expect(await lets(changed.href, ours.login)).not.toBe(made)
})

test('a login that owns nothing and was let in nowhere is refused in one line', async () => {
  const owner = await owned('createrole')
  const stranger = other(owner.url)
  await onServer(owner.server, (sql) => sql.unsafe(`create role "${stranger.login}" login password 'x'`))
  const refused = /^this login may not bring the database up: run `dauys migrate` with DATABASE_OWNER_URL/
  await expect(start({ DATABASE_URL: stranger.url }), 'an empty database').rejects.toThrow(refused)
  await migrate({ DATABASE_URL: owner.url })
  await expect(start({ DATABASE_URL: stranger.url })).rejects.toThrow(
    /neither owns the tables nor may work as the role/,
  )
})

test('a login that owns nothing starts on no schema but its own', async () => {
  const owner = await owned('createrole')
  const serving = other(owner.url)
  await migrate({ DATABASE_OWNER_URL: owner.url, DATABASE_URL: serving.url })
  // Not the one since which a log is trusted: a database of before that is refused for good.
  const first = 'select min(id) from drizzle.__drizzle_migrations'
  await onServer(owner.url, (sql) =>
    sql.unsafe(`delete from drizzle.__drizzle_migrations where id = (${first})`),
  )
  await expect(start({ DATABASE_URL: serving.url })).rejects.toThrow(/of an older Dauys.*`dauys migrate`/)
  await onServer(
    owner.url,
    (sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 99999999999999)`,
  )
  await expect(start({ DATABASE_URL: serving.url })).rejects.toThrow(/newer Dauys/)
})

test('what cannot be meant is refused: an owner without the login that serves, a migration of nothing', async () => {
  const owner = await owned('createrole')
  await expect(start({ DATABASE_OWNER_URL: owner.url })).rejects.toThrow(
    /^DATABASE_URL: the login that serves/,
  )
  await expect(migrate({})).rejects.toThrow('cli.migrate-nothing')
  expect(await migrate({ DATABASE_OWNER_URL: owner.url })).toEqual({ kind: 'nobody' })
})
