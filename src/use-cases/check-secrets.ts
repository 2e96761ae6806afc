// At a start: a cycle's ballot key and tie seed are the ones that were frozen, or were taken away on purpose.
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { toHex } from '../core/bytes.ts'
import { type Cycle, allCycles } from '../store/cycles.ts'
import type { App } from './app.ts'

/** A secret of a cycle, by the name of its file, that is not there, or is not the one that was frozen when voting opened. */
export interface WrongSecret {
  file: string
  state: 'missing' | 'another'
}

/** What is wrong with the secrets of one frozen cycle; empty where both are right. */
export async function wrongSecrets(app: App, cycle: Cycle): Promise<WrongSecret[]> {
  const { id, publicKey, seedCommitment: committed } = cycle
  const keys = await app.secrets.ballotKeys(id)
  const seed = await app.secrets.tieSeed(id)
  const found: [name: string, here: string | undefined, frozen: string | undefined][] = [
    ['ballot-key', keys && toHex(keys.publicKey), publicKey],
    ['tie-seed', seed && toHex(seedCommitment(seed)), committed],
  ]
  return found.flatMap(([name, here, frozen]): WrongSecret[] => {
    const file = `${name}-${id}`
    if (here === undefined) return [{ file, state: 'missing' }]
    return here === frozen ? [] : [{ file, state: 'another' }]
  })
}

/** Throws, naming the file, where a cycle's secret is another one. One that is missing may be so on purpose. */
export async function refuseForeignKeys(app: App): Promise<void> {
  for (const cycle of await allCycles(app.db)) {
    if (cycle.publicKey === undefined) continue
    const other = (await wrongSecrets(app, cycle)).find(({ state }) => state === 'another')
    if (other)
      throw new Error(
        `${other.file} in SECRETS_DIR is not the one that the vote "${cycle.slug}" was opened with: bring back the folder that was kept with this database`,
      )
  }
}
