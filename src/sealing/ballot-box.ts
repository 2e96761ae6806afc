// A sealed ballot: the nonce and the canonical choices in a box whose size says nothing about them.
import { concat, fromUtf8, utf8 } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type BoxKeys, open, seal } from './sealed-box.ts'
import type { SealingSodium, Sodium } from './sodium.ts'

/** `nonce`: the 32 bytes of the commitment. `choices`: text of `canonicalChoices`. */
export type BallotContent = { nonce: Uint8Array; choices: string }

const nonceLength = 32

/**
 * The one padded size for all ballots of a cycle, in bytes: nonce, the longest canonical choices possible (UTF-8 bytes)
 * and one byte of padding, rounded up to 256. The stored box is 48 bytes longer.
 */
export const boxSize = (maxCanonicalLength: number): number =>
  Math.ceil((nonceLength + maxCanonicalLength + 1) / 256) * 256

/** Seals a ballot to the cycle's public key. RangeError when the choices do not fit the cycle's size. */
export function sealBallot(
  sodium: SealingSodium,
  publicKey: Uint8Array,
  { nonce, choices }: BallotContent,
  size: number,
): Uint8Array {
  if (nonce.length !== nonceLength) throw new RangeError('ballot box: the nonce has 32 bytes')
  return seal(sodium, publicKey, concat(nonce, utf8(choices)), size)
}

/** Opens a ballot; the commitment in its leaf is still to be compared. */
export function openBallot(
  sodium: Sodium,
  keys: BoxKeys,
  box: Uint8Array,
  size: number,
): Result<BallotContent, 'not-openable'> {
  const opened = open(sodium, keys, box, size)
  if (!opened.ok) return opened
  const choices = fromUtf8(opened.value.subarray(nonceLength))
  if (choices === undefined || opened.value.length < nonceLength) return fail('not-openable')
  return ok({ nonce: opened.value.slice(0, nonceLength), choices })
}
