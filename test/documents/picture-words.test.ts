// What the picture says of a project fits the room beside its bars, in three languages, with sums of nine digits.
import { expect, test } from 'vitest'
import { openRuler } from '../../src/documents/text-width.ts'
import { createI18n, type Key } from '../../src/i18n.ts'

/** Right of the bars of 500 px, less the mark of a winner. */
const ROOM = 1080 - 2 * 48 - 500 - 18 - 40
const STATES: readonly Key[] = [
  'documents.picture-funded',
  'documents.picture-missing',
  'documents.picture-not-reached',
  'documents.picture-too-few',
  'documents.picture-conflict',
  'documents.picture-outvoted',
  'documents.picture-withdrawn',
]
const ruler = openRuler()
const textsOf = createI18n()

test.each(['kk', 'ru', 'en'])('in %s', (language) => {
  const t = textsOf(language)
  const facts = { missing: t.money(888_888_888), needed: t.number(8888), other: 888 }
  const cut = STATES.map((key) => t(key, facts)).filter((text) => ruler.width(text, 24) > ROOM)
  expect(cut).toEqual([])
})

test('a longer wording would be cut', () => {
  expect(ruler.width(`ақша жетпеді: ${textsOf('kk').money(88_888_888)} қалған`, 24)).toBeGreaterThan(ROOM)
})
