// Lets one replica do a loop's work: a row in PostgreSQL, on its clock, says who.
import { dropLease, takeLease } from '../store/leases.ts'
import type { App } from './app.ts'

/** Does `work` if the lease is ours or free; it is renewed for `seconds`. Returns false while another holder has it. */
export async function withLease(
  app: App,
  lease: { name: string; holder: string; seconds: number },
  work: () => Promise<void>,
): Promise<boolean> {
  const ours = await takeLease(app.db, lease.name, lease.holder, lease.seconds)
  if (ours) await work()
  return ours
}

/** Gives the lease back at an orderly stop, so that another replica need not wait it out. */
export const endLease = (app: App, name: string, holder: string): Promise<void> =>
  dropLease(app.db, name, holder)
