// What two officials changed after the publication, as stored and as the log has it: who dropped out, became cheaper, or is paid for outside.
import { canonicalJson } from '../../canonical-json.ts'
import type { ResultChange } from '../../counting/reserve.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

/** As stored, in its order. `project`: its number on the list of the village; `cost`: whole tenge; `reason`: its `reasonHash`. */
export type ChangeRow = {
  village: string
  project: number
  change: ResultChange['kind']
  cost: number | null
  reason: string
}

export interface ChangeReader {
  hear: Hear
  end(stored: readonly ChangeRow[]): void
}

export function readChanges(faults: Faults): ChangeReader {
  const changes: ChangeRow[] = []
  let published = false
  return {
    hear: (event, { seq }) => {
      if (event.kind === 'published') published = true
      if (event.kind !== 'result-changed') return
      if (!published) faults.add({ kind: 'change-order', seq })
      if (event.by === event.second) faults.add({ kind: 'one-official', seq })
      const { village, project, change, cost = null, reason } = event
      changes.push({ village, project, change, cost, reason })
    },
    end: (stored) => {
      if (canonicalJson([...stored]) !== canonicalJson(changes)) faults.add({ kind: 'changes' })
    },
  }
}
