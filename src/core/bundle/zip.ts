// A ZIP archive with one spelling: files as they are, in the order given, without times, owners or compression.
import { concat, equal, fromUtf8, utf8 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'

export type ArchivedFile = { name: string; content: Uint8Array }

/** It is no ZIP; or it is one, and not in the one spelling. */
export type ZipProblem = 'not-an-archive' | 'not-canonical'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1980-01-01 in the words of DOS: the first day that the format knows. */
const NO_DAY = 0x21
const VERSION = 10
const MOST = 0xfffffffe

/** Names are ASCII, `folder/name`. RangeError for another name, one given twice, or 4 GB and more. */
export function writeZip(files: readonly ArchivedFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const listed: Uint8Array[] = []
  let at = 0
  for (const { name, content } of files) {
    if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(name)) throw new RangeError('zip: a plain name expected')
    const common = commonHeader(name, content)
    parts.push(words([[LOCAL, 4]]), common, utf8(name), content)
    listed.push(
      words([
        [CENTRAL, 4],
        [VERSION, 2],
      ]),
      common,
      words([
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [at, 4],
      ]),
      utf8(name),
    )
    at += 30 + name.length + content.length
    if (at > MOST) throw new RangeError('zip: too large')
  }
  if (new Set(files.map(({ name }) => name)).size !== files.length) throw new RangeError('zip: a name twice')
  const central = concat(...listed)
  const end = words([
    [END, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [central.length, 4],
    [at, 4],
    [0, 2],
  ])
  return concat(...parts, central, end)
}

/** The files of an archive of this one spelling: whatever differs from it by a byte is refused. */
export function readZip(bytes: Uint8Array): Result<ArchivedFile[], ZipProblem> {
  const files: ArchivedFile[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + 30 <= bytes.length && view.getUint32(at, true) === LOCAL) {
    const size = view.getUint32(at + 18, true)
    const start = at + 30 + view.getUint16(at + 26, true)
    const name = fromUtf8(bytes.subarray(at + 30, start))
    if (name === undefined || start + size > bytes.length) return fail('not-canonical')
    files.push({ name, content: bytes.subarray(start, start + size) })
    at = start + size
  }
  if (files.length === 0) return fail('not-an-archive')
  try {
    return equal(writeZip(files), bytes) ? ok(files) : fail('not-canonical')
  } catch {
    return fail('not-canonical') // a name that is never written
  }
}

/** What the header of a file and its line in the directory share. */
const commonHeader = (name: string, content: Uint8Array): Uint8Array =>
  words([
    [VERSION, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [NO_DAY, 2],
    [crc32(content), 4],
    [content.length, 4],
    [content.length, 4],
    [name.length, 2],
    [0, 2],
  ])

/** Little-endian numbers of so many bytes. */
function words(numbers: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [, length]) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [value, length] of numbers) {
    if (length === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += length
  }
  return bytes
}

/** The checksum that the format asks for; it protects from nobody. */
export function crc32(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
    return rest
  })
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++)
    crc = (table[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
