// The report on paper: only the tables that have a source, every figure in its order, small numbers left out.
import { expect, test } from 'vitest'
import { type ReportOnPaper, reportCsv, reportPdf } from '../../src/documents/report.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { canListen, listen } from './struct.ts'
import { longPlace, longTitle, place } from './village.ts'

const texts = createI18n()
const village = (at: number): ReportOnPaper['villages'][number] => ({
  ...(at % 2 ? longPlace : place),
  budget: 98_765_432 + at,
  projects: 40,
  ideas: { sent: 30 + at, taken: 20, refused: 9, merged: 1 },
  roll: 1500 + at,
  people: {
    started: 300,
    byLink: 120,
    byPoster: null,
    verified: 200,
    inPerson: 15,
    opened: 180,
    voted: null,
    online: 140,
    assisted: null,
    paper: 0,
  },
  ...(at === 0 && {
    pots: [
      {
        pot: 'roads',
        name: { kk: 'Жолдар', ru: 'Дороги' },
        budget: 90_000_000,
        projects: 30,
        result: { winners: 2, spent: 80_000_000 },
      },
      { pot: 'general', budget: 8_765_432, projects: 10, result: { winners: 1, spent: 7_654_321 } },
    ],
  }),
  ...(at === 0 && { needs: { verified: 40, unverified: null, present: 60 } }),
  result: { winners: 3, spent: 87_654_321 },
})
type Step = ReportOnPaper['milestones'][number]
const step = (name: Step['name'], planned: string, more: Partial<Step>): Step => ({
  village: place.name,
  project: 4,
  title: longTitle,
  name,
  planned,
  actual: null,
  percent: 0,
  cost: null,
  late: false,
  ...more,
})
const report = (villages: number): ReportOnPaper => ({
  cycle: { slug: 'auyl', title: longTitle, trial: false, currency: 'KZT' },
  at: '2026-03-06T04:00:00.000Z',
  villages: Array.from({ length: villages }, (_, at) => village(at)),
  people: { started: 12_000, verified: 8000 },
  stops: { noVillage: 40, unverified: 4000, unopened: null, unsent: 12 },
  kinds: [{ category: 'green_energy', projects: 12, cost: 98_765_432, winners: 2, spent: 24_691_358 }],
  marks: [
    { mark: 'climate', projects: 3, cost: 30_000, winners: 1, spent: 10_000 },
    { sdg: 13, projects: 2, cost: 20_000, winners: 1, spent: 10_000 },
  ],
  trainings: [
    { on: '2026-02-11', people: 30, women: 18 },
    { on: '2026-02-12', people: 7 },
  ],
  milestones: [
    step({ kk: 'Іргетас', ru: 'Фундамент', en: 'Foundation' }, '2027-05-30', {
      actual: '2027-06-02',
      percent: 100,
      cost: 12_345_678,
    }),
    step({ kk: 'Шатыр', ru: 'Крыша', en: 'Roof' }, '2027-07-30', { percent: 40, late: true }),
  ],
  announcements: [{ at: '2026-03-05T13:00:00.000Z', who: 'not-voted', sent: 1234, pressed: null }],
})

test('of many villages every table goes on over pages, nothing is cut, and what has no source is absent', async () => {
  for (const locale of ['kk', 'ru', 'en']) {
    const t = texts(locale)
    const { pages, smallest } = readPdf(await reportPdf(t, report(30)))
    const text = pages.join('\n').replaceAll('\u00a0', ' ')
    expect(pages.length, locale).toBeGreaterThan(3)
    for (const part of [
      '98 765 432',
      '87 654 321',
      '12 000',
      '30.05.2027',
      '12 345 678',
      t('documents.report-kinds'),
    ])
      expect(text, `${locale} ${part}`).toContain(part)
    expect(text).not.toContain(t('documents.report-works'))
    expect(text).not.toContain('…')
    expect(smallest).toBeGreaterThanOrEqual(8)
  }
})

test('no word of a head is broken, and sums have a sign and no code', async () => {
  for (const locale of ['kk', 'ru', 'en']) {
    const t = texts(locale)
    const { pages } = readPdf(await reportPdf(t, report(1)))
    const words = new Set(pages.join(' ').split(/\s+/))
    for (const [, , head = ''] of reportCsv(t, report(1))
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';')))
      for (const word of head.match(/[^\s"]+/gu) ?? [])
        expect([...words], `${locale} ${head}`).toContain(word)
    expect(pages.join(' '), locale).toContain('₸.')
    expect(pages.join(' '), locale).not.toContain('KZT')
  }
})

test('the table has a figure a row, empty where it is too small to be told', () => {
  const rows = reportCsv(texts('en'), report(2)).split('\r\n')
  expect(rows).toContain('People;All;Voted;')
  expect(rows).toContain('People;All;Opened the bot;12000')
  expect(rows).toContain('Where people stopped;Chose a village but were not verified;People;4000')
  expect(rows).toContain('Where people stopped;Verified but opened no ballot;People;')
  expect(
    rows.filter((row) => row.startsWith('How people voted;All')).map((row) => row.split(';')[2]),
  ).toEqual(['By Telegram', 'With a helper', 'On paper', 'Verified in person'])
  expect(rows.filter((row) => row.startsWith('Came by links')).at(0)).toMatch(/;By a link;120$/)
  expect(rows.filter((row) => /^Money;.* · Жолдар";/.test(row)).map((row) => row.split(';').at(-1))).toEqual([
    '90000000',
    '30',
    '2',
    '80000000',
  ])
  expect(rows.filter((row) => /;SDG.13;/.test(row)).map((row) => row.split(';').at(-1))).toEqual([
    '2',
    '20000',
    '1',
    '10000',
  ])
  expect(rows.find((row) => row.includes('Received'))).toMatch(/^Announcements;.*18:00: .*;Received;1234$/)
  expect(rows.filter((row) => row.startsWith('What the village needs'))).toHaveLength(3)
  const steps = rows.filter((row) => row.startsWith('Milestones of the works'))
  expect(steps.map((row) => row.split(';').slice(-2).join(': '))).toEqual([
    'Planned: 30.05.2027',
    'Done on: 02.06.2027',
    'Percent done: 100',
    'Cost: 12345678',
    'Planned: 30.07.2027',
    'Done on: Late',
    'Percent done: 40',
    'Cost: ',
  ])
})

test.skipIf(!canListen())(
  'whoever listens hears the figures of a village in the order of the heads',
  async () => {
    const { facts, text } = await listen(await reportPdf(texts('ru'), report(1)))
    expect(facts).toMatch(/Tagged:\s+yes/)
    const heard = text.replaceAll('\u00a0', ' ')
    expect(heard).toMatch(
      /В списке Открыли бота Подтверждены Открыли бюллетень Проголосовали .* 1 500 300 200 180 мало/,
    )
    expect(heard).toMatch(/Через Telegram С помощником На бумаге Подтверждены лично .* 140 мало 0 15/)
    expect(heard).toMatch(/не открыли бюллетень мало Открыли бюллетень, но не отправили его 12/)
    expect(heard).toMatch(/По ссылке По плакату своего села .* 120 мало/)
    expect(heard).toMatch(/Получили Нажали кнопку 5 марта.* 1 234 мало/)
  },
)
