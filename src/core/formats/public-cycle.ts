// What an official's computer must know of a cycle to make rolls, cards and papers for it: one small signed file that holds no secret.
import { z } from 'zod'
import { readVerifierKey } from '../audit/checkpoint.ts'
import { ballotTermsSchema } from '../ballots/index.ts'
import { fromBase64, toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { ruleTermsSchema } from '../counting/index.ts'
import { PROFILES } from '../cycle.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from '../sha256.ts'

export const PUBLIC_CYCLE_FORMAT = 'dauys-public-v1'

const localised = z.object({ kk: z.string(), ru: z.string() }).catchall(z.string())
const moment = z.iso.datetime()
const body = z.strictObject({
  format: z.literal(PUBLIC_CYCLE_FORMAT),
  slug: z.string().min(1),
  title: localised,
  trial: z.boolean(),
  method: z.string(),
  /** User name, without @. */
  bot: z.string().min(1),
  dates: z.strictObject({ voting: moment.optional(), counting: moment.optional() }),
  profile: z.enum(Object.keys(PROFILES) as (keyof typeof PROFILES)[]),
  /** Residents submit ideas. */
  ideas: z.boolean(),
  currency: z.string(),
  ballot: ballotTermsSchema,
  rule: ruleTermsSchema,
  importKey: z.string().refine((text) => fromBase64(text)?.length === 32),
  verifierKey: z.string().refine((text) => readVerifierKey(text).ok),
  villages: z
    .array(
      z.strictObject({
        territory: z.int(),
        kato: z.string().nullable(),
        name: localised,
        within: z.array(localised),
        desk: z.strictObject({
          place: localised.nullable(),
          hours: z.string().nullable(),
          phone: z.string().nullable(),
        }),
        nextSerial: z.int().min(1),
        link: z.string().min(1),
        budget: z.int(),
        pots: z.array(
          z.strictObject({
            pot: z.string(),
            name: localised.exactOptional(),
            ballot: ballotTermsSchema.exactOptional(),
            takes: z.array(z.string()).exactOptional(),
            budget: z.int(),
          }),
        ),
        projects: z.array(
          z.strictObject({ pot: z.string(), number: z.int(), title: localised, cost: z.int() }),
        ),
      }),
    )
    .min(1),
})

/**
 * `dates`: UTC ISO, when voting opens and closes. `nextSerial`: the first card number of the village that was free then; `link`: where its
 * poster leads; `projects`: its list then, withdrawn ones left out.
 */
export type PublicCycle = z.infer<typeof body>

export type PublicCycleProblem = { kind: 'not-a-cycle-file' } | { kind: 'changed' }

const signedBytes = (cycle: PublicCycle): Uint8Array => utf8(`${canonicalJson(cycle as Json)}\n`)

/** Sixteen hexadecimal digits in fours: told where the file is made and where it is used, so that another file is noticed. */
export const publicFingerprint = (cycle: PublicCycle): string =>
  (
    toHex(sha256(signedBytes(cycle)))
      .slice(0, 16)
      .match(/.{4}/g) ?? []
  ).join(' ')

/** JSON with the signature of the log's key over all that stands above it. */
export function writePublicCycle(cycle: PublicCycle, sign: (bytes: Uint8Array) => Uint8Array): string {
  return `${JSON.stringify({ ...cycle, signature: toBase64(sign(signedBytes(cycle))) }, null, 1)}\n`
}

/** Reads what `writePublicCycle` wrote. `changed`: something in it is not what its key signed. */
export function readPublicCycle(
  text: string,
  verify: (bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean,
): Result<PublicCycle, PublicCycleProblem> {
  const file = parsed(text)
  if (!file) return fail({ kind: 'not-a-cycle-file' })
  const { signature, ...cycle } = file
  const key = readVerifierKey(cycle.verifierKey)
  const bytes = fromBase64(signature)
  const holds = key.ok && bytes !== undefined && verify(signedBytes(cycle), bytes, key.value.publicKey)
  return holds ? ok(cycle) : fail({ kind: 'changed' })
}

const signed = body.extend({ signature: z.string() })

function parsed(text: string): z.infer<typeof signed> | undefined {
  try {
    return signed.safeParse(JSON.parse(text.replace('\uFEFF', ''))).data
  } catch {
    return undefined
  }
}
