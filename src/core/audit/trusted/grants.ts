// Roles against the installation's log: a row that no leaf granted gives no role.
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

/** A role in force as stored; `account` is the keyed hash that the log says, `territory` undefined for all. */
export type GrantRow = { account: string; role: string; territory: string | undefined }

export interface GrantReader {
  hear: Hear
  end(rows: readonly GrantRow[]): void
}

export function readGrants(faults: Faults): GrantReader {
  const held = new Map<string, GrantRow>()
  const keyOf = ({ account, role, territory }: GrantRow) => `${account} ${role} ${territory ?? ''}`
  return {
    hear: (event) => {
      if (event.kind !== 'granted' && event.kind !== 'revoked') return
      const { account, role, territory } = event
      const grant = { account, role, territory }
      if (event.kind === 'granted') held.set(keyOf(grant), grant)
      else held.delete(keyOf(grant))
    },
    end: (rows) => {
      for (const row of rows) {
        const { account, role } = row
        if (!held.delete(keyOf(row))) faults.add({ kind: 'grant-unlogged', account, role })
      }
      for (const { account, role } of held.values()) faults.add({ kind: 'grant-missing', account, role })
    },
  }
}
