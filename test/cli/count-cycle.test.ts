// dauys count --cycle: table, election, picture and reasons of a cycle, and nothing by project of a village where few voted.
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { count } from '../../src/core/counting/index.ts'
import { electionOf, ruleOf } from '../../src/core/formats/pabulib/election.ts'
import { readPabulib } from '../../src/core/formats/pabulib/read.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'

let app: TestApp
let desk: Clerk
/** A village where twelve people voted, and one where two did. */
beforeAll(async () => {
  app = await testApp('count of a cycle')
  desk = await clerk(app)
  const { id, villages } = await smallCycle(
    app,
    'counted',
    [
      [9_600_000, 500_000],
      [400_000, 300_000],
    ],
    {
      trial: true,
    },
  )
  await openVoting(app, id)
  const [many, few] = villages as [number, number]
  for (const [at, voter] of (await voters(app, id, many, 12)).entries())
    must(await vote(app, id, voter, at < 8 ? ['a1', 'a2'] : ['a2']))
  for (const voter of await voters(app, id, few, 2)) must(await vote(app, id, voter, ['b2']))
  await desk.types('cycle next --cycle counted')
}, 60_000)
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('the lines are the table and the steps of each village, totals alone where few voted', async () => {
  const { lines, refused } = await desk.types('count --cycle counted --lang ru')
  expect(refused).toBeUndefined()
  const text = lines.join('\n')
  expect(text).toMatch(/^counted 1\. Бюллетеней: 12\. Прошедших проектов: \d/m)
  expect(text).toMatch(/^ {4}Место +№ +Проект/m)
  expect(text).toMatch(/^ {4}№\s2 проходит: 12 голосов/m)
  expect(text).toMatch(/^counted 2\. Бюллетеней: 2\. .*\n {4}Меньше 10 бюллетеней/m)
  expect(text).toContain('Подано 14 = учтено 14 + заменено новым голосом 0')
  expect(lines.at(-1)).toMatch(/^Предварительно: итоги не опубликованы\. Опубликует итоги команда/)
})

test('the table is one for all villages, and of the small one it has the sums', async () => {
  await desk.types(`count --cycle counted --csv ${desk.file('all.csv')} --lang kk`)
  const rows = (await readFile(desk.file('all.csv'), 'utf8')).trimEnd().split('\r\n')
  expect(rows[0]).toBe('\uFEFFАуыл;Орны;№;Жоба;Құны;Дауыс;Өтті')
  expect(rows.filter((row) => row.startsWith('counted 1;')).length).toBe(2)
  const small = rows.filter((row) => row.startsWith('counted 2;'))
  expect(small).toEqual([
    expect.stringMatching(/^counted 2;;;"Бюллетень: 2, өткен жоба: 1\. [^"]*";300000;;$/),
  ])
})

test('the election of a village is one that is read again and counted to the same end; none is written of few ballots', async () => {
  await desk.types(`count --cycle counted --pb ${desk.file('out/c.pb')} --picture ${desk.file('out/c.svg')}`)
  const files = await readdir(desk.file('out'))
  expect(files.map((name) => name.replace(/\d+/, 'N')).sort()).toEqual(['c-N.pb', 'c-N.svg'])
  const text = await readFile(desk.file(`out/${files.find((name) => name.endsWith('.pb'))}`), 'utf8')
  const file = must(readPabulib(text) as never) as Parameters<typeof electionOf>[0] & {
    votes: { length: number }
  }
  expect(file.votes.length).toBe(12)
  const again = count(electionOf(file), must(ruleOf(file as never) as never), new Uint8Array())
  const [json] = [JSON.parse((await desk.types('count --cycle counted --json')).lines.join('\n'))]
  expect([...again.winners]).toEqual(json.villages[0].winners)
  const svg = await readFile(desk.file(`out/${files.find((name) => name.endsWith('.svg'))}`), 'utf8')
  expect(svg).toContain('Preliminary: not published yet.')
})

test('JSON has steps and votes of the one village, and of the other winners and money only', async () => {
  const told = JSON.parse((await desk.types('count --cycle counted --json')).lines.join('\n'))
  expect(told).toMatchObject({ cycle: 'counted', published: false, ballots: { cast: 14, counted: 14 } })
  const [many, few] = told.villages
  expect(many).toMatchObject({ ballots: 12, rule: { rule: 'greedy' } })
  expect(many.steps.length).toBeGreaterThan(0)
  expect(Object.keys(few).sort()).toEqual(['ballots', 'cost', 'name', 'pot', 'village', 'winners'])
})

test('why a project lost is told by its number, and of few voters nothing', async () => {
  const { lines } = await desk.types('count --cycle counted --explain 1 --lang ru')
  expect(lines.join('\n')).toMatch(/№\s1 не прошёл: .* Не хватило 100\s000\s₸\./)
  expect(lines.join('\n')).toContain('Меньше 10 бюллетеней')
  expect((await desk.types('count --cycle counted --explain 99 --lang ru')).lines.join('\n')).not.toMatch(
    /прошёл:/,
  )
})

test('the rule of a cycle is not another for one count, and a picture is a picture', async () => {
  expect((await desk.types('count --cycle counted --rule greedy')).refused).toContain('--rule is for files')
  expect((await desk.types('count --cycle counted --picture x.jpg')).refused).toContain('.svg or a .png')
})
