// A card for every row of a list, drawn and sealed to the server's import key in one go, on the computer of whoever prints.
import { drawCards, type DrawnCards, type RandomBytes } from '../core/cards.ts'
import { ok, type Result } from '../core/result.ts'
import { ROLL_FORMAT } from '../core/roll.ts'
import { type PrepareProblem, readList, type RollSummary } from '../core/roll-list.ts'
import { type PrepareRoll, sealRoll } from './prepare-roll.ts'

export type SealCards = PrepareRoll & {
  randomBytes: RandomBytes
  /** Telegram id of the official who prints; none in a trial. */
  printedBy?: number | undefined
  /** First serial of a village; 1 unless told. */
  start?: (village: string) => number
}

/** With their codes: nobody but whoever prints may see them. */
export type SealedCards = DrawnCards & { sealed: string; summary: RollSummary }

/** Phones stay behind: a cycle never mixes cards with contacts. */
export function sealCards(input: SealCards): Result<SealedCards, PrepareProblem[]> {
  const read = readList(input, false)
  if (!read.ok) return read
  const { roll, summary } = read.value
  const drawn = drawCards(roll.rows, input.randomBytes, input.start)
  const file = { format: ROLL_FORMAT, cycle: input.cycle, rows: roll.rows, cards: drawn.cards } as const
  const { printedBy } = input
  return ok({
    ...drawn,
    sealed: sealRoll(input, printedBy === undefined ? file : { ...file, printedBy }),
    summary,
  })
}
