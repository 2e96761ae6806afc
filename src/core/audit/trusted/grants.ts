// Roles against the installation's log: a row that no leaf granted, or that a later leaf took away, gives no role.
import type { Event } from '../event.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

/** A role as stored; `account` is the keyed hash that the log says, `territory` undefined for all, `until` UTC ISO. */
export type GrantRow = {
  account: string
  role: string
  territory: string | undefined
  until: string | undefined
}

export interface GrantLedger {
  hear(event: Event): void
  /** Whether the log has this very grant, to this end. */
  has(row: GrantRow): boolean
  all(): GrantRow[]
}

/** A grant takes the place of one to another end; what is taken away without a territory is taken away everywhere. */
export function grantLedger(): GrantLedger {
  const held = new Map<string, GrantRow>()
  return {
    hear: (event) => {
      if (event.kind !== 'granted' && event.kind !== 'revoked') return
      const { account, role, territory } = event
      if (event.kind === 'granted')
        held.set(keyOf({ account, role, territory }), { account, role, territory, until: event.until })
      else
        for (const [key, grant] of held)
          if (grant.account === account && grant.role === role)
            if (territory === undefined || grant.territory === territory) held.delete(key)
    },
    has: (row) => {
      const grant = held.get(keyOf(row))
      return grant !== undefined && grant.until === row.until
    },
    all: () => [...held.values()],
  }
}

const keyOf = ({ account, role, territory }: Omit<GrantRow, 'until'>) =>
  `${account} ${role} ${territory ?? ''}`

export interface GrantReader {
  hear: Hear
  /** `rows`: the roles in force as stored. `now`: UTC ISO; a role that has run out need not be stored. */
  end(rows: readonly GrantRow[], now: string): void
}

export function readGrants(faults: Faults): GrantReader {
  const ledger = grantLedger()
  return {
    hear: (event) => ledger.hear(event),
    end: (rows, now) => {
      const stored = new Set<string>()
      for (const row of rows) {
        stored.add(keyOf(row))
        if (!ledger.has(row)) faults.add({ kind: 'grant-unlogged', account: row.account, role: row.role })
      }
      for (const grant of ledger.all()) {
        const lapsed = grant.until !== undefined && Date.parse(grant.until) <= Date.parse(now)
        if (!lapsed && !stored.has(keyOf(grant)))
          faults.add({ kind: 'grant-missing', account: grant.account, role: grant.role })
      }
    },
  }
}
