// The shares of key holders on the command line: a file with its passphrase, or the line from the paper.
import { fromUtf8 } from '../core/bytes.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { isSealedShare, joinShares, NEEDED, openTyped, readShare, type Share } from '../sealing/key-shares.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Parts } from './acting.ts'
import { readBytes } from './files.ts'
import { refused } from './refused.ts'

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
  const opened = await openTyped(bytes, typed)
  if (opened.ok) return opened.value
  throw refused(opened.problem === 'not-a-share' ? 'cli.keys-no-share' : 'cli.keys-wrong-passphrase', {
    file: path,
  })
}
