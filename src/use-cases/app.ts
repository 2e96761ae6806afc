// What every use case gets: the database, the clock, chance, and the secrets. Passed as a value, never imported.
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { SignKeys } from '../sealing/sign.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Db } from '../store/db.ts'
import type { Place, Project } from '../store/cycles.ts'

/** A territory and what stands on its ballot, in the frozen order. */
export interface FrozenList {
  place: Place
  projects: Project[]
}

export interface App {
  db: Db
  /** The application's clock; what must hold for all replicas is decided on the database's. */
  now(): Date
  random: (bytes: number) => Uint8Array
  sodium: Sodium
  secrets: {
    /** Pepper of one cycle's codes and phones. */
    pepper(cycle: number): Uint8Array
    logKeys: SignKeys
    importKeys: BoxKeys
    ballotKeys(cycle: number): Promise<BoxKeys>
    tieSeed(cycle: number): Promise<Uint8Array>
  }
  /** Name of the log in checkpoints and receipts. */
  origin: string
  /** Lists that can no longer change, by `cycle:territory`. */
  frozen: Map<string, FrozenList>
}

/** Who acted, as the log says it. */
export type By = 'clock' | 'command' | 'official'
