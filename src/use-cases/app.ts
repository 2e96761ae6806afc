// What every use case gets: the database, the clock, chance, and the secrets. Passed as a value, never imported.
import type { Rules } from '../core/audit/rules.ts'
import type { Secrets } from '../sealing/secrets.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Db } from '../store/db.ts'
import type { Place } from '../store/places.ts'
import type { Project } from '../store/projects.ts'
import type { InTurn } from './in-turn.ts'
import type { StartOpeners } from './open-box.ts'
import type { SealCast } from './seal-cast.ts'

/** A territory and what stands on its ballot, in the frozen order. */
export interface FrozenList {
  place: Place
  projects: Project[]
  /** What a search looks through, project by project: folded once. */
  folded?: readonly string[]
}

export interface App {
  db: Db
  /** The application's clock; what must hold for all replicas is decided on the database's. */
  now(): Date
  /** When a message that can wait may go out: at this moment, or in the morning. UTC ISO. */
  quiet: (moment: string) => string
  random: (bytes: number) => Uint8Array
  sodium: Sodium
  secrets: Secrets
  /** Name of the log in checkpoints and receipts. */
  origin: string
  /** Lists that can no longer change, by `cycle:territory`. */
  frozen: Map<string, FrozenList>
  /** Rules that were held against the leaf of the opening, by cycle. */
  opened: Map<number, Rules>
  /** For what would keep the event loop for milliseconds. */
  inTurn: InTurn
  /** Looking up receipts, one after another: never more of it at once than a part of a millisecond. */
  lookUps: InTurn
  /** Threads that open many boxes at once; without them this one does. */
  openers?: StartOpeners
  /** A thread that seals ballots while many cast; without it this one does. */
  seal?: SealCast
}

/** How a command opens the App. `behind`: though a log is behind what was signed; `looking`: any state, and nothing is changed. */
export type Opening = 'usual' | 'behind' | 'looking'
