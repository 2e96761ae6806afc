// Before an idea is sent its author sees what is already proposed there: supports one of these, or goes on with their own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ideaButton } from '../../src/bot/buttons.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { withdrawIdea } from '../../src/use-cases/send-idea.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import type { Written } from '../../src/use-cases/write-idea.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import type { SmallCycle } from '../support/cycle.ts'
import { type IdeaWalk, ideaWalk } from '../support/idea-walk.ts'
import { ideasCycle, sentIdea } from '../support/ideas.ts'
import { type Person, until } from '../support/person.ts'

let bot: TestBot
let cycle: SmallCycle
let walk: IdeaWalk
let author = 7000
beforeAll(async () => {
  bot = await startBot({ seed: 'similar ideas', session: 'redis', loops: true })
  cycle = await ideasCycle(bot.app, 'similar-chat')
  walk = ideaWalk(bot, cycle)
})
afterAll(() => bot.stop())

/** As it is read: what holds a number and its noun together looks like any space. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const sends = (title: string, more: Written = {}) =>
  sentIdea(bot.app, ++author, cycle, {
    category: 'other',
    title,
    body: 'Бұл ауылға керек, бәріміз қалаймыз.',
    landmark: 'ауыл ортасы',
    ...more,
  })

/** A resident who writes in Russian, behind the question of the cost. */
async function writes(title: string, at?: [number, number]): Promise<Person> {
  const t = bot.textsOf('ru')
  const olga = await walk.reaches('title', 'ru')
  await olga.says(title)
  await olga.says('Давно просим об этом, всем пригодится.')
  if (at) await olga.sharesLocation(...at)
  else await olga.says('в центре села')
  await olga.taps(t('ideas.skip.button'))
  await olga.taps(t('ideas.skip.button'))
  return olga
}

const supporters = async (number: number) => (await findIdea(bot.app, cycle.id, number))?.supporters

test('what is alike is shown with its number, the way there and its supporters, in another language too', async () => {
  const place = { lat: 49.95, lon: 82.61, landmark: null }
  const { id, number } = await sends('Моншаны жөндеу, тел. 8 701 123 45 67', place)
  const fan = await walk.resident()
  await supportIdea(bot.app, fan.id, id)
  const olga = await writes('Отремонтировать баню', [49.951, 82.61])
  const text = plain(olga.screen().text)
  expect(text).toContain('Похожие идеи уже есть')
  expect(text).toContain(`№ ${number}. Моншаны жөндеу, тел. ▒▒▒`)
  expect(text).toContain('Расстояние: 111 м')
  expect(text).toContain('Поддержали: 1')
  expect(olga.screen().buttons.flat().map(plain)).toEqual([
    `Поддержать № ${number}`,
    'Моя идея другая',
    'Назад',
    'Продолжить позже',
    'Отмена',
  ])
})

test('Support, pressed twice and delivered twice, counts once; the own idea stays a draft and goes on where it was', async () => {
  const t = bot.textsOf('ru')
  const { id, number } = await sends('Зиратты қоршау')
  const olga = await writes('Ограда кладбища')
  const [draft] = await walk.own(olga)
  const message = olga.screen().id
  const support = ideaButton.pack({ step: 'support', idea: draft?.id ?? 0, value: String(id) })
  await bot.control('PUT', 'delivery', { duplicate: 1, parallel: 4 })
  await Promise.all([
    olga.taps(t('ideas.support.button', { number })),
    bot.control('POST', `people/${olga.id}/press-raw`, { data: support, message_id: message }),
  ])
  await bot.control('PUT', 'delivery', { duplicate: 0, parallel: 1 })
  await until(async () => {
    await olga.refresh()
    return olga.screen().text.includes(t('ideas.supported', { number }))
  })
  expect(await supporters(number)).toBe(1)
  expect(await walk.own(olga)).toMatchObject([{ state: 'draft', number: null }])
  await olga.taps(t('ideas.continue.button'))
  expect(olga.screen().text).toContain(t('ideas.preview'))
})

test('who supports another one may delete their own', async () => {
  const t = bot.textsOf('ru')
  const { number } = await sends('Бассейн салу')
  const olga = await writes('Построить бассейн')
  await olga.taps(t('ideas.support.button', { number }))
  await olga.taps(t('ideas.drop.button'))
  await olga.taps(t('common.yes.button'))
  expect(olga.screen().text).toContain(t('ideas.dropped'))
  expect(await supporters(number)).toBe(1)
  expect(await walk.own(olga)).toMatchObject([{ state: 'withdrawn' }])
})

test('“mine is different” leads to the preview, and is asked once', async () => {
  const t = bot.textsOf('ru')
  await sends('Ветпункт ашу')
  const olga = await writes('Ветеринарный пункт')
  await olga.says('не знаю')
  await olga.sees(t('common.press-below'))
  expect(olga.screen().text).toContain(t('ideas.similar'))
  await olga.taps(t('ideas.different.button'))
  expect(olga.screen().text).toContain(t('ideas.preview'))
  await olga.taps(t('common.back.button'))
  expect(olga.screen().text).toContain(t('ideas.ask-cost'))
  await olga.taps(t('ideas.skip.button'))
  expect(olga.screen().text).toContain(t('ideas.preview'))
  await olga.taps(t('ideas.send.button'))
  expect(await walk.own(olga)).toMatchObject([{ state: 'sent' }])
})

test('where nothing is alike there is no such question', async () => {
  await sends('Шахмат үстелдері')
  const olga = await writes('Видеокамеры на въезде')
  expect(olga.screen().text).toContain(bot.textsOf('ru')('ideas.preview'))
})

test('one that was given up meanwhile takes no support; its author goes on with their own', async () => {
  const t = bot.textsOf('ru')
  const { id, number } = await sends('Велосипед жолы')
  const olga = await writes('Велосипедная дорожка')
  await withdrawIdea(bot.app, author, id)
  await olga.taps(t('ideas.support.button', { number }))
  expect(olga.screen().text).toContain(t('ideas.preview'))
  expect(await supporters(number)).toBe(0)
})

test('continued later, the question comes again', async () => {
  const t = bot.textsOf('ru')
  await sends('Қоғамдық дәретхана')
  const olga = await writes('Общественный туалет')
  await olga.taps(t('ideas.later.button'))
  await olga.says('/menu')
  await olga.taps(t('ideas.continue.button'))
  expect(olga.screen().text).toContain(t('ideas.similar'))
})
