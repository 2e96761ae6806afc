// The official's second door to questions: what the buttons do, typed, in the language of whoever types.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askQuestion } from '../../src/use-cases/ask-question.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'

let app: TestApp
let cycle: SmallCycle
let desk: Clerk
beforeAll(async () => {
  app = await testApp('questions-cli')
  cycle = await smallCycle(app, 'asked', [[100, 200]])
  await openVoting(app, cycle.id)
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const says = async (line: string) => {
  const { lines, refused } = await desk.types(`--lang ru questions ${line}`)
  return refused ?? lines.join('\n')
}
const asks = async (account: number, text: string) => {
  const at = { cycle: cycle.id, territory: cycle.villages[0] as number, number: 1 }
  return must(await askQuestion(app, account, at, { text, locale: 'ru' })).id
}

test('questions are listed, answered in both languages and declined by commands, each refusal in plain words', async () => {
  expect(await says('list --cycle asked')).toBe('Вопросов нет.')
  const one = await asks(871, 'Когда начнут? Звоните +7 701 123 45 67')
  const two = await asks(872, 'Почему так дорого?')
  const listed = await says('list --cycle asked')
  expect(listed).toContain(
    `№\u00a0${one} · asked 1 · проект №\u00a01 · Когда начнут? Звоните ▒▒▒ · ждёт ответа`,
  )
  expect(await says(`answer ${one}`)).toBe('Напишите ответ через --kk или --ru.')
  expect(await says(`answer 999 --ru Да`)).toContain('Вопроса №\u00a0999 нет.')
  expect(await says(`answer ${one} --ru !`)).toContain('Нужно знаков: от 2 до 1000. У вас: 1.')
  expect(await says(`answer ${one} --ru "В мае." --as 555`)).toContain('нет такой роли')
  must(await grantRole(app, { account: 555, role: 'official' }, 'command'))
  expect(await says(`answer ${one} --ru "В мае." --as 555`)).toBe(
    `Вопрос №\u00a0${one}: ответ дан, язык: ru.`,
  )
  expect(await says(`answer ${one} --ru "В июне."`)).toBe('На это уже ответили: ответ дан, язык: ru.')
  expect(await says(`answer ${one} --kk "Мамырда."`)).toContain('ответ дан, язык: kk, ru')
  expect(await says(`decline ${one} --reason "Не надо."`)).toContain('На это уже ответили')
  expect(await says(`decline ${two} --reason "Уже отвечали."`)).toBe(`Вопрос №\u00a0${two}: ответа не будет.`)
})
