// A village with two budgets: drawn up in the chat, voted on with one Send, counted each by itself, published pot by pot.
import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyWith } from '../../src/cli/bundle.ts'
import type { Localised } from '../../src/core/localised.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { readDraft } from '../../src/use-cases/draft-cycle.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findCycle, listVillages } from '../../src/use-cases/list-cycles.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'
import { protocolPdf } from '../../src/documents/protocol.ts'
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { readProtocol } from '../../src/use-cases/read-protocol.ts'
import { readReport } from '../../src/use-cases/read-report.ts'
import { openPages } from '../../src/web/pages.ts'
import { readPdf } from '../documents/read-pdf.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { must, vote, voters } from '../support/cycle.ts'
import { sayNotRun } from '../support/notes.ts'
import type { Person } from '../support/person.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))

const ROADS: Localised = { kk: 'Жолдар', ru: 'Дороги' }
const PEOPLE: Localised = { kk: 'Адамдар', ru: 'Люди' }
const POTS = [
  { pot: 'people', name: PEOPLE, budget: 3_000_000 },
  { pot: 'roads', name: ROADS, budget: 9_000_000, ballot: { kind: 'approval' as const, min: 1, max: 1 } },
]
const COSTS = [2_000_000, 2_500_000, 6_000_000, 8_000_000]

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({
    seed: 'pots',
    loops: true,
    cycle: {
      villages: [
        {
          name: MAKANSHY,
          projects: 4,
          cards: 14,
          pots: POTS,
          // The first two are for people, the others are roads.
          edit: (_, number) => ({ pot: number < 3 ? 'people' : 'roads', cost: COSTS[number - 1] ?? 1 }),
        },
      ],
    },
  })
})
afterAll(() => bot.stop())

const number = (n: number) => new RegExp(`^(▫️|✅) №\\s${n}\\. `)

async function voter(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  await person.taps(language === 'ru' ? 'Голосовать' : 'Дауыс беру')
  await person.says(bot.envelope().code)
  return person
}

test('the list and a card say which budget a project is for', async () => {
  const person = await bot.resident('ru')
  await person.taps('Проекты')
  const { text } = await person.sees('Проекты: Маканчи')
  expect(text).toContain('Бюджет «Люди»: 3\u00a0000\u00a0000\u00a0₸')
  expect(text).toContain('Бюджет «Дороги»: 9\u00a0000\u00a0000\u00a0₸')
  expect(text.match(/· Дороги/g)).toHaveLength(2)
  await person.taps('Фильтр')
  await person.taps('Метка: Доступность для всех')
  expect((await person.sees('Метка: Доступность для всех')).text.match(/№\s\d/g)).toEqual(['№\u00a02'])
  await person.taps('Фильтр')
  await person.taps('Бюджет: Дороги')
  const narrowed = await person.sees(/^Бюджет: Дороги$/m)
  expect(narrowed.text.match(/№\s\d/g)?.toSorted()).toEqual(['№\u00a03', '№\u00a04'])
  await person.taps(/^№\s3\. /)
  await person.sees('Бюджет «Дороги»: 9\u00a0000\u00a0000\u00a0₸')
  await person.sees(/67\s%/)
})

test('one Send sends what was marked in each budget, in Russian and in Kazakh; a budget may be left blank', async () => {
  const tatyana = await voter('ru')
  await tatyana.sees('Здесь бюджетов: 2')
  await tatyana.sees('Люди: 3\u00a0000\u00a0000\u00a0₸')
  await tatyana.taps('Проверить')
  expect(tatyana.alert()).toContain('Отметьте')
  await tatyana.taps(number(1))
  await tatyana.taps(number(2))
  await tatyana.sees('Отмечено: 2 из 2')
  expect(tatyana.hasButton(number(3))).toBe(false)
  await tatyana.taps('Бюджет: Дороги')
  await tatyana.sees('Люди. Отмечено: 2 из 2')
  await tatyana.taps(number(3))
  await tatyana.taps(number(4))
  expect(tatyana.alert()).toBe('Можно выбрать не больше 1 проекта. Сначала снимите отметку.')
  await tatyana.taps('Проверить')
  const { text } = await tatyana.sees('Вы выбрали:')
  expect(text).toMatch(
    /Люди: 3\u00a0000\u00a0000\u00a0₸\n№\s1[^\n]*\n№\s2[^\n]*\n\nДороги: 9\u00a0000\u00a0000\u00a0₸\n№\s3/,
  )
  await tatyana.taps('Отправить')
  await tatyana.sees('Ваш голос принят')

  const aigul = await voter('kk')
  await aigul.taps('Бюджет: Жолдар')
  // A number that was written is marked where its budget stands.
  await aigul.says('1')
  await aigul.sees('Адамдар: 3\u00a0000\u00a0000\u00a0₸')
  await aigul.taps('Тексеру')
  await aigul.sees('Мұнда ештеңе белгіленген жоқ.')
  await aigul.taps('Жіберу')
  await aigul.sees('Дауысыңыз қабылданды')
})

