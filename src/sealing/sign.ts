// Ed25519 signatures over receipts and signed tree heads.
import type { SealingSodium, Sodium } from './sodium.ts'

/** `publicKey` has 32 bytes, `privateKey` 64: seed and public key, as libsodium keeps it. */
export type SignKeys = { publicKey: Uint8Array; privateKey: Uint8Array }

/** Keys of a 32-byte seed (the form to keep as a secret), or new ones. RangeError for a seed of another length. */
export function signKeys(sodium: Sodium, seed?: Uint8Array): SignKeys {
  if (seed && seed.length !== 32) throw new RangeError('sign: a seed has 32 bytes')
  const keys = seed ? sodium.crypto_sign_seed_keypair(seed) : sodium.crypto_sign_keypair()
  return { publicKey: keys.publicKey, privateKey: keys.privateKey }
}

/** The signature, 64 bytes; the same bytes and key always give the same one (RFC 8032). */
export const sign = (sodium: SealingSodium, bytes: Uint8Array, privateKey: Uint8Array): Uint8Array =>
  sodium.crypto_sign_detached(bytes, privateKey)

/** Whether the signature holds; false, too, when signature or key have a wrong length. */
export const verify = (
  sodium: Sodium,
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean =>
  signature.length === 64 &&
  publicKey.length === 32 &&
  sodium.crypto_sign_verify_detached(signature, bytes, publicKey)
