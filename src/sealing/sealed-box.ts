// Sealed boxes: anyone seals to a public key, only the private key opens (X25519, XSalsa20-Poly1305, libsodium).
import { fail, ok, type Result } from '../core/result.ts'
import type { SealingSodium, Sodium } from './sodium.ts'

/** X25519 keys, 32 bytes each. */
export type BoxKeys = { publicKey: Uint8Array; privateKey: Uint8Array }

/** New keys, of libsodium's randomness. */
export function boxKeys(sodium: Sodium): BoxKeys {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  return { publicKey, privateKey }
}

/** Both keys of a private key (joined from shares or read from a file). RangeError unless 32 bytes. */
export function boxKeysOf(sodium: Sodium, privateKey: Uint8Array): BoxKeys {
  if (privateKey.length !== 32) throw new RangeError('sealed box: a private key has 32 bytes')
  return { publicKey: sodium.crypto_scalarmult_base(privateKey), privateKey }
}

/** Bytes that a sealed box adds to its (padded) content: a fresh public key of 32 and a tag of 16. */
export const boxOverhead = 48

/**
 * Seals bytes to a public key. With `paddedSize` the content is padded to exactly that size first (sodium_pad, ISO/IEC
 * 7816-4), so that the box tells nothing of it; at least one byte is padding. RangeError when the content does not fit.
 */
export function seal(
  sodium: SealingSodium,
  publicKey: Uint8Array,
  content: Uint8Array,
  paddedSize?: number,
): Uint8Array {
  if (paddedSize === undefined) return sodium.crypto_box_seal(content, publicKey)
  if (content.length >= paddedSize) throw new RangeError('sealed box: the content does not fit')
  return sodium.crypto_box_seal(sodium.pad(content, paddedSize), publicKey)
}

/** Whether anything can be sealed to this key: 32 bytes may be no point of the curve that a box can have. */
export function isBoxKey(sodium: Sodium, publicKey: Uint8Array): boolean {
  try {
    seal(sodium, publicKey, new Uint8Array(1))
    return true
  } catch {
    return false
  }
}

/** Opens a box; give the `paddedSize` it was sealed with. `not-openable`: other key, altered, or another size. */
export function open(
  sodium: Sodium,
  keys: BoxKeys,
  box: Uint8Array,
  paddedSize?: number,
): Result<Uint8Array, 'not-openable'> {
  if (paddedSize !== undefined && box.length !== paddedSize + boxOverhead) return fail('not-openable')
  try {
    const padded = sodium.crypto_box_seal_open(box, keys.publicKey, keys.privateKey)
    return ok(paddedSize === undefined ? padded : sodium.unpad(padded, paddedSize))
  } catch {
    return fail('not-openable') // libsodium tells nothing more, by design
  }
}
