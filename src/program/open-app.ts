// Opens what use cases need: the database (configured or embedded), the secrets, libsodium.
import { randomBytes, randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { programFolder } from '../beside.ts'
import type { Config } from '../config.ts'
import { readKato } from '../core/formats/kato.ts'
import { embeddedUrl, startEmbedded } from '../embedded/embedded.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../sealing/secrets.ts'
import { loadSodium, type Sodium } from '../sealing/sodium.ts'
import { openSecrets } from '../secrets.ts'
import { connect, type Db } from '../store/db.ts'
import { keepFingerprints, readFingerprints } from '../store/fingerprints.ts'
import { migrateDatabase, unsafeSettings } from '../store/migrate.ts'
import type { App } from '../use-cases/app.ts'
import { refuseLostHistory } from '../use-cases/check-history.ts'
import { refuseForeignKeys } from '../use-cases/check-secrets.ts'
import { loadClassifier } from '../use-cases/load-classifier.ts'

export interface Opened {
  app: App
  url: string
  close: () => Promise<void>
}

/** `join`: use an embedded server that runs already, without owning it. Throws when PostgreSQL is not durable. */
export async function openApp(config: Config, log: Log, join = false): Promise<Opened> {
  const dir = resolve(config.dir)
  const joined = config.databaseUrl ?? (join ? await embeddedUrl(dir) : undefined)
  const embedded = joined ? undefined : await startEmbedded({ dir, log: (line) => log.info(line) })
  const url = joined ?? embedded?.url ?? ''
  let db: Db | undefined
  const close = async () => {
    await db?.close()
    await embedded?.stop()
  }
  try {
    const role = await migrateDatabase(url)
    const sodium = await loadSodium(randomFillSync)
    if (!role)
      log.warn(
        'the database login may not work as a role of less rights: only triggers keep what is recorded',
      )
    db = connect(url, { role })
    const secrets = await secretsOf(db, resolve(config.secretsDir), sodium)
    const unsafe = await unsafeSettings(db.sql)
    if (unsafe.length > 0)
      throw new Error(`PostgreSQL runs with ${unsafe.join(', ')} off: an accepted vote could be lost`)
    const app: App = {
      db,
      now: () => new Date(),
      random: (bytes) => randomBytes(bytes),
      sodium,
      secrets,
      origin: config.publicUrl ? new URL(config.publicUrl).host : 'dauys.local',
      frozen: new Map(),
    }
    await refuseForeignKeys(app)
    await refuseLostHistory(app)
    await loadPlaces(app)
    return { app, url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The secrets that belong to this database; made only where nothing was begun. */
async function secretsOf(db: Db, dir: string, sodium: Sodium): Promise<Secrets> {
  const known = await readFingerprints(db)
  const opened = await openSecrets(dir, sodium, known)
  if (known) return opened.secrets
  await keepFingerprints(db, opened.fingerprints)
  return (await openSecrets(dir, sodium, await readFingerprints(db))).secrets
}

async function loadPlaces(app: App): Promise<void> {
  const read = (name: string) => readFileSync(`${programFolder('data')}${name}`, 'utf8')
  const places = readKato(read('kato-abai-ulytau.csv'), read('kato-geo.csv'))
  if (!places.ok) throw new Error('data/kato-abai-ulytau.csv cannot be read')
  await loadClassifier(app, places.value)
}
