// Checkpoints as they are handed on: under the log's signature those of the witnesses whose acts the log has.
import { decodeEvent } from '../core/audit/event.ts'
import { collectFaults } from '../core/audit/trusted/fault.ts'
import { readCosigned } from '../core/audit/trusted/cosigned.ts'
import { actsBelow } from '../store/bundle.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'
import { logKey } from './trusted-head.ts'

interface Kept {
  size: number
  root: Uint8Array
  note: string
}

/** The notes of these heads; only acts among the first `below` leaves are read, so the same leaves make the same notes. */
export async function cosignedNotes(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
  heads: readonly Kept[],
  below: number,
): Promise<string[]> {
  const roots = new Map(heads.map(({ size, root }) => [size, root]))
  const rootOf = (size: number) => roots.get(size)
  // What does not hold is named where the whole is verified; here it only has no line.
  const cosigned = readCosigned({ ...logKey(app, originOf(app, slug)), rootOf }, collectFaults())
  for (const { seq, body } of await actsBelow(tx, id, below, ['witness-added', 'cosigned'])) {
    const event = decodeEvent(body)
    if (event.ok)
      cosigned.hear(event.value, { seq, kind: event.value.kind, body, hash: new Uint8Array(), mac: null })
  }
  return heads.map(({ size, note }) => note + cosigned.linesOf(size))
}
