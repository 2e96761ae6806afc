// At a start: a cycle's ballot key and tie seed are the ones that were frozen, or were taken away on purpose.
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { toHex } from '../core/bytes.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { type Cycle, allCycles } from '../store/cycles.ts'
import type { App } from './app.ts'

/** A secret of a cycle, by the name of its file, that is not there, or is not the one that was frozen when voting opened. */
export interface WrongSecret {
  file: string
  state: 'missing' | 'another'
}

/** The secrets of one frozen cycle as they are there, and what is wrong with them: nothing where both are the frozen ones. */
export interface CycleSecrets {
  keys: BoxKeys | undefined
  seed: Uint8Array | undefined
  wrong: WrongSecret[]
}

/** Reads a cycle's ballot key and tie seed, and holds each against what was frozen. */
export async function readCycleSecrets(app: App, cycle: Cycle): Promise<CycleSecrets> {
  const { id, publicKey, seedCommitment: committed } = cycle
  const keys = await app.secrets.ballotKeys(id)
  const seed = await app.secrets.tieSeed(id)
  const wrong = [
    ...wrongOf(`ballot-key-${id}`, keys && toHex(keys.publicKey), publicKey),
    ...wrongOf(`tie-seed-${id}`, seed && toHex(seedCommitment(seed)), committed),
  ]
  return { keys, seed, wrong }
}

function wrongOf(file: string, here: string | undefined, frozen: string | undefined): WrongSecret[] {
  if (here === undefined) return [{ file, state: 'missing' }]
  return here === frozen ? [] : [{ file, state: 'another' }]
}

/** Throws, naming the file, where a cycle's secret is another one. One that is missing may be so on purpose. */
export async function refuseForeignKeys(app: App): Promise<void> {
  for (const cycle of await allCycles(app.db)) {
    if (cycle.publicKey === undefined) continue
    const other = (await readCycleSecrets(app, cycle)).wrong.find(({ state }) => state === 'another')
    if (other)
      throw new Error(
        `${other.file} in SECRETS_DIR is not the one that the vote "${cycle.slug}" was opened with: bring back the folder that was kept with this database`,
      )
  }
}
