// Opens a sealed roll with the server's import key and checks that every line of it fits the cycle it is for.
import { fromUtf8 } from '../core/bytes.ts'
import { keyId, readSealedFile, type SealedFileProblem } from '../core/formats/sealed-file.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { ROLL_FORMAT, RollFile, type TestsSaid } from '../core/roll.ts'
import { open } from '../sealing/sealed-box.ts'
import type { Cycle } from '../store/cycles.ts'
import { methodOf } from '../verification/index.ts'
import type { App } from './app.ts'
import type { PlainCard } from './hash-cards.ts'

export type RollFileProblem =
  | SealedFileProblem
  /** It was sealed to another server's key. */
  | { kind: 'other-key'; sealedTo: string; ours: string }
  | { kind: 'not-openable' }
  /** `why`: what is wrong with it, in English; nothing of its content. */
  | { kind: 'not-a-roll'; why: string }
  | { kind: 'other-cycle'; cycle: string }
  | { kind: 'unknown-village'; village: string }
  | { kind: 'row-twice'; village: string; register: number }
  | { kind: 'bad-serial'; serial: string }
  | { kind: 'serial-twice'; village: string; serial: number }
  /** Cards for a cycle that verifies without them: that would be two votes. */
  | { kind: 'cards-not-wanted' }

export interface ReadRollFile {
  /** SHA-256 of the sealed box, hex: the same file, not merely the same content. */
  hash: string
  rows: { territory: number; registerNo: number; phone: string | undefined }[]
  cards: PlainCard[]
  /** Telegram id of the official who printed them. */
  printedBy?: number
  tests?: TestsSaid
  /** Rows per territory id. */
  perVillage: Record<string, number>
}

/** The territories that a file has rows of. */
export const villagesOf = ({ perVillage }: ReadRollFile): number[] => Object.keys(perVillage).map(Number)

/** `text`: the armoured file. A village is named by its KATO code or by its territory id. */
export function readRollFile(
  app: App,
  cycle: Cycle,
  places: readonly { territory: number; kato: string | null }[],
  text: string,
): Result<ReadRollFile, RollFileProblem> {
  const file = openFile(app, cycle, text)
  if (!file.ok) return file
  const { roll, hash } = file.value
  const territories = new Map<string, number>()
  for (const { territory, kato } of places) {
    territories.set(String(territory), territory)
    if (kato) territories.set(kato, territory)
  }
  // A village may be named in two ways, so what the file says once may still be the same row twice.
  const rows: ReadRollFile['rows'] = []
  const known = new Set<string>()
  const perVillage: Record<string, number> = {}
  for (const { village, register, phone } of roll.rows) {
    const territory = territories.get(village)
    if (territory === undefined) return fail({ kind: 'unknown-village', village })
    if (known.has(`${territory} ${register}`)) return fail({ kind: 'row-twice', village, register })
    known.add(`${territory} ${register}`)
    perVillage[territory] = (perVillage[territory] ?? 0) + 1
    rows.push({ territory, registerNo: register, phone })
  }
  const cards = readCards(roll, cycle, territories)
  if (!cards.ok) return cards
  const printed = roll.printedBy === undefined ? {} : { printedBy: roll.printedBy }
  const tests = roll.tests === undefined ? {} : { tests: roll.tests }
  return ok({ hash, rows, cards: cards.value, perVillage, ...printed, ...tests })
}

function openFile(
  app: App,
  cycle: Cycle,
  text: string,
): Result<{ roll: RollFile; hash: string }, RollFileProblem> {
  const file = readSealedFile(text)
  if (!file.ok) return file
  const ours = keyId(app.secrets.importKeys.publicKey)
  if (file.value.keyId !== ours) return fail({ kind: 'other-key', sealedTo: file.value.keyId, ours })
  const opened = open(app.sodium, app.secrets.importKeys, file.value.box)
  if (!opened.ok) return fail({ kind: 'not-openable' })
  const roll = RollFile.safeParse(jsonOf(fromUtf8(opened.value)))
  if (!roll.success || file.value.format !== ROLL_FORMAT)
    return fail({ kind: 'not-a-roll', why: roll.error?.issues[0]?.message ?? 'another format' })
  // The header can be rewritten by anyone; what is sealed counts.
  if (roll.data.cycle !== cycle.slug) return fail({ kind: 'other-cycle', cycle: roll.data.cycle })
  return ok({ roll: roll.data, hash: file.value.sha256 })
}

function readCards(
  roll: RollFile,
  cycle: Cycle,
  territories: ReadonlyMap<string, number>,
): Result<PlainCard[], RollFileProblem> {
  const cards: PlainCard[] = []
  const serials = new Set<string>()
  if (roll.cards !== undefined && roll.cards.length > 0 && !methodOf(cycle.method).facts.usesCards)
    return fail({ kind: 'cards-not-wanted' })
  for (const { village, register, serial, code } of roll.cards ?? []) {
    const territory = territories.get(village)
    if (territory === undefined) return fail({ kind: 'unknown-village', village })
    if (!/^[1-9]\d{0,6}$/.test(String(serial))) return fail({ kind: 'bad-serial', serial: String(serial) })
    const number = Number(serial)
    if (serials.has(`${territory} ${number}`)) return fail({ kind: 'serial-twice', village, serial: number })
    serials.add(`${territory} ${number}`)
    cards.push({ territory, registerNo: register, serial: number, code })
  }
  return ok(cards)
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
