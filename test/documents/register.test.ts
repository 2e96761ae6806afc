// The register of the desk: who signs for which card, and no way to vote for them.
import { expect, test } from 'vitest'
import { registerPdf } from '../../src/documents/register.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { canListen, listen } from './struct.ts'
import { longPlace, longTitle, place, title } from './village.ts'

const texts = createI18n()
const t = [texts('kk'), texts('ru')] as const
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ register: 1000 + count - at, serial: 5000 + at }))
const register = async (count: number) =>
  readPdf(await registerPdf({ t, title, villages: [{ place, rows: rows(count) }] }))

test('one line a row, in the order of the akimat’s paper', async () => {
  const { pages } = await register(20)
  const numbers = (pages[0] ?? '').split('\n').filter((line) => /^\d{4}$/.test(line))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => [`${1001 + at}`, `${5019 - at}`]).flat())
})

test('pages are numbered within the village, and each is headed by it and by the columns', async () => {
  const { pages } = await register(60)
  expect(pages.length).toBe(3)
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`Бет: ${at + 1} / 3 · Страница: ${at + 1} / 3`)
    expect(page).toContain('Қарағайлы, Үңгір ауылдық округі, Аягөз ауданы')
    expect(page).toContain('Қолы')
    expect(page).toContain('Подпись')
  }
})

test('the sums and both signatures stand together, once, after the last row', async () => {
  for (let count = 18; count < 30; count++) {
    const { pages } = await register(count)
    for (const part of ['Наблюдатель', 'Сотрудник, выдавший карточку'])
      expect(
        pages.filter((page) => page.includes(part)),
        String(count),
      ).toEqual([pages.at(-1)])
    expect(pages.filter((page) => page.includes(`Карточек: ${count}.`))).toHaveLength(1)
  }
})

test.skipIf(!canListen())(
  'whoever listens hears both languages of a head, and every number of a row in its order',
  async () => {
    const { facts, tags, text } = await listen(
      await registerPdf({ t, title, villages: [{ place, rows: rows(40) }] }),
    )
    expect(facts).toMatch(/Tagged:\s+yes/)
    expect(tags).toMatch(/Sect[\s\S]*H1[\s\S]*Span[\s\S]*Table[\s\S]*TH[\s\S]*Span[\s\S]*TD/)
    const numbers = Array.from({ length: 40 }, (_, at) => `${1001 + at} ${5039 - at}`).join(' ')
    expect(text.replaceAll(/\s+/g, ' ')).toContain(numbers)
  },
)

test('its fonts travel in the file', async () => {
  const { fonts } = await register(3)
  expect(fonts.length).toBeGreaterThan(0)
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)
})

test('long names stand whole, in letters of eight points at least', async () => {
  const { pages, smallest } = readPdf(
    await registerPdf({ t, title: longTitle, villages: [{ place: longPlace, rows: rows(40) }] }),
  )
  expect(smallest).toBeGreaterThanOrEqual(8)
  expect(pages.join()).not.toContain('…')
})
