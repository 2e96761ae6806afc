// Cheap copies of a database in which something has happened, each with secrets of its own: to be altered by tests.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSecrets } from '../../src/secrets.ts'
import { connect } from '../../src/store/db.ts'
import type { TestApp } from './app.ts'
import { appRole, databaseUrl, freshName, onServer } from './database.ts'

/** A database and its secrets at rest: nobody is connected, so that it can be copied. */
export interface AtRest {
  copy(connections?: number): Promise<TestApp>
  done(): Promise<void>
}

/** Ends the program's connections and keeps what it did. */
export async function atRest(app: TestApp): Promise<AtRest> {
  await app.db.close()
  return {
    copy: (connections = 3) => copyOf(app, connections),
    done: async () => {
      await dropped(app.url)
      await rm(app.secretsDir, { recursive: true, force: true })
    },
  }
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

const dropped = (url: string): Promise<void> =>
  onServer(databaseUrl(url, 'postgres'), (sql) =>
    sql.unsafe(`drop database if exists "${nameOf(url)}" with (force)`),
  )

async function copyOf(app: TestApp, connections: number): Promise<TestApp> {
  const url = databaseUrl(app.url, freshName())
  await onServer(databaseUrl(app.url, 'postgres'), (sql) =>
    sql.unsafe(`create database "${nameOf(url)}" template "${nameOf(app.url)}"`),
  )
  const secretsDir = await mkdtemp(join(tmpdir(), 'dauys-secrets-'))
  await cp(app.secretsDir, secretsDir, { recursive: true })
  const db = connect(url, { max: connections, role: appRole() })
  return {
    ...app,
    db,
    url,
    secretsDir,
    secrets: (await openSecrets(secretsDir, app.sodium)).secrets,
    frozen: new Map(),
    opened: new Map(),
    forgetHead: (log) => rm(join(secretsDir, `head-${log}`), { force: true }),
    done: async () => {
      await db.close()
      await dropped(url)
      await rm(secretsDir, { recursive: true, force: true })
    },
  }
}
