// The official's second door to works: what the buttons do, typed, in the language of whoever types.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerWork } from '../../src/use-cases/answer-work.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readWork } from '../../src/use-cases/read-works.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, openVoting, smallCycle, type SmallCycle, vote, voters, type Voter } from '../support/cycle.ts'
import { jpegWithPosition } from '../support/pictures.ts'

let app: TestApp
let cycle: SmallCycle
let desk: Clerk
let crowd: Voter[]
beforeAll(async () => {
  app = await testApp('works-cli')
  cycle = await smallCycle(app, 'worked', [[100, 200]], { trial: true, workTerms: { accept: 1 } })
  await openVoting(app, cycle.id)
  crowd = await voters(app, cycle.id, cycle.villages[0] as number, 10)
  for (const voter of crowd) must(await vote(app, cycle.id, voter, ['a1']))
  must(await movePhase(app, cycle.id, { by: 'command' }))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  desk = await clerk(app)
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const says = async (line: string) => {
  const { lines, refused } = await desk.types(`--lang ru works ${line} --cycle worked`)
  return refused ?? lines.join('\n')
}
const here = '"worked 1" 1'

test('a work is kept by commands, each refusal in plain words, and one resident is enough where the cycle says so', async () => {
  expect(await says('list')).toContain('worked 1 · №\u00a01. project 1: 0\u00a0%, этапов пока нет')
  expect(await says('milestone "worked 1" 2 --kk Қазылды --ru Вырыто')).toContain('Работы №\u00a02 нет.')
  expect(await says(`milestone ${here} --kk Қазылды --ru Вырыто --planned когда-то`)).toContain('Это не день')
  expect(await says(`milestone ${here} --kk Қ --ru Вырыто --planned 01.12.2025`)).toContain('от 2 до 120')
  expect(await says(`milestone ${here} --kk Қазылды --ru Вырыто --planned 01.12.2025`)).toContain(
    'срок прошёл',
  )
  expect(await says(`built ${here}`)).toContain('Сначала добавьте фотографию')
  await writeFile(desk.file('a.jpg'), jpegWithPosition().jpeg)
  await writeFile(desk.file('a.txt'), 'no picture')
  const photo = (name: string) => says(`photo ${here} --milestone 1 --file ${desk.file(name)}`)
  expect(await photo('a.txt')).toContain('JPEG или PNG')
  expect(await photo('a.jpg')).toBe('Фотография добавлена.')
  expect(await photo('a.jpg')).toBe('Эта фотография уже есть.')
  expect(await says(`built ${here}`)).toContain('Сначала запишите стоимость')
  const kept = await says(`milestone ${here} --milestone 1 --actual 02.12.2025 --cost "95 000"`)
  expect(kept).toMatch(/1\. Вырыто: готово, 2\sдекабря\s2025\sг\. · стоимость: 95\s000/)
  expect(await says(`built ${here} --as 555`)).toContain('нет такой роли')
  expect(await says(`built ${here}`)).toBe('Объявлено, жителей спросили.')
  expect(await says(`built ${here}`)).toContain('Уже объявлено')
  const at = { cycle: cycle.id, territory: cycle.villages[0] as number, number: 1 }
  const [one] = crowd as [Voter]
  const work = must(
    await answerWork(app, one.account, at, { rollRow: one.rollRow, round: 1, accepted: true }),
  )
  expect(work.state).toBe('done')
  expect(await says(`milestone ${here} --milestone 1 --cost 1`)).toContain('Эта работа принята')
  const photos = (await readWork(app, at))?.milestones[0]?.photos ?? []
  expect(photos).toMatchObject([{ fileId: null, copy: expect.stringMatching(/\.jpg$/) }])
})
