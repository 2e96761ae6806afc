// Loads libsodium once it is needed: nothing is compiled on import, and every other function gets it as an argument.

/** A libsodium that is ready to use. */
export type Sodium = Awaited<ReturnType<typeof loadSodium>>

/** What of it seals a ballot and signs its receipt. */
export interface SealingSodium {
  pad(content: Uint8Array, size: number): Uint8Array
  crypto_box_seal(content: Uint8Array, publicKey: Uint8Array): Uint8Array
  crypto_sign_detached(bytes: Uint8Array, privateKey: Uint8Array): Uint8Array
}

/** Overwrites all words with the system's random ones, or throws. */
export type FillRandomly = (words: Uint32Array<ArrayBuffer>) => unknown

/**
 * Loads and starts libsodium (WebAssembly; some 30 ms the first time, then at once). Only the default export carries
 * the functions, and only after `ready`: most named exports that its declarations promise do not exist. With `fill` it draws its
 * randomness in blocks; without, a word at a time from the same source, as the library does by itself.
 */
export async function loadSodium(fill?: FillRandomly) {
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  // The raw library asks for one random word (4 bytes) for every byte it needs, by this function of its own module.
  const { libsodium } = sodium as { libsodium?: { getRandomValue?: () => number } }
  if (fill && libsodium?.getRandomValue) libsodium.getRandomValue = randomWords(fill)
  return sodium
}

const BLOCK = 256

/** Random words, drawn a block at a time. Each is given once and wiped; when the source fails, none is given. */
export function randomWords(fill: FillRandomly): () => number {
  const words = new Uint32Array(BLOCK)
  let next = BLOCK
  return () => {
    if (next === BLOCK) {
      fill(words)
      next = 0
    }
    const word = words[next] as number
    words[next] = 0
    next += 1
    return word
  }
}
