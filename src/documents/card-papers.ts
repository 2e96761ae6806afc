// The papers of a desk from cards that were drawn: sheets to cut, labels of envelopes, the register and its CSV. Codes are on the sheets only.
import { writeCsv } from '../core/formats/csv.ts'
import type { T } from '../i18n.ts'
import type { Desk } from '../words/desk.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { type CardSheet, cardSheetPdf } from './card-sheet.ts'
import { labelsPdf } from './labels.ts'
import { registerPdf } from './register.ts'

interface PaperCard {
  village: string
  register: number
  serial: number
  code: string
}

export interface CardPapersOf extends Pick<CardSheet, 'title' | 'bot' | 'dates'> {
  /** The languages on paper, in their order. */
  t: readonly [T, ...T[]]
  villages: readonly (NamedPlace & { id: string; desk: Desk })[]
  /** In the order of the register. */
  cards: readonly PaperCard[]
  /** The same, in the order of printing. */
  sheet: readonly PaperCard[]
}

export interface CardPapers {
  sheetPdf: Uint8Array
  /** A label for each envelope, in the order of the sheets. */
  labelsPdf: Uint8Array
  registerPdf: Uint8Array
  /** Village, register number and serial for a spreadsheet, with byte order mark and without codes. */
  csv: string
}

export async function cardPapers({ t, title, bot, dates, ...of }: CardPapersOf): Promise<CardPapers> {
  const villages = of.villages.flatMap((place) => {
    const own = (all: readonly PaperCard[]) => all.filter(({ village }) => village === place.id)
    const cards = own(of.cards)
    return cards.length > 0 ? [{ place, cards, sheet: own(of.sheet) }] : []
  })
  const [first] = t
  const lines = villages.flatMap(({ place, cards }) =>
    cards.map(({ register, serial }) => [placeName(first, place), register, serial]),
  )
  const header = [
    first('documents.register-village'),
    first('documents.register-number'),
    first('documents.register-serial'),
  ]
  return {
    sheetPdf: await cardSheetPdf({
      t,
      title,
      bot,
      dates,
      villages: villages.map(({ place, sheet }) => ({ place, desk: place.desk, cards: sheet })),
    }),
    labelsPdf: await labelsPdf({
      t,
      title,
      villages: villages.map(({ place, sheet }) => ({ place, serials: sheet.map(({ serial }) => serial) })),
    }),
    registerPdf: await registerPdf({
      t,
      title,
      villages: villages.map(({ place, cards }) => ({ place, rows: cards })),
    }),
    csv: `\uFEFF${writeCsv([header, ...lines])}`,
  }
}
