// The draft of a meeting's minutes: a page in each language, in letters that can be read, in an order that can be listened to.
import { expect, test } from 'vitest'
import { LONGEST_NEED, NEEDS } from '../../src/core/needs.ts'
import { minutesPdf } from '../../src/documents/minutes.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { canListen, listen } from './struct.ts'
import { longPlace, longTitle, place, title } from './village.ts'

const texts = createI18n()
const t = [texts('kk'), texts('ru')] as const
const counted = { hands: [30, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 111], present: 140, women: 61 }
const at = '2026-03-05T13:00:00.000Z'

test('names the village, time and place, each need with its hands, and two people to sign', async () => {
  const clubs = { kk: 'Ауылдық клуб', ru: 'Сельский клуб' }
  const { pages, fonts } = readPdf(
    await minutesPdf({ t, title, village: place, place: clubs, at, needs: NEEDS, counted }),
  )
  expect(pages).toHaveLength(2)
  const page = pages.join('\n')
  for (const part of [
    'Ауыл жиналысының хаттамасы (жоба)',
    'Протокол схода жителей (проект)',
    'Сельский клуб',
    'Ауылдық клуб',
    'Қатысқаны: 140, оның ішінде әйелдер: 61',
    'Присутствовали: 140, из них женщин: 61',
    '12. Автобус',
    'Председатель схода',
    'Секретарь',
  ])
    expect(page).toContain(part)
  for (const own of pages)
    expect(own.split('\n').filter((line) => /^\d+$/.test(line))).toEqual(counted.hands.map(String))
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)
})

test('stands on one page a language with the longest names, in letters of eight points at least, nothing cut', async () => {
  const long = (words: string) => words.repeat(9).slice(0, LONGEST_NEED)
  const need = { kk: long('Мектепке баратын жол '), ru: long('Дорога к школе и мост ') }
  const needs = Array.from({ length: 12 }, () => need)
  const { pages, smallest } = readPdf(
    await minutesPdf({ t, title: longTitle, village: longPlace, place: longTitle, at, needs, counted }),
  )
  expect(pages).toHaveLength(2)
  expect(smallest).toBeGreaterThanOrEqual(8)
  expect(pages.join()).not.toContain('…')
})

test.skipIf(!canListen())(
  'whoever listens hears each need with its hands, in one language after the other',
  async () => {
    const { facts, tags, text } = await listen(
      await minutesPdf({ t, title, village: place, place: title, at, needs: NEEDS, counted }),
    )
    expect(facts).toMatch(/Tagged:\s+yes/)
    expect(tags).toMatch(/Sect[\s\S]*H1[\s\S]*Table[\s\S]*TH[\s\S]*TD[\s\S]*Sect/)
    const [kk = '', ru = ''] = text
      .replaceAll('\u00a0', ' ')
      .split('Протокол схода жителей (проект)')
      .slice(-2)
    for (const [part, locale] of [
      [kk, 'kk'],
      [ru, 'ru'],
    ] as const) {
      const rows = NEEDS.map((need, n) => `${n + 1}. ${texts(locale).of(need)} ${counted.hands[n]}`).join(' ')
      expect(part).toContain(rows)
    }
    expect(ru).toContain('Присутствовали: 140, из них женщин: 61')
  },
)
