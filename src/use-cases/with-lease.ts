// Runs an act only where no other replica does, under a lease on the database's clock.
import { dropLease, takeLease } from '../store/leases.ts'
import type { App } from './app.ts'

/** Runs `act` when this holder gets or keeps the lease; undefined when another replica has it. */
export async function withLease<V>(
  app: App,
  name: string,
  holder: string,
  seconds: number,
  act: () => Promise<V>,
): Promise<V | undefined> {
  return (await takeLease(app.db, name, holder, seconds)) ? act() : undefined
}

/** Gives a lease back, so that another replica need not wait for its end. */
export const giveBackLease = (app: App, name: string, holder: string): Promise<void> =>
  dropLease(app.db, name, holder)
