// libsodium as it was compiled for this machine, where it is installed: the same functions, several times as fast as WebAssembly.
import { type FillRandomly, loadSodium, type SealingSodium, type Sodium } from './sodium.ts'

/** What of `sodium-native` is used: results are written into the first argument. */
interface Native {
  crypto_box_SEALBYTES: number
  crypto_sign_BYTES: number
  sodium_pad(into: Uint8Array, length: number, size: number): number
  crypto_box_seal(into: Uint8Array, content: Uint8Array, publicKey: Uint8Array): void
  crypto_box_seal_open(
    into: Uint8Array,
    box: Uint8Array,
    publicKey: Uint8Array,
    privateKey: Uint8Array,
  ): boolean
  crypto_sign_detached(into: Uint8Array, bytes: Uint8Array, privateKey: Uint8Array): void
  crypto_sign_verify_detached(signature: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array): boolean
}

/** `sodium`, with what every ballot needs done by `sodium-native`; as it is where that is not installed, or not for this machine. */
export async function natively(sodium: Sodium): Promise<Sodium> {
  const native = await nativeSodium()
  return native ? Object.assign(Object.create(sodium) as Sodium, asWrapped(native)) : sodium
}

/** What seals and signs, and nothing else of libsodium where it is compiled for this machine: that is a third of a thread's memory. */
export async function sealingSodium(fill: FillRandomly): Promise<SealingSodium> {
  const native = await nativeSodium()
  return native ? asWrapped(native) : loadSodium(fill)
}

async function nativeSodium(): Promise<Native | undefined> {
  // It brings no types.
  const found = (await import('sodium-native' as string).catch(() => undefined)) as
    | { default: Native }
    | undefined
  return found?.default
}

/** The same functions as `libsodium-wrappers` has them. */
function asWrapped(native: Native) {
  return {
    pad(content: Uint8Array, size: number): Uint8Array {
      const padded = new Uint8Array((Math.floor(content.length / size) + 1) * size)
      padded.set(content)
      native.sodium_pad(padded, content.length, size)
      return padded
    },
    crypto_box_seal(content: Uint8Array, publicKey: Uint8Array): Uint8Array {
      const box = new Uint8Array(content.length + native.crypto_box_SEALBYTES)
      native.crypto_box_seal(box, content, publicKey)
      return box
    },
    crypto_box_seal_open(box: Uint8Array, publicKey: Uint8Array, privateKey: Uint8Array): Uint8Array {
      const content = new Uint8Array(Math.max(0, box.length - native.crypto_box_SEALBYTES))
      if (!native.crypto_box_seal_open(content, box, publicKey, privateKey)) throw new Error('not openable')
      return content
    },
    crypto_sign_detached(bytes: Uint8Array, privateKey: Uint8Array): Uint8Array {
      const signature = new Uint8Array(native.crypto_sign_BYTES)
      native.crypto_sign_detached(signature, bytes, privateKey)
      return signature
    },
    crypto_sign_verify_detached: (signature: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array) =>
      native.crypto_sign_verify_detached(signature, bytes, publicKey),
  }
}
