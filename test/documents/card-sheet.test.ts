// The sheets of cards: what a resident finds in the envelope.
import { expect, test } from 'vitest'
import { CARDS_PER_PAGE, cardSheetPdf } from '../../src/documents/card-sheet.ts'
import { createI18n } from '../../src/i18n.ts'
import { deskOnPaper } from '../../src/words/desk.ts'
import { readPdf } from './read-pdf.ts'
import { desk, longDesk, longPlace, longTitle, place, title } from './village.ts'

const texts = createI18n()
const t = [texts('kk'), texts('ru')]
const cards = Array.from({ length: 11 }, (_, at) => ({ serial: at + 1, code: `${4000_0000_0000_0000 + at}` }))
const sheet = async (villages = [{ place, desk, cards }], languages = t) =>
  readPdf(await cardSheetPdf({ t: languages, title, bot: 'dauys_test_bot', dates, villages }))
const dates = { voting: '2026-12-01T04:00:00.000Z', counting: '2026-12-20T13:00:00.000Z' }
const NO_DESK = { place: null, hours: null, phone: null }
const words = (text: string) => text.replace(/\s+/g, ' ')

test('four cards to a page, and the fonts travel in the file', async () => {
  const { pages, fonts } = await sheet()
  expect(pages.length).toBe(Math.ceil(cards.length / CARDS_PER_PAGE))
  expect(fonts.map(({ name }) => name).sort()).toEqual(['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono'])
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)
})

test('each card has its serial and its code in four groups', async () => {
  const { pages } = await sheet()
  const lines = pages.join('\n').split('\n')
  for (const { serial, code } of cards) {
    expect(lines).toContain(`№\u00a0${serial}`)
    expect(lines).toContain(code.replace(/(\d{4})(?=\d)/g, '$1 '))
  }
})

test('the card says in both languages what to do, what to beware of and where to ask', async () => {
  const { pages } = await sheet([{ place, desk, cards: cards.slice(0, 1) }])
  const page = words(pages[0] ?? '')
  for (const text of t) {
    expect(page).toContain(text('documents.card-how', { bot: 'dauys_test_bot' }))
    expect(page).toContain(text('documents.card-secret'))
    expect(page).toContain(words(text('documents.card-desk', { desk: deskOnPaper(text, desk) })))
    expect(page).toContain(text.of(title))
  }
  expect(page.replace(/\u2011/g, '-')).toContain('әкімдік, 2-бөлме, 9:00–18:00, +7 722 000 00 00')
  expect(page).toContain('Қарағайлы, Үңгір ауылдық округі, Аягөз ауданы')
  expect(page).toContain('Карагайлы, Унгирский сельский округ, Аягозский район')
})

test('all nine Kazakh letters are in the fonts, small and capital', async () => {
  const letters = 'әғқңөұүһіӘҒҚҢӨҰҮҺІ'
  const named = { kk: letters, ru: letters, en: letters }
  const { pages } = await sheet([
    { place: { name: named, within: [] }, desk: NO_DESK, cards: cards.slice(0, 1) },
  ])
  expect(pages[0]?.split('\n')).toContain(letters)
  expect(pages[0]).not.toContain('?')
})

test('each village begins on a page of its own', async () => {
  const other = { ...place, name: { kk: 'Ақжол', ru: 'Акжол', en: 'Akzhol' } }
  const { pages } = await sheet([
    { place, desk, cards: cards.slice(0, 1) },
    { place: other, desk, cards: cards.slice(1, 3) },
  ])
  expect(pages.map((page) => page.includes('Ақжол'))).toEqual([false, true])
})

test('one language is enough', async () => {
  const { pages } = await sheet([{ place, desk, cards: cards.slice(0, 1) }], [texts('en')])
  expect(words(pages[0] ?? '')).toContain(texts('en')('documents.card-secret'))
})

test('a very long name is made smaller or cut and pushes nothing onto another page', async () => {
  const long = 'Қарағайлы ауылының тұрғындары таңдайтын жобалар '.repeat(8)
  const named = { kk: long, ru: long, en: long }
  const { pages } = await sheet([
    { place: { name: named, within: [named] }, desk: { ...desk, place: named }, cards: cards.slice(0, 4) },
  ])
  expect(pages.length).toBe(1)
})

test('the longest names, a long vote and desk stand whole, in letters of eight points at least', async () => {
  const villages = [{ place: longPlace, desk: longDesk, cards: cards.slice(0, 4) }]
  const bot = 'dauys_abai_oblysy_2026_bot'
  const { pages, smallest } = readPdf(await cardSheetPdf({ t, title: longTitle, bot, dates, villages }))
  expect(smallest).toBeGreaterThanOrEqual(8)
  expect(pages).toHaveLength(1)
  expect(pages[0]).not.toContain('…')
  const page = words(pages[0] ?? '')
  for (const text of t) expect(page).toContain(words(text('documents.card-how', { bot })))
})

test('the card says Telegram, and from when until when one may vote, no date or phone broken over two lines', async () => {
  const villages = [{ place: longPlace, desk: longDesk, cards: cards.slice(0, 1) }]
  const { pages } = readPdf(await cardSheetPdf({ t, title: longTitle, bot: 'b', dates, villages }))
  const lines = (pages[0] ?? '').split('\n').map(words)
  expect(lines.filter((line) => line.includes('Telegram'))).toHaveLength(2)
  expect(lines.filter((line) => line.includes('+7 722 370 00 00'))).toHaveLength(2)
  expect(words(pages[0] ?? '')).toContain('Дауыс беру: 1 желтоқсан, 09:00 – 20 желтоқсан, 18:00')
  for (const date of ['20 желтоқсан, 18:00', '20 декабря, 18:00'])
    expect(lines.some((line) => line.includes(date))).toBe(true)
})

test('a cycle without dates sends people to the desk for them', async () => {
  const made = await cardSheetPdf({
    t,
    title,
    bot: 'b',
    dates: {},
    villages: [{ place, desk, cards: cards.slice(0, 1) }],
  })
  expect(words(readPdf(made).pages[0] ?? '')).toContain('Когда голосовать, скажут там, где помогут.')
})
