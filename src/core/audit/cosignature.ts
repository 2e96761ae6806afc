// A witness's statement that it saw a head of this log, and that it extends those it had seen (C2SP tlog-cosignature, Ed25519, v1).
import { concat, utf8 } from '../bytes.ts'
import { COSIGNATURES, noteKeyId, signatureLine } from './checkpoint.ts'

/** `publicKey`: 32 bytes. */
export type Witness = { name: string; publicKey: Uint8Array }

/** `time`: when the witness signed, in seconds since 1970. */
export type Cosignature = { time: number; signature: Uint8Array }

const SECONDS = 8

/** What is signed: two lines, then the text of the checkpoint. */
export const cosignedBytes = (time: number, checkpoint: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${checkpoint}`)

/** Of what follows the key id in a signature line; undefined for anything else, and for a time beyond this calendar. */
export function readCosignature(signed: Uint8Array): Cosignature | undefined {
  if (signed.length !== SECONDS + 64) return undefined
  const time = Number(new DataView(signed.buffer, signed.byteOffset, SECONDS).getBigUint64(0))
  return Number.isSafeInteger(time) ? { time, signature: signed.slice(SECONDS) } : undefined
}

/** The line under the signature of the log. */
export function cosignatureLine({ name, publicKey }: Witness, { time, signature }: Cosignature): string {
  const seconds = new Uint8Array(SECONDS)
  new DataView(seconds.buffer).setBigUint64(0, BigInt(time))
  return signatureLine(name, noteKeyId(name, publicKey, COSIGNATURES), concat(seconds, signature))
}
