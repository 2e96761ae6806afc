// What lies outside the database: pepper, log key, leaf key, import key, each cycle's ballot key and tie seed. One file each, 0600.
import {
  access,
  chmod,
  constants,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { boxKeys, boxKeysOf } from './sealing/sealed-box.ts'
import type { Secrets } from './sealing/secrets.ts'
import { signKeys } from './sealing/sign.ts'
import type { Sodium } from './sealing/sodium.ts'

/** By name of the file: SHA-256, in hex, of a secret that a database was begun with. It tells nothing of the secret. */
export type Fingerprints = Readonly<Record<string, string>>

const fingerprint = (name: string, secret: Uint8Array): string =>
  createHash('sha256').update(`dauys-fingerprint-v1 ${name}\n`).update(secret).digest('hex')

/**
 * Opens the folder of secrets. `known`: what the database was begun with; then nothing is made, and a secret that is missing or
 * another one is refused. Undefined, for a database that has none: makes what is missing. Several replicas share one folder.
 */
export async function openSecrets(
  dir: string,
  sodium: Sodium,
  known?: Fingerprints,
): Promise<{ secrets: Secrets; fingerprints: Fingerprints }> {
  await makeFolder(dir)
  const at = (name: string) => join(dir, name)
  const chance = () => randomBytes(32)
  const boxKey = () => boxKeys(sodium).privateKey
  const make = { pepper: chance, 'log-key': chance, 'leaf-key': chance, 'import-key': boxKey }
  const lasting = async (name: keyof typeof make) => {
    const secret = known ? await readSecret(at(name)) : await readOrMake(at(name), make[name])
    if (!secret) throw new Error(`${at(name)} is missing. ${REMEDY}`)
    if (known && fingerprint(name, secret) !== known[name])
      throw new Error(`${at(name)} is not the one that this database was begun with. ${REMEDY}`)
    return secret
  }
  const [pepper, logSeed, leafKey, importKey] = [
    await lasting('pepper'),
    await lasting('log-key'),
    await lasting('leaf-key'),
    await lasting('import-key'),
  ]
  const keysOf = (key: Uint8Array) => boxKeysOf(sodium, key)
  const secrets: Secrets = {
    pepper: (cycle) => createHmac('sha256', pepper).update(`cycle ${cycle}`).digest(),
    logKeys: signKeys(sodium, logSeed),
    leafKey,
    importKeys: keysOf(importKey),
    makeBallotKeys: async (cycle) => keysOf(await readOrMake(at(`ballot-key-${cycle}`), boxKey)),
    ballotKeys: async (cycle) => {
      const key = await readSecret(at(`ballot-key-${cycle}`))
      return key && keysOf(key)
    },
    makeTieSeed: (cycle) => readOrMake(at(`tie-seed-${cycle}`), chance),
    tieSeed: (cycle) => readSecret(at(`tie-seed-${cycle}`)),
    keptHead: (log) => readFile(at(`head-${log}`), 'utf8').catch(absent),
    keepHead: (log, note) => replace(at(`head-${log}`), note),
    keptLogs: async () =>
      (await readdir(dir)).flatMap((name) => /^head-(\d+)$/.exec(name)?.[1] ?? []).map(Number),
  }
  const fingerprints = {
    pepper: fingerprint('pepper', pepper),
    'log-key': fingerprint('log-key', logSeed),
    'leaf-key': fingerprint('leaf-key', leafKey),
    'import-key': fingerprint('import-key', importKey),
  }
  return { secrets, fingerprints }
}

const REMEDY = 'Bring back the SECRETS_DIR that was kept with this database; nothing was changed'

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
}

/** A folder for its owner alone. Throws, with the path and the remedy, where it cannot be one. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await chmod(dir, 0o700)
    await access(dir, constants.W_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(
      `${dir}: the secrets cannot be kept here (${code}). SECRETS_DIR names a folder that belongs to whoever runs the program`,
    )
  }
}

/** 32 bytes, or undefined where there is no file. Throws, with the path, what is no secret. */
async function readSecret(path: string): Promise<Uint8Array | undefined> {
  const text = await readFile(path, 'utf8').catch(absent)
  if (text === undefined) return undefined
  if (!/^[0-9a-f]{64}\s*$/.test(text)) throw new Error(`${path} is not a secret of 32 bytes. ${REMEDY}`)
  return Uint8Array.from(Buffer.from(text.trim(), 'hex'))
}

/** Where the file is missing it is made whole or not at all, and of two makers one wins. */
async function readOrMake(path: string, make: () => Uint8Array): Promise<Uint8Array> {
  const there = await readSecret(path)
  if (there) return there
  const draft = await written(path, Buffer.from(make()).toString('hex'))
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  const made = await readSecret(path)
  if (!made) throw new Error(`${path} was made and is gone`)
  return made
}

/** The whole text or the one of before, whenever the power goes. */
const replace = async (path: string, text: string): Promise<void> => rename(await written(path, text), path)

/** A draft beside the file, on the disk. */
async function written(path: string, text: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, text, { mode: 0o600, flush: true })
  return draft
}
