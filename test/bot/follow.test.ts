// "Tell me when one starts": whoever misses their village in the list leaves a wish, answered question by question.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialogNote } from '../../src/bot/parts.ts'
import { listFollowed } from '../../src/use-cases/follow-territory.ts'
import { withClassifier } from '../support/app.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'follow', session: 'redis' })
  await withClassifier(bot.app)
})
afterAll(() => bot.stop())

const t = () => bot.textsOf('ru')

/** Before the choice of a village, in Russian. */
async function newcomer(): Promise<Person> {
  const ann = await bot.person({ language_code: 'ru' })
  await ann.says('/start')
  await ann.taps('Русский')
  await ann.taps(t()('follow.not-listed.button'))
  return ann
}
const wishes = async ({ id }: Person) =>
  (await listFollowed(bot.app, id)).map(({ name, kinds }) => `${name.ru}: ${kinds.join(' ')}`)
const state = ({ id }: Person) => bot.session.note(dialogNote(id))

/** Turns pages until the button is there. */
async function finds(ann: Person, label: RegExp): Promise<void> {
  while (!ann.hasButton(label)) await ann.taps(t()('common.next.button'))
  await ann.taps(label)
}

test('a resident whose village has no vote chooses it step by step and is told what was kept', async () => {
  const ann = await newcomer()
  expect(ann.screen().text).toContain(t()('follow.district'))
  const menus = ann.messages()
  await finds(ann, /Аягозский район/)
  expect(ann.screen().text).toContain(t()('follow.village'))
  await finds(ann, /^Баршатас/)
  expect(ann.screen().text).toContain('Баршатас, Баршатасский сельский округ, Аягозский район')
  await ann.taps(`☑ ${t()('follow.ideas.button')}`)
  await ann.taps(t()('common.next.button'))
  expect(ann.screen().text).toMatch(/Баршатас.*\n.*голосование.*итоги/)
  expect(await wishes(ann)).toEqual([])
  await ann.taps(t()('common.yes.button'))
  expect(ann.screen().text).toContain('Сохранено')
  expect(await wishes(ann)).toEqual(['Баршатас: results voting'])
  // All of it in one message, and nothing of the dialog stays behind.
  expect(ann.messages()).toBe(menus)
  expect(await state(ann)).toBeUndefined()
  await ann.says('/mydata')
  expect(ann.screen().text).toMatch(/Баршатас, .*голосование.*итоги/)
})

test('without any kind chosen there is no way on', async () => {
  const ann = await newcomer()
  await finds(ann, /Аягозский район/)
  await finds(ann, /^Баршатас/)
  for (const kind of ['ideas', 'voting', 'results'] as const)
    await ann.taps(`☑ ${t()(`follow.${kind}.button`)}`)
  expect(ann.screen().buttons.flat()).not.toContain(t()('common.next.button'))
  await ann.taps(`☐ ${t()('follow.results.button')}`)
  expect(ann.screen().buttons.flat()).toContain(t()('common.next.button'))
})

test('back leads one question back, with what was answered before it', async () => {
  const ann = await newcomer()
  await finds(ann, /Аягозский район/)
  await finds(ann, /^Баршатас/)
  await ann.taps(`☑ ${t()('follow.results.button')}`)
  await ann.taps(t()('common.next.button'))
  await ann.taps(t()('common.back.button'))
  expect(ann.screen().buttons.flat()).toContain(`☐ ${t()('follow.results.button')}`)
  await ann.taps(t()('common.back.button'))
  expect(ann.screen().text).toContain(t()('follow.village'))
  expect(ann.screen().text).not.toContain(t()('common.dialog-again'))
  await ann.taps(t()('common.back.button'))
  expect(ann.screen().text).toContain(t()('follow.district'))
  expect(ann.screen().buttons.flat()).not.toContain(t()('common.back.button'))
})

test.each(['district', 'village', 'kinds', 'sure'])(
  'cancel at the question of the %s keeps nothing',
  async (at) => {
    const ann = await newcomer()
    if (at !== 'district') await finds(ann, /Аягозский район/)
    if (at === 'kinds' || at === 'sure') await finds(ann, /^Баршатас/)
    if (at === 'sure') await ann.taps(t()('common.next.button'))
    await ann.taps(t()('common.cancel.button'))
    expect(ann.screen().text).toContain(t()('follow.cancelled'))
    expect([await wishes(ann), await state(ann)]).toEqual([[], undefined])
  },
)

test('a command, the menu and a text of another kind find their way past the dialog', async () => {
  const ann = await newcomer()
  await ann.says('/help')
  expect(ann.screen().text).toContain(t()('start.free'))
  expect(await state(ann)).toBeUndefined()
  await ann.says('/start')
  await ann.taps(t()('follow.not-listed.button'))
  await ann.says('что это')
  expect(
    ann
      .heard()
      .some(
        ({ text }) =>
          text.includes(t()('common.not-understood')) || text.includes(t()('start.village-unknown')),
      ),
  ).toBe(true)
  await finds(ann, /Аягозский район/)
  expect(ann.screen().text).toContain(t()('follow.village'))
  await ann.says('/menu')
  expect(await state(ann)).toBeUndefined()
})

test('many pages and marks leave no longer a record than few', async () => {
  const ann = await newcomer()
  const size = async () => JSON.stringify(await state(ann)).length
  const before = await size()
  for (let n = 0; n < 6; n++) {
    await ann.taps(t()('common.next.button'))
    await ann.taps(t()('common.previous.button'))
  }
  expect(await size()).toBe(before)
})

test.each(['да', 'Иә', 'yes'])('the whole way may be written, and “%s” is the last press', async (yes) => {
  const ann = await newcomer()
  await ann.says('аягозский район')
  await ann.sees(t()('follow.village'))
  while (!ann.hasButton(/^Баршатас/)) await ann.says(t()('common.next.button'))
  await ann.says('Баршатас, Баршатасский сельский округ')
  await ann.sees('Баршатас, Баршатасский сельский округ, Аягозский район')
  await ann.says(t()('common.next.button'))
  await ann.says(yes)
  await ann.sees('Сохранено')
  expect(await wishes(ann)).toEqual(['Баршатас: ideas results voting'])
})

test('yes pressed twice is one wish, a changed mind replaces it, and /delete takes it away', async () => {
  const ann = await newcomer()
  await finds(ann, /Аягозский район/)
  await finds(ann, /^Баршатас/)
  await ann.taps(t()('common.next.button'))
  const { id } = ann.screen()
  await ann.taps(t()('common.yes.button'))
  const territory = (await listFollowed(bot.app, ann.id))[0]?.territory ?? 0
  await ann.pressesRaw(`fw:yes:0:${territory.toString(36)}:7:0`, id)
  expect(await wishes(ann)).toEqual(['Баршатас: ideas results voting'])
  await ann.pressesRaw(`fw:yes:0:${territory.toString(36)}:1:0`, id)
  expect(await wishes(ann)).toEqual(['Баршатас: ideas'])
  await ann.says('/delete')
  await ann.taps(t()('start.delete.button'))
  expect(await wishes(ann)).toEqual([])
})
