// A resident proposes something in conversation: question by question, with photos and a voice note, and hears number and status.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IDEA, ideaButton } from '../../src/bot/buttons.ts'
import { dialogNote } from '../../src/bot/parts.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { fromBot, type IdeaWalk, ideaWalk, ORDER, says, WORDS } from '../support/idea-walk.ts'
import { ideasCycle, picture } from '../support/ideas.ts'
import { until } from '../support/person.ts'

let bot: TestBot
let walk: IdeaWalk
beforeAll(async () => {
  bot = await startBot({ seed: 'ideas', session: 'redis', loops: true })
  walk = ideaWalk(bot, await ideasCycle(bot.app, 'ideas-chat'))
})
afterAll(() => bot.stop())

const texts = (locale: 'kk' | 'ru' = 'kk') => bot.textsOf(locale)
const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+(?:[-’][\p{L}\p{N}]+)*/gu)?.length ?? 0

test.each(['kk', 'ru'] as const)(
  'a whole idea in %s, with five photos and a cost: its author sees all of it, sends it, and hears its number',
  async (locale) => {
    const t = texts(locale)
    const [title, body, landmark] = WORDS[locale]
    const ann = await walk.reaches('photos', locale)
    await ann.sendsAlbum([1, 2, 3, 4, 5].map(picture))
    await says(ann, t('ideas.photos-full', { count: 5 }))
    await ann.taps(t('ideas.onward.button'))
    await ann.says('500 мың')
    await walk.differs(ann, locale)
    const { text } = await ann.sees(t('ideas.preview'))
    for (const part of [title, body, landmark, t('discover.category-street_lighting')])
      expect(text).toContain(part)
    expect(text).toContain(t('ideas.own-cost', { cost: t.money(500_000) }))
    expect(text).toContain(t('ideas.own-photos', { count: 5 }))
    await ann.taps(t('ideas.send.button'))
    const [idea] = await walk.own(ann)
    expect(idea).toMatchObject({
      state: 'sent',
      title,
      body,
      landmark,
      roughCost: 500_000,
      locale,
      step: null,
    })
    expect(ann.screen().text).toContain(t('ideas.sent', { number: idea?.number ?? 0 }))
    expect(ann.screen().text).toContain(t('ideas.sent-due', { time: t.moment(idea?.dueAt ?? '') }))
    expect(await bot.session.note(dialogNote(ann.id))).toBeUndefined()
  },
)

test('a voice note stands for title and text', async () => {
  const t = texts()
  const ann = await walk.reaches('title')
  await ann.sendsVoice()
  await ann.sees(t('ideas.ask-place'))
  await ann.sharesLocation(49.95, 82.61)
  await ann.sees(t('ideas.ask-photos', { most: 5 }))
  for (const question of ['photos', 'cost', 'preview'] as const) await walk.answers(ann, question)
  const [idea] = await walk.own(ann)
  expect(idea).toMatchObject({
    state: 'sent',
    title: null,
    body: null,
    landmark: null,
    lat: 49.95,
    lon: 82.61,
  })
  expect(idea?.media.map(({ kind }) => kind)).toEqual(['voice'])
})

test('in Kazakh an idea costs its author at most 10 messages of the bot and 450 words, every screen counted', async () => {
  const t = texts()
  const ann = await walk.resident()
  const before = fromBot(ann).length
  const screens: string[] = []
  const does = async (act: () => Promise<unknown>) => {
    await act()
    screens.push(...ann.heard().map(({ text, buttons }) => [text, ...buttons.flat()].join('\n')))
  }
  await does(() => ann.taps(t('ideas.submit.button')))
  await does(() => ann.taps(t('common.yes.button')))
  for (const question of ['category', 'title', 'text', 'place'] as const)
    await does(() => walk.answers(ann, question))
  await does(async () => {
    await ann.sendsAlbum([1, 2, 3, 4, 5].map(picture))
    await says(ann, t('ideas.photos-full', { count: 5 }))
  })
  await does(() => ann.taps(t('ideas.onward.button')))
  await does(() => ann.says('шамамен 2,5 млн'))
  await does(() => walk.differs(ann))
  await does(() => ann.taps(t('ideas.send.button')))
  expect(ann.screen().text).toContain(
    t('ideas.sent-due', { time: t.moment((await walk.own(ann))[0]?.dueAt ?? '') }),
  )
  const words = screens.reduce((sum, text) => sum + wordsIn(text), 0)
  const messages = fromBot(ann).length - before
  expect(messages).toBeLessThanOrEqual(10)
  expect(words).toBeLessThanOrEqual(450)
  expect(words, 'all of them were counted').toBeGreaterThan(100)
})

const LONG = 'Қыста балалар мектепке қараңғыда барады. '.repeat(40).slice(0, 1500)

