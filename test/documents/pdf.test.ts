// What every document stands on: its fonts.
import { expect, test } from 'vitest'
import { openPdf, openTagged, setFont } from '../../src/documents/pdf.ts'

test('a face is read once for a document, however often it is set: a report of thirty villages would else take a minute', () => {
  for (const pdf of [openPdf('A list'), openTagged('A report', 'kk')]) {
    for (let row = 0; row < 5; row++)
      for (const face of ['plain', 'bold', 'mono'] as const) setFont(pdf, face, 9)
    expect(pdf).toMatchObject({ _fontCount: 3 })
  }
})
