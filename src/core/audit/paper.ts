// A paper box as the log has it: what all its ballots are bound by, and the one text that is sealed.
import { concat, utf8 } from '../bytes.ts'
import { sha256 } from '../sha256.ts'

/** The ballots of a box as one text: each as `canonicalChoices` writes it, a line a pot, sorted. */
export const canonicalPapers = (papers: readonly string[]): string => papers.toSorted().join('\n')

/**
 * What the leaf of a box says of its ballots before they are counted: SHA-256("dauys-paper-v1" ‖ length of the cycle ‖ cycle ‖ length
 * of the village ‖ village ‖ nonce ‖ papers). Lengths in 4 bytes, big-endian, of UTF-8 bytes; the nonce has 32 random bytes.
 */
export function paperCommitment(
  { cycle, village }: { cycle: string; village: string },
  nonce: Uint8Array,
  papers: string,
): Uint8Array {
  if (nonce.length !== 32) throw new RangeError('paper: the nonce has 32 bytes')
  return sha256(concat(utf8('dauys-paper-v1'), counted(cycle), counted(village), nonce, utf8(papers)))
}

function counted(text: string): Uint8Array {
  const bytes = utf8(text)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return concat(length, bytes)
}
