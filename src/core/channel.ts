// What a channel is told of a vote's log once a day: enough to hold it against the log later, short enough to be read.
import type { Checkpoint, NoteSignature } from './audit/checkpoint.ts'
import { concat, toBase64 } from './bytes.ts'

/** `size`: entries of the log; `root` as it stands in the checkpoint; `signature`: how the first signature there begins. */
export interface Checkpointed {
  size: number
  root: string
  signature: string
}

/** Letters of base64: key id and ten bytes of the signature. */
const SHOWN = 19

export const checkpointed = (
  { size, root }: Checkpoint,
  { keyId, signature }: NoteSignature,
): Checkpointed => ({
  size,
  root: toBase64(root),
  signature: toBase64(concat(keyId, signature)).slice(0, SHOWN),
})
