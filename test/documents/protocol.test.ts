// The protocol of a village: every figure in Kazakh and in Russian, in an order that can be listened to, on pages that can be signed.
import { expect, test } from 'vitest'
import { protocolPdf } from '../../src/documents/protocol.ts'
import { resultPicture, type WholeOnPaper } from '../../src/documents/result-files.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { resultOnPaper } from './results.ts'
import { canListen, listen } from './struct.ts'

const texts = createI18n()
const languages = [texts('kk'), texts('ru')] as const
const refused = [
  { number: 3, category: 'roads', state: 'rejected' as const, reason: 'too-dear' },
  { number: 5, category: null, state: 'unfeasible' as const, reason: null },
]
const channels = [{ channel: 'online', people: 30 }]

test('what two officials changed after the vote stands under the count, old and new', async () => {
  const result = resultOnPaper(8, 30)
  const [project, other] = result.projects
  if (!project || !other) throw new Error('two projects')
  const changed = [
    { project, before: 'elected' as const, standing: 'dropped' as const, was: 12_345_678, now: 12_345_678 },
    {
      project: other,
      before: 'elected' as const,
      standing: 'elected' as const,
      was: 12_456_789,
      now: 9_876_543,
    },
  ]
  const read = async (results: typeof result) => {
    const { pages } = readPdf(await protocolPdf(languages, { results: [results], channels, refused }))
    return pages.join(' ').replaceAll('\u00a0', ' ').replaceAll('\n', ' ')
  }
  const text = await read({ ...result, changed })
  for (const part of ['Дауыстан кейін', 'өтті → тоқтады', 'прошёл → отпал', '12 456 789 ₸ 9 876 543 ₸'])
    expect(text, part).toContain(part)
  expect(await read(result)).not.toContain('Дауыстан кейін')
  const svg = resultPicture(texts('ru'), { ...result, shows: 'all', changed } as WholeOnPaper, 'Итоги')
  expect(svg.replaceAll('\u00a0', ' ')).toMatch(/После голосования: .*прошёл → отпал/s)
})

test('a vote under review says since when, in each language; another one says nothing of it', async () => {
  const result = resultOnPaper(2, 30)
  const read = async (one: typeof result) => {
    const { pages } = readPdf(await protocolPdf(languages, { results: [one], channels, refused }))
    return pages.join(' ').replaceAll('\u00a0', ' ').replaceAll('\n', ' ')
  }
  const text = await read({ ...result, underReview: '2026-03-06T04:00:00.000Z' })
  expect(text).toMatch(/Осы ауылдың дауыс беруі қаралуда, басталуы: 2026 ж\. 6 наурыз/)
  expect(text).toMatch(/Голосование этого села на рассмотрении, начало: 6 марта/)
  expect(await read(result)).not.toMatch(/қаралуда|рассмотрении/)
})

test('40 projects with sums of eight digits stand on it whole, each with why it won or not, and lines to sign', async () => {
  const result = resultOnPaper(40, 30)
  const { pages, fonts, smallest } = readPdf(
    await protocolPdf(languages, { results: [result], channels, refused }),
  )
  const text = pages.join('\n').replaceAll('\u00a0', ' ').replaceAll('\n', ' ')
  for (const part of [
    'Дауыс беру қорытындысының хаттамасы',
    'Протокол об итогах голосования',
    'Имеют право голоса по списку: 60',
    'Дауыс бергендер: 30',
    'через Telegram: 30',
    '12 345 678 ₸',
    '16 679 007 ₸',
    'Қабылданбаған идеялар',
    'Председатель комиссии',
  ])
    expect(text, part).toContain(part)
  for (let number = 1; number <= 40; number++)
    expect(text, `№ ${number}`).toMatch(new RegExp(`№ ${number} (прошёл|не прошёл)`))
  expect(text).not.toContain('…')
  expect(smallest).toBeGreaterThanOrEqual(8)
  expect(fonts.every(({ embedded }) => embedded)).toBe(true)
})

test('a village of three voters has its winners and its money, and no votes', async () => {
  const result = resultOnPaper(4, 3)
  const { pages } = readPdf(await protocolPdf(languages, { results: [result], channels: [], refused: [] }))
  const text = pages.join('\n')
  expect(pages).toHaveLength(2)
  expect(text).toContain('Голосов меньше 10')
  expect(text).not.toMatch(/\bДауыс\n/)
  expect(text).not.toContain('Telegram')
})

test.skipIf(!canListen())(
  'whoever listens hears every figure in its order, in the language it is written in',
  async () => {
    const result = resultOnPaper(40, 30)
    const { facts, tags, text } = await listen(
      await protocolPdf(languages, { results: [result], channels, refused }),
    )
    expect(facts).toMatch(
      /Title:\s+Дауыс беру қорытындысының хаттамасы · Протокол об итогах голосования: Қарағайлы/,
    )
    expect(facts).toMatch(/Tagged:\s+yes/)
    expect(tags).toMatch(/Sect[\s\S]*H1[\s\S]*Table[\s\S]*TH[\s\S]*TD/)
    const heard = text.replaceAll('\u00a0', ' ')
    const [kk = '', ru = ''] = heard.split('Протокол об итогах голосования')
    for (const part of [kk, ru]) {
      const sums = [...part.matchAll(/ (\d\d \d{3} \d{3}) ₸ \d+ №/g)].map(([, sum]) =>
        sum?.replaceAll(' ', ''),
      )
      const rows = [...result.projects]
        .sort((a, b) => orderOf(result.count.winners, a.id) - orderOf(result.count.winners, b.id))
        .map(({ cost }) => String(cost))
      expect(sums).toEqual(rows)
    }
  },
)

const orderOf = (winners: readonly string[], id: string): number => {
  const at = winners.indexOf(id)
  return at < 0 ? winners.length : at
}
