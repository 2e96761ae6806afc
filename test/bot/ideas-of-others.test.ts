// Ideas of a village for everybody in it: the list and the card, support, following, questions, photos and voice on demand.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { muteKind } from '../../src/use-cases/mute-kind.ts'
import { listQuestions } from '../../src/use-cases/questions.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { type IdeaWalk, ideaWalk } from '../support/idea-walk.ts'
import { addPhoto, draft, ideasCycle, lamp, neighbour, sentIdea } from '../support/ideas.ts'
import { fromBot } from '../support/idea-walk.ts'
import { PIXEL, type Person, until } from '../support/person.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'

let bot: TestBot
let cycle: SmallCycle
let walk: IdeaWalk
beforeAll(async () => {
  bot = await startBot({ seed: 'ideas of others', loops: true })
  cycle = await ideasCycle(bot.app, 'others')
  walk = ideaWalk(bot, cycle)
})
afterAll(() => bot.stop())

const by = { by: 'command' } as const
const openCard = async (person: Person, number: number): Promise<void> => {
  await person.says('/menu')
  await person.taps('Идеи села')
  await person.taps(new RegExp(`^№\u00a0${number}\\.`))
}

test('a neighbour finds an idea, sees whose village it is from and no phone, supports it and takes that back', async () => {
  const body = 'Қыста қараңғы, 8 701 123 45 67 нөміріне хабарласыңыз.'
  const { number } = await sentIdea(bot.app, 701, cycle, { ...lamp, body, roughCost: 400_000 })
  const insult = await sentIdea(bot.app, 702, cycle, { ...lamp, title: 'Ақмақ әкімге шам' })
  const olga = await walk.resident('ru')
  await olga.taps('Идеи села')
  const list = await olga.sees('Мектеп көшесіне шам')
  expect(list.text).not.toContain(`№\u00a0${insult.number}`)
  await olga.taps(new RegExp(`^№\u00a0${number}\\.`))
  const card = await olga.sees('Автор: житель. others 1')
  expect(card.text).toContain('▒▒▒')
  expect(card.text).not.toContain('701 123')
  expect(card.text).toContain('Абай атындағы мектептің жаны')
  expect(card.buttons.flat()).toEqual(['Поддержать', 'Следить', 'Задать вопрос', 'Список идей', 'Меню'])
  await olga.taps('Поддержать')
  await olga.sees('Поддержали: 1')
  await olga.taps('Не поддерживать')
  expect((await olga.sees('Вы больше не поддерживаете')).text).not.toContain('Поддержали')
})

test('who lives in another village reads it and may follow, and is told why their support does not count', async () => {
  const { number } = await sentIdea(bot.app, 703, cycle, { ...lamp, title: 'Автобус аялдамасы' })
  const guest = await walk.resident('ru')
  await openCard(guest, number)
  await neighbour(bot.app, guest.id, cycle, 1)
  await guest.taps('Поддержать')
  await guest.sees('Поддержать можно идею только своего села.')
  await guest.taps('Следить')
  await guest.sees('Мы сообщим об этой идее')
})

test('who follows is told once of a decision and of the project, in their language, unless they switched it off', async () => {
  const { id, number } = await sentIdea(bot.app, 704, cycle, { ...lamp, title: 'Балалар алаңы' })
  const [olga, aigul, quiet] = [
    await walk.resident('ru'),
    await walk.resident('kk'),
    await walk.resident('ru'),
  ]
  for (const one of [olga, quiet]) {
    await openCard(one, number)
    await one.taps('Следить')
    await one.sees('Мы сообщим об этой идее')
  }
  await aigul.taps('Ауылдың идеялары')
  await aigul.taps(new RegExp(`^№\u00a0${number}\\.`))
  await aigul.taps('Қолдау')
  await aigul.taps('Хабар алып тұру')
  await aigul.sees('Бұл идея туралы хабарлаймыз')
  await muteKind(bot.app, quiet.id, 'ideas', true)
  must(await decideIdea(bot.app, id, { kind: 'approve' }, by))
  const told = await olga.sees(`Идея, за которой вы следите: №\u00a0${number} «Балалар алаңы»`)
  expect(told.text).toContain('Идея одобрена')
  await aigul.sees(`Сіз қолдаған идея: №\u00a0${number}`)
  const sent = await bot.app.db.sql<{ account: number }[]>`
    select account from delivery where kind = 'idea-decided' and facts ->> 'idea' = ${String(number)} order by account`
  expect(sent.map(({ account }) => account).toSorted((a, b) => a - b)).toEqual(
    [704, olga.id, aigul.id].toSorted((a, b) => a - b),
  )
})

