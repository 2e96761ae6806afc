// What an official prints for a village by commands: posters and leaflets before the vote, the protocol once the result is published.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPdf } from '../documents/read-pdf.ts'
import { castAll, closeAndCount, publish } from '../web/village.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type BotCycle, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { letClose } from '../support/cycle.ts'

let app: TestApp
let cycle: BotCycle
let desk: Clerk
beforeAll(async () => {
  app = await testApp('papers')
  cycle = await botCycle(app, {
    villages: [
      { name: MAKANSHY, projects: 10 },
      { name: ULYTAU, projects: 4 },
    ],
  })
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const says = async (line: string) => {
  const { lines, refused } = await desk.types(`--lang ru ${line}`)
  return refused ?? lines.join('\n')
}
const pages = async (file: string) =>
  readPdf(await readFile(file)).pages.map((page) => page.replaceAll('\n', ''))

test('posters and leaflets lead into the bot where no address is configured, a page for each village', async () => {
  expect(await says(`poster --cycle auyl --out ${desk.file('posters')}`)).toContain(
    'укажите его имя через --bot',
  )
  expect(await says(`poster --cycle auyl --bot dauys_bot --out ${desk.file('posters')}`)).toContain('записан')
  expect(await says(`leaflet --cycle auyl --bot @dauys_bot --out ${desk.file('posters')}`)).toContain(
    'записан',
  )
  for (const name of ['poster-auyl-a4', 'poster-auyl-a5', 'leaflet-auyl']) {
    const made = await pages(desk.file(`posters/${name}.pdf`))
    expect(made, name).toHaveLength(2)
    expect(made[0], name).toContain(`https://t.me/dauys_bot?start=v_${cycle.villages[0].territory}`)
    expect(made[0]).toContain('ТРЕНИРОВКА')
    expect(made[1]).toContain('Ұлытау')
  }
  expect(await says(`poster --cycle auyl --bot dauys_bot --out ${desk.file('posters')}`)).toContain(
    'уже есть',
  )
})

test('the protocol is refused before the publication, and written after it', async () => {
  const line = `protocol ${cycle.villages[0].territory} --cycle auyl --out ${desk.file('protocol.pdf')}`
  expect(await says(line)).toContain('Итоги ещё не опубликованы')
  await castAll(app, cycle)
  await letClose(app, cycle.id)
  await closeAndCount(app, cycle)
  expect(await says(line)).toContain('Итоги ещё не опубликованы')
  await publish(app, cycle)
  expect(await says(line)).toContain('записан')
  const made = await pages(desk.file('protocol.pdf'))
  const text = made.join(' ').replaceAll('\u00a0', ' ')
  for (const part of ['Дауыс бергендер: 30', 'Проголосовало: 30', 'через Telegram: 30', 'Секретарь'])
    expect(text, part).toContain(part)
})

test('the report has every figure of the database in three languages, and no small number of people', async () => {
  for (const [language, all] of [
    ['kk', 'Барлығы'],
    ['ru', 'Всего'],
    ['en', 'All'],
  ] as const) {
    const { refused } = await desk.types(
      `--lang ${language} report --cycle auyl --out ${desk.file('report')}`,
    )
    expect(refused).toBeUndefined()
    const csv = await readFile(desk.file(`report/report-auyl-${language}.csv`), 'utf8')
    const rows = csv
      .trim()
      .split('\r\n')
      .map((row) => row.split(';'))
    const figures = rows.filter(([, name]) => name === all).map((row) => row.at(-1))
    // On the list; opened the bot, verified, voted (nobody came by a link), then by which way (nobody in person or with a helper): what the second village has is told by no cell and no subtraction.
    expect([language, figures]).toEqual([language, ['57', '0', '33', '33', '33', '33', '0', '0', '']])
    const few = rows.filter(
      ([table, name]) => table === rows[1]?.[0] && /^"?(Ұлытау|Улытау|Ulytau),/.test(name ?? ''),
    )
    expect(few.map((row) => row.at(-1)).slice(0, 4)).toEqual(['15', '0', '', ''])
    expect(few.flatMap((row) => Number(row.at(-1))).filter((sum) => sum > 0 && sum < 10)).toEqual([])
    const [text] = await pages(desk.file(`report/report-auyl-${language}.pdf`))
    expect(text).toContain('₸.')
  }
  const [row] = await app.db.sql<{ sum: string }[]>`
    select sum(cost) as sum from project where cycle = ${cycle.id} and not withdrawn`
  const csv = await readFile(desk.file('report/report-auyl-en.csv'), 'utf8')
  const costs = csv.split('\r\n').flatMap((line) => /^Kinds of projects;.*;Cost;(\d+)$/.exec(line)?.[1] ?? [])
  expect(costs.reduce((sum, cost) => sum + Number(cost), 0)).toBe(Number(row?.sum))
})