test('what the dialog keeps stays below 8 KB at every question, with the longest text and five photos', async () => {
  const ann = await walk.reaches('title')
  const sizes: Record<string, number> = {}
  const measure = async (at: string) => {
    const kept = JSON.stringify((await bot.session.note(dialogNote(ann.id))) ?? '')
    expect(kept, 'no word of the idea').not.toMatch(/балалар|ШШШ|ммм/)
    sizes[at] = Buffer.byteLength(kept)
  }
  await measure('title')
  await ann.says('Ш'.repeat(100))
  await measure('text')
  await ann.says(LONG)
  await measure('place')
  await ann.says('м'.repeat(200))
  await measure('photos')
  await ann.sendsAlbum([1, 2, 3, 4, 5].map(picture))
  await says(ann, texts()('ideas.photos-full', { count: 5 }))
  await measure('album')
  await ann.taps(texts()('ideas.onward.button'))
  await measure('cost')
  await ann.says('500 мың')
  await walk.differs(ann)
  await measure('preview')
  await ann.taps(texts()('ideas.change.button'))
  await measure('change')
  await ann.taps(texts()('common.back.button'))
  await ann.sendsSticker()
  await measure('again')
  expect(
    Object.values(sizes).every((size) => size > 100 && size <= 8192),
    JSON.stringify(sizes),
  ).toBe(true)
  expect((await walk.own(ann))[0]).toMatchObject({ body: LONG.trim(), step: 'preview' })
})

test('a phone number in the text is no reason to refuse it; its author is told that others do not see it', async () => {
  const t = texts()
  const ann = await walk.reaches('text')
  await ann.says('Хабарласыңыз: +7 701 123 45 67, бәрін түсіндіремін.')
  for (const question of ['place', 'photos', 'cost'] as const) await walk.answers(ann, question)
  expect(ann.screen().text).toContain(t('ideas.own-masked'))
  expect(ann.screen().text).toContain('+7 701 123 45 67')
  await walk.answers(ann, 'preview')
  expect((await walk.own(ann))[0]).toMatchObject({ state: 'sent', flags: ['phone'] })
})

test('a double tap on Send, ten presses of it at once and an update that comes twice are one idea with one number', async () => {
  const t = texts()
  const ann = await walk.reaches('preview')
  const { id } = ann.screen()
  const draft = (await walk.own(ann))[0]?.id ?? 0
  const send = ideaButton.pack({ step: 'send', idea: draft, value: '' })
  await bot.control('PUT', 'delivery', { duplicate: 2 })
  await Promise.all([
    ann.taps(t('ideas.send.button')),
    ...Array.from({ length: 9 }, () =>
      bot.control('POST', `people/${ann.id}/press-raw`, { data: send, message_id: id }),
    ),
  ])
  await bot.control('PUT', 'delivery', { duplicate: 0 })
  const [idea, ...more] = await walk.own(ann)
  expect(more).toEqual([])
  expect(idea?.state).toBe('sent')
  await until(async () => {
    await ann.refresh()
    return ann.screen().text.includes(t('ideas.sent', { number: idea?.number ?? 0 }))
  })
  expect(fromBot(ann).filter(({ text }) => text?.includes('№\u00a0'))).toHaveLength(1)
})

test('who lives there says so once; whoever does not, is told kindly and leaves nothing', async () => {
  const t = texts()
  const ann = await walk.resident()
  await ann.taps(t('ideas.submit.button'))
  expect(ann.screen().text).toContain(t('ideas.terms', { village: '' }).trim())
  await ann.says('жоқ')
  expect(ann.screen().text).toContain(t('ideas.not-begun'))
  expect(await walk.own(ann)).toEqual([])
  await ann.says('/menu')
  await ann.taps(t('ideas.submit.button'))
  await ann.says('иә')
  expect(ann.screen().text).toContain(t('ideas.ask-category'))
  await ann.says('/mydata')
  expect(ann.screen().text).toMatch(/18/)
  await ann.says('/menu')
  await ann.taps(t('ideas.continue.button'))
  await ann.taps(t('common.cancel.button'))
  await ann.taps(t('common.yes.button'))
  await ann.taps(t('common.menu.button'))
  await ann.taps(t('ideas.submit.button'))
  expect(ann.screen().text, 'not asked again').toContain(t('ideas.ask-category'))
})

test('the menu offers it while ideas are collected, and at no other time', async () => {
  const t = texts()
  const ann = await bot.resident('kk')
  expect(ann.hasButton(t('ideas.submit.button'))).toBe(false)
  await ann.pressesRaw(ideaButton.pack(IDEA))
  expect(ann.screen().text).toContain(t('ideas.not-collecting'))
  const here = await walk.resident()
  expect(here.hasButton(t('ideas.submit.button'))).toBe(true)
})

test('whoever has sent three in a day is told so before they write a fourth', async () => {
  const t = texts()
  const ann = await walk.reaches('preview')
  await walk.answers(ann, 'preview')
  for (const _ of [2, 3]) {
    await ann.taps(t('common.menu.button'))
    await ann.taps(t('ideas.submit.button'))
    for (const question of ORDER) await walk.answers(ann, question)
  }
  await ann.taps(t('common.menu.button'))
  await ann.taps(t('ideas.submit.button'))
  expect(ann.screen().text.replaceAll('\u00a0', ' ')).toContain(t('ideas.too-many-today', { most: 3 }))
  expect(await walk.own(ann)).toHaveLength(3)
})
