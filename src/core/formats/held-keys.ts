// The two small files between key holders and server: their public key, and the test that two of them open. Neither holds a secret.
import { z } from 'zod'
import { fromBase64, toBase64 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { isCycleName } from '../cycle.ts'
import { fail, ok, type Result } from '../result.ts'
import { foldDigits } from '../text.ts'

const HELD = 'dauys-holders-v1'
const REHEARSAL = 'dauys-rehearsal-v1'

/** What everybody may know: the public key of the ballots and the commitment to the tie seed, hex. */
export type HeldKeys = { cycle: string; key: string; seed: string }

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const heldSchema = z.strictObject({
  format: z.literal(HELD),
  cycle: z.string().refine(isCycleName),
  key: hex32,
  seed: hex32,
})
const testSchema = z.strictObject({
  format: z.literal(REHEARSAL),
  cycle: z.string(),
  key: hex32,
  box: z.string(),
})

export const heldText = (held: HeldKeys): string => `${canonicalJson({ format: HELD, ...held })}\n`

/** `not-json`: cut off on its way, or something else altogether; `test-file`: the other of the two. */
export type HeldFault = 'not-json' | 'test-file' | 'not-a-key-file'

export function readHeld(text: string): Result<HeldKeys, HeldFault> {
  const json = jsonOf(text)
  if (json === undefined) return fail('not-json')
  const held = heldSchema.safeParse(json).data
  if (held) return ok({ cycle: held.cycle, key: held.key, seed: held.seed })
  return fail(testSchema.safeParse(json).success ? 'test-file' : 'not-a-key-file')
}

/** `box`: a code, sealed to the holders' key. */
export const rehearsalText = (cycle: string, key: string, box: Uint8Array): string =>
  `${canonicalJson({ format: REHEARSAL, cycle, key, box: toBase64(box) })}\n`

/** The box of the test. */
export function readRehearsal(text: string): Uint8Array | undefined {
  const test = testSchema.safeParse(jsonOf(text)).data
  return test && fromBase64(test.box)
}

const CYRILLIC = 'авсе'
const LATIN = 'abce'

/** The code of a rehearsal as people write it: in any case, spaced or dashed anyhow, with Cyrillic letters that look the same. */
export const foldCode = (typed: string): string =>
  foldDigits(typed)
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toLowerCase()
    .replaceAll(/[авсе]/g, (letter) => LATIN.charAt(CYRILLIC.indexOf(letter)))

/** Whether a folded code has the form of one. */
export const isCode = (folded: string): boolean => /^[0-9a-f]{20}$/.test(folded)

/** What holders keep to themselves: a share as its line or as an `age` file, or the 24 digits that open one. */
export const isHoldersOwn = (text: string): boolean =>
  /dauys-share-v1|age-encryption\.org\/v1|BEGIN AGE ENCRYPTED/.test(text) ||
  /^\d{24}$/.test(foldDigits(text).replaceAll(/[\s\p{Pd}]/gu, ''))

/** `undefined` is no JSON value. A byte order mark, as editors put it, is no part of the text. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
