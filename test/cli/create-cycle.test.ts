// A cycle of one's own: from the template to an open vote by commands alone, and everything that is wrong with a file at once.
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCycles } from '../../src/use-cases/list-cycles.ts'
import { listProjects } from '../../src/use-cases/list-projects.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'

let app: TestApp
let desk: Clerk
let template: string
beforeAll(async () => {
  app = await testApp('cycle file')
  await withClassifier(app)
  desk = await clerk(app)
  template = (await desk.types('cycle template')).lines.join('\n')
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

async function file(name: string, text: string): Promise<string> {
  await writeFile(desk.file(name), text)
  return desk.file(name)
}

/** The template with values put into it: `places[0].budget` by its path. */
async function changed(name: string, changes: (file: Record<string, unknown>) => void): Promise<string> {
  const json = JSON.parse(template) as Record<string, unknown>
  changes(json)
  return file(name, JSON.stringify(json, null, 2))
}

const PROJECTS = [
  'Жобалар тізімі;;;;',
  'Ауыл;Атауы қазақша;Название на русском;Санат;Құны, теңге',
  'Баршатас;Мектеп көшесін жарықтандыру;Освещение улицы у школы;Көше жарығы;5 200 000',
  '103651100;Балалар алаңы;Детская площадка;playground;4800000,00 ₸',
  'Итого;;;;10 000 000',
].join('\r\n')

test('the needs that residents are asked about are read back, the usual ones or one’s own; a thirteenth is refused with its line', async () => {
  const asks = (needs?: object[]) =>
    changed('needs.json', (json) => {
      json.slug = 'needs'
      json.dates = { consultation: '2098-01-01 09:00', ...(json.dates as object) }
      const dates = json.dates as Record<string, string>
      for (const name of ['voting', 'close', 'results']) dates[name] = `2099-${(dates[name] ?? '').slice(5)}`
      if (needs) json.needs = needs
    })
  const usual = await desk.types(`--lang ru cycle create ${await asks()}`)
  expect(usual.lines.join('\n')).toContain('Питьевая вода · Дороги и мосты · Освещение улиц')
  const own = await asks([{ kk: 'Көпір', ru: 'Мост' }])
  expect((await desk.types(`--lang ru cycle create ${own}`)).lines.join('\n')).toContain('нужно: Мост')
  const many = await asks(Array.from({ length: 13 }, () => ({ kk: 'Көпір', ru: 'Мост' })))
  expect((await desk.types(`--lang ru cycle create ${many}`)).refused).toMatch(
    /строка \d+: .*needs.*до 12 нужд/i,
  )
})

test('the template, unchanged, makes a cycle: read back first, made on a yes, announced by one more command', async () => {
  const made = await file('cycle.json', template)
  const list = await file('projects.csv', PROJECTS)
  const dry = await desk.types(`cycle create ${made} --projects ${list}`)
  expect(dry.refused).toBeUndefined()
  const text = dry.lines.join('\n')
  expect(text).toMatch(/Voting opens: \w+day,? \d+ \w+ \d{4}.*09:00/)
  expect(text).toMatch(/Voting closes: \w+day,? \d+ \w+ \d{4}.*18:00/)
  expect(text).toContain('All times are those of Kazakhstan')
  expect(text).toMatch(/Budget: 6\s000\s000\s₸\. 2 projects, 10\s000\s000\s₸/)
  expect(dry.lines.at(-1)).toBe(
    `Dry run: nothing was made. If every date and sum is right: dauys cycle create ${made} --projects ${list} --yes`,
  )
  expect(await listCycles(app)).toEqual([])

  const yes = await desk.types(`cycle create ${made} --projects ${list} --yes`)
  expect(yes.lines.at(-1)).toMatch(
    /^Made as a draft: \d+, barshatas-1\. Next: dauys cycle next --cycle barshatas-1/,
  )
  const [cycle] = await listCycles(app)
  expect(cycle).toMatchObject({
    slug: 'barshatas-1',
    phase: 'draft',
    profile: 'advisory',
    trial: false,
    method: 'card',
  })
  expect((await desk.types('cycle next --cycle barshatas-1')).lines).toEqual([
    'barshatas-1: draft → announced.',
  ])
  expect((await desk.types('cycle next --cycle barshatas-1')).refused).toContain(
    'Only a trial may begin a phase early',
  )
  const [place] = await app.db.sql`select territory from cycle_territory`
  const stored = await listProjects(app, 0, cycle?.id ?? 0, place?.territory as number)
  expect(stored?.projects.map(({ title, cost, category }) => [title.kk, cost, category]).sort()).toEqual([
    ['Балалар алаңы', 4_800_000, 'playground'],
    ['Мектеп көшесін жарықтандыру', 5_200_000, 'street_lighting'],
  ])
  expect((await desk.types(`cycle create ${made} --yes`)).refused).toContain('has this short name already')
})

test('the wall clock of the file is Kazakhstan’s, whatever zone the computer is in', async () => {
  const [row] = await app.db
    .sql`select to_char(starts_at at time zone 'UTC', 'HH24:MI') as at from phase_start
    where phase = 'counting'`
  expect(row?.at).toBe('13:00')
})

test('everything that is wrong is told at once, each with its line and what is accepted', async () => {
  const broken = await changed('broken.json', (json) => {
    delete json.slug
    json.colour = 'red'
    json.title = { kk: 'Бір' }
    json.dates = { voting: '2099-02-30 09:00', close: '2099-01-01 18:00', results: '2098-12-31 10:00' }
    json.ballot = { kind: 'approval', min: 5, max: 3 }
    json.places = [{ place: 'Атлантида', budget: '6 000 000' }]
  })
  const text = await readFile(broken, 'utf8')
  const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split('\n').length
  const { refused = '' } = await desk.types(`cycle create ${broken}`)
  expect(refused.split('\n')).toEqual([
    `${broken} cannot be used:`,
    '  line 1: slug is missing. Accepted: small Latin letters, digits and dashes, at least one letter, at most 48; none of: installation, checkpoint, key, tile, bundle',
    `  line ${lineOf('"kk": "Бір"') - 1}: title.ru is missing. Accepted: a text in quotation marks`,
    `  line ${lineOf('"voting"')}: dates.voting is not right. Accepted: "2026-03-05 18:00", wall clock of Kazakhstan`,
    `  line ${lineOf('"results"')}: dates.results does not come after dates.close`,
    `  line ${lineOf('"ballot"')}: ballot is not right. Accepted: for example "kind": "approval", "min": 1, "max": 3`,
    `  line ${lineOf('"budget"')}: places[0].budget is not right. Accepted: whole tenge without quotation marks: 6000000`,
    `  line ${lineOf('"colour"')}: colour is not known: take it out, or look at “dauys cycle template” for its spelling`,
  ])
})

test.each([
  [
    'pots',
    'Accepted: "general", or a budget named under "pots", once',
    (json: Record<string, unknown>) => {
      const pots = ['general', 'roads'].map((pot) => ({ pot, budget: 3_000_000 }))
      json.places = [{ place: '103651100', pots }]
    },
  ],
])('what cannot be (%s) is refused in one sentence', async (name, why, change) => {
  const path = await changed(`${name}.json`, change)
  const { refused = '' } = await desk.types(`cycle create ${path} --yes`)
  expect(refused.split('\n')).toHaveLength(2)
  expect(refused).toContain(why)
})

test('a name that the addresses of a log have for something else is refused', async () => {
  for (const slug of ['installation', 'checkpoint', 'key', 'tile', 'bundle']) {
    const path = await changed(`${slug}.json`, (json) => {
      json.slug = slug
    })
    expect((await desk.types(`cycle create ${path}`)).refused, slug).toContain('none of: installation')
  }
})

test('a cycle that asks for ideas reads their limits back and needs no list', async () => {
  const asks = await changed('asks.json', (json) => {
    const dates = json.dates as Record<string, string>
    const year = Number(dates.voting?.slice(0, 4))
    json.slug = 'asks-for-ideas'
    json.dates = { ideas: `${year - 1}-01-20 09:00`, review: `${year - 1}-03-01 18:00`, ...dates }
    json.ideas = { perDay: 2, ceiling: 6_487_500 }
  })
  const made = await desk.types(`cycle create ${asks} --yes`)
  expect(made.refused).toBeUndefined()
  const text = made.lines.join('\n').replaceAll('\u00a0', ' ')
  expect(text).toContain('Ideas of one person: 2 a day, 5 waiting for an answer. Days to answer: 7.')
  expect(text).toContain('An idea may cost at most 6 487 500')
  expect(text).toContain('Ballot: up to 3 projects a vote.')
  expect(text).not.toContain('cannot be added later')
  const [row] = await app.db.sql`select idea_terms as terms from cycle where slug = 'asks-for-ideas'`
  expect(row?.terms).toEqual({ perDay: 2, ceiling: 6_487_500 })
})

test('a cycle that asks for supporters says how many, and needs a date for it', async () => {
  const asks = (name: string, dated: boolean) =>
    changed(name, (json) => {
      const dates = json.dates as Record<string, string>
      const year = Number(dates.voting?.slice(0, 4)) - 1
      const support = dated ? { support: `${year}-03-20 09:00` } : {}
      json.slug = 'asks-for-support'
      json.dates = { ideas: `${year}-01-20 09:00`, review: `${year}-03-01 18:00`, ...support, ...dates }
      json.ideas = { support: { needed: 10, shown: false } }
    })
  const { refused } = await desk.types(`cycle create ${await asks('undated.json', false)} --yes`)
  expect(refused).toContain('dates.support is missing. Accepted: "2026-03-05 18:00"')
  const made = await desk.types(`cycle create ${await asks('dated.json', true)} --yes`)
  const text = made.lines.join('\n').replaceAll('\u00a0', ' ')
  expect(text).toContain('this many supporters: 10. Residents do not see how many there are.')
  const [row] = await app.db.sql`select idea_terms as terms from cycle where slug = 'asks-for-support'`
  expect(row?.terms).toEqual({ support: { needed: 10, shown: false } })
})

test('one pot may be written as a budget or as a pot', async () => {
  const path = await changed('pot.json', (json) => {
    json.slug = 'one-pot'
    json.places = [{ place: '103651100', pots: [{ pot: 'general', budget: 7_000_000 }] }]
  })
  expect((await desk.types(`cycle create ${path}`)).lines.join('\n')).toMatch(/Budget: 7\s000\s000/)
})

test('a file that is no JSON is told by the line where it stops being one', async () => {
  const cut = await file('cut.json', template.replace('"advisory",', '"advisory"'))
  const line = template.split('\n').findIndex((one) => one.includes('"dates"')) + 1
  expect((await desk.types(`cycle create ${cut}`)).refused).toContain(
    `line ${line}: here the file stops being JSON`,
  )
})

test('places that share a name are listed with their codes; one that stands twice and one there is not are told too', async () => {
  const path = await changed('places.json', (json) => {
    json.places = ['Карабулак', 'Атлантида', '103651100', '103651100'].map((place) => ({
      place,
      budget: 1_000_000,
    }))
  })
  const { refused = '' } = await desk.types(`cycle create ${path} --lang ru`)
  expect(refused).toMatch(/мест «Карабулак» несколько, напишите код одного: 103645300 Карабулак, /)
  expect(refused).toContain('места «Атлантида» нет')
  expect(refused).toContain('место «103651100» указано дважды')
})

test('a close that is past is refused: nobody could vote', async () => {
  const path = await changed('past.json', (json) => {
    json.dates = { voting: '2020-01-01 09:00', close: '2020-01-10 18:00' }
  })
  expect((await desk.types(`cycle create ${path} --yes`)).refused).toContain('the close is past already')
})

test('a list of projects is checked line by line: village, titles, sum, kind, place on the map', async () => {
  const made = await file('cycle-2.json', template)
  const list = await file(
    'bad.csv',
    [
      'Село;Название kk;Название ru;Стоимость;Категория;Широта;Долгота',
      'Боршатас;Құдық;Колодец;5,200;water;;',
      'Баршатас;;Колодец;5200000;Жол;48,1;',
      'Баршатас;Құдық;Колодец;1.5 млн;замок;48,1;78,6',
    ].join('\n'),
  )
  const { refused = '' } = await desk.types(`cycle create ${made} --projects ${list}`)
  const told = refused
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
  expect(told).toEqual([
    'line 2: “Боршатас” is no village of this cycle. Did you mean “Баршатас”?',
    'line 2: the cost “5,200” is not a sum of whole tenge: write it as 5200000',
    'line 3: the cell is empty: title in Kazakh',
    expect.stringMatching(/^line 3: the category “Жол” is not known\. Accepted: Roads, Street lighting/),
    expect.stringMatching(/^line 3: “48,1” is no place in Kazakhstan/),
    'line 4: the cost “1.5 млн” is not a sum of whole tenge: write it as 5200000',
    expect.stringMatching(/^line 4: the category “замок” is not known/),
  ])
})

test('a list of projects without a heading that is needed is answered with what stands there', async () => {
  const made = await file('cycle-3.json', template)
  const list = await file('headless.csv', 'Село;Проект;Стоимость\nБаршатас;Колодец;1')
  const { refused } = await desk.types(`cycle create ${made} --projects ${list}`)
  expect(refused).toContain('Headings found: Село · Проект · Стоимость. Accepted: атауы')
})

test('the template is written to a new file, and none is overwritten', async () => {
  const path = desk.file('fresh.json')
  expect((await desk.types(`cycle template ${path}`)).refused).toBeUndefined()
  expect(await readFile(path, 'utf8')).toBe(`${template}\n`)
  expect((await desk.types(`cycle template ${path}`)).refused).toContain('is there already')
})
