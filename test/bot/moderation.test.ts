// A moderator's chat: an idea arrives, is read, and is decided about with a press or two; whoever was faster is named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approveButton } from '../../src/bot/moderation/buttons.ts'
import { moderatedButton } from '../../src/bot/buttons.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { unguarded } from '../support/database.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle, lamp, sentIdea } from '../support/ideas.ts'
import { answers, askingCycle } from '../support/needs.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let cycle: SmallCycle
/** Marat reads Kazakh, Tatyana Russian. */
let marat: Person
let tatyana: Person
let author = 9000

beforeAll(async () => {
  bot = await startBot({ seed: 'moderation', loops: true })
  cycle = await ideasCycle(bot.app, 'moderated')
  marat = await moderator('kk')
  tatyana = await moderator('ru')
})
afterAll(() => bot.stop())

async function moderator(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  const territory = cycle.villages[0] as number
  must(await grantRole(bot.app, { account: person.id, role: 'moderator', territory }, 'command'))
  return person
}

const arrives = () => sentIdea(bot.app, author++, cycle)
const idea = async (number: number) => {
  const found = await findIdea(bot.app, cycle.id, number)
  if (!found) throw new Error('no such idea')
  return found
}

test('an idea with nothing wrong takes two taps, and the other moderator hears who was first', async () => {
  const { number } = await arrives()
  await marat.sees(`Жаңа идея: №\u00a0${number}`)
  await tatyana.sees(`Новая идея: №\u00a0${number}`)
  await tatyana.taps('Открыть идею')
  await marat.taps('Идеяны ашу')
  const card = await marat.sees(lamp.title as string)
  expect(card.text).toContain('Түрі: Көше жарығы')
  expect(card.text).toContain('Орны: Абай атындағы мектептің жаны')
  await marat.taps('Мақұлдау')
  await marat.sees('Шешім жазылды. Авторына хабарланады.')
  expect((await idea(number)).state).toBe('approved')
  await tatyana.taps('Одобрить')
  const late = await tatyana.sees('Пока вы читали, идею решили или изменили')
  expect(late.text).toContain('одобрена, считают стоимость')
  expect(late.text).toContain(`Решение принято: ${marat.id}`)
  expect(late.text).toContain('Нет текста, язык: русский')
})

test('the card of a practice says that it is one', async () => {
  const trial = await ideasCycle(bot.app, 'practised')
  await unguarded(bot.app.db, (sql) => sql`update cycle set trial = true where id = ${trial.id}`)
  const trainer = await bot.resident('ru')
  const territory = trial.villages[0] as number
  must(await grantRole(bot.app, { account: trainer.id, role: 'moderator', territory }, 'command'))
  await sentIdea(bot.app, author++, trial)
  await trainer.says('/moderate')
  await trainer.sees('ТРЕНИРОВКА. Это не настоящее голосование')
})

test('a question, a refusal with words, a merge: what is written is taken, what does not fit is asked again', async () => {
  const { id, number } = await arrives()
  await tatyana.pressesRaw(moderatedButton.pack({ idea: id }))
  await tatyana.taps('Спросить автора')
  await tatyana.sees('Напишите вопрос автору.')
  await tatyana.says('?')
  await tatyana.sees('Нужно знаков: от 3 до 600. У вас: 1.')
  await tatyana.says('На какой улице школа?')
  await tatyana.sees('Записано. Автору сообщат.')
  expect(await idea(number)).toMatchObject({ state: 'returned', note: 'На какой улице школа?' })

  const second = await arrives()
  await tatyana.pressesRaw(moderatedButton.pack({ idea: second.id }))
  await tatyana.taps('Отклонить')
  await tatyana.taps('это уже строят или запланировали')
  await tatyana.says('Фонари поставят в мае.')
  await tatyana.sees('Записано')
  expect(await idea(second.number)).toMatchObject({
    state: 'rejected',
    reason: 'already-planned',
    note: 'Фонари поставят в мае.',
  })

  const third = await arrives()
  await tatyana.pressesRaw(moderatedButton.pack({ idea: third.id }))
  await tatyana.taps('Объединить')
  await tatyana.says('двенадцать')
  await tatyana.sees('Это не номер идеи')
  await tatyana.says(`№ ${third.number}`)
  await tatyana.sees('С этим номером объединить нельзя')
  await tatyana.taps('Объединить')
  await tatyana.says(String(number))
  await tatyana.sees('Записано')
  expect(await idea(third.number)).toMatchObject({ state: 'merged', mergedInto: number })
})

