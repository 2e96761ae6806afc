// What every use case gets: the database, the clock, chance, and the secrets. Passed as a value, never imported.
import type { Secrets } from '../sealing/secrets.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Db } from '../store/db.ts'
import type { Place } from '../store/places.ts'
import type { Project } from '../store/projects.ts'

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
  secrets: Secrets
  /** Name of the log in checkpoints and receipts. */
  origin: string
  /** Lists that can no longer change, by `cycle:territory`. */
  frozen: Map<string, FrozenList>
}
