// Whatever else is sent at a question of an idea is answered once, with what is taken there, and nothing is lost.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ideaButton } from '../../src/bot/buttons.ts'
import { PACE } from '../../src/bot/pace.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { ASKED, fromBot, type IdeaWalk, ideaWalk, ORDER, type Question, says } from '../support/idea-walk.ts'
import { ideasCycle, lamp, picture } from '../support/ideas.ts'
import { sized } from '../support/size.ts'

let bot: TestBot
let walk: IdeaWalk
beforeAll(async () => {
  bot = await startBot({ seed: 'ideas wrong', session: 'redis', loops: true })
  walk = ideaWalk(bot, await ideasCycle(bot.app, 'ideas-wrong'))
})
afterAll(() => bot.stop())

const texts = (locale: 'kk' | 'ru' = 'kk') => bot.textsOf(locale)

/** What is not taken: how it is sent. */
const WRONG = {
  'a 30 MB video': { video: Buffer.from('mp4').toString('base64'), file_size: 30 << 20 },
  'a sticker': { sticker: '👍' },
  'a contact': { contact: 'own' },
  'a document': { document: Buffer.from('%PDF').toString('base64'), file_name: 'a.pdf' },
  'a voice note': { voice: Buffer.from('OggS').toString('base64'), duration: 3 },
  'a photo': { photo: picture(1) },
  'an album of ten': { album: Array.from({ length: 10 }, (_, n) => ({ photo: picture(n) })) },
  'a location': { location: { latitude: 49, longitude: 82 } },
  'a live location': { location: { latitude: 49, longitude: 82, live_period: 900 } },
} as const
type Wrong = keyof typeof WRONG
const EVERY = (Object.keys(WRONG) as Wrong[]).filter((one) => one !== 'a photo' && one !== 'an album of ten')
const ALL = sized('all that is wrong at a question', EVERY.slice(0, 3), EVERY)
const SIGNS = '👍👍👍 !!! …… ✅✅✅✅'
const but = (...taken: Wrong[]) => ALL.filter((one) => !taken.includes(one))

test.each(['title', 'text', 'place'] as const)('at the %s signs alone are no answer', async (at) => {
  const t = texts('ru')
  const ann = await walk.reaches(at, 'ru')
  await ann.says(SIGNS)
  await ann.sees('Здесь нужны слова')
  expect(ann.screen().text).toContain(t(ASKED[at], { most: 5 }))
  const [idea] = await walk.own(ann)
  expect([idea?.title, idea?.body, idea?.landmark]).not.toContain(SIGNS)
})

test.each([
  ['category', 'ideas.wanted-category', ALL],
  ['title', 'ideas.wanted-words', but('a voice note')],
  ['text', 'ideas.wanted-words', but('a voice note')],
  ['place', 'ideas.wanted-place', but('a location', 'a live location')],
  ['photos', 'ideas.wanted-photos', ALL],
  ['cost', 'ideas.wanted-cost', ALL],
  ['preview', 'common.press-below', ALL],
] as const)(
  'at the question of the %s everything else is answered once with what is taken',
  async (at, note, wrong) => {
    const t = texts()
    const ann = await walk.reaches(at)
    const [before] = await walk.own(ann)
    for (const one of wrong) {
      const count = fromBot(ann).length
      await ann.sends(WRONG[one])
      const { text, buttons } = ann.screen()
      expect(text, one).toContain(t(note))
      expect(text, one).toContain(t(ASKED[at], { most: 5 }))
      expect(buttons.flat(), one).toContain(t('common.cancel.button'))
      expect(fromBot(ann).length - count, `${one} has one answer`).toBe(1)
    }
    expect((await walk.own(ann))[0]).toEqual(before)
    // The answer that is wanted is taken as before.
    await walk.answers(ann, at)
    if (at !== 'preview')
      expect(ann.screen().text).toContain(t(ASKED[ORDER[ORDER.indexOf(at) + 1] as Question], { most: 5 }))
  },
)

test.each(ORDER.filter((one) => one !== 'photos'))(
  'at the question of the %s photos are kept, told of once an album, and asked for no more',
  async (at) => {
    const t = texts()
    const ann = await walk.reaches(at)
    const count = fromBot(ann).length
    await ann.sends(WRONG['an album of ten'])
    expect(fromBot(ann).length - count).toBe(1)
    const said = fromBot(ann).at(-1)?.text
    expect(said).toContain(t('ideas.photo-kept'))
    expect(said?.replaceAll('\u00a0', ' ')).toContain(t(ASKED[at], { most: 5 }))
    expect((await walk.own(ann))[0]).toMatchObject({ step: at, media: { length: 5 } })
    await ann.sends({ photo: picture(99) })
    expect(ann.screen().text).toContain(t('ideas.photos-full', { count: 5 }))
    await walk.answers(ann, at)
  },
)

