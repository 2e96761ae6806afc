// What lies outside the database: pepper, log key, import key, each cycle's ballot key and tie seed. One file each, 0600.
import { existsSync } from 'node:fs'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { boxKeys, boxKeysOf } from './sealing/sealed-box.ts'
import type { Secrets } from './sealing/secrets.ts'
import { signKeys } from './sealing/sign.ts'
import type { Sodium } from './sealing/sodium.ts'

/** Opens the folder of secrets; makes it and its files where they are missing. Several replicas must share one folder. */
export async function openSecrets(dir: string, sodium: Sodium): Promise<Secrets> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await chmod(dir, 0o700)
  const secret = (name: string) => readOrMake(join(dir, name), () => randomBytes(32))
  const pepper = await secret('pepper')
  const logSeed = await secret('log-key')
  const importKey = await readOrMake(join(dir, 'import-key'), () => boxKeys(sodium).privateKey)
  return {
    pepper: (cycle) => createHmac('sha256', pepper).update(`cycle ${cycle}`).digest(),
    logKeys: signKeys(sodium, logSeed),
    importKeys: boxKeysOf(sodium, importKey),
    ballotKeys: async (cycle) =>
      boxKeysOf(sodium, await readOrMake(join(dir, `ballot-key-${cycle}`), () => boxKeys(sodium).privateKey)),
    tieSeed: (cycle) => secret(`tie-seed-${cycle}`),
  }
}

/** Reads 32 bytes; where the file is missing it is made whole or not at all, and of two makers one wins. */
async function readOrMake(path: string, make: () => Uint8Array): Promise<Uint8Array> {
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
    await writeFile(draft, Buffer.from(make()).toString('hex'), { mode: 0o600, flush: true })
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(draft)
  }
  const bytes = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex')
  if (bytes.length !== 32) throw new Error(`${path}: not a secret of 32 bytes`)
  return Uint8Array.from(bytes)
}
