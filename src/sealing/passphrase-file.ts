// A text under a passphrase, in the `age` format: the ordinary `age` tool opens it.
import { Decrypter, Encrypter } from 'age-encryption'
import { fromUtf8 } from '../core/bytes.ts'

/** Of scrypt, as a power of two: drawn passphrases have 80 bits. */
const WORK = 15

export function sealText(text: string, passphrase: string): Promise<Uint8Array> {
  const age = new Encrypter()
  age.setPassphrase(passphrase)
  age.setScryptWorkFactor(WORK)
  return age.encrypt(text)
}

export const isSealedText = (bytes: Uint8Array): boolean =>
  (fromUtf8(bytes.subarray(0, 21)) ?? '') === 'age-encryption.org/v1'

/** Undefined: another passphrase, or a damaged file. */
export function openText(bytes: Uint8Array, passphrase: string): Promise<Uint8Array | undefined> {
  const age = new Decrypter()
  age.addPassphrase(passphrase)
  return age.decrypt(bytes).catch(() => undefined)
}
