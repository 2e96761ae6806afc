// What lies outside the database, as those who use it see it.
import type { BoxKeys } from './sealed-box.ts'
import type { SignKeys } from './sign.ts'

export interface Secrets {
  /** Pepper of one cycle's codes and phones, 32 bytes. */
  pepper(cycle: number): Uint8Array
  logKeys: SignKeys
  importKeys: BoxKeys
  /** Keys of a cycle's ballots; made at the first call, before voting opens. */
  ballotKeys(cycle: number): Promise<BoxKeys>
  tieSeed(cycle: number): Promise<Uint8Array>
}
