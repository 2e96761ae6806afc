// What lies outside the database, as those who use it see it.
import type { BoxKeys } from './sealed-box.ts'
import type { SignKeys } from './sign.ts'

export interface Secrets {
  /** Pepper of one cycle's codes and phones, 32 bytes. */
  pepper(cycle: number): Uint8Array
  logKeys: SignKeys
  /** Under it the program marks what only it can have written: leaves, and rows that decide something. 32 bytes. */
  leafKey: Uint8Array
  importKeys: BoxKeys
  /** Made when voting opens, and never again: a key that is gone opens no ballot. */
  makeBallotKeys(cycle: number): Promise<BoxKeys>
  /** Undefined where the file was taken away. */
  ballotKeys(cycle: number): Promise<BoxKeys | undefined>
  makeTieSeed(cycle: number): Promise<Uint8Array>
  tieSeed(cycle: number): Promise<Uint8Array | undefined>
  /** The note of the last head that was signed for a log, as it is remembered outside the database. */
  keptHead(log: number): Promise<string | undefined>
  keepHead(log: number, note: string): Promise<void>
  /** The logs of which a head is remembered. */
  keptLogs(): Promise<number[]>
}
