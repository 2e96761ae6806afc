// The register of a desk: who signs for which card. It has serials and no codes, so whoever holds it can vote for nobody.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { inEach } from './in-each.ts'
import { openPaper } from './paper.ts'

export type RegisterVillage = {
  place: NamedPlace
  /** `register`: the number on the akimat's paper roll. */
  rows: readonly { register: number; serial: number | string }[]
}

export type Register = {
  /** The languages of the page, one or two, in their order. */
  t: readonly [T, ...T[]]
  title: Localised
  villages: readonly RegisterVillage[]
}

/** Room for a signature, in points. */
const ROW = 15

const COLUMNS = [
  { text: 'documents.register-number', share: 0.17 },
  { text: 'documents.register-serial', share: 0.17 },
  { text: 'documents.register-signature', share: 0.44 },
  { text: 'documents.register-date', share: 0.22 },
] as const

/** Makes the register, a village after the other, rows by register number, pages numbered within the village, each headed by it. */
export function registerPdf({ t: languages, title, villages }: Register): Promise<Uint8Array> {
  const heads = languages.map((t) => t('documents.register-title')).join(' · ')
  const paper = openPaper(heads, languages[0])
  for (const { place, rows } of villages) {
    paper.part(
      languages,
      inEach(languages, (t) => placeName(t, place), ' · '),
    )
    paper.heading(1, (t) => t('documents.register-title'))
    paper.text((t) => t.of(title))
    paper.text((t) => placeName(t, place), true)
    paper.text((t) => t('documents.register-note'))
    paper.table(
      COLUMNS.map(({ text, share }) => ({ text: (t) => t(text), share })),
      rows
        .toSorted((a, b) => a.register - b.register)
        .map(({ register, serial }) => [String(register), String(serial), '', '']),
      ROW,
    )
    paper.text((t) => t('documents.register-sums', { n: rows.length }))
    paper.signing([(t) => t('documents.register-officer'), (t) => t('documents.register-observer')])
  }
  return paper.done()
}
