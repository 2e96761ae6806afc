// While people vote, a village's page says where its cards are: nobody needs to be asked, and no few people are told apart.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createI18n } from '../../src/i18n.ts'
import { takeBackCards } from '../../src/use-cases/take-back-cards.ts'
import { openPages } from '../../src/web/pages.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { must, openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'

let app: TestApp
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('cards-page')
  cycle = await smallCycle(app, 'cards-page', [[1_000_000], [1_000_000]], { trial: true })
  await openVoting(app, cycle.id)
})
afterAll(() => app.done())

const read = async (lang = 'en'): Promise<string> => {
  const serve = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder('.') })
  const path = `cards-page/${cycle.villages[0]}`
  const page = await serve({ method: 'GET', path, query: new URLSearchParams(), acceptLanguage: lang })
  return String(page.body)
}

test('a village without cards has no such part; one with cards says how many are where', async () => {
  expect(await read()).not.toContain('Cards of this village')
  const village = cycle.villages[0] as number
  await cards(app, cycle.id, village, 40)
  const printed = await cards(app, cycle.id, village, 30, 'printed')
  const page = await read()
  for (const line of ['Printed in all: 70', 'Handed over: 40', 'Not handed over: 30'])
    expect(page, line).toContain(line)
  expect(page).not.toContain('Returned')
  expect(await read('kk')).toContain('Берілгені: 40')
  const three = printed.slice(0, 3).map(({ serial }) => serial)
  must(await takeBackCards(app, cycle.id, village, three.join(','), { to: 'returned', by: 'command' }))
  const few = await read('ru')
  // Three came back: neither they nor what a subtraction would tell them by.
  expect(few).toContain('Всего напечатано: 70')
  expect(few).toMatch(/Возвращено: [^\d<]+</)
  expect(few).toMatch(/Не выдано: [^\d<]+</)
  expect(few).toContain('Выдано: 40')
})
