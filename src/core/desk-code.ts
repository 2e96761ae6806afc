// The one-time code by which somebody whose document was seen at the desk claims their row in a chat of their own.
import { foldDigits } from './text.ts'

export const DESK_CODE_DIGITS = 8
/** For so long it can be typed. */
export const DESK_CODE_MINUTES = 10

/** 8 digits. `random`: 8 bytes or more from a cryptographic source; no code is likelier than another by more than 1 in 10^11. RangeError with fewer. */
export function deskCode(random: Uint8Array): string {
  if (random.length < 8) throw new RangeError('desk code: at least 8 random bytes')
  const number = new DataView(random.buffer, random.byteOffset).getBigUint64(0)
  return String(number % 10n ** BigInt(DESK_CODE_DIGITS)).padStart(DESK_CODE_DIGITS, '0')
}

/** `12345678` → `1234 5678`. */
export const formatDeskCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** Reads a typed code; forgives spaces and dashes, and digits of any script. Undefined: it is none. */
export function readDeskCode(text: string): string | undefined {
  const digits = foldDigits(text).replace(/[\s\p{Pd}\p{Cf}\u2212.]+/gu, '')
  return new RegExp(`^[0-9]{${DESK_CODE_DIGITS}}$`).test(digits) ? digits : undefined
}
