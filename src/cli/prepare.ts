// What an official's computer does before anything reaches the server: the akimat's list in, a sealed file and the papers out.
import { drawCards, type RandomBytes } from '../core/cards.ts'
import { writeCsv } from '../core/formats/csv.ts'
import type { Localised } from '../core/localised.ts'
import { ok, type Result } from '../core/result.ts'
import { ROLL_FORMAT } from '../core/roll.ts'
import { type PrepareProblem, readList, type RollSummary } from '../core/roll-list.ts'
import type { RollVillage } from '../core/village-names.ts'
import { type CardSheet, cardSheetPdf } from '../documents/card-sheet.ts'
import { labelsPdf } from '../documents/labels.ts'
import { registerPdf } from '../documents/register.ts'
import type { T } from '../i18n.ts'
import { type PrepareRoll, sealRoll } from '../sealing/prepare-roll.ts'
import type { Desk } from '../words/desk.ts'
import { type NamedPlace, placeName } from '../words/place.ts'

export type PrepareCards = Omit<PrepareRoll, 'villages'> & {
  villages: readonly (RollVillage & NamedPlace & { desk: Desk })[]
  /** The languages on paper, in their order. */
  t: readonly [T, ...T[]]
  title: Localised
  bot: string
  /** UTC ISO: when voting opens and closes. */
  dates: CardSheet['dates']
  randomBytes: RandomBytes
  /** Telegram id of the official who prints; none in a trial. */
  printedBy?: number | undefined
  /** First serial of a village; 1 unless told. */
  start?: (village: string) => number
}

export type PreparedCards = {
  sealed: string
  /** With their codes: nobody but whoever prints may see them. */
  cards: readonly { village: string; serial: number | string; code: string }[]
  summary: RollSummary
  sheetPdf: Uint8Array
  registerPdf: Uint8Array
  /** A label for each envelope, in the order of the sheets. */
  labelsPdf: Uint8Array
  /** Village, register number and serial for a spreadsheet, with byte order mark and without codes. */
  csv: string
}

/**
 * Draws a card for every row of the list, and makes the sealed file (rows and cards), the sheets to cut, the register and its
 * CSV. The codes are in the first two only. Phones stay behind: a cycle never mixes cards with contacts.
 */
export async function prepareCards(input: PrepareCards): Promise<Result<PreparedCards, PrepareProblem[]>> {
  const read = readList(input, false)
  if (!read.ok) return read
  const { roll, summary } = read.value
  const { cards, sheet } = drawCards(roll.rows, input.randomBytes, input.start)
  const { t, title, bot, dates, printedBy } = input
  const file = { format: ROLL_FORMAT, cycle: input.cycle, rows: roll.rows, cards } as const
  const sealed = sealRoll(input, printedBy === undefined ? file : { ...file, printedBy })
  const villages = input.villages.filter(({ id }) => cards.some((card) => card.village === id))
  const ofVillage = <C extends { village: string }>(all: readonly C[], id: string): C[] =>
    all.filter((card) => card.village === id)
  const sheetPdf = await cardSheetPdf({
    t,
    title,
    bot,
    dates,
    villages: villages.map((village) => ({
      place: village,
      desk: village.desk,
      cards: ofVillage(sheet, village.id),
    })),
  })
  const register = await registerPdf({
    t,
    title,
    villages: villages.map((village) => ({
      place: village,
      rows: ofVillage(cards, village.id).map(({ register, serial }) => ({ register, serial })),
    })),
  })
  const labels = await labelsPdf({
    t,
    title,
    villages: villages.map((village) => ({
      place: village,
      serials: ofVillage(sheet, village.id).map(({ serial }) => serial),
    })),
  })
  const [first] = t
  const lines = villages.flatMap((village) =>
    ofVillage(cards, village.id).map((card) => [placeName(first, village), card.register, card.serial]),
  )
  const header = [
    first('documents.register-village'),
    first('documents.register-number'),
    first('documents.register-serial'),
  ]
  return ok({
    sealed,
    cards,
    summary,
    sheetPdf,
    registerPdf: register,
    labelsPdf: labels,
    csv: `\uFEFF${writeCsv([header, ...lines])}`,
  })
}
