// Opens what use cases need: the database (configured or embedded), the secrets, libsodium.
import { randomBytes, randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { builtBeside, programFolder } from '../beside.ts'
import type { Config } from '../config.ts'
import { afterQuiet } from '../core/quiet.ts'
import { readKato } from '../core/formats/kato.ts'
import { embeddedUrl, startEmbedded } from '../embedded/embedded.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../sealing/secrets.ts'
import { natively } from '../sealing/native.ts'
import { loadSodium, type Sodium } from '../sealing/sodium.ts'
import { openSecrets } from '../secrets.ts'
import { connect, type Db } from '../store/db.ts'
import { keepFingerprints, readFingerprints } from '../store/fingerprints.ts'
import { unsafeSettings } from '../store/migrate.ts'
import { prepareDatabase, standingAsItIs } from '../store/standing.ts'
import type { App, Opening } from '../use-cases/app.ts'
import { refuseLostHistory } from '../use-cases/check-history.ts'
import { sealingKeys } from '../use-cases/seal-cast.ts'
import { readHistory } from '../use-cases/read-history.ts'
import { refuseForeignKeys } from '../use-cases/check-secrets.ts'
import { inTurn } from '../use-cases/in-turn.ts'
import { loadClassifier } from '../use-cases/load-classifier.ts'
import { openerThreads } from './opener-threads.ts'
import { openSealer, type Sealer } from './sealer.ts'
import { keepHeapSmall } from './thrifty-heap.ts'

export interface Opened {
  app: App
  /** The login that serves owns the tables or may make itself their owner. */
  owns: boolean
  /** By name, the first digits of the fingerprint of each secret that the database was begun with. */
  keys: Record<string, string>
  close: () => Promise<void>
}

const ONE_LOGIN =
  'ONE LOGIN: that of DATABASE_URL owns the tables or may make itself their owner, so whoever holds it can change what is recorded. Run `dauys migrate` with the owner as DATABASE_OWNER_URL and a login of its own as DATABASE_URL'

/**
 * `join`: use an embedded server that runs already, without owning it. `as`: see Opening. Throws when PostgreSQL is not durable.
 */
export async function openApp(
  config: Config,
  log: Log,
  join = false,
  as: Opening = 'usual',
): Promise<Opened> {
  const { url, ownerUrl, stop } = await findDatabase(config, log, join)
  keepHeapSmall()
  let db: Db | undefined
  let sealer: Sealer | undefined
  const close = async () => {
    await sealer?.end()
    await db?.close()
    await stop()
  }
  try {
    const looks = as === 'looking'
    const { role, owns } = looks ? await standingAsItIs(url) : await prepareDatabase(url, ownerUrl)
    if (owns) log.warn(ONE_LOGIN, { role: role ?? 'none: only triggers keep what is recorded' })
    const sodium = await natively(await loadSodium(randomFillSync))
    db = connect(url, { role, readOnly: looks })
    const { secrets, keys } = await secretsOf(db, resolve(config.secretsDir), sodium, looks)
    const unsafe = await unsafeSettings(db.sql)
    if (unsafe.length > 0)
      throw new Error(`PostgreSQL runs with ${unsafe.join(', ')} off: an accepted vote could be lost`)
    const [openerFile, sealerFile] = [builtBeside('opener.mjs'), builtBeside('sealer.mjs')]
    const random = (bytes: number) => randomBytes(bytes)
    if (sealerFile !== undefined) sealer = openSealer(sealerFile, { sodium, random, ...sealingKeys(secrets) })
    const app: App = {
      db,
      now: () => new Date(),
      // Whoever tries the sandbox tries all of it in the evening too.
      quiet: config.mode === 'sandbox' ? (moment) => moment : afterQuiet,
      random,
      sodium,
      secrets,
      origin: config.publicUrl ? new URL(config.publicUrl).host : 'dauys.local',
      frozen: new Map(),
      opened: new Map(),
      inTurn: inTurn(),
      lookUps: inTurn(),
      ...(openerFile !== undefined && { openers: openerThreads(openerFile) }),
      ...(sealer && { seal: sealer.seal }),
    }
    await refuseForeignKeys(app)
    if (as !== 'usual') return { app, owns, keys, close }
    await refuseLostHistory(app)
    for (const { log: name, faults } of await readHistory(app))
      log.error('what is stored is not what the log says', {
        of: name,
        faults: [...new Set(faults.map(({ kind }) => kind))].join(' '),
      })
    await loadPlaces(app)
    return { app, owns, keys, close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Database {
  /** The login that serves. */
  url: string
  ownerUrl: string | undefined
  stop: () => Promise<void>
}

/** The configured database, or the embedded one of the checkout with a login for each purpose. */
async function findDatabase(config: Config, log: Log, join: boolean): Promise<Database> {
  const { databaseUrl, ownerUrl } = config
  if (databaseUrl !== undefined) return { url: databaseUrl, ownerUrl, stop: async () => {} }
  if (ownerUrl !== undefined)
    throw new Error('DATABASE_URL: the login that serves is missing beside DATABASE_OWNER_URL')
  const dir = resolve(config.dir)
  const joined = join ? await embeddedUrl(dir) : undefined
  const embedded = joined ? undefined : await startEmbedded({ dir, log: (line) => log.info(line) })
  const owner = joined ?? embedded?.url ?? ''
  const serving = new URL(owner)
  serving.username = `${serving.username}_serves`
  return { url: serving.href, ownerUrl: owner, stop: async () => embedded?.stop() }
}

/** The secrets that belong to this database; made only where nothing was begun. */
async function secretsOf(
  db: Db,
  dir: string,
  sodium: Sodium,
  looks: boolean,
): Promise<{ secrets: Secrets; keys: Record<string, string> }> {
  const known = await readFingerprints(db)
  if (looks && !known)
    throw new Error('nothing was begun in the database of DATABASE_URL: there is nothing to check')
  const first = await openSecrets(dir, sodium, known)
  if (!known) await keepFingerprints(db, first.fingerprints)
  const { secrets, fingerprints } = known ? first : await openSecrets(dir, sodium, await readFingerprints(db))
  const short = Object.entries(fingerprints).map(([name, whole]) => [name, whole.slice(0, SHOWN_DIGITS)])
  return { secrets, keys: Object.fromEntries(short) as Record<string, string> }
}

/** Enough to tell two secrets apart. */
const SHOWN_DIGITS = 12

async function loadPlaces(app: App): Promise<void> {
  const read = (name: string) => readFileSync(`${programFolder('data')}${name}`, 'utf8')
  const places = readKato(read('kato-abai-ulytau.csv'), read('kato-geo.csv'))
  if (!places.ok) throw new Error('data/kato-abai-ulytau.csv cannot be read')
  await loadClassifier(app, places.value)
}
