// 300+: one vote whose works are told from the first milestone to acceptance. What was elected is built: an official writes its milestones, followers hear of each, residents say whether it is as promised.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepWorkButton, resultsButton, workButton } from '../../src/bot/buttons.ts'
import { builtButton, outsideButton } from '../../src/bot/keeping/view.ts'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { readStanding } from '../../src/use-cases/change-result.ts'
import { answerWork } from '../../src/use-cases/answer-work.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { addWorkPhoto, keepMilestone } from '../../src/use-cases/keep-work.ts'
import { readWork, readWorks, type Work } from '../../src/use-cases/read-works.ts'
import { sayBuilt } from '../../src/use-cases/say-built.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { kindOf, must, vote, voters, type Voter } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
/** Officials: Marat reads Russian, Bota Kazakh. */
let marat: Person
let bota: Person
/** On the roll of the village, without a chat of their own. */
let crowd: Voter[]

beforeAll(async () => {
  bot = await startBot({
    seed: 'works',
    loops: true,
    cycle: { villages: [{ name: MAKANSHY, projects: 9, cards: 4, budget: 900_000_000 }] },
  })
  const { territory } = bot.cycle.villages[0]
  for (const language of ['ru', 'kk'] as const) {
    const person = await bot.resident(language)
    must(await grantRole(bot.app, { account: person.id, role: 'official', territory }, 'command'))
    if (language === 'ru') marat = person
    else bota = person
  }
  crowd = await voters(bot.app, bot.cycle.id, territory, 12)
  const marks = bot.cycle.villages[0].projects.slice(0, 3).map(({ id }) => id)
  for (const voter of crowd) must(await vote(bot.app, bot.cycle.id, voter, marks))
})
afterAll(() => bot.stop())

