// The moderator's second door: what the buttons do, typed, in the language of whoever types.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle, lamp, sentIdea } from '../support/ideas.ts'

let app: TestApp
let cycle: SmallCycle
let desk: Clerk
beforeAll(async () => {
  app = await testApp('ideas-cli')
  cycle = await ideasCycle(app, 'typed')
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const says = async (line: string) => {
  const { lines, refused } = await desk.types(`--lang ru ideas ${line} --cycle typed`)
  return refused ?? lines.join('\n')
}

test('an idea is listed, read, asked about, costed and refused by commands, each refusal in plain words', async () => {
  expect(await says('list')).toBe('Идей нет.')
  const one = await sentIdea(app, 851, cycle, { ...lamp, body: `${lamp.body ?? ''} Тел: +7 701 123 45 67` })
  const two = await sentIdea(app, 852, cycle)
  expect(await says('list')).toContain(`№\u00a01 · typed 1 · ${lamp.title} · ждёт ответа модератора`)
  const shown = await says('show 1')
  expect(shown).toContain('Уличное освещение')
  expect(shown).toContain('в тексте есть: номер телефона')
  expect(shown).not.toContain('123 45 67')
  expect(await says('show 99')).toContain('Идеи №\u00a099 в этом цикле нет')
  expect(await says('approve 1')).toBe('№\u00a01: одобрена, считают стоимость. Автору сообщат.')
  expect(await says('approve 1')).toContain('Сейчас она в другом состоянии: одобрена')
  expect(await says('cost 1 --sum "9 000 000"')).toContain('Дороже, чем можно в этом цикле: 5')
  expect(await says('cost 1 --sum много')).toContain('не сумма')
  expect(await says('cost 1 --sum "4 500 000" --off-list')).toContain('войдёт в список')
  expect(await says('show 1')).toContain('Нет текста, язык: русский')
  expect(await says('edit 1 --title-ru "Фонари у школы" --category освещение')).toContain(
    'Вида «освещение» нет',
  )
  expect(await says('edit 1')).toContain('Нечего менять')
  expect(await says('edit 1 --title-ru "Фонари у школы"')).toContain('войдёт в список')
  expect(await says('show 1')).not.toContain('Нет текста')
  expect(await says('reject 2 --reason глупость')).toContain('Подходят: not-common')
  expect(await says('merge 2 --into 2')).toContain('объединить нельзя')
  expect(await says('merge 2 --into 1')).toContain('объединена с похожей')
  expect(two.number).toBe(one.number + 1)
  expect(await says('ready')).toContain('В список войдут идеи: 1.')
  expect(await says('apart 1 99')).toContain('Идеи №\u00a099 в этом цикле нет')
  expect(await says('apart 2 1')).toBe('Идеи 2, 1: построить можно обе.')
  expect(await says('apart 1 2')).toContain('это уже записано')
})

test('--as acts as that person: without the role it is refused, with it the leaf says who', async () => {
  await sentIdea(app, 853, cycle)
  expect(await says('return 3 --question "Где?" --as 77')).toContain('нет такой роли')
  must(
    await grantRole(
      app,
      { account: 77, role: 'moderator', territory: cycle.villages[0] as number },
      'command',
    ),
  )
  expect(await says('return 3 --question "Где?" --as 77')).toContain('ждёт ответа автора')
})
