// Opens what use cases need: the database (configured or embedded), the secrets, libsodium.
import { randomBytes, randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { programFolder } from '../beside.ts'
import type { Config } from '../config.ts'
import { readKato } from '../core/formats/kato.ts'
import { embeddedUrl, startEmbedded } from '../embedded/embedded.ts'
import type { Log } from '../log.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { openSecrets } from '../secrets.ts'
import { connect } from '../store/db.ts'
import { migrateDatabase, unsafeSettings } from '../store/migrate.ts'
import type { App } from '../use-cases/app.ts'
import { loadClassifier } from '../use-cases/load-classifier.ts'

export interface Opened {
  app: App
  url: string
  close(): Promise<void>
}

/** `join`: use an embedded server that runs already, without owning it. Throws when PostgreSQL is not durable. */
export async function openApp(config: Config, log: Log, join = false): Promise<Opened> {
  const dir = resolve(config.dir)
  const joined = config.databaseUrl ?? (join ? await embeddedUrl(dir) : undefined)
  const embedded = joined ? undefined : await startEmbedded({ dir, log: (line) => log.info(line) })
  const url = joined ?? embedded?.url ?? ''
  try {
    const role = await migrateDatabase(url)
    const sodium = await loadSodium(randomFillSync)
    const secrets = await openSecrets(resolve(config.secretsDir), sodium)
    if (!role)
      log.warn(
        'the database login may not work as a role of less rights: only triggers keep what is recorded',
      )
    const db = connect(url, { role })
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
    await loadPlaces(app)
    return {
      app,
      url,
      async close() {
        await db.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function loadPlaces(app: App): Promise<void> {
  const read = (name: string) => readFileSync(`${programFolder('data')}${name}`, 'utf8')
  const places = readKato(read('kato-abai-ulytau.csv'), read('kato-geo.csv'))
  if (!places.ok) throw new Error('data/kato-abai-ulytau.csv cannot be read')
  await loadClassifier(app, places.value)
}
