// A card for every row of a list, drawn and sealed to the server's import key in one go, on the computer of whoever prints.
import { drawCards, type DrawnCards, type RandomBytes } from '../core/cards.ts'
import { ok, type Result } from '../core/result.ts'
import { drawTestRows, type TestCard, type TestList, testList, testsHash } from '../core/audit/tests.ts'
import { toHex } from '../core/bytes.ts'
import { ROLL_FORMAT, type RollRow } from '../core/roll.ts'
import { type PrepareProblem, readList, type RollSummary } from '../core/roll-list.ts'
import { type PrepareRoll, sealRoll } from './prepare-roll.ts'

export type SealCards = PrepareRoll & {
  randomBytes: RandomBytes
  /** Telegram id of the official who prints; none in a trial. */
  printedBy?: number | undefined
  /** So many rows more that are nobody's. */
  tests?: number
  /** First serial of a village; 1 unless told. */
  start?: (village: string) => number
}

/** With their codes: nobody but whoever prints may see them. */
export type SealedCards = DrawnCards & {
  sealed: string
  summary: RollSummary
  /** Which of them are tests: for the observers. */
  tests?: TestList
}

/** Phones stay behind: a cycle never mixes cards with contacts. */
export function sealCards(input: SealCards): Result<SealedCards, PrepareProblem[]> {
  const read = readList(input, false)
  if (!read.ok) return read
  const { roll, summary } = read.value
  const more = drawTestRows(roll.rows, input.tests ?? 0, input.randomBytes)
  const rows = [...roll.rows, ...more]
  const drawn = drawCards(rows, input.randomBytes, input.start)
  const tests = more.length === 0 ? undefined : listOf(input, more, drawn)
  const said = tests && { tests: { count: tests.tests.length, list: testsHash(tests) } }
  const file = {
    format: ROLL_FORMAT,
    cycle: input.cycle,
    rows: inOrder(rows),
    cards: drawn.cards,
    ...said,
  } as const
  const { printedBy } = input
  return ok({
    ...drawn,
    sealed: sealRoll(input, printedBy === undefined ? file : { ...file, printedBy }),
    summary,
    ...(tests && { tests }),
  })
}

/** In the order of the register, so that no place tells which were added. */
const inOrder = (rows: readonly RollRow[]): RollRow[] =>
  [...new Set(rows.map(({ village }) => village))].flatMap((village) =>
    rows.filter((row) => row.village === village).toSorted((a, b) => a.register - b.register),
  )

function listOf(
  { cycle, randomBytes }: SealCards,
  rows: readonly RollRow[],
  { cards }: DrawnCards,
): TestList {
  const own = rows.map(({ village, register }): TestCard => {
    const card = cards.find((one) => one.village === village && one.register === register)
    if (!card) throw new Error('a row without a card')
    return [village, register, card.serial]
  })
  return testList(cycle, toHex(randomBytes(32)), own)
}