/** Papers of this village in people's hands; typed in by two clerks after the close, who read the sums of each budget first. */
async function papersHandedOut(count: number) {
  const [village] = bot.cycle.villages
  const where = { cycle: bot.cycle.id, territory: village.territory }
  const clerks = [await bot.resident('ru'), await bot.resident('kk')]
  for (const { id: account } of clerks)
    must(await grantRole(bot.app, { account, role: 'official', territory: where.territory }, 'command'))
  const [first, second] = clerks as [Person, Person]
  for (let n = 0; n < count; n++) must(await markPaper(bot.app, where, bot.envelope().registerNo, first.id))
  return {
    async typed(text: string) {
      await first.says('/paper')
      await first.taps(/^Маканчи/)
      await first.taps('Внести ящик')
      await first.says('0')
      await first.says('3 4')
      await first.sees('Строка 1')
      await first.says(text)
      const read = await first.sees('Ещё не внесено')
      expect(read.text).toMatch(/Бюджет «Люди»:\n[^\n]*1[^\n]*\n\nБюджет «Дороги»:\n[^\n]*3[^\n]*\n[^\n]*4/)
      await first.taps('Внести')
      await first.sees('Теперь то же должен внести другой человек.')
      const other = text.split('\n').toReversed().join('\n')
      must(await enterPapers(bot.app, where, { text: other, returned: 0 }, second.id))
    },
  }
}

test('each budget is counted by itself; the result, the files and the page of each say which it is', async () => {
  const [village] = bot.cycle.villages
  const [p1 = '', p2 = '', r3 = '', r4 = ''] = village.projects.map(({ id }) => id)
  for (const [at, one] of (await voters(bot.app, bot.cycle.id, village.territory, 9)).entries())
    must(await vote(bot.app, bot.cycle.id, one, at < 7 ? [p2, r4] : [p1, r3]))
  const papers = await papersHandedOut(2)
  await bot.close()
  await papers.typed('1 3\n4')
  await bot.publish()
  const at = [bot.cycle.id, village.territory] as const
  const people = must(await readResult(bot.app, ...at, 'people'))
  const roads = must(await readResult(bot.app, ...at, 'roads'))
  expect([people.ballots, roads.ballots]).toEqual([13, 13])
  expect(people).toMatchObject({ count: { winners: [p2], left: 500_000 } })
  expect(roads).toMatchObject({ count: { winners: [r4], left: 1_000_000 } })
  const votes = (at: typeof people) => at.shows === 'all' && at.count.votes.map((one) => one.votes)
  expect(votes(people)).toEqual([5, 8])
  expect(votes(roads)).toEqual([4, 8])

  await numberLeaves(bot.app)
  const { bytes } = must(await makeBundle(bot.app, bot.cycle.slug))
  const { holds, checks } = await verifyWith(bytes, {})
  expect(Object.values(checks).flat()).toEqual([])
  expect(holds).toBe(true)
  const python = await findPython()
  if (python) {
    const file = join(await mkdtemp(join(tmpdir(), 'dauys-pots-')), 'pots.zip')
    await writeFile(file, bytes)
    expect((await promisify(execFile)(python, [SCRIPT, file])).stdout).toContain('good')
  } else sayNotRun('the second verifier on two pots', 'no python3 with nacl here')

  const reader = await bot.resident('ru')
  await reader.taps('Итоги')
  await reader.sees('· Люди')
  await reader.taps('Бюджет: Дороги')
  const { text } = await reader.sees('· Дороги')
  expect(text).toContain('Бюджет: 9\u00a0000\u00a0000\u00a0₸. Осталось: 1\u00a0000\u00a0000\u00a0₸')
  expect(text).not.toMatch(/№\s2\b/)
})

