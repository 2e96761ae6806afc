// The two small files between key holders and server: their public key, and the test that two of them open. Neither holds a secret.
import { z } from 'zod'
import { fromBase64, toBase64 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'

const HELD = 'dauys-holders-v1'
const REHEARSAL = 'dauys-rehearsal-v1'

/** What everybody may know: the public key of the ballots and the commitment to the tie seed, hex. */
export type HeldKeys = { cycle: string; key: string; seed: string }

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const heldSchema = z.strictObject({ format: z.literal(HELD), cycle: z.string(), key: hex32, seed: hex32 })
const testSchema = z.strictObject({
  format: z.literal(REHEARSAL),
  cycle: z.string(),
  key: hex32,
  box: z.string(),
})

export const heldText = (held: HeldKeys): string => `${canonicalJson({ format: HELD, ...held })}\n`

export const readHeld = (text: string): HeldKeys | undefined => heldSchema.safeParse(jsonOf(text)).data

/** `box`: a code, sealed to the holders' key. */
export const rehearsalText = (cycle: string, key: string, box: Uint8Array): string =>
  `${canonicalJson({ format: REHEARSAL, cycle, key, box: toBase64(box) })}\n`

/** The box of the test. */
export function readRehearsal(text: string): Uint8Array | undefined {
  const test = testSchema.safeParse(jsonOf(text)).data
  return test && fromBase64(test.box)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
