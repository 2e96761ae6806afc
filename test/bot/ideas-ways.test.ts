// The ways between the questions of an idea: back, on, one answer changed, later, given up; and what leads out of them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ideaButton } from '../../src/bot/buttons.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { ASKED, type IdeaWalk, ideaWalk, ORDER } from '../support/idea-walk.ts'
import { ideasCycle, lamp } from '../support/ideas.ts'

let bot: TestBot
let walk: IdeaWalk
beforeAll(async () => {
  bot = await startBot({ seed: 'idea ways', session: 'redis', loops: true })
  walk = ideaWalk(bot, await ideasCycle(bot.app, 'idea-ways'))
})
afterAll(() => bot.stop())

const texts = (locale: 'kk' | 'ru' = 'kk') => bot.textsOf(locale)
test('back leads through all questions to the first, and every answer is kept on the way', async () => {
  const t = texts()
  const ann = await walk.reaches('preview')
  const [before] = await walk.own(ann)
  for (const question of ORDER.slice(0, -1).toReversed()) {
    await ann.taps(t('common.back.button'))
    expect(ann.screen().text).toMatch(
      question === 'photos' ? t(ASKED.photos, { most: 5 }) : t(ASKED[question]),
    )
  }
  expect(ann.screen().buttons.flat()).not.toContain(t('common.back.button'))
  for (const question of ORDER.slice(0, -1))
    await ann.taps(
      t(question === 'photos' || question === 'cost' ? 'ideas.skip.button' : 'ideas.onward.button'),
    )
  expect(ann.screen().text).toContain(t('ideas.preview'))
  const { version: _, ...same } = before ?? { version: 0 }
  expect((await walk.own(ann))[0]).toMatchObject(same)
})

test('one answer is changed, and the preview comes again', async () => {
  const t = texts()
  const ann = await walk.reaches('preview')
  await ann.taps(t('ideas.change.button'))
  await ann.taps(t('ideas.field-title.button'))
  expect(ann.screen().text).toContain(t('ideas.now', { answer: lamp.title as string }))
  await ann.says('Мектеп алдына екі шам')
  expect(ann.screen().text).toContain(t('ideas.preview'))
  await ann.taps(t('ideas.change.button'))
  await ann.taps(t('ideas.field-category.button'))
  await ann.taps(t('discover.category-roads'))
  expect(ann.screen().text).toContain(t('ideas.preview'))
  expect((await walk.own(ann))[0]).toMatchObject({ title: 'Мектеп алдына екі шам', category: 'roads' })
})

test.each(ORDER)(
  'at the question of the %s “continue later” keeps everything, and the menu leads back to it',
  async (at) => {
    const t = texts()
    const ann = await walk.reaches(at)
    await ann.taps(t('ideas.later.button'))
    expect(ann.screen().text).toContain(t('ideas.later'))
    await ann.says('/menu')
    await ann.taps(t('ideas.continue.button'))
    expect(ann.screen().text).toContain(t(ASKED[at], { most: 5 }))
    await walk.answers(ann, at)
    expect((await walk.own(ann))[0]?.step).toBe(ORDER[ORDER.indexOf(at) + 1] ?? null)
  },
)

test.each(ORDER)(
  'at the question of the %s “cancel” asks once more, and then nothing is left',
  async (at) => {
    const t = texts()
    const ann = await walk.reaches(at)
    await ann.taps(t('common.cancel.button'))
    expect(ann.screen().text).toContain(t('ideas.ask-drop'))
    await ann.taps(t('common.no.button'))
    expect(ann.screen().text).toContain(t(ASKED[at], { most: 5 }))
    await ann.says('Болдырмау')
    await ann.says('иә')
    expect(ann.screen().text).toContain(t('ideas.dropped'))
    expect((await walk.own(ann))[0]).toMatchObject({ state: 'withdrawn', number: null })
    await ann.says('/menu')
    expect(ann.screen().buttons.flat()).toContain(t('ideas.submit.button'))
  },
)

