// What leaves the server for the count of key holders: the log up to a signed head, and the sealed ballots that count.
import { z } from 'zod'
import { decodeEvent } from '../audit/event.ts'
import { type Tally, tallySchema } from '../audit/tally.ts'
import { fromBase64, fromUtf8, toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from '../sha256.ts'
import { type Bundle, readBundle, writeBundle } from './bundle.ts'
import { readZip, writeZip } from './zip.ts'

const FORMAT = 'dauys-export-v1'

/** `log`: a bundle before the count, with all leaves and no results. `boxes`: by the number of the ballot's leaf. Not for the public. */
export type VoteExport = {
  log: Bundle
  tallies: ReadonlyMap<string, Tally>
  boxes: ReadonlyMap<number, Uint8Array>
  /** Sealed papers, by village. */
  papers: ReadonlyMap<string, Uint8Array>
}

/** What the leaf of a ballot says of its box, hex. */
export const boxHash = (box: Uint8Array): string => toHex(sha256(box))

/** The ballots with test cards, by the numbers of their leaves: they are opened, and neither counted nor drawn. */
export const testBallotsOf = ({ leaves }: Bundle): number[] =>
  leaves.flatMap((leaf) => {
    const event = 'body' in leaf ? decodeEvent(leaf.body) : undefined
    return event?.ok && event.value.kind === 'tests-opened' ? event.value.ballots : []
  })

/** The results of a bundle before its count. */
export const NOT_COUNTED = { seed: '0'.repeat(64), pots: [] }

const aboutSchema = z.strictObject({ format: z.literal(FORMAT), tallies: z.record(z.string(), tallySchema) })

export function writeExport({ log, tallies, boxes, papers }: VoteExport): Uint8Array {
  const about = canonicalJson({ format: FORMAT, tallies: Object.fromEntries(tallies) })
  const lines = (sealed: ReadonlyMap<number | string, Uint8Array>) =>
    utf8([...sealed].map(([of, box]) => `${of} ${toBase64(box)}\n`).join(''))
  return writeZip([
    { name: 'export.json', content: utf8(`${about}\n`) },
    { name: 'boxes', content: lines(boxes) },
    { name: 'papers', content: lines(papers) },
    { name: 'log.zip', content: writeBundle(log) },
  ])
}

/** Whether these bytes may be an export: they begin as the archive does. */
export const looksLikeExport = (bytes: Uint8Array): boolean =>
  fromUtf8(bytes.subarray(30, 41)) === 'export.json'

export function readExport(bytes: Uint8Array): Result<VoteExport, 'not-an-export'> {
  const files = readZip(bytes)
  if (!files.ok) return fail('not-an-export')
  const [about, boxes, papers, log] = files.value
  const said = about?.name === 'export.json' ? aboutOf(fromUtf8(about.content)) : undefined
  const read = log?.name === 'log.zip' ? readBundle(log.content) : undefined
  const sealed = boxes?.name === 'boxes' ? boxesOf(fromUtf8(boxes.content) ?? '?') : undefined
  const paper = papers?.name === 'papers' ? boxesOf(fromUtf8(papers.content) ?? '?') : undefined
  if (!said || !read?.ok || !sealed || !paper) return fail('not-an-export')
  return ok({
    log: read.value,
    tallies: new Map(Object.entries(said.tallies)),
    boxes: sealed,
    papers: byVillage(paper),
  })
}

const byVillage = (papers: ReadonlyMap<number, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...papers].map(([village, box]) => [String(village), box]))

function aboutOf(text: string | undefined): z.infer<typeof aboutSchema> | undefined {
  try {
    return aboutSchema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

function boxesOf(text: string): Map<number, Uint8Array> | undefined {
  const boxes = new Map<number, Uint8Array>()
  for (const line of text.split('\n').slice(0, -1)) {
    const [, seq = '', base64 = ''] = /^(\d{1,15}) (\S+)$/.exec(line) ?? []
    const box = fromBase64(base64)
    if (!box || boxes.has(Number(seq))) return undefined
    boxes.set(Number(seq), box)
  }
  return boxes
}
