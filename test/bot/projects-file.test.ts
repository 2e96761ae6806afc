// The list of projects by a file in the chat: what is wrong is told line by line, the list is read back, taken once, and replaced in a draft alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectsButton } from '../../src/bot/manage/buttons.ts'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { listOf } from '../../src/store/projects.ts'
import { createCycle } from '../../src/use-cases/create-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { day, must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let ayan: Person
let bota: Person
let draft: number
beforeAll(async () => {
  bot = await startBot({
    seed: 'projects by file',
    cycle: {
      villages: [
        { name: MAKANSHY, projects: 1, cards: 1 },
        { name: ULYTAU, projects: 1, cards: 1 },
      ],
    },
  })
  ayan = await official('ru')
  bota = await official('kk')
  draft = must(
    await createCycle(
      bot.app,
      {
        slug: 'with-a-list',
        title: { kk: 'Тізіммен', ru: 'Со списком' },
        profile: 'advisory',
        timeline: { voting: day(5), counting: day(9) },
        territories: bot.cycle.villages.map(({ territory }) => ({ territory, budget: 6_000_000 })),
        projects: [],
      },
      'command',
    ),
  )
})
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

const HEAD = 'Село;Название на казахском;Название на русском;Стоимость'
const LIST = [
  'Жобалар;;;',
  HEAD,
  'Мақаншы;Көпір;Мост;5 200 000',
  'Ұлытау;Шам;Фонари;1 000 000',
  'Маканчи;Алаң;Площадка;7 000 000,00 ₸',
].join('\r\n')
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const sends = (person: Person, content: string | Buffer, name = 'Список.csv') =>
  person.sends({ document: Buffer.from(content).toString('base64'), file_name: name })
const documents = (person: Person) =>
  person.chat().messages.filter((one) => one.from === 'person' && 'document' in one).length
const titles = async () =>
  (await listOf(bot.app.db, draft))
    .toSorted((a, b) => a.territory - b.territory || a.number - b.number)
    .map(({ number, title, cost }) => `${number} ${title.ru} ${cost}`)
const leaves = async () =>
  (await leavesOfKind(bot.app.db, draft, 'projects-imported')).map(({ body }) => must(decodeEvent(body)))

async function opens(person: Person, title: RegExp, button: string): Promise<void> {
  await person.says('/manage')
  await person.taps(title)
  await person.taps(button)
}

test('what is wrong with the file is told line by line, with what is accepted; a list of people and a workbook are taken away', async () => {
  await opens(ayan, /^Со списком/, 'Проекты файлом')
  await ayan.sees('не больше 1 МБ')
  await ayan.says('вот список')
  await ayan.sees('Нужен файл: .csv, .tsv или .txt.')
  await sends(ayan, `${HEAD}\nМаканчи;Көпір;;много\nНигде;Шам;Фонари;1000`)
  const wrong = await ayan.sees('ничего не изменилось')
  expect(wrong.text).toContain('строка 2: пустая ячейка: название на русском')
  expect(wrong.text).toContain('строка 2: стоимость «много» — не целые тенге: напишите как 5200000')
  expect(wrong.text).toContain('строка 3: такого села в этом голосовании нет: «Нигде»')
  await sends(ayan, 'Село;Название;ФИО;Стоимость\nМаканчи;Мост;Ахметов А.;1000')
  await ayan.sees('Это список людей.')
  await sends(ayan, `${HEAD}\nМаканчи;Көпір;Мост 880101300000;1000`)
  await ayan.sees('Это список людей.')
  await sends(ayan, 'PK\u0003\u0004', 'Список.xlsx')
  await ayan.sees('Это книга (.xlsx, .xls, .ods)')
  await sends(ayan, 'PK\u0003\u0004', 'Список.csv')
  await ayan.sees('Это книга (.xlsx, .xls, .ods)')
  expect(documents(ayan)).toBe(1)
  expect(await leaves()).toEqual([])
})

test('a good one is read back by village, taken by a press, and again it changes nothing', async () => {
  await sends(ayan, utf16(LIST))
  const plan = await ayan.sees('В файле 3 проекта')
  expect(plan.text).toMatch(/Маканчи.*: 2 проекта, 12\u00a0200\u00a0000/)
  expect(plan.text).toContain('пройти не могут: 1.')
  expect(await titles()).toEqual([])
  await ayan.taps('Да, внести список')
  await ayan.sees('Список внесён: 3 проекта.')
  await ayan.pressesRaw(projectsButton.pack({ cycle: draft, seen: 'f'.repeat(16) }))
  await ayan.sees('Это изменили раньше вас.')
  expect(await titles()).toEqual(['1 Мост 5200000', '2 Площадка 7000000', '1 Фонари 1000000'])
  const [makanshy, ulytau] = bot.cycle.villages.map(({ territory }) => territory)
  expect(await leaves()).toMatchObject([{ projects: { [`${makanshy}`]: 2, [`${ulytau}`]: 1 } }])
  expect(JSON.stringify(await leaves())).not.toContain('Мост')

  await opens(ayan, /^Со списком/, 'Проекты файлом')
  await sends(ayan, LIST)
  await ayan.sees('Этот список уже внесён, ничего не изменилось.')
  expect(await leaves()).toHaveLength(1)
})

test('a changed file replaces the list of the draft; who read back another state of it is told who was faster', async () => {
  const shorter = `${HEAD}\nҰлытау;Шам;Фонари;1 000 000`
  await opens(ayan, /^Со списком/, 'Проекты файлом')
  await sends(ayan, shorter)
  await ayan.sees('Прежний список будет заменён, проектов в нём: 3.')
  await opens(bota, /^Тізіммен/, 'Жобаларды файлмен енгізу')
  await sends(bota, Buffer.from(`${shorter}\nМаканчи;Көпір;Мост;2000000`))
  await bota.taps('Иә, тізімді енгізу')
  await bota.sees('Тізім енгізілді: 2 жоба.')
  await ayan.taps('Да, внести список')
  const late = await ayan.sees('Это изменили раньше вас.')
  expect(late.text).toMatch(new RegExp(`${bota.id}.*\\d{1,2}:\\d{2}`))
  expect(await titles()).toEqual(['1 Мост 2000000', '1 Фонари 1000000'])
})

test('once it is announced the list stays, once voting is open none is taken', async () => {
  must(await movePhase(bot.app, draft, { by: 'command' }))
  await opens(ayan, /^Со списком/, 'Проекты файлом')
  await sends(ayan, LIST)
  await ayan.sees('другим файлом его не заменить')
  await expect(bot.app.db.sql`delete from project where cycle = ${draft}`).rejects.toThrow(/is public/)
  expect((await cycleById(bot.app.db, draft))?.phase).toBe('announced')
  expect(await leaves()).toHaveLength(2)
  await ayan.pressesRaw(projectsButton.pack({ cycle: bot.cycle.id, seen: 'f'.repeat(16) }))
  await ayan.sees('Проекты вносят до открытия голосования. Сейчас этап: голосование.')
  // Whose role is gone takes none in either.
  must(await revokeRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  await ayan.pressesRaw(projectsButton.pack({ cycle: draft, seen: 'f'.repeat(16) }))
  await ayan.sees('Это голосование ведёте не вы')
  expect(await leaves()).toHaveLength(2)
})
