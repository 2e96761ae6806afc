// What rolls and cards of a cycle are made with: from the server's database, or from its public file on a computer without either.
import { randomBytes, randomFillSync } from 'node:crypto'
import type { RandomBytes } from '../core/cards.ts'
import { fromBase64 } from '../core/bytes.ts'
import { type PublicCycle, publicFingerprint, readPublicCycle } from '../core/formats/public-cycle.ts'
import { keyId } from '../core/formats/sealed-file.ts'
import type { T } from '../i18n.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium, type Sodium } from '../sealing/sodium.ts'
import { publicCycle } from '../use-cases/write-public-cycle.ts'
import { villageLink } from '../words/links.ts'
import { act, cycleNamed, guarded, type Parts, refused } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readText } from './files.ts'

export interface CycleKit {
  cycle: PublicCycle
  /** X25519, 32 bytes. */
  importKey: Uint8Array
  sodium: Sodium
  random: RandomBytes
}

export interface KitOptions {
  cycle?: string
  cycleFile?: string
}

/** Either of them says which cycle it is. */
export const kitOptions = (t: T) =>
  [cycleOption(t), ['--cycle-file <file>', t('cli.help-cycle-file')] as const] as const

/** With `--cycle-file` nothing else is opened: no database, no secrets. `bot`: its user name, where the caller was told it. */
export async function withKit(
  parts: Parts,
  { cycle, cycleFile }: KitOptions,
  bot: string | undefined,
  work: (kit: CycleKit) => Promise<void>,
): Promise<void> {
  if ((cycle === undefined) === (cycleFile === undefined)) throw refused('cli.one-cycle')
  if (cycleFile !== undefined) return guarded(() => kitOfFile(parts, cycleFile, bot, work))
  await act(parts, async (app) => {
    const linked = { bot: bot ?? '', publicUrl: parts.publicUrl }
    const found = await publicCycle(app, await cycleNamed(app, cycle ?? ''), linked.bot, (village) =>
      villageLink(linked, village),
    )
    const { sodium, random, secrets } = app
    await work({ cycle: found, importKey: secrets.importKeys.publicKey, sodium, random })
  })
}

async function kitOfFile(
  { t, say }: Parts,
  path: string,
  bot: string | undefined,
  work: (kit: CycleKit) => Promise<void>,
): Promise<void> {
  const sodium = await loadSodium(randomFillSync)
  const read = readPublicCycle(await readText(path), (...facts) => verify(sodium, ...facts))
  if (!read.ok)
    throw refused(read.problem.kind === 'changed' ? 'cli.cycle-file-changed' : 'cli.cycle-file-none', {
      file: path,
    })
  const cycle = bot === undefined ? read.value : { ...read.value, bot }
  const importKey = fromBase64(cycle.importKey) ?? new Uint8Array()
  say(t('cli.cycle-file-is', { cycle: cycle.slug, fingerprint: publicFingerprint(read.value) }))
  say(t('cli.cycle-file-key', { key: keyId(importKey) }))
  await work({ cycle, importKey, sodium, random: (bytes) => new Uint8Array(randomBytes(bytes)) })
}
