// The key of a vote in the hands of three people: two of them open its ballots. Each share is a line of text, or an `age` file of it.
import { Decrypter, Encrypter } from 'age-encryption'
import { combine, split } from 'shamir-secret-sharing'
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { concat, equal, fromBase64, fromHex, fromUtf8, toBase64, toHex } from '../core/bytes.ts'
import type { HeldKeys } from '../core/formats/held-keys.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type BoxKeys, boxKeys, boxKeysOf } from './sealed-box.ts'
import type { Sodium } from './sodium.ts'

/** Who holds a share, and how many of them open. */
export const HOLDERS = 3
export const NEEDED = 2

const TAG = 'dauys-share-v1'

/** `n`: from 1 on. `key`: the public key of the ballots, hex. */
export type Share = { cycle: string; n: number; key: string; bytes: Uint8Array }

/** New keys and a new tie seed, in shares; nothing else of them is kept. `seed`: 32 random bytes. */
export async function makeShares(
  sodium: Sodium,
  cycle: string,
  seed: Uint8Array,
): Promise<{ held: HeldKeys; shares: Share[] }> {
  const { publicKey, privateKey } = boxKeys(sodium)
  const key = toHex(publicKey)
  const shares = await split(concat(privateKey, seed), HOLDERS, NEEDED)
  return {
    held: { cycle, key, seed: toHex(seedCommitment(seed)) },
    shares: shares.map((bytes, at) => ({ cycle, n: at + 1, key, bytes })),
  }
}

/** One line: whoever has the paper types or scans it. */
export const shareText = ({ cycle, n, key, bytes }: Share): string =>
  `${TAG} ${cycle} ${n} ${key} ${toBase64(bytes)}`

export function readShare(text: string): Share | undefined {
  const [, cycle = '', n = '', key = '', base64 = ''] =
    /^dauys-share-v1 (\S+) ([1-9]) ([0-9a-f]{64}) (\S+)$/.exec(text.trim()) ?? []
  const bytes = fromBase64(base64)
  return bytes && bytes.length > 0 ? { cycle, n: Number(n), key, bytes } : undefined
}

const inFours = (digits: string): string => digits.replace(/\d{4}(?=\d)/g, '$& ')

/** 24 digits in fours, about 80 bits: typed on any keyboard. `random`: 32 random bytes. */
export const passphraseOf = (random: Uint8Array): string =>
  inFours((BigInt(`0x${toHex(random)}`) % 10n ** 24n).toString().padStart(24, '0'))

/** Of scrypt, as a power of two: drawn passphrases have 80 bits, so that a slow laptop need not work longer than a second. */
const WORK = 15

/** The share as an `age` file under a passphrase. */
export function sealShare(share: Share, passphrase: string): Promise<Uint8Array> {
  const age = new Encrypter()
  age.setPassphrase(passphrase)
  age.setScryptWorkFactor(WORK)
  return age.encrypt(`${shareText(share)}\n`)
}

/** Whether bytes are an `age` file, and not the line itself. */
export const isSealedShare = (bytes: Uint8Array): boolean =>
  (fromUtf8(bytes.subarray(0, 21)) ?? '') === 'age-encryption.org/v1'

/** `not-openable`: another passphrase, or a damaged file. */
export async function openShare(
  bytes: Uint8Array,
  passphrase: string,
): Promise<Result<Share, 'not-openable' | 'not-a-share'>> {
  const age = new Decrypter()
  age.addPassphrase(passphrase)
  const text = await age.decrypt(bytes, 'text').catch(() => undefined)
  if (text === undefined) return fail('not-openable')
  const share = readShare(text)
  return share ? ok(share) : fail('not-a-share')
}

/** The same with what a holder typed: as it was printed, however it is spaced; else as it stands, for a share sealed anew. */
export async function openTyped(
  bytes: Uint8Array,
  typed: string,
): Promise<Result<Share, 'not-openable' | 'not-a-share'>> {
  const printed = await openShare(bytes, inFours(typed.replaceAll(/\D/g, '')))
  return printed.ok || printed.problem === 'not-a-share' ? printed : openShare(bytes, typed)
}

/** The keys and the tie seed, once two shares of one vote are there. `not-openable`: the shares do not belong together. */
export async function joinShares(
  sodium: Sodium,
  shares: readonly Share[],
): Promise<Result<{ keys: BoxKeys; seed: Uint8Array }, 'too-few' | 'not-openable'>> {
  const own = new Map(shares.map((share) => [share.n, share]))
  const [first] = shares
  if (own.size < NEEDED || !first) return fail('too-few')
  if (shares.some(({ cycle, key }) => cycle !== first.cycle || key !== first.key)) return fail('not-openable')
  const secret = await combine([...own.values()].map(({ bytes }) => bytes)).catch(() => undefined)
  if (secret?.length !== 64) return fail('not-openable')
  const keys = boxKeysOf(sodium, secret.slice(0, 32))
  const same = equal(keys.publicKey, fromHex(first.key) ?? new Uint8Array())
  return same ? ok({ keys, seed: secret.slice(32) }) : fail('not-openable')
}
