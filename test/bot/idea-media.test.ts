// What a resident sends with an idea is copied for the day when the bot's token is another: without the position, and gone with the idea.
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepIdeaMedia } from '../../src/use-cases/copy-idea-media.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { listOwnIdeas } from '../../src/use-cases/list-ideas.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { ideasCycle } from '../support/ideas.ts'
import { type Person, until } from '../support/person.ts'
import { jpegWithPosition } from '../support/pictures.ts'
import { isTold } from '../support/size.ts'

let bot: TestBot
let cycle: SmallCycle
beforeAll(async () => {
  bot = await startBot({ seed: 'idea media', loops: true })
  cycle = await ideasCycle(bot.app, 'media')
})
afterAll(() => bot.stop())

const t = () => bot.textsOf('kk')
const files = () => readdir(bot.ideaMedia).catch((): string[] => [])
const own = async ({ id }: Person) => (await listOwnIdeas(bot.app, id)).at(-1)

/** Sends an idea with a photo and a voice note, and waits until both are copied. */
async function proposes(): Promise<{ ann: Person; copies: string[] }> {
  const ann = await bot.person()
  await ann.says(`/start v_${cycle.villages[0]}`)
  await ann.taps('Қазақша')
  await ann.taps(t()('ideas.submit.button'))
  await ann.taps(t()('common.yes.button'))
  await ann.taps(t()('discover.category-roads'))
  await ann.sendsVoice()
  await ann.says('мектептің жаны')
  await ann.sendsPhoto({ photo: jpegWithPosition().jpeg.toString('base64') })
  await until(async () => {
    await ann.refresh()
    return ann.hasButton(t()('ideas.onward.button'))
  })
  await ann.taps(t()('ideas.onward.button'))
  await ann.taps(t()('ideas.skip.button'))
  expect(await files(), 'a draft is copied nowhere').not.toContainEqual(expect.stringMatching(/jpg$/))
  await ann.taps(t()('ideas.send.button'))
  const copies = async () => (await own(ann))?.media.flatMap(({ copy }) => copy ?? []) ?? []
  await until(async () => (await copies()).length === 2)
  return { ann, copies: await copies() }
}

test('photo and voice note are copied; the photo says nowhere where it was taken, its file nothing of a person', async () => {
  const { ann, copies } = await proposes()
  const [photo = '', voice = ''] = copies
  expect(await files()).toEqual(expect.arrayContaining([photo, voice]))
  expect(photo).toMatch(/^\d+-[0-9a-f]{12}\.jpg$/)
  expect(voice).toMatch(/^\d+-[0-9a-f]{12}\.oga$/)
  expect(copies.join()).not.toContain(String(ann.id))
  const kept = await readFile(`${bot.ideaMedia}/${photo}`)
  expect(kept.equals(jpegWithPosition().plain)).toBe(true)
  expect(kept.toString('latin1')).not.toMatch(/Exif|GPS/)
  expect((await readFile(`${bot.ideaMedia}/${voice}`)).toString()).toBe('OggS voice')
  // Withdrawn, both are gone from Telegram's ids and from the folder.
  const number = (await own(ann))?.number ?? 0
  await ann.says('/ideas')
  await ann.taps(new RegExp(`^№\u00a0${number}\\.`))
  await ann.taps(t()('ideas.withdraw.button'))
  await ann.taps(t()('common.yes.button'))
  expect((await own(ann))?.media).toEqual([])
  expect(await sweepIdeaMedia(bot.app, bot.copies, 0)).toBe(2)
  expect(await files()).not.toEqual(expect.arrayContaining([photo]))
})

test.runIf(isTold('files of an erased author'))(
  'an erased author leaves no file, and of an approved idea no voice',
  async () => {
    const first = await proposes()
    await first.ann.says('/delete')
    await first.ann.taps(t()('start.delete.button'))
    await sweepIdeaMedia(bot.app, bot.copies, 0)
    for (const copy of first.copies) expect(await files()).not.toContain(copy)

    const second = await proposes()
    const id = (await own(second.ann))?.id ?? 0
    must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: 'command' }))
    await second.ann.says('/delete')
    await second.ann.taps(t()('start.delete.button'))
    await sweepIdeaMedia(bot.app, bot.copies, 0)
    const [photo = '', voice = ''] = second.copies
    expect(await files()).toContain(photo)
    expect(await files()).not.toContain(voice)
  },
)
