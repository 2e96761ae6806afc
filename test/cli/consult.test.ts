// The official's commands about what a village needs: the meeting, its hands counted by two, the akimat's answer, the minutes.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sayNeed } from '../../src/use-cases/answer-needs.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { withdrawIdea } from '../../src/use-cases/send-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle, lamp, sentIdea } from '../support/ideas.ts'
import { answers, askingCycle, letAskingEnd } from '../support/needs.ts'
import { readPdf } from '../documents/read-pdf.ts'

let app: TestApp
let cycle: SmallCycle
let desk: Clerk
beforeAll(async () => {
  app = await testApp('consult-cli')
  cycle = await askingCycle(app, 'asked')
  desk = await clerk(app)
  const territory = cycle.villages[0] as number
  for (const account of [71, 72])
    must(await grantRole(app, { account, role: 'facilitator', territory }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const says = async (name: string, rest = '', language = 'ru') => {
  const village = cycle.villages[0] as number
  const { lines, refused } = await desk.types(
    `--lang ${language} consult ${name} ${village} --cycle asked ${rest}`,
  )
  return refused ?? lines.join('\n')
}

test('a meeting is set, counted by two and published by commands, each refusal in plain words', async () => {
  expect(await says('hands', '--as 71 --present 40 --women 20 --needs "1=30"')).toContain('сход не назначен')
  expect(await says('meeting', '--at завтра --place-kk Клуб --place-ru Клуб')).toContain('завтра')
  expect(await says('meeting', '--at "2099-03-05 18:00" --place-kk Клуб --place-ru "Сельский клуб"')).toMatch(
    /Сход: четверг, 5 марта 2099.*18:00.*Место: Сельский клуб/,
  )
  expect(await says('hands', '--as 71 --present 40 --women 20 --needs "1=30"')).toContain(
    'Сход ещё не начался: четверг, 5 марта 2099',
  )
  await says('meeting', '--at "2026-03-05 18:00" --place-kk Клуб --place-ru "Сельский клуб"')
  expect(await says('hands', '--as 71 --present сорок --women 20 --needs "1=30"')).toContain(
    '«сорок» не число',
  )
  expect(await says('hands', '--as 71 --present 40 --women 20 --needs "13=30"')).toContain(
    '«13=30» непонятно',
  )
  expect(await says('hands', '--as 71 --present 40 --women 50 --needs "1=30"')).toContain('Числа не сходятся')
  expect(await says('hands', '--as 99 --present 40 --women 20 --needs "1=30"')).toContain('нет такой роли')
  expect(await says('hands', '--as 71 --present 40 --women 20 --needs "1=30 5=7"')).toContain('Сохранено.')
  const differ = await says('hands', '--as 72 --present 40 --women 21 --needs "1=30, 5=8"')
  expect(differ).toContain('Женщин: у вас 21, у другого 20')
  expect(differ).toContain('5. Медпункт: у вас 8, у другого 7')
  expect(await says('minutes', `--out ${desk.file('early.pdf')}`)).toContain('Протокола пока нет')
  expect(await says('show')).toContain('Подсчёт рук пока не действует')
  expect(await says('hands', '--as 72 --present 40 --women 20 --needs "1=30 5=7"')).toContain('действует')

  expect(await says('publish', '--reply-kk Жасаймыз --reply-ru Сделаем')).toContain('Жители ещё отвечают')
  await letAskingEnd(app, cycle.id)
  expect(await says('publish', '--reply-kk "" --reply-ru Сделаем')).toContain('не указан')
  expect(await says('publish', '--reply-kk Жасаймыз --reply-ru Сделаем --as 71')).toContain('нет такой роли')
  expect(await says('publish', '--reply-kk Жасаймыз --reply-ru Сделаем')).toContain('Опубликовано.')
  expect(await says('publish', '--reply-kk Жасаймыз --reply-ru Сделаем')).toContain('уже опубликованы')
})

test('what residents answered is shown with small numbers left out and phones covered', async () => {
  const own = await askingCycle(app, 'shown')
  const [territory = 0] = own.villages
  for (let n = 0; n < 12; n++) await answers(app, 500 + n, own, n < 11 ? [1] : [2])
  const at = { cycle: own.id, territory }
  must(await sayNeed(app, 500, at, { line: 'Су жоқ, тел. 8 701 123 45 67' }))
  must(await sayNeed(app, 501, at, { voice: 'file' }))
  const { lines } = await desk.types(`--lang kk consult show ${territory} --cycle shown`)
  const text = lines.join('\n')
  expect(text).toContain('Жауап бергендер: расталғаны саны аз, расталмағаны 12')
  expect(text).toMatch(/1\. Ауызсу\nрасталғаны: саны аз, расталмағаны: 11/)
  expect(text).toMatch(/2\. Жолдар мен көпірлер\nрасталғаны: саны аз, расталмағаны: саны аз/)
  expect(text).toContain('– Су жоқ, тел. ▒▒▒')
  expect(text).not.toContain('123')
  expect(text).toContain('Дауыстық хабарлама саны: 1')
  expect(text).toContain('Әзірге жарияланбаған.')
})

test('what comes in is read by need, kind, village or week, the largest group first', async () => {
  const own = await ideasCycle(app, 'stream')
  await sentIdea(app, 601, own, { ...lamp, category: 'roads' })
  const second = await sentIdea(app, 602, own, { ...lamp, title: 'Шам керек, 8 701 123 45 67' })
  await sentIdea(app, 603, own)
  const gone = await sentIdea(app, 604, own)
  must(await withdrawIdea(app, 604, gone.id))
  const stream = async (by: string) => {
    const { lines, refused } = await desk.types(`--lang ru ideas stream --cycle stream --by ${by}`)
    return refused ?? lines.join('\n')
  }
  const kinds = await stream('category')
  expect(kinds).toMatch(/^Уличное освещение: 2\n\s+№\u00a02 .*▒▒▒.*\n\s+№\u00a03 .*\nДороги[^\n]*: 1\n/)
  expect(kinds).not.toContain('123 45')
  expect(kinds).not.toContain('№\u00a04')
  expect(await stream('place')).toMatch(/^stream 1: 3\n/)
  await app.db.sql`update idea set sent_at = '2026-03-08T20:00:00Z' where id = ${second.id}`
  expect(await stream('week'), 'a Monday in Kazakhstan').toContain('Неделя с 2026-03-09: 1\n  №\u00a02')
  expect(await stream('весна')).toContain('«весна»: так не группируют')
  expect(await stream('need')).toContain('В этом цикле нет опроса')

  const asked = await askingCycle(app, 'stream-needs')
  for (let n = 0; n < 11; n++) await answers(app, 700 + n, asked, n < 3 ? [9, 2] : [9])
  await answers(app, 720, asked, [9], 1)
  const { lines } = await desk.types('--lang ru ideas stream --cycle stream-needs --by need')
  expect(lines.slice(0, 5)).toEqual([
    '9. Клуб и библиотека',
    '  stream-needs 1: с подтверждением мало, без подтверждения 11',
    '  stream-needs 2: с подтверждением мало, без подтверждения мало',
    '2. Дороги и мосты',
    '  stream-needs 1: с подтверждением мало, без подтверждения мало',
  ])
})

test('the draft of the minutes says in both languages who met where and how many hands were raised, with lines to sign', async () => {
  const file = desk.file('minutes.pdf')
  expect(await says('minutes', `--out ${file}`)).toBe(`Записано: ${file}`)
  const text = readPdf(await readFile(file)).pages.join('\n')
  for (const part of [
    'Протокол схода жителей (проект)',
    'Ауыл жиналысының хаттамасы (жоба)',
    'Сельский клуб',
    'Медпункт',
    'Председатель схода',
    'Жиналыс төрағасы',
  ])
    expect(text).toContain(part)
  expect(text).toMatch(/Присутствовали: 40, из них женщин: 20/)
})
