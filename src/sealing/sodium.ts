// Loads libsodium once it is needed: nothing is compiled on import, and every other function gets it as an argument.

/** A libsodium that is ready to use. */
export type Sodium = Awaited<ReturnType<typeof loadSodium>>

/**
 * Loads and starts libsodium (WebAssembly; some 30 ms the first time, then at once). Only the default export carries
 * the functions, and only after `ready`: most named exports that its declarations promise do not exist.
 */
export async function loadSodium() {
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  return sodium
}