test('photos with a caption are photos and a text: at the question of the title, whichever part carries it', async () => {
  const t = texts()
  const ann = await walk.reaches('title')
  const caption = 'Мектеп алдына екі шам керек'
  await ann.sends({ album: [{ photo: picture(1) }, { photo: picture(2), caption }, { photo: picture(3) }] })
  expect(ann.screen().text).toContain(t('ideas.ask-text'))
  expect((await walk.own(ann))[0]).toMatchObject({
    title: caption,
    body: null,
    step: 'text',
    media: { length: 3 },
  })
  await ann.sends({ photo: picture(4), caption: lamp.body })
  expect(ann.screen().text).toContain(t('ideas.ask-place'))
  expect((await walk.own(ann))[0]).toMatchObject({ body: lamp.body, media: { length: 4 } })
})

test('a text of 6,000 letters comes in two messages and is answered once, by how much it is too long', async () => {
  const t = texts()
  const ann = await walk.reaches('text')
  const count = fromBot(ann).length
  await ann.says('ш'.repeat(4096))
  await ann.says('ш'.repeat(1000))
  expect(fromBot(ann).length - count).toBe(1)
  const said = fromBot(ann).at(-1)?.text?.replaceAll('\u00a0', ' ')
  expect(said).toContain(t('ideas.too-long', { most: 1500, by: 2596 }))
  expect((await walk.own(ann))[0]?.body, 'the end of it is no answer').toBeNull()
  await walk.answers(ann, 'text')
  expect((await walk.own(ann))[0]?.body).toBe(lamp.body)
})

test.each([
  ['title', 'Шам', 'ideas.too-short', { least: 5 }],
  ['title', 'Ш'.repeat(101), 'ideas.too-long', { most: 100, by: 1 }],
  ['text', 'Керек', 'ideas.too-short', { least: 15 }],
  ['place', 'м', 'ideas.too-short', { least: 3 }],
  ['cost', 'көп ақша', 'ideas.wanted-cost', {}],
  ['cost', '0', 'ideas.wanted-cost', {}],
  ['title', '460510400737', 'common.iin', {}],
] as const)(
  'at the question of the %s “%.12s” is told what is wrong with it',
  async (at, text, key, facts) => {
    const ann = await walk.reaches(at)
    await ann.says(text)
    expect(ann.screen().text).toContain(texts()(key, facts))
    expect(ann.screen().text).toContain(texts()(ASKED[at]))
    await walk.answers(ann, at)
  },
)

test('a picture sent as a file, a moving location and a long voice note are told how to send them', async () => {
  const t = texts()
  const title = await walk.reaches('title')
  await title.sends({ voice: Buffer.from('OggS').toString('base64'), duration: 600 })
  expect(title.screen().text).toContain(t('ideas.voice-too-long', { minutes: 3 }))
  const place = await walk.reaches('place')
  await place.sends(WRONG['a live location'])
  expect(place.screen().text).toContain(t('ideas.not-live'))
  const photos = await walk.reaches('photos')
  await photos.sends({ document: picture(1), file_name: 'a.png', mime_type: 'image/png' })
  expect(photos.screen().text).toContain(t('ideas.not-a-file'))
})

test('of an album of ten, five are kept, in the order in which they were sent, and it is one message that says so', async () => {
  const t = texts()
  const ann = await walk.reaches('photos')
  const count = fromBot(ann).length
  await bot.control('PUT', 'delivery', { duplicate: 1 })
  await ann.sendsAlbum(Array.from({ length: 10 }, (_, n) => picture(n)))
  await bot.control('PUT', 'delivery', { duplicate: 0 })
  await says(ann, t('ideas.photos-full', { count: 5 }))
  expect(fromBot(ann).length - count).toBe(1)
  expect((await walk.own(ann))[0]?.media).toHaveLength(5)
  await ann.taps(t('ideas.no-photos.button'))
  expect(ann.screen().text).toContain(t('ideas.ask-photos', { most: 5 }))
  expect((await walk.own(ann))[0]?.media).toEqual([])
})

test('an album with a video in it is one message, and its photos are kept', async () => {
  const t = texts()
  const ann = await walk.reaches('photos')
  const count = fromBot(ann).length
  const video = WRONG['a 30 MB video']
  await ann.sends({ album: [video, { photo: picture(1) }, { photo: picture(2) }] })
  await says(ann, t('ideas.photos-more', { count: 2, most: 5 }))
  expect(fromBot(ann).length - count).toBe(1)
})

test('at the pace that a chat is drawn at in earnest, an album of ten is one message too', async () => {
  const slow = await startBot({ seed: 'album at pace', loops: true, pace: PACE })
  try {
    const there = ideaWalk(slow, await ideasCycle(slow.app, 'album-pace'))
    const ann = await there.reaches('category')
    const [draft] = await there.own(ann)
    await ann.pressesRaw(ideaButton.pack({ step: 'photos', idea: draft?.id ?? 0, value: '' }))
    const count = fromBot(ann).length
    await ann.sendsAlbum(Array.from({ length: 10 }, (_, n) => picture(n)))
    await says(ann, texts()('ideas.photos-full', { count: 5 }))
    expect(fromBot(ann).length - count).toBe(1)
    expect((await there.own(ann))[0]?.media).toHaveLength(5)
  } finally {
    await slow.stop()
  }
})
