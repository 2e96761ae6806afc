// SHA-256 by one door: in a browser by @noble/hashes, elsewhere by what the machine brings, once it is told of it.
import { sha256 as portable } from '@noble/hashes/sha2.js'

export type Sha256 = (bytes: Uint8Array) => Uint8Array

const by: { digest: Sha256 } = { digest: portable }

/** SHA-256, 32 bytes of the caller's own. */
export const sha256: Sha256 = (bytes) => by.digest(bytes)

/** From here on `digest` makes all of them. Throws where it does not make the one of RFC 6234's "abc". */
export function hashBy(digest: Sha256): void {
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  const made = Array.from(digest(Uint8Array.of(97, 98, 99)), (byte) => byte.toString(16).padStart(2, '0'))
  if (made.join('') !== known) throw new Error('what was given as SHA-256 is another hash')
  by.digest = digest
}
