// What a village votes with on paper: the ballot carries no number, its stub does; register and count sheet in both languages.
import { expect, test } from 'vitest'
import { countSheetPdf, paperBallotsPdf, paperRegisterPdf } from '../../src/documents/paper-ballot.ts'
import { createI18n } from '../../src/i18n.ts'
import { readPdf } from './read-pdf.ts'
import { canListen, listen } from './struct.ts'
import { longTitle, place, title } from './village.ts'

const texts = createI18n()
const vote = { t: [texts('kk'), texts('ru')] as const, title, place, notes: () => [] }
const projects = [
  { number: 1, title, cost: 1_500_000 },
  { number: 2, title: longTitle, cost: 2_000_000 },
]
const ballots = (count: number) =>
  paperBallotsPdf({ ...vote, ballot: { kind: 'approval', min: 1, max: 3 }, currency: 'KZT', projects }, count)

test('each ballot begins a page, its number stands on the stub alone, and the rule is said in both languages', async () => {
  const { pages } = readPdf(await ballots(3))
  expect(pages.length).toBe(3)
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`Түбіртек №\u00a0${at + 1}`)
    expect(page.match(new RegExp(`№\u00a0${at + 1}`, 'g'))).toHaveLength(2)
    expect(page).toContain('Бумажный бюллетень')
    expect(page).toMatch(/Не пишите на\sбумаге ни имени, ни номера\./)
  }
})

test('the register has a line a row of the roll, the count sheet lines for piles and for why numbers do not fit', async () => {
  const register = readPdf(await paperRegisterPdf(vote, [3, 7, 12]))
  expect((register.pages[0] ?? '').split('\n').filter((line) => /^\d+$/.test(line))).toEqual(['3', '7', '12'])
  expect(register.pages.join()).toContain('Сотрудник, выдающий бюллетени')
  const sheet = readPdf(await countSheetPdf(vote)).pages.join('\n')
  expect(sheet).toContain('Қағаз жәшігін санау парағы')
  expect(sheet).toContain('Если это не так, напишите почему')
})

test.skipIf(!canListen())('whoever listens hears headings and tables, in both languages', async () => {
  const { facts, tags } = await listen(await ballots(1))
  expect(facts).toMatch(/Tagged:\s+yes/)
  expect(tags).toMatch(/Sect[\s\S]*H1[\s\S]*Span[\s\S]*Table[\s\S]*TH[\s\S]*TD/)
})
