// The shares of key holders on the command line: a file with its passphrase, or the line from the paper.
import { randomBytes } from 'node:crypto'
import { fromUtf8 } from '../core/bytes.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { isSealedShare, joinShares, NEEDED, openShare, readShare, type Share } from '../sealing/key-shares.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Parts } from './acting.ts'
import { readBytes } from './files.ts'
import { refused } from './refused.ts'

/** 24 digits in fours, about 80 bits: typed on any keyboard. */
export const drawPassphrase = (): string =>
  (BigInt(`0x${randomBytes(32).toString('hex')}`) % 10n ** 24n)
    .toString()
    .padStart(24, '0')
    .replace(/\d{4}(?=\d)/g, '$& ')

/** Reads the shares, asks for the passphrase of each file, and joins them. */
export async function openKeys(
  parts: Parts,
  sodium: Sodium,
  paths: readonly string[],
): Promise<{ keys: BoxKeys; seed: Uint8Array; cycle: string }> {
  if (paths.length < NEEDED) throw refused('cli.keys-too-few', { needed: NEEDED })
  const shares: Share[] = []
  for (const path of paths) shares.push(await readOne(parts, path))
  const joined = await joinShares(sodium, shares)
  if (!joined.ok)
    throw joined.problem === 'too-few'
      ? refused('cli.keys-too-few', { needed: NEEDED })
      : refused('cli.keys-not-together')
  return { ...joined.value, cycle: shares[0]?.cycle ?? '' }
}

async function readOne({ t, ask }: Parts, path: string): Promise<Share> {
  const bytes = await readBytes(path)
  if (!isSealedShare(bytes)) {
    const share = readShare(fromUtf8(bytes) ?? '')
    if (!share) throw refused('cli.keys-no-share', { file: path })
    return share
  }
  const typed = (await ask?.(t('cli.keys-ask', { file: path }))) ?? ''
  const digits = typed.replaceAll(/\D/g, '')
  // As it was printed, however it was typed; else as it stands: a holder may have sealed the share anew.
  for (const passphrase of [digits.replace(/\d{4}(?=\d)/g, '$& '), typed]) {
    const opened = await openShare(bytes, passphrase)
    if (opened.ok) return opened.value
    if (opened.problem === 'not-a-share') throw refused('cli.keys-no-share', { file: path })
  }
  throw refused('cli.keys-wrong-passphrase', { file: path })
}