test('a card names what is like it, and a press merges the two', async () => {
  const bath = { category: 'other', landmark: 'ауыл ортасы', body: 'Бәріміз қалаймыз, керек нәрсе.' }
  const first = await sentIdea(bot.app, author++, cycle, { ...bath, title: 'Моншаны жөндеу' })
  const second = await sentIdea(bot.app, author++, cycle, { ...bath, title: 'Отремонтировать баню' })
  const alone = await sentIdea(bot.app, author++, cycle, { ...bath, title: 'Зиратты қоршау' })
  await tatyana.pressesRaw(moderatedButton.pack({ idea: alone.id }))
  expect((await tatyana.sees('Зиратты қоршау')).text).not.toContain('Похожие')
  await tatyana.pressesRaw(moderatedButton.pack({ idea: second.id }))
  const { text } = await tatyana.sees('Отремонтировать баню')
  expect(text.split('\n')).toContain(`Похожие: №\u00a0${first.number}`)
  await tatyana.taps('Объединить')
  await tatyana.taps(`№\u00a0${first.number}. Моншаны жөндеу`)
  await tatyana.sees('Записано')
  expect(await idea(second.number)).toMatchObject({ state: 'merged', mergedInto: first.number })
  expect((await idea(first.number)).supporters).toBe(1)
})

test('the words are corrected in both languages, the cost is read in any spelling and within the ceiling', async () => {
  const { id, number } = await arrives()
  must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: marat.id }))
  await tatyana.pressesRaw(moderatedButton.pack({ idea: id }))
  await tatyana.taps('Исправить текст')
  await tatyana.taps('Название: Русский')
  await tatyana.says('Фонари на школьной улице')
  await tatyana.sees('Записано')
  await tatyana.taps('Исправить текст')
  await tatyana.taps('Текст: Русский')
  await tatyana.says('Дети ходят в школу в темноте. '.repeat(40).trim())
  await tatyana.sees('Записано')
  await tatyana.taps('Указать стоимость')
  await tatyana.says('много')
  await tatyana.sees('Это не сумма')
  await tatyana.says('6,2 млн')
  await tatyana.taps('Есть в списке')
  await tatyana.sees('Дороже, чем можно в этом голосовании')
  await tatyana.taps('Указать стоимость')
  await tatyana.says('4 500 000 тг')
  await tatyana.taps('Нет в списке')
  await tatyana.sees('Записано')
  expect(await idea(number)).toMatchObject({
    state: 'feasible',
    cost: 4_500_000,
    onList: false,
    titles: { kk: lamp.title, ru: 'Фонари на школьной улице' },
  })
})

test('an author is kept from sending for two weeks, is told, and an official lifts it', async () => {
  const writer = await bot.resident('kk')
  const { id } = await sentIdea(bot.app, writer.id, cycle)
  await tatyana.pressesRaw(moderatedButton.pack({ idea: id }))
  await tatyana.taps('Не принимать идеи автора')
  await tatyana.sees('На сколько дней')
  await tatyana.taps('14 дней')
  await tatyana.sees('Автор не может отправлять новые идеи до')
  await writer.sees('модератор сізден жаңа идея алмайды')
  await tatyana.taps('Назад')
  await tatyana.taps('Снова принимать идеи автора')
  await tatyana.sees('Это решает только сотрудник акимата')
  const official = await bot.resident('ru')
  const territory = cycle.villages[0] as number
  must(await grantRole(bot.app, { account: official.id, role: 'official', territory }, 'command'))
  await official.pressesRaw(moderatedButton.pack({ idea: id }))
  await official.taps('Снова принимать идеи автора')
  await official.sees('Автор может отправлять новые идеи')
})

