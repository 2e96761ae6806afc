// The witnesses of a log and what they signed: each cosignature must be one of a head that the log signed too, by a witness named before.
import { fromHex } from '../../bytes.ts'
import { checkpointText } from '../checkpoint.ts'
import { cosignatureLine, cosignedBytes, type Witness } from '../cosignature.ts'
import type { Faults } from './fault.ts'
import type { Verify } from './notes.ts'
import type { Hear } from './tree.ts'

export interface CosignedReader {
  hear: Hear
  /** The lines of witnesses under the head of this size, in the order in which they came. */
  linesOf(size: number): string
  /** Names of witnesses, each once, with how many heads they signed. */
  by(): Map<string, number>
}

export interface CosignedTerms {
  origin: string
  verify: Verify
  /** What the log signed at a size; undefined where that is not known. */
  rootOf: (size: number) => Uint8Array | undefined
}

export function readCosigned({ origin, verify, rootOf }: CosignedTerms, faults: Faults): CosignedReader {
  const witnesses = new Map<string, Witness>()
  const lines = new Map<number, string>()
  const heads = new Map<string, number>()
  return {
    hear(event, { seq }) {
      if (event.kind === 'witness-added')
        witnesses.set(event.key, { name: event.name, publicKey: fromHex(event.key) ?? new Uint8Array() })
      if (event.kind !== 'cosigned') return
      const { size, key, time } = event
      const [witness, root] = [witnesses.get(key), rootOf(size)]
      const signature = fromHex(event.signature) ?? new Uint8Array()
      const said = root && cosignedBytes(time, checkpointText({ origin, size, root }))
      if (!witness || !said || !verify(said, signature, witness.publicKey))
        return faults.add({ kind: 'cosignature', seq })
      lines.set(size, (lines.get(size) ?? '') + cosignatureLine(witness, { time, signature }))
      heads.set(witness.name, (heads.get(witness.name) ?? 0) + 1)
    },
    linesOf: (size) => lines.get(size) ?? '',
    by: () => heads,
  }
}