test('a command and the menu leave the questions; what is written then is no answer to them', async () => {
  const t = texts()
  const ann = await walk.reaches('title')
  await ann.says('/help')
  await ann.says('Мектеп алдына шам керек')
  expect((await walk.own(ann))[0]?.title).toBeNull()
  await ann.says('мәзір')
  await ann.taps(t('ideas.continue.button'))
  await ann.says('Мәзір')
  expect(ann.hasButton(t('ideas.continue.button'))).toBe(true)
  await ann.says('Мектеп алдына шам керек')
  expect((await walk.own(ann))[0]?.title).toBeNull()
})

test('the place may be sent from the phone by a key, and “cancel” leads back to the question', async () => {
  const t = texts()
  const ann = await walk.reaches('place')
  await ann.taps(t('ideas.here.button'))
  expect(ann.screen().text).toContain(t('ideas.ask-here'))
  await ann.says(t('common.cancel.button'))
  expect(ann.screen().text).toContain(t('ideas.ask-place'))
  await ann.taps(t('ideas.here.button'))
  await ann.taps(t('start.send-location.button'), { location: { latitude: 49.95, longitude: 82.61 } })
  await ann.sees(t('ideas.ask-photos', { most: 5 }))
  expect((await walk.own(ann))[0]).toMatchObject({ lat: 49.95, lon: 82.61 })
})

test('“yes, delete” of before does nothing to an idea that was sent meanwhile', async () => {
  const t = texts()
  const ann = await walk.reaches('preview')
  await ann.taps(t('common.cancel.button'))
  const { id } = ann.screen()
  const draft = (await walk.own(ann))[0]?.id ?? 0
  await ann.pressesRaw(ideaButton.pack({ step: 'send', idea: draft, value: '' }))
  await ann.pressesRaw(ideaButton.pack({ step: 'drop', idea: draft, value: '' }), id)
  expect(ann.screen().text).toContain(t('ideas.not-yours'))
  expect((await walk.own(ann))[0]?.state).toBe('sent')
})

test('in a practice every question of an idea says that it is one, and so do its end and what was sent', async () => {
  const t = texts()
  const there = ideaWalk(bot, await ideasCycle(bot.app, 'idea-practice', 'practice'))
  const ann = await there.resident()
  await ann.taps(t('ideas.submit.button'))
  const says = () => expect(ann.screen().text).toContain(t('common.practice'))
  says()
  await ann.taps(t('common.yes.button'))
  for (const question of ORDER) {
    says()
    await there.answers(ann, question)
  }
  says()
  await ann.taps(t('ideas.mine.button'))
  await ann.taps(/^№/)
  says()
})

test('a text that is corrected in its message is corrected in the idea, as long as one question was asked since', async () => {
  const t = texts()
  const ann = await walk.reaches('title')
  const { message_id } = (await ann.sends({ text: 'Мектеп көшесіне шамм' })) as unknown as {
    message_id: number
  }
  await ann.edits(message_id, 'Мектеп көшесіне шам')
  expect(ann.screen().text).toContain(t('common.corrected'))
  expect(ann.screen().text).toContain(t('ideas.ask-text'))
  expect((await walk.own(ann))[0]).toMatchObject({ title: 'Мектеп көшесіне шам', body: null, step: 'text' })
  await ann.edits(message_id, 'Шам')
  expect(ann.screen().text).toContain(t('ideas.too-short', { least: 5 }))
  expect((await walk.own(ann))[0]).toMatchObject({ title: 'Мектеп көшесіне шам', step: 'text' })
  await walk.answers(ann, 'text')
  await ann.edits(message_id, 'Мектеп көшесіне он шам')
  expect((await walk.own(ann))[0]).toMatchObject({ title: 'Мектеп көшесіне шам', step: 'place' })
})
