// The seed of the lots that break ties: committed before voting opens, mixed with the log's root at the close.
import { concat, utf8 } from '../bytes.ts'
import { sha256 } from '../sha256.ts'

/** SHA-256("dauys-tie-seed-v1" ‖ seed), published before opening. `seed`: 32 random bytes, kept until the close. */
export const seedCommitment = (seed: Uint8Array): Uint8Array =>
  sha256(concat(utf8('dauys-tie-seed-v1'), exactly32(seed)))

/**
 * SHA-256(seed ‖ root at CLOSE ‖ dice): nobody who knew the seed could choose it, since it depends on every ballot. `dice`: the digits thrown
 * after CLOSE before observers, where the rules ask for them; without them whoever knows the seed and can add leaves could choose among roots.
 */
export const tieSeed = (seed: Uint8Array, rootAtClose: Uint8Array, dice = ''): Uint8Array =>
  sha256(concat(exactly32(seed), exactly32(rootAtClose), utf8(dice)))

function exactly32(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== 32) throw new RangeError('tie seed: 32 bytes expected')
  return bytes
}
