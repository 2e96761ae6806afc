// Posters and leaflets: two languages, the code of the village's page, nothing cut, and everything in an order that can be listened to.
import { expect, test } from 'vitest'
import { leafletPdf, type Poster, posterPdf } from '../../src/documents/poster.ts'
import { createI18n } from '../../src/i18n.ts'
import { howSentences } from '../../src/words/how.ts'
import { readPdf } from './read-pdf.ts'
import { canListen, listen } from './struct.ts'
import { desk, longDesk, longPlace, longTitle, place, title } from './village.ts'

const texts = createI18n()
const LINK = 'https://dauys.example/open/auyl-2026/12'
const KEY = 'dauys.example/auyl-2026+c74f20a3+AUpo3cGUyFDzMBOUQ6TpTUrBH8Iyvg3O+8EeqFqYQoLv'
const rule = { rule: 'greedy', skip: true, minVotes: 1, ties: ['lots'] } as const
const facts = {
  profile: 'advisory',
  timeline: { ideas: '2026-01-01T00:00:00Z' },
  ruleTerms: { ...rule, ties: ['lots'] },
  ballotTerms: { kind: 'approval', min: 1, max: 3 },
} as Parameters<typeof howSentences>[1]
const POTS = [
  {
    pot: 'people',
    name: { kk: 'Мүмкіндігі шектеулі адамдар', ru: 'Люди с инвалидностью' },
    budget: 10_000_000,
  },
  { pot: 'roads', name: { kk: 'Жолдар', ru: 'Дороги' }, budget: 88_765_432 },
]
const poster = (long: boolean): Poster => ({
  t: [texts('kk'), texts('ru')],
  title: long ? longTitle : title,
  currency: 'KZT',
  dates: { voting: '2026-03-01T04:00:00.000Z', counting: '2026-03-05T13:00:00.000Z' },
  how: (t) => howSentences(t, facts),
  notes: (t) => (long ? [t('common.practice')] : []),
  key: KEY,
  villages: [
    {
      place: long ? longPlace : place,
      desk: long ? longDesk : desk,
      budget: 98_765_432,
      pots: long ? POTS : [],
      link: LINK,
    },
    { place, desk, budget: 1_000_000, pots: [], link: LINK },
  ],
})

const kinds = [
  ['A4', (made: Poster) => posterPdf(made, 'A4')],
  ['A5', (made: Poster) => posterPdf(made, 'A5')],
  ['leaflet', leafletPdf],
] as const

test.each(kinds)(
  '%s: a page for each village says it in Kazakh and Russian, and cuts nothing',
  async (kind, made) => {
    for (const long of [false, true]) {
      const { pages, smallest, fonts } = readPdf(await made(poster(long)))
      expect(pages).toHaveLength(2)
      const text = (pages[0] ?? '').replaceAll('\u00a0', ' ')
      for (const part of [
        long ? '88 765 432 ₸' : '98 765 432 ₸',
        'Наведите камеру',
        'камерасын',
        long ? 'Мұхамедханов' : 'Қарағайлы',
        ...(long
          ? ['Жолдар: 88 765 432 ₸', 'Дороги: 88 765 432 ₸', 'Люди с инвалидностью: 10 000 000 ₸']
          : []),
      ])
        expect(text.replaceAll('\n', ' '), part).toContain(part)
      expect(text.replaceAll('\n', '')).toContain(LINK)
      if (kind === 'A4') expect(text.replaceAll('\n', ' ')).toContain('6. Это голосование – совет')
      expect(text).not.toContain('…')
      expect(smallest).toBeGreaterThanOrEqual(8)
      expect(fonts.every(({ embedded }) => embedded)).toBe(true)
      if (kind !== 'leaflet') expect(text.replaceAll('\n', '')).toContain(KEY)
    }
  },
)

test.skipIf(!canListen()).each(kinds)(
  '%s: whoever listens hears what it says and where the code leads',
  async (_, made) => {
    const { facts: told, tags, text } = await listen(await made(poster(false)))
    expect(told).toMatch(/Tagged:\s+yes/)
    expect(tags).toMatch(/H1[\s\S]*H2[\s\S]*Figure/)
    const heard = text.replaceAll('\u00a0', ' ')
    expect(heard.indexOf('Һәм бұл')).toBeLessThan(heard.indexOf('Қарағайлы'))
    expect(heard).toContain('98 765 432 ₸')
  },
)
