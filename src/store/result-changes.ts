// What two officials changed of a published result, in its order. Rows are only added.
import type { Localised } from '../core/localised.ts'
import type { ResultChange } from '../core/counting/reserve.ts'
import type { Pot } from '../core/pot.ts'
import { iso, type Tx } from './db.ts'
import { resultChange } from './schema-works.ts'

/** `number`: of the project on its village's list. UTC ISO. */
export interface StoredChange {
  territory: number
  pot: Pot
  project: string
  number: number
  kind: ResultChange['kind']
  cost: number | null
  reason: Localised
  at: string
}

/** As the rule of what comes after a vote takes it. */
export const changeOf = ({ kind, project: id, cost }: StoredChange): ResultChange =>
  kind === 'cheaper' ? { kind, id, cost: cost ?? 0 } : { kind, id }

export async function resultChangesOf(tx: Tx, cycle: number): Promise<StoredChange[]> {
  const rows = await tx.sql<StoredChange[]>`
    select p.territory, p.pot, x.project, p.number, x.kind, x.cost, x.reason, x.at
    from result_change x join project p on p.cycle = x.cycle and p.id = x.project where x.cycle = ${cycle} order by x.n`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/** `n`: its place among those of the cycle, from 1; two with one place clash. `at`: UTC ISO. */
export async function insertResultChange(
  tx: Tx,
  cycle: number,
  row: {
    n: number
    project: string
    kind: ResultChange['kind']
    cost: number | null
    reason: Localised
    at: string
  },
): Promise<void> {
  await tx.orm.insert(resultChange).values({ cycle, ...row })
}
