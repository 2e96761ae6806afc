// Starting on a database: with the secrets it was begun with, and never on one of a newer program or of before the trusted log.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/program/open-app.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { type FreshDatabase, freshDatabase, onServer } from '../support/database.ts'

let database: FreshDatabase
let dir: string
beforeEach(async () => {
  database = await freshDatabase()
  dir = await mkdtemp(join(tmpdir(), 'dauys-start-'))
})
afterEach(async () => {
  await database.drop()
  await rm(dir, { recursive: true, force: true })
})

const secret = (name: string) => join(dir, name)
const open = (secretsDir = dir) =>
  openApp(
    readConfig({ DATABASE_URL: database.url, SECRETS_DIR: secretsDir, DAUYS_SANDBOX: '1' }),
    createLog('silent'),
  )
const starts = async (secretsDir?: string) => (await open(secretsDir)).close()

describe('the secrets', () => {
  test('are made once, in a database that has none, and are the same at each start', async () => {
    await starts()
    const made = await readdir(dir)
    expect(made.sort()).toEqual(['import-key', 'leaf-key', 'log-key', 'pepper'])
    const before = await Promise.all(made.map((name) => readFile(secret(name), 'utf8')))
    await starts()
    expect(await Promise.all(made.map((name) => readFile(secret(name), 'utf8')))).toEqual(before)
  })

  test('of three programs that begin at once are one set', async () => {
    const opened = await Promise.all([open(), open(), open()])
    const keys = new Set(opened.map(({ app }) => Buffer.from(app.secrets.logKeys.publicKey).toString('hex')))
    for (const one of opened) await one.close()
    expect(keys.size).toBe(1)
  })

  test.each(['pepper', 'log-key', 'leaf-key', 'import-key'])(
    'a start without %s is refused, and none is made',
    async (name) => {
      await starts()
      await rm(secret(name))
      await expect(starts()).rejects.toThrow(
        new RegExp(`${secret(name)} is missing. Bring back the SECRETS_DIR`),
      )
      expect(await readdir(dir)).not.toContain(name)
    },
  )

  test.each(['pepper', 'log-key', 'leaf-key', 'import-key'])(
    'another %s is refused by its path',
    async (name) => {
      await starts()
      await writeFile(secret(name), '7'.repeat(64))
      await expect(starts()).rejects.toThrow(
        `${secret(name)} is not the one that this database was begun with`,
      )
    },
  )

  test.each(['', 'abc', `${'7'.repeat(64)}\n${'8'.repeat(64)}`])(
    'a file that says %j is no secret',
    async (text) => {
      await starts()
      await writeFile(secret('pepper'), text)
      await expect(starts()).rejects.toThrow(`${secret('pepper')} is not a secret of 32 bytes`)
    },
  )

  test('an empty folder, a mistyped path, a volume that was not brought back: refused', async () => {
    await starts()
    const empty = await mkdtemp(join(tmpdir(), 'dauys-empty-'))
    await expect(starts(empty)).rejects.toThrow(`${join(empty, 'pepper')} is missing`)
    expect(await readdir(empty)).toEqual([])
    await rm(empty, { recursive: true })
  })

  test('whoever takes the fingerprints out of the database gets no new secrets for its acts', async () => {
    const { app, close } = await open()
    await smallCycle(app, 'begun', [[1000]])
    await close()
    await onServer(database.url, async (sql) => {
      await sql`alter table fingerprint disable trigger all`
      await sql`delete from fingerprint`
    })
    await expect(starts()).rejects.toThrow('no fingerprint of the secrets')
  })
})

describe('the secrets of a cycle', () => {
  async function closedCycle() {
    const { app, close } = await open()
    const cycle = await smallCycle(app, 'closed', [[1000]])
    await openVoting(app, cycle.id)
    const [person] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
    if (!person) throw new Error('nobody votes')
    must(await vote(app, cycle.id, person, ['a1']))
    await letClose(app, cycle.id)
    must(await movePhase(app, cycle.id, { by: 'clock' }))
    await numberLeaves(app)
    return { app, id: cycle.id, close }
  }

  test('a key taken away on purpose lets the program start; the count says which file it wants, and makes none', async () => {
    const { app, id, close } = await closedCycle()
    for (const name of [`ballot-key-${id}`, `tie-seed-${id}`]) {
      const kept = await readFile(secret(name))
      await rm(secret(name))
      await starts()
      expect(await countCycle(app, id, 'command')).toEqual({
        ok: false,
        problem: { kind: 'secret', file: name, state: 'missing' },
      })
      expect(await readdir(dir)).not.toContain(name)
      await writeFile(secret(name), '7'.repeat(64))
      expect(kindOf(await countCycle(app, id, 'command'))).toBe('secret')
      await expect(starts()).rejects.toThrow(`${name} in SECRETS_DIR is not the one that the vote "closed"`)
      await writeFile(secret(name), kept)
    }
    must(await countCycle(app, id, 'command'))
    await close()
  })
})

describe('the schema', () => {
  const rows = () => onServer(database.url, (sql) => sql`select count(*) from leaf`)

  test('of a newer program is refused before anything is changed', async () => {
    await onServer(
      database.url,
      (sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 99999999999999)`,
    )
    await expect(migrateDatabase(database.url)).rejects.toThrow(
      /newer Dauys than this one: start that version/,
    )
    await rows()
  })

  test('of before the trusted log is refused before anything is changed', async () => {
    await onServer(database.url, async (sql) => {
      await sql`drop table fingerprint`
      await sql`delete from drizzle.__drizzle_migrations where id > 4`
    })
    await expect(migrateDatabase(database.url)).rejects.toThrow(/before there was a trusted log.*--fresh/)
    await onServer(database.url, async (sql) => {
      const [found] = await sql`select to_regclass('public.fingerprint') is null as gone`
      expect(found?.gone).toBe(true)
    })
  })
})