test('whoever follows an idea that is merged follows the other one, and hears of that', async () => {
  const [from, into] = [
    await sentIdea(bot.app, 705, cycle, { ...lamp, title: 'Құдық қазу' }),
    await sentIdea(bot.app, 706, cycle, { ...lamp, title: 'Құдық керек' }),
  ]
  const olga = await walk.resident('ru')
  await openCard(olga, from.number)
  await olga.taps('Следить')
  await olga.sees('Мы сообщим')
  must(await decideIdea(bot.app, from.id, { kind: 'merge', into: into.number }, by))
  await olga.sees(`Она объединена с похожей идеей №\u00a0${into.number}`)
  must(await decideIdea(bot.app, into.id, { kind: 'approve' }, by))
  await olga.sees(`Идея, за которой вы следите: №\u00a0${into.number}`)
})

test('a question about an idea goes to its officials; the answer stands on the card and comes to who asked', async () => {
  const { number } = await sentIdea(bot.app, 707, cycle, { ...lamp, title: 'Су құбырын жөндеу' })
  const marat = await walk.resident('ru')
  must(
    await grantRole(
      bot.app,
      { account: marat.id, role: 'official', territory: cycle.villages[0] as number },
      'command',
    ),
  )
  const olga = await walk.resident('ru')
  await openCard(olga, number)
  await olga.taps('Задать вопрос')
  await olga.sees(`Идея №\u00a0${number}. Су құбырын жөндеу`)
  await olga.says('Какая улица?')
  await olga.sees('Вопрос отправлен в акимат')
  expect((await listQuestions(bot.app, cycle.id)).at(-1)).toMatchObject({ project: null, number })
  const asked = await marat.sees('Новый вопрос')
  expect(asked.text).toContain(`Идея №\u00a0${number}`)
  await marat.taps('Открыть вопрос')
  await marat.taps('Ответить: Русский')
  await marat.says('Улица Абая.')
  await marat.sees('Записано')
  await olga.sees('Акимат ответил на ваш вопрос.')
  await olga.taps('Открыть идею')
  await olga.sees('Улица Абая.')
})

test('photos wait for a moderator; behind another bot our copy goes once, and the new id is kept', async () => {
  const id = await draft(bot.app, 708, cycle, { ...lamp, title: 'Көпір салу' })
  must(await addPhoto(bot.app, 708, id, 1))
  const { number } = must(await sendIdea(bot.app, 708, id))
  const olga = await walk.resident('ru')
  await openCard(olga, number)
  expect(olga.screen().buttons.flat()).not.toContain('Фото и голос')
  must(await decideIdea(bot.app, id, { kind: 'approve' }, by))
  await openCard(olga, number)
  await olga.taps('Фото и голос')
  await olga.sees('Этого файла больше нет.')
  const copy = '1-0123456789ab.jpg'
  await mkdir(bot.ideaMedia, { recursive: true })
  await writeFile(join(bot.ideaMedia, copy), Buffer.from(PIXEL, 'base64'))
  await bot.app.db.sql`update idea_media set copy = ${copy}, file_id = 'of-another-bot' where idea = ${id}`
  const fileId = async () =>
    (await bot.app.db.sql<{ id: string }[]>`select file_id as id from idea_media where idea = ${id}`)[0]?.id
  const sees = async () => {
    const reader = await walk.resident('ru')
    await openCard(reader, number)
    await reader.taps('Фото и голос')
    await until(async () => {
      await reader.refresh()
      return JSON.stringify(fromBot(reader).at(-1)).includes('photo')
    })
  }
  await sees()
  expect(await fileId()).not.toBe('of-another-bot')
  await bot.app.db.sql`update idea_media set copy = null where idea = ${id}`
  await sees()
})

test('a draft stays with the village where it was begun and says so, until its author takes it along', async () => {
  const olga = await walk.reaches('preview', 'ru')
  await olga.says(`/start v_${cycle.villages[1]}`)
  await olga.taps('Продолжить идею')
  const preview = await olga.sees('Эта идея начата здесь: others 1')
  expect(preview.text).toContain('Сейчас ваше село: others 2')
  expect((await walk.own(olga))[0]?.territory).toBe(cycle.villages[0])
  await olga.taps('Перенести идею: others 2')
  await olga.sees('место идеи нужно будет указать заново')
  await olga.taps('Да')
  await olga.sees('Где это?')
  expect((await walk.own(olga))[0]).toMatchObject({ territory: cycle.villages[1], landmark: null })
})
