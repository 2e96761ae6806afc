// dauys projects import: read back, then taken with --yes; by an official with --as; the same file again changes nothing.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectsOf } from '../../src/store/projects.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { day, must, type SmallCycle, smallCycle } from '../support/cycle.ts'

let app: TestApp
let desk: Clerk
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('projects import')
  desk = await clerk(app)
  cycle = await smallCycle(app, 'listed', [[], []])
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const types = (more = '') =>
  desk.types(`--lang ru projects import ${desk.file('list.csv')} --cycle listed${more}`)
const list = (...lines: string[]) =>
  writeFile(desk.file('list.csv'), ['Ауыл;Атауы қазақша;Название на русском;Құны', ...lines].join('\n'))

test('a list is read back, taken with --yes, and replaced while the cycle is a draft', async () => {
  await list('listed 1;Көпір;Мост;1000', 'listed 3;Шам;;x')
  const wrong = await types()
  expect(wrong.refused).toContain('строка 3: пустая ячейка: название на русском')
  expect(wrong.refused).toContain('строка 3: такого села в этом голосовании нет: «listed 3»')
  await list('listed 1;Көпір;Мост;1000', 'listed 2;Шам;Фонари;20000000')
  const dry = await types()
  expect(dry.lines.join('\n')).toMatch(/Фонари: 20\u00a0000\u00a0000\u00a0₸ \(больше бюджета/)
  expect(await projectsOf(app.db, cycle.id, cycle.villages[0] ?? 0)).toEqual([])
  expect((await types(' --yes --as 4711')).refused).toContain('У этого человека нет такой роли')
  must(await grantRole(app, { account: 4711, role: 'official' }, 'command'))
  expect((await types(' --yes --as 4711')).lines.at(-1)).toBe('listed: внесено 2 проекта.')
  expect((await types(' --yes')).lines.at(-1)).toBe('Этот список уже внесён, ничего не изменилось.')
  await list('listed 2;Шам;Фонари;2000', 'listed 2;Алаң;Площадка;3000')
  expect((await types(' --yes')).lines.at(-1)).toBe('listed: внесено 2 проекта.')
  const [, second = 0] = cycle.villages
  expect((await projectsOf(app.db, cycle.id, second)).map(({ number, id }) => [number, id])).toEqual([
    [1, 'p1'],
    [2, 'p2'],
  ])
})

test('the log that a list came into is trusted, and once voting is open none comes', async () => {
  must(await movePhase(app, cycle.id, { by: 'command' }))
  must(await movePhase(app, cycle.id, { by: 'command' }))
  await list('listed 2;Шам;Фонари;2000')
  expect((await types(' --yes')).refused).toBe('Проекты вносят до открытия голосования; сейчас: голосование.')
  await numberLeaves(app)
  expect((await desk.types('--lang ru log check')).refused).toBeUndefined()
})

test('a list of people is none of projects', async () => {
  await writeFile(desk.file('list.csv'), 'Село;ФИО;ИИН\nlisted 1;Ахметов А.;1')
  const early = await smallCycle(app, 'later', [[]])
  const typed = await desk.types(`--lang ru projects import ${desk.file('list.csv')} --cycle ${early.slug}`)
  expect(typed.refused).toContain('список людей, а не проектов')
})

test('an announced cycle without a list takes its first one, and keeps it', async () => {
  const early = await smallCycle(app, 'empty', [[]], {
    timeline: { announced: day(-1), voting: day(5), counting: day(9) },
  })
  must(await movePhase(app, early.id, { by: 'command' }))
  await list('empty 1;Көпір;Мост;1000')
  const types = () => desk.types(`--lang ru projects import ${desk.file('list.csv')} --cycle empty --yes`)
  expect((await types()).lines.at(-1)).toBe('empty: внесён 1 проект.')
  await list('empty 1;Көпір;Мост;2000')
  expect((await types()).refused).toContain('другим файлом его не заменить')
})