test('a moderator who leaves an idea for later goes on to the next one, and comes round to it again', async () => {
  const two = [await arrives(), await arrives()]
  // Notices come in between.
  const card = async () => (await tatyana.sees(/^Идея №/m)).text
  await tatyana.says('/moderate')
  const seen: string[] = []
  let now = await card()
  while (!seen.includes(now) && seen.length < 50) {
    seen.push(now)
    await tatyana.taps('Следующая идея')
    now = await card()
  }
  expect(now, 'round again').toBe(seen[0])
  for (const { number } of two)
    expect(seen.filter((text) => text.includes(`Идея №\u00a0${number} `))).toHaveLength(1)
})

describe('nothing is changed by', () => {
  test('a person without the role, of another village, whose role was taken away, or about their own', async () => {
    const { id, number } = await arrives()
    const press = approveButton.pack({ idea: id, version: (await idea(number)).version })
    const stranger = await bot.resident('ru')
    await stranger.pressesRaw(press)
    await stranger.sees('Это решает модератор')
    const elsewhere = await bot.resident('ru')
    const territory = cycle.villages[1] as number
    must(await grantRole(bot.app, { account: elsewhere.id, role: 'moderator', territory }, 'command'))
    await elsewhere.pressesRaw(press)
    await elsewhere.sees('Это решает модератор')
    const was = await moderator('ru')
    must(
      await revokeRole(
        bot.app,
        { account: was.id, role: 'moderator', territory: cycle.villages[0] as number },
        'command',
      ),
    )
    await was.pressesRaw(press)
    await was.sees('Это решает модератор')
    const own = await sentIdea(bot.app, tatyana.id, cycle)
    await tatyana.pressesRaw(approveButton.pack({ idea: own.id, version: (await idea(own.number)).version }))
    await tatyana.sees('О своей идее никто не решает')
    expect([(await idea(number)).state, (await idea(own.number)).state]).toEqual(['sent', 'sent'])
  })

  test('a moderator whose colleague has it in hand', async () => {
    const { id, number } = await arrives()
    await marat.pressesRaw(moderatedButton.pack({ idea: id }))
    await marat.taps('Қарауға алу')
    await marat.sees('Идея сізде')
    await tatyana.pressesRaw(approveButton.pack({ idea: id, version: (await idea(number)).version }))
    const refused = await tatyana.sees('Идею рассматривает другой человек')
    expect(refused.text).toContain(String(marat.id))
    expect((await idea(number)).state).toBe('sent')
  })
})

test('of two who press different buttons in the same moment one decides, twenty times', async () => {
  for (let round = 0; round < 20; round++) {
    const { id, number } = await arrives()
    const { version } = await idea(number)
    await Promise.all([
      marat.pressesRaw(approveButton.pack({ idea: id, version })),
      decideIdea(bot.app, id, { kind: 'reject', reason: 'unclear' }, { by: tatyana.id, version }),
    ])
    const steps = await bot.app.db.sql<{ count: number }[]>`
      select count(*)::int as count from leaf
      where kind = 'idea-decided' and (convert_from(body, 'UTF8')::jsonb -> 1 ->> 'idea')::int = ${number}`
    expect(steps[0]?.count, `round ${round}`).toBe(1)
  }
})

test('the card says what the village wants most, where it was asked', async () => {
  const asked = await askingCycle(bot.app, 'needs-on-cards')
  for (let n = 0; n < 10; n++) await answers(bot.app, 9500 + n, asked, n < 6 ? [3, 1] : [1])
  await bot.app.db.sql`update cycle set phase = 'ideas' where id = ${asked.id}`
  const territory = asked.villages[0] as number
  must(await grantRole(bot.app, { account: tatyana.id, role: 'moderator', territory }, 'command'))
  const { id } = await sentIdea(bot.app, author++, asked)
  await tatyana.pressesRaw(moderatedButton.pack({ idea: id }))
  await tatyana.sees('Селу нужнее всего: Питьевая вода · Освещение улиц')
})
