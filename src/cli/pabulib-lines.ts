// A .pb file for a command: read from disk in pieces, packed or not; what is wrong with it as lines with line and column.
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { PabulibFile, PabulibProblem } from '../core/formats/pabulib/file.ts'
import { type PabulibOptions, PabulibParser } from '../core/formats/pabulib/read.ts'
import { refusal } from './acting.ts'
import { codeOf, unusable } from './files.ts'

const SHOWN = 20
/** The largest text that is unpacked: a packed file may be a thousand times smaller than what is in it. */
const LARGEST = 500_000_000
const PIECE = 256 * 1024

class TooLarge extends Error {}

/** Reads a `.pb` or `.pb.gz` file (told apart by their first bytes). Refuses with every problem, at most 20. */
export async function readElectionFile(path: string, options?: PabulibOptions): Promise<PabulibFile> {
  const parser = new PabulibParser({ seed: randomInt(2 ** 32), ...options })
  await eachPiece(path, (piece) => parser.push(piece))
  const file = parser.end()
  if (file.ok) return file.value
  const lines = file.problem.slice(0, SHOWN).map((problem) => `  ${problemLine(problem)}`)
  const more = file.problem.length > SHOWN ? [`  … and ${file.problem.length - SHOWN} or more besides`] : []
  throw refusal([`${path} is not a Pabulib file that can be counted:`, ...lines, ...more].join('\n'))
}

/** Gives the file's text in pieces, unpacked where it is packed. */
async function eachPiece(path: string, take: (piece: Uint8Array) => void): Promise<void> {
  let length = 0
  const taken = async (pieces: AsyncIterable<Uint8Array>) => {
    for await (const piece of pieces) {
      length += piece.length
      if (length > LARGEST) throw new TooLarge()
      take(piece)
    }
  }
  try {
    const source = createReadStream(path, { highWaterMark: PIECE })
    await once(source, 'readable')
    const mark: Buffer | null = source.read(2)
    if (mark) source.unshift(mark)
    if (mark?.readUInt16BE() !== 0x1f8b) await pipeline(source, taken)
    else await pipeline(source, createGunzip({ chunkSize: PIECE }), taken)
  } catch (error) {
    if (error instanceof TooLarge) throw refusal(`${path}: more than ${LARGEST / 1e6} MB of text`)
    if (codeOf(error).startsWith('Z_'))
      throw refusal(`${path}: the file is packed and does not unpack: it is damaged or cut short`)
    throw unusable(path, error)
  }
}

/** `line 4, column 2 (cost): "sixty" is not an amount`. The column is the cell, counted from 1. */
export function problemLine(problem: PabulibProblem): string {
  const field = problem.field ? ` (${problem.field})` : ''
  return `line ${problem.line}, column ${problem.column}${field}: ${reasonOf(problem)}`
}

function reasonOf({ kind, field = '', found = '' }: PabulibProblem): string {
  const what = found.length > 60 ? `${found.slice(0, 60)}…` : found
  switch (kind) {
    case 'quote-open':
      return 'a quote is opened and never closed'
    case 'text-before-meta':
      return `"${what}" stands before the section META`
    case 'no-section':
      return `there is no section ${field}`
    case 'section-twice':
      return `the section ${what} begins a second time`
    case 'no-header':
      return `the section ${field} has no header line`
    case 'no-column':
      return 'this column is missing'
    case 'column-twice':
      return 'this column is there twice'
    case 'no-key':
      return 'META does not state it'
    case 'key-twice':
      return 'META states it twice'
    case 'empty-cell':
      return 'nothing stands there'
    case 'too-many-cells':
      return `"${what}" is one cell too many: a text with a semicolon needs quotes`
    case 'bad-number':
      return `"${what}" is not a whole number`
    case 'bad-money':
      return `"${what}" is not an amount`
    case 'points-not-whole':
      return `"${what}" are not whole points`
    case 'bad-vote-type':
      return `"${what}" is none of approval, choose-1, cumulative, ordinal, scoring`
    case 'project-twice':
      return `a second project has the id "${what}"`
    case 'voter-twice':
      return `a second ballot has the voter "${what}"`
    case 'unknown-project':
      return `there is no project "${what}"`
    case 'points-differ':
      return `"${what}": as many points are needed as projects are named`
    case 'count-differs':
      return `"${what}" is not the number of rows that are there: the file may be cut short`
  }
}
