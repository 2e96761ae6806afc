// The register of the desk: who signs for which card, and no way to vote for them.
import { expect, test } from 'vitest'
import { ROWS_PER_PAGE, registerPdf } from '../../src/documents/register.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { place, title } from './village.ts'

const texts = createI18n()
const t = [texts('kk'), texts('ru')]
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ register: 1000 + count - at, serial: 5000 + at }))
const register = async (count: number) =>
  readPdf(await registerPdf({ t, title, villages: [{ place, rows: rows(count) }] }))

test('one line a row, in the order of the akimat’s paper', async () => {
  const { pages } = await register(20)
  const numbers = (pages[0] ?? '').split('\n').filter((line) => /^\d{4}$/.test(line))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => [`${1001 + at}`, `${5019 - at}`]).flat())
})

test('pages are numbered within the village, and each is headed by it', async () => {
  const { pages } = await register(ROWS_PER_PAGE + 1)
  expect(pages.length).toBe(2)
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`Бет: ${at + 1} / 2 · Страница: ${at + 1} / 2`)
    expect(page).toContain('Қарағайлы, Үңгір ауылдық округі, Аягөз ауданы')
    expect(page).toContain('Қолы')
    expect(page).toContain('Подпись')
  }
})

test('a page that is full leaves the sums to the next one', async () => {
  const { pages } = await register(ROWS_PER_PAGE)
  expect(pages.map((page) => page.includes(`Карточек: ${ROWS_PER_PAGE}.`))).toEqual([false, true])
})

test('its fonts travel in the file', async () => {
  const { fonts } = await register(3)
  expect(fonts.length).toBeGreaterThan(0)
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)
})
