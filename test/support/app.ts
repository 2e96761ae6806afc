// An App for a test: a database of its own, a clock that can be set, seeded chance, and secrets in a folder that is removed.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readDemoProjects } from '../../src/core/formats/demo-projects.ts'
import { readKato } from '../../src/core/formats/kato.ts'
import { openSecrets } from '../../src/secrets.ts'
import { loadSodium } from '../../src/sealing/sodium.ts'
import { connect } from '../../src/store/db.ts'
import { keepFingerprints } from '../../src/store/fingerprints.ts'
import type { App } from '../../src/use-cases/app.ts'
import { inTurn } from '../../src/use-cases/in-turn.ts'
import { loadClassifier } from '../../src/use-cases/load-classifier.ts'
import { appRole, type FreshDatabase, freshDatabase } from './database.ts'

export interface TestApp extends App {
  url: string
  /** Where its secrets lie: a program on this database works with the same. */
  secretsDir: string
  /** Puts the application's clock at a moment, or lets it run again. The database's clock goes on as it is. */
  setClock(at: Date | undefined): void
  /** Takes the file of a log's last head out of the secrets. */
  forgetHead(log: number): Promise<void>
  /** Closes the pool, drops the database, removes the secrets. */
  done(): Promise<void>
}

/** Bytes that look random and are the same in every run. */
export function seededBytes(seed: string): (count: number) => Uint8Array {
  let drawn = 0
  return (count) => {
    const parts: Uint8Array[] = []
    for (let length = 0; length < count; length += 32)
      parts.push(createHash('sha256').update(`${seed} ${drawn++}`).digest())
    return Uint8Array.from(Buffer.concat(parts).subarray(0, count))
  }
}

/** A fresh one; `seed` steers its chance (codes, nonces, ballot ids). `own`: a database of another server than the run's. */
export async function testApp(seed = 'test', connections = 10, own?: FreshDatabase): Promise<TestApp> {
  const database = own ?? (await freshDatabase())
  const db = connect(database.url, { max: connections, role: appRole(new URL(database.url).username) })
  const sodium = await loadSodium()
  const dir = await mkdtemp(join(tmpdir(), 'dauys-secrets-'))
  const opened = await openSecrets(dir, sodium)
  await keepFingerprints(db, opened.fingerprints)
  let fixed: Date | undefined
  return {
    db,
    url: database.url,
    secretsDir: dir,
    now: () => fixed ?? new Date(),
    quiet: (moment) => moment,
    random: seededBytes(seed),
    sodium,
    secrets: opened.secrets,
    origin: 'dauys.example',
    frozen: new Map(),
    opened: new Map(),
    inTurn: inTurn(),
    lookUps: inTurn(),
    setClock: (at) => {
      fixed = at
    },
    forgetHead: (log) => rm(join(dir, `head-${log}`), { force: true }),
    done: async () => {
      await db.close()
      await database.drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Another program on the same database and secrets: a second replica. */
export const replica = (app: TestApp, connections = 10): App & { close(): Promise<void> } => {
  const db = connect(app.url, { max: connections, role: appRole() })
  return { ...app, db, frozen: new Map(), close: () => db.close() }
}

const dataFile = (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../data/${name}`, import.meta.url)), 'utf8')

/** Loads the classifier of data/. */
export async function withClassifier(app: App): Promise<void> {
  const rows = readKato(await dataFile('kato-abai-ulytau.csv'), await dataFile('kato-geo.csv'))
  if (!rows.ok) throw new Error(`the classifier cannot be read: ${JSON.stringify(rows.problem[0])}`)
  await loadClassifier(app, rows.value)
}

/** The invented projects of data/. */
export async function demoProjects() {
  const rows = readDemoProjects(await dataFile('demo-projects.csv'))
  if (!rows.ok) throw new Error(`the demo's projects cannot be read: ${JSON.stringify(rows.problem[0])}`)
  return rows.value
}
