// The bundle of a cycle: all that an outsider needs to check its vote, as one archive that is the same whoever makes it.
import { z } from 'zod'
import { readVerifierKey } from '../audit/checkpoint.ts'
import { frozenRules, type Rules } from '../audit/rules.ts'
import { fromUtf8, toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { ballotTermsSchema } from '../ballots/index.ts'
import { ruleTermsSchema } from '../counting/index.ts'
import { PROFILES } from '../cycle.ts'
import { MARKS } from '../marks.ts'
import { fail, ok, type Result } from '../result.ts'
import { type ShownPot, shownPotSchema } from './shown-pot.ts'
import { type ArchivedFile, readZip, writeZip } from './zip.ts'

export const BUNDLE_FORMAT = 'dauys-bundle-v1'

/** A leaf as it is shown: its body, or, of a ballot where few voted, its hash only. */
export type ShownLeaf = { body: Uint8Array } | { hash: Uint8Array }

/** `seed`: what was committed to before voting opened, 32 bytes in hex. */
export type ShownResults = { seed: string; pots: ShownPot[] }

/**
 * `key`: the log's, as a vkey. `checkpoints`: signed notes, by size; the last one ends with the last leaf. `cards`: the serials that each
 * leaf about cards lists, by its number. `lists`: the `shownList` of each pot that has one, by `listName`.
 */
export type Bundle = {
  key: string
  rules: Rules
  checkpoints: readonly string[]
  leaves: readonly ShownLeaf[]
  cards: ReadonlyMap<number, readonly number[]>
  results: ShownResults
  lists: ReadonlyMap<string, string>
}

/** `file`: the first one that is missing, of no form, or not in its one spelling. */
export type BundleProblem = { kind: 'not-a-bundle' } | { kind: 'archive' } | { kind: 'file'; file: string }

export const listName = ({ village, pot }: { village: string; pot: string }): string =>
  `ballots/${village}-${pot}`

/** The archive. RangeError when it has 4 GB and more. */
export function writeBundle(bundle: Bundle): Uint8Array {
  const { key, rules, checkpoints, leaves, cards, results, lists } = bundle
  const text = (name: string, content: string): ArchivedFile => ({ name, content: utf8(content) })
  return writeZip([
    text('bundle.json', line(canonicalJson({ format: BUNDLE_FORMAT, cycle: rules.cycle }))),
    text('key', line(key)),
    text('rules.json', line(canonicalJson(frozenRules(rules)))),
    text('checkpoints', checkpoints.join('')),
    { name: 'leaves', content: joined(leaves) },
    text('cards', [...cards].map(([seq, serials]) => line(`${seq} ${serials.join(',')}`)).join('')),
    text('results.json', line(canonicalJson(results as Json))),
    ...[...lists].map(([name, list]) => text(name, list)),
  ])
}

const line = (text: string): string => `${text}\n`

function joined(leaves: readonly ShownLeaf[]): Uint8Array {
  const lines = leaves.map((leaf) => ('body' in leaf ? leaf.body : utf8(toHex(leaf.hash))))
  const bytes = new Uint8Array(lines.reduce((sum, one) => sum + one.length + 1, 0))
  let at = 0
  for (const one of lines) {
    bytes.set(one, at)
    bytes[at + one.length] = 10
    at += one.length + 1
  }
  return bytes
}

const localised = z.record(z.string(), z.string())
const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const project = z.strictObject({
  id: z.string(),
  number: z.int(),
  title: localised,
  cost: z.int(),
  withdrawn: z.boolean(),
  marks: z.strictObject({ marks: z.array(z.enum(MARKS)), sdgs: z.array(z.int()) }).exactOptional(),
})
/** What counting goes by is read; the rest is held by the fingerprint of the whole. */
const rulesSchema = z.looseObject({
  cycle: z.string(),
  profile: z.enum(Object.keys(PROFILES) as (keyof typeof PROFILES)[]),
  trial: z.boolean(),
  method: z.string(),
  revote: z.enum(['until-close', 'none']),
  ballot: ballotTermsSchema,
  rule: ruleTermsSchema,
  away: z.strictObject({ minutes: z.int(), hours: z.int() }).exactOptional(),
  dispute: z.int().exactOptional(),
  key: hex32,
  seed: hex32,
  lots: z.literal('dice').exactOptional(),
  villages: z.array(
    z.strictObject({
      village: z.string(),
      pots: z.array(
        z.strictObject({
          pot: z.string(),
          name: z.object({ kk: z.string(), ru: z.string() }).catchall(z.string()).exactOptional(),
          ballot: ballotTermsSchema.exactOptional(),
          budget: z.int(),
          projects: z.array(project),
        }),
      ),
    }),
  ),
})
const resultsSchema = z.strictObject({ seed: hex32, pots: z.array(shownPotSchema) })

/** Reads what `writeBundle` wrote, and only what it would write again byte for byte. What it says is for `verifyBundle` to check. */
export function readBundle(bytes: Uint8Array): Result<Bundle, BundleProblem> {
  const files = readZip(bytes)
  if (!files.ok) return fail({ kind: files.problem === 'not-an-archive' ? 'not-a-bundle' : 'archive' })
  const [about, key, rules, checkpoints, leaves, cards, results, ...lists] = files.value
  const read = {
    rules: jsonOf('rules.json', rules, rulesSchema) as Rules | undefined,
    results: jsonOf('results.json', results, resultsSchema),
    key: readKey(key),
    checkpoints: readNotes(checkpoints),
    leaves: readLeaves(leaves),
    cards: readCards(cards),
    lists: readLists(lists),
  }
  for (const [file, content] of Object.entries(read)) if (!content) return fail({ kind: 'file', file })
  const bundle = read as Bundle
  const expected = line(canonicalJson({ format: BUNDLE_FORMAT, cycle: bundle.rules.cycle }))
  if (about?.name !== 'bundle.json' || fromUtf8(about.content) !== expected)
    return fail({ kind: 'file', file: 'bundle.json' })
  return ok(bundle)
}

function textOf(name: string, file: ArchivedFile | undefined): string | undefined {
  const text = file?.name === name ? fromUtf8(file.content) : undefined
  return text === '' || text?.endsWith('\n') ? text : undefined
}

function jsonOf<T>(name: string, file: ArchivedFile | undefined, schema: z.ZodType<T>): T | undefined {
  const text = textOf(name, file)
  if (text === undefined) return undefined
  try {
    const value = JSON.parse(text) as Json
    return line(canonicalJson(value)) === text ? schema.safeParse(value).data : undefined
  } catch {
    return undefined
  }
}

function readKey(file: ArchivedFile | undefined): string | undefined {
  const key = textOf('key', file)?.slice(0, -1)
  return key !== undefined && readVerifierKey(key).ok ? key : undefined
}

/** A note of ours has five lines: origin, size, root, none, the signature of the log. Those of witnesses follow. */
function readNotes(file: ArchivedFile | undefined): string[] | undefined {
  const text = textOf('checkpoints', file)
  return /^(?:[^\n]+\n[^\n]+\n[^\n]+\n\n(?:— [^\n]+\n)+)+$/.test(text ?? '')
    ? text?.match(/[^\n]+\n[^\n]+\n[^\n]+\n\n(?:— [^\n]+\n)+/g)?.map(String)
    : undefined
}

function readLeaves(file: ArchivedFile | undefined): ShownLeaf[] | undefined {
  if (file?.name !== 'leaves' || file.content.at(-1) !== 10) return undefined
  const leaves: ShownLeaf[] = []
  for (let at = 0; at < file.content.length; ) {
    const end = file.content.indexOf(10, at)
    const said = file.content.subarray(at, end)
    const hash = said.length === 64 ? hexOf(said) : undefined
    leaves.push(hash ? { hash } : { body: said })
    at = end + 1
  }
  return leaves
}

function hexOf(said: Uint8Array): Uint8Array | undefined {
  const text = fromUtf8(said) ?? ''
  return /^[0-9a-f]{64}$/.test(text)
    ? Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16))
    : undefined
}

function readCards(file: ArchivedFile | undefined): Map<number, number[]> | undefined {
  const text = textOf('cards', file)
  if (text === undefined || !/^(?:\d{1,15} [\d,]+\n)*$/.test(text)) return undefined
  const cards = new Map<number, number[]>()
  for (const one of text.split('\n').slice(0, -1)) {
    const [seq, serials = ''] = one.split(' ')
    cards.set(Number(seq), serials.split(',').map(Number))
  }
  const again = [...cards].map(([seq, serials]) => line(`${seq} ${serials.join(',')}`)).join('')
  return again === text ? cards : undefined
}

function readLists(files: readonly ArchivedFile[]): Map<string, string> | undefined {
  const lists = new Map<string, string>()
  for (const file of files) {
    const text = textOf(file.name, file)
    if (text === undefined) return undefined
    lists.set(file.name, text)
  }
  return lists
}
