// A cycle file with two budgets and its list of projects: what is wrong is told by line and column, what cannot win is said.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'

let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('cycle pots')
  await withClassifier(app)
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

async function file(name: string, text: string): Promise<string> {
  await writeFile(desk.file(name), text)
  return desk.file(name)
}

test('a list that names a budget or a mark that is none is told line and column; a budget too small for anything is said', async () => {
  const json = JSON.parse((await desk.types('cycle template')).lines.join('\n')) as Record<string, unknown>
  json.pots = [
    { pot: 'roads', name: { kk: 'Жолдар', ru: 'Дороги' } },
    { pot: 'people', name: { kk: 'Адамдар', ru: 'Люди' } },
  ]
  json.places = [
    {
      place: 'Баршатас',
      pots: [
        { pot: 'roads', budget: 6_000_000 },
        { pot: 'people', budget: 5 },
      ],
    },
  ]
  const made = await file('pots.json', JSON.stringify(json, null, 2))
  const head = 'Село;Название kk;Название ru;Стоимость;Бюджет;ЦУР'
  const types = async (...lines: string[]) =>
    desk.types(
      `--lang ru cycle create ${made} --projects ${await file('pots.csv', [head, ...lines].join('\n'))}`,
    )
  const wrong = await types(
    'Баршатас;Көпір;Мост;1000;Дороги;климат, 13',
    'Баршатас;Жол;Дорога;1000;Мосты;7',
    'Баршатас;Үйірме;Кружок;1000;Люди;добро',
    'Баршатас;Алаң;Площадка;1000;;18',
  )
  const told = wrong.refused?.split('\n').flatMap((line) => /строка .*/.exec(line) ?? [])
  expect(told).toEqual([
    'строка 3: столбец «бюджет»: бюджета «Мосты» у этого села нет. Есть: Дороги, Люди',
    expect.stringMatching(/^строка 4: столбец «метки»: метки «добро» нет\. Есть: .*ЦУР 1–17$/),
    'строка 5: столбец «бюджет»: бюджета «» у этого села нет. Есть: Дороги, Люди',
    expect.stringMatching(/^строка 5: столбец «метки»: метки «18» нет/),
  ])
  const { lines } = await types('Баршатас;Көпір;Мост;1000;Дороги;13', 'Баршатас;Үйірме;Кружок;1000;Люди;')
  expect(lines.filter((line) => line.includes('пройти не может ни один')).map((line) => line.trim())).toEqual(
    ['Денег бюджета «Люди» не хватает ни на один его проект: пройти не может ни один.'],
  )
})
