// A .pb file for a command: read from disk in pieces, packed or not; what is wrong with it as lines with line and column.
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { type PabulibOptions, PabulibParser } from '../core/formats/pabulib/read.ts'
import { pabulibLines } from '../words/pabulib-lines.ts'
import { refused, refusedBy } from './refused.ts'
import { codeOf, unusable } from './files.ts'

/** The largest text that is unpacked: a packed file may be a thousand times smaller than what is in it. */
const LARGEST = 500_000_000
const PIECE = 256 * 1024

/** Reads a `.pb` or `.pb.gz` file (told apart by their first bytes). Refuses with every problem, at most 20. */
export async function readElectionFile(path: string, options?: PabulibOptions): Promise<PabulibFile> {
  const parser = new PabulibParser({ seed: randomInt(2 ** 32), ...options })
  await eachPiece(path, (piece) => parser.push(piece))
  const file = parser.end()
  if (file.ok) return file.value
  const { problem } = file
  throw refusedBy((t) => pabulibLines(t, path, problem))
}

/** Gives the file's text in pieces, unpacked where it is packed. */
async function eachPiece(path: string, take: (piece: Uint8Array) => void): Promise<void> {
  let length = 0
  const taken = async (pieces: AsyncIterable<Uint8Array>) => {
    for await (const piece of pieces) {
      length += piece.length
      if (length > LARGEST) throw new RangeError('too large')
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
    // A pipeline that was torn down tells of itself, not of what tore it down.
    if (length > LARGEST) throw refused('cli.pb-large', { path, size: LARGEST / 1e6 })
    if (codeOf(error).startsWith('Z_')) throw refused('cli.pb-packed', { path })
    throw unusable(path, error)
  }
}
