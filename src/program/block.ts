// Pieces of bytes one behind the other in one block, which one thread hands to another without a copy.
import { concat } from '../core/bytes.ts'

/** `ends`: where each piece ends. */
export interface Block {
  bytes: Uint8Array<ArrayBuffer>
  ends: number[]
}

/** Copied: a small piece would take the whole page of its buffer along. */
export function blockOf(pieces: readonly Uint8Array[]): Block {
  let end = 0
  return { bytes: concat(...pieces), ends: pieces.map(({ length }) => (end += length)) }
}

/** The pieces of a block, as views of it. */
export const piecesOf = ({ bytes, ends }: Block): Uint8Array[] =>
  ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
