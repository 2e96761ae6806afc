// Labels for envelopes: which envelope is for whom is told outside, and no code is.
import { expect, test } from 'vitest'
import { labelsPdf, LABELS_PER_PAGE } from '../../src/documents/labels.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { longPlace, longTitle, place, title } from './village.ts'

const textsOf = createI18n()

test('each card has a label with its number and village, in the order of the sheets, a village on pages of its own', async () => {
  const order = [3, 1, ...Array.from({ length: LABELS_PER_PAGE }, (_, at) => at + 10)]
  const { pages } = readPdf(
    await labelsPdf({
      t: [textsOf('kk'), textsOf('ru')],
      title,
      villages: [
        { place, serials: order },
        { place, serials: [7] },
      ],
    }),
  )
  expect(pages).toHaveLength(3)
  const words = pages.join('\n')
  const numbers = [...words.matchAll(/^№\u00a0(\d+)$/gm)].map(([, number]) => Number(number))
  expect(numbers).toEqual([...order, 7])
  expect(words).toContain('Карагайлы')
  expect(words).not.toMatch(/\d{4} \d{4}/)
})

test('a long village stands whole on its label, in letters of eight points at least', async () => {
  const { pages, smallest } = readPdf(
    await labelsPdf({
      t: [textsOf('kk'), textsOf('ru')],
      title: longTitle,
      villages: [{ place: longPlace, serials: [1234] }],
    }),
  )
  expect(smallest).toBeGreaterThanOrEqual(8)
  expect(pages.join()).not.toContain('…')
  expect(pages.join().replace(/\s+/g, ' ')).toContain('сельский округ, Жанасемейский район')
})