const at = (number: number) => ({
  cycle: bot.cycle.id,
  territory: bot.cycle.villages[0].territory,
  number,
})
const work = async (number: number): Promise<Work> => {
  const found = await readWork(bot.app, at(number))
  if (!found) throw new Error('nothing is built under this number')
  return found
}
const leaves = async (): Promise<string[]> => {
  const rows = await bot.app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where kind in ('milestone-kept', 'work-photo-added', 'work-built') order by id`
  return rows.flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok ? [event.value.kind] : []
  })
}
/** Somebody with a chat and a card of the village. */
async function verified(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  const { code } = bot.envelope()
  await person.says(code)
  return person
}
/** As somebody of the crowd: yes, no, or no with a photo. */
const says = async (voter: Voter, number: number, accepted: boolean, photo = '') =>
  answerWork(bot.app, voter.account, at(number), {
    rollRow: voter.rollRow,
    round: (await work(number)).rounds.length,
    accepted,
    ...(photo ? { photo: { fileId: photo, uniqueId: photo } } : {}),
  })
/** A milestone with a cost and a photo, and "built". */
async function builds(number: number): Promise<void> {
  const name = { kk: 'Шам орнатылды', ru: 'Фонари стоят' }
  must(
    await keepMilestone(
      bot.app,
      at(number),
      { name, planned: '2027-05-30', cost: 900_000 },
      { by: 'command' },
    ),
  )
  const photo = { fileId: `f${number}`, uniqueId: `u${number}` }
  must(await addWorkPhoto(bot.app, { ...at(number), milestone: 1 }, photo, 'command'))
  must(await sayBuilt(bot.app, at(number), undefined, { by: 'command' }))
}

let aigul: Person
test('before the results nothing is built; afterwards each winner is, and stands in the menu of its village', async () => {
  aigul = await verified('kk')
  await aigul.says(`/start p_${bot.cycle.id}_${at(1).territory}_1`)
  await aigul.taps('Хабар алып тұру')
  expect(await readWorks(bot.app, bot.cycle.id)).toEqual([])
  await marat.says('/works')
  await marat.sees('Работ, которые вы ведёте, нет.')
  await bot.close()
  await bot.publish()
  const works = await readWorks(bot.app, bot.cycle.id)
  expect(works.map(({ number, state, percent }) => ({ number, state, percent }))).toEqual(
    [1, 2, 3].map((number) => ({ number, state: 'going', percent: 0 })),
  )
  await aigul.says('/menu')
  await aigul.taps('Не салынып жатыр')
  // Nobody has said that anything is under way.
  await aigul.sees(/№\s1\. .*: 0 пайызы, кезеңдері әлі жазылмаған/)
  await aigul.taps(/^№\s1\. /)
  await aigul.sees('Жұмыс кезеңдері әлі жазылмаған.')
})

test('an official writes a milestone in a short dialog; its followers hear of it once, when it is reached', async () => {
  await marat.says('/works')
  await marat.taps(/^№\s1\. /)
  await marat.taps('Добавить этап')
  await marat.sees('Напишите название этапа. Язык: Қазақша')
  await marat.says('Қазылды')
  await marat.says('Выкопан котлован')
  await marat.says('послезавтра')
  await marat.sees('Это не день.')
  await marat.says('1.12.2025')
  const kept = await marat.sees('Записано.')
  expect(kept.text).toMatch(/1\. Выкопан котлован: 0\s%, план: .*, срок прошёл/)
  await marat.taps('Записать процент')
  await marat.says('101')
  await marat.sees('Нужно целое число от 0 до 100.')
  await marat.says('40 %')
  await marat.sees(/40\s%/)
  await marat.taps('Записать стоимость')
  await marat.says('1,2 млн')
  await marat.sees(/стоимость: 1\s200\s000/)
  await marat.taps('Добавить фотографии')
  await marat.sendsAlbum(3)
  await marat.taps('Фотографий больше нет')
  await marat.taps('Готово сегодня')
  await marat.sees(/готово/)
  const told = await aigul.sees('Кезең бітті: Қазылды')
  expect(told.text).toContain('Хабарын алып тұрған жобаңыз.')
  await marat.taps('День, когда готово')
  await marat.says('02.12.2025')
  await marat.sees('Записано.')
  await aigul.taps('Жұмысты ашу')
  await aigul.sees(/1\. Қазылды: дайын, .* · құны: 1\s200\s000/)
  const sent = await bot.app.db.sql<{ count: number }[]>`
    select count(*)::int as count from delivery where account = ${aigul.id} and kind = 'milestone'`
  expect(sent[0]?.count, 'told once').toBe(1)
  expect((await leaves()).filter((kind) => kind === 'milestone-kept')).toHaveLength(5)
})

test('the photos of an album are kept, copied, and shown on demand', async () => {
  const { milestones } = await work(1)
  expect(milestones[0]?.photos.length).toBeGreaterThan(0)
  await expect
    .poll(async () => (await work(1)).milestones[0]?.photos.every(({ copy }) => copy !== null), {
      timeout: 10_000,
    })
    .toBe(true)
  await aigul.pressesRaw(workButton.pack(at(1)))
  await aigul.taps('Суреттерді көру')
  expect(aigul.chat().messages.filter(({ photo }) => photo !== undefined).length).toBe(
    milestones[0]?.photos.length,
  )
})

test('what was changed meanwhile is told by whom and when, and the work is shown as it stands', async () => {
  const { version } = await work(1)
  must(await keepMilestone(bot.app, at(1), { milestone: 1, cost: 1_300_000 }, { by: bota.id, version }))
  await marat.pressesRaw(builtButton.pack({ ...at(1), version }))
  const now = await marat.sees('Пока вы читали, работу изменили')
  expect(now.text).toContain(`Кто изменил: ${bota.id}`)
  expect(now.text).toMatch(/1\s300\s000/)
  expect((await work(1)).state).toBe('going')
})

test('"built" wants a photo and a cost; then followers are asked, and a resident answers with a photo', async () => {
  await bota.pressesRaw(keepWorkButton.pack(at(2)))
  must(
    await keepMilestone(
      bot.app,
      at(2),
      { name: { kk: 'Төселді', ru: 'Уложено' }, planned: '2027-05-30' },
      { by: 'command' },
    ),
  )
  expect(kindOf(await sayBuilt(bot.app, at(2), undefined, { by: 'command' }))).toBe('no-photo')
  await marat.pressesRaw(keepWorkButton.pack(at(1)))
  await marat.taps('Объявить: построено')
  await marat.sees('Объявлено, жителей спросили.')
  await aigul.sees('Әкімдік жұмыс бітті дейді.')
  await aigul.taps('Жұмысты ашу')
  await aigul.sees('Уәде етілгендей салынды ма?')
  await aigul.taps('Жоқ, уәдедегідей емес')
  await aigul.sees('Суретсіз жауап есепке кірмейді.')
  expect(await work(1)).toMatchObject({ state: 'built', refused: 0, unshown: 1 })
  await aigul.sendsSticker()
  await aigul.sees('Мұнда сурет немесе қысқа мәтін керек.')
  await aigul.sendsPhoto({ caption: 'Жарық жоқ, +7 701 123 45 67' })
  await aigul.sees('Сурет сақталды.')
  expect(await work(1)).toMatchObject({ state: 'built', refused: 1, unshown: 0 })
  expect(await everyValueWith(bot.app.db, '123 45 67'), 'the phone is kept nowhere').toEqual([])
  await aigul.taps('Тұрғындардың айтқаны: 1')
  await aigul.sees('уәдедегідей емес · суреті бар')
  await aigul.taps('Сурет 1')
})

test('a second one who shows it disputes the work; an answer in both languages asks again, and three accept it', async () => {
  const [one, two, three] = crowd as [Voter, Voter, Voter]
  expect(must(await says(one, 1, false, 'dark')).state).toBe('disputed')
  await bota.sees('Тұрғындар суретпен көрсетті')
  await bota.taps('Жұмысты ашу')
  await bota.sees('тұрғындар уәдедегідей емес дейді')
  await bota.taps('Тұрғындарға жауап беру')
  await bota.says('Шам ауыстырылды.')
  await bota.says('Фонари заменили.')
  await bota.sees('Жариялап, тұрғындардан сұрадық.')
  const again = await aigul.sees('Әкімдік тұрғындарға жауап беріп')
  expect(again.text).toContain('Шам ауыстырылды.')
  expect(await work(1), 'a new round begins with nobody').toMatchObject({
    state: 'built',
    accepted: 0,
    refused: 0,
  })
  expect(must(await says(one, 1, true)).state).toBe('built')
  expect(must(await says(two, 1, true)).state).toBe('built')
  await aigul.taps('Жұмысты ашу')
  await aigul.taps('Иә, салынды')
  expect((await work(1)).state).toBe('done')
  expect(kindOf(await says(three, 1, false, 'late')), 'what is done is not disputed any more').toBe('done')
  expect(kindOf(await keepMilestone(bot.app, at(1), { milestone: 1, cost: 5 }, { by: 'command' }))).toBe(
    'done',
  )
})

test('one answer a person however many press at once, and who is not of the village has none', async () => {
  await builds(3)
  const [one] = crowd as [Voter]
  const round = 1
  const twenty = Array.from({ length: 20 }, (_, n) =>
    answerWork(bot.app, one.account, at(3), { rollRow: one.rollRow, round, accepted: n % 2 === 0 }),
  )
  for (const done of await Promise.all(twenty)) expect(done.ok).toBe(true)
  const { accepted, refused, unshown } = await work(3)
  expect(accepted + refused + unshown).toBe(1)
  const stranger = await bot.resident('ru')
  const foreign = { rollRow: one.rollRow, round, accepted: true }
  expect(kindOf(await answerWork(bot.app, stranger.id, at(3), foreign))).toBe('not-verified')
  await stranger.pressesRaw(workButton.pack(at(3)))
  await stranger.sees('чьё право голоса подтверждено')
  expect(kindOf(await keepMilestone(bot.app, at(3), { milestone: 1 }, { by: stranger.id }))).toBe(
    'not-allowed',
  )
})

test('of nine who accept and two who dispute at once, the work is done or disputed, and every refusal says that it is done', async () => {
  const said = await Promise.all(
    crowd.slice(1).map((voter, n) => says(voter, 3, n > 1, n > 1 ? '' : `x${n}`)),
  )
  const { state } = await work(3)
  expect(['done', 'disputed']).toContain(state)
  const refused = said.filter((done) => !done.ok)
  expect(refused.map(kindOf)).toEqual(refused.map(() => 'done'))
  if (state === 'disputed') expect(refused).toEqual([])
})

test('a saving is proposed in the chat, step by step, and counts once a second official confirms it', async () => {
  await marat.pressesRaw(keepWorkButton.pack(at(2)))
  await marat.taps('Проект подешевел')
  await marat.says('дёшево')
  await marat.sees('Это не сумма.')
  await marat.says('1 млн')
  await marat.says('Мердігер арзанырақ жасайды')
  await marat.says('Подрядчик делает дешевле')
  await marat.sees('Второго сотрудника попросили подтвердить.')
  const asked = await bota.sees(/№\s2 жоба арзандады/)
  expect(asked.text).toContain('Подрядчик делает дешевле')
  await bota.taps('Растау')
  await marat.sees(/Проект №\s2 подешевел/)
  const one = must(await readStanding(bot.app, bot.app.db, { ...at(2), pot: 'general' }))
  expect(one.changes.map(({ kind, cost }) => [kind, cost])).toEqual([['cheaper', 1_000_000]])
})

test('a project that did not win is paid for outside the vote: chosen in the chat, confirmed by a second official, told as no winner', async () => {
  await marat.pressesRaw(keepWorkButton.pack(at(2)))
  await marat.taps('Деньги вне голосования')
  await marat.sees('На какой проект нашли деньги вне голосования?')
  await marat.taps(/^№\u00a05\./)
  await marat.says('Демеуші ақша берді')
  await marat.says('Деньги дал спонсор')
  await marat.sees('Второго сотрудника попросили подтвердить.')
  await bota.sees(/№\s5 жобаға ақша дауыстан тыс бөлінді/)
  await bota.taps('Растау')
  await marat.sees(/На проект №\s5 нашли деньги вне голосования/)
  await aigul.pressesRaw(
    resultsButton.pack({ cycle: bot.cycle.id, territory: at(5).territory, pot: 'general' }),
  )
  const { text } = await aigul.sees(/№\s5\. .*: өтпеді → дауыстан тыс ақшаға/)
  expect(text).toMatch(/№\s2\. .* → 1\s000\s000/)
  const resident = await bot.resident('ru')
  await resident.pressesRaw(outsideButton.pack({ ...at(2), page: 0 }))
  await resident.sees('Работу ведёт сотрудник акимата этого места.')
})

test('after fourteen days it is done without anybody, and what a person showed goes with their account', async () => {
  must(await addWorkPhoto(bot.app, { ...at(2), milestone: 1 }, { fileId: 'g', uniqueId: 'g' }, 'command'))
  must(await keepMilestone(bot.app, at(2), { milestone: 1, cost: 70_000 }, { by: 'command' }))
  must(await sayBuilt(bot.app, at(2), undefined, { by: 'command' }))
  const [one] = crowd as [Voter]
  must(
    await answerWork(bot.app, one.account, at(2), {
      rollRow: one.rollRow,
      round: 1,
      accepted: false,
      words: 'Бордюр сынған',
      photo: { fileId: 'broken', uniqueId: 'broken' },
    }),
  )
  await eraseAccount(bot.app, one.account)
  expect(await everyValueWith(bot.app.db, 'Бордюр сынған')).toEqual([])
  expect(await everyValueWith(bot.app.db, 'broken')).toEqual([])
  expect((await work(2)).refused, 'it counts still').toBe(1)
  expect((await work(2)).state).toBe('built')
  await unguarded(
    bot.app.db,
    (sql) =>
      sql`update work_round set built_at = built_at - interval '14 days' where project = ${'x'} or round = 1`,
  )
  expect((await work(2)).state).toBe('done')
})