test('report, files and page of a village with two budgets tell them apart', async () => {
  const [{ territory }] = bot.cycle.villages
  const report = must(await readReport(bot.app, bot.cycle.id, 'command'))
  expect(report.villages[0]?.pots).toMatchObject([
    { pot: 'people', budget: 3_000_000, projects: 2, result: { winners: 1, spent: 2_500_000 } },
    { pot: 'roads', budget: 9_000_000, projects: 2, result: { winners: 1, spent: 8_000_000 } },
  ])
  expect(report.marks.length).toBeGreaterThan(0)
  const textsOf = createI18n()
  const copies = mediaFolder(await mkdtemp(join(tmpdir(), 'dauys-pots-')))
  const serve = openPages({
    app: bot.app,
    textsOf,
    bot: 'dauys_bot',
    publicUrl: 'https://dauys.example',
    copies,
  })
  const read = async (name: string) => {
    const path = `${bot.cycle.slug}/${territory}${name}`
    return String(
      (await serve({ method: 'GET', path, query: new URLSearchParams(), acceptLanguage: 'ru' })).body,
    )
  }
  for (const [pot, name, numbers] of [
    ['people', 'Люди', [1, 2]],
    ['roads', 'Дороги', [3, 4]],
  ] as const) {
    const rows = (await read(`/${pot}-ru.csv`)).split('\r\n').slice(1).filter(Boolean)
    expect(rows.map((row) => Number.parseInt(row, 10))).toEqual(numbers)
    for (const row of rows) expect(row).toContain(name)
    const json = JSON.parse(await read(`/${pot}.json`)) as { pot: string; projects: { number: number }[] }
    expect([json.pot, json.projects.map((one) => one.number)]).toEqual([pot, numbers])
    const file = readPabulib(await read(`/${pot}-ru.pb`))
    if (!file.ok) throw new Error(JSON.stringify(file.problem))
    expect(file.value.projects).toHaveLength(2)
    // A section that was left blank is no line of that file.
    expect(file.value.votes).toHaveLength(12)
  }
  const page = (await read('')).replaceAll('\u00a0', ' ')
  for (const said of ['Люди', 'Дороги', '3 000 000 ₸', '9 000 000 ₸']) expect(page).toContain(said)
  const protocol = must(await readProtocol(bot.app, bot.cycle.id, territory))
  const { pages } = readPdf(await protocolPdf([textsOf('kk'), textsOf('ru')], protocol))
  for (const said of ['Люди', 'Дороги', 'Жолдар', 'Адамдар']) expect(pages.join(' ')).toContain(said)
})

test('an official draws up two budgets in the chat; money is asked for each', async () => {
  const marat = await bot.resident('ru')
  must(await grantRole(bot.app, { account: marat.id, role: 'official' }, 'command'))
  await marat.says('/newcycle')
  await marat.taps('Название')
  await marat.says('Мақаншы: екі бюджет\nМаканчи: два бюджета')
  await marat.taps('Вид')
  await marat.taps('Консультативное')
  await marat.taps('Сёла и деньги')
  await marat.says('Маканчи; 6\u00a0000\u00a0000')
  await marat.taps('Несколько бюджетов')
  await marat.says('Жолдар / Дороги')
  await marat.sees('Нужно от двух до 6 бюджетов')
  await marat.says('Жолдар / Дороги; 2\nАдамдар / Люди')
  await marat.sees('Заполните или исправьте: деньги; начало голосования; окончание голосования')
  await marat.taps('Сёла и деньги')
  await marat.says('Маканчи; 6\u00a0000\u00a0000')
  await marat.sees('напишите через точку с запятой сумму в тенге для каждого бюджета: Дороги; Люди')
  await marat.says('Маканчи; 6\u00a0000\u00a0000; 2\u00a0000\u00a0000')
  const { text } = await marat.sees('Бюджеты: Дороги')
  expect(text).toContain('Дороги 6\u00a0000\u00a0000\u00a0₸, Люди 2\u00a0000\u00a0000\u00a0₸')
  const year = new Date().getUTCFullYear() + 1
  await marat.taps('Даты')
  await marat.taps('Начало голосования')
  await marat.says(`5.03.${year} 09:00`)
  await marat.taps('Конец голосования')
  await marat.says(`15.03.${year} 09:00`)
  await marat.taps('Назад')
  await marat.taps('Проверить')
  await marat.sees('Люди: 2\u00a0000\u00a0000\u00a0₸')
  await marat.taps('Создать')
  const made = await findCycle(bot.app, 'makanchi-dva-byudzheta')
  const [place] = await listVillages(bot.app, made?.id ?? 0)
  expect(place?.pots).toEqual([
    {
      pot: 'dorogi',
      name: ROADS,
      budget: 6_000_000,
      ballot: { kind: 'approval', min: 1, max: 2 },
    },
    { pot: 'lyudi', name: PEOPLE, budget: 2_000_000 },
  ])
  expect(await readDraft(bot.app, marat.id)).toBeUndefined()
})
