// A roll is read and sealed to the server's import key on the computer of an official, before anything travels.
import { utf8 } from '../core/bytes.ts'
import { writeSealedFile } from '../core/formats/sealed-file.ts'
import { ok, type Result } from '../core/result.ts'
import { ROLL_FORMAT, type RollFile } from '../core/roll.ts'
import { type PrepareProblem, readList, type RollSummary } from '../core/roll-list.ts'
import type { RollVillage } from '../core/village-names.ts'
import { seal } from './sealed-box.ts'
import type { Sodium } from './sodium.ts'

export type PrepareRoll = {
  sodium: Sodium
  csv: Uint8Array
  villages: readonly RollVillage[]
  cycle: string
  /** The server's X25519 public key for imports, 32 bytes. */
  importKey: Uint8Array
}

/** Reads the list and seals it to the import key; phones go along. A dry run is this call, its result not written. */
export function prepareRoll(
  input: PrepareRoll,
): Result<{ sealed: string; summary: RollSummary }, PrepareProblem[]> {
  const read = readList(input, true)
  if (!read.ok) return read
  const { roll, summary } = read.value
  const sealed = sealRoll(input, { format: ROLL_FORMAT, cycle: input.cycle, rows: roll.rows })
  return ok({ sealed, summary })
}

/** Seals what is written for the server; nobody else can read it. */
export function sealRoll(
  { sodium, importKey, cycle }: Pick<PrepareRoll, 'sodium' | 'importKey' | 'cycle'>,
  file: RollFile,
): string {
  const box = seal(sodium, importKey, utf8(JSON.stringify(file)))
  return writeSealedFile({ format: file.format, cycle, publicKey: importKey, box })
}
