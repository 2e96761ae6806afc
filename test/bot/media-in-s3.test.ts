// Photos and voice notes of ideas in an S3-compatible store: sent on from there behind another bot's token, counted, and gone with the idea.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mediaS3 } from '../../src/store/media-s3.ts'
import { copyIdeaMedia, missingCopies, sweepIdeaMedia } from '../../src/use-cases/copy-idea-media.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { sendIdea, withdrawIdea } from '../../src/use-cases/send-idea.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { fromBot, type IdeaWalk, ideaWalk } from '../support/idea-walk.ts'
import { addPhoto, draft, ideasCycle, lamp } from '../support/ideas.ts'
import { until } from '../support/person.ts'
import { jpegWithPosition } from '../support/pictures.ts'
import { type S3, startS3 } from '../support/s3.ts'

let s3: S3
let bot: TestBot
let cycle: SmallCycle
let walk: IdeaWalk
beforeAll(async () => {
  s3 = await startS3()
  bot = await startBot({ seed: 'media in s3', copies: mediaS3(s3.address) })
  cycle = await ideasCycle(bot.app, 'in-s3')
  walk = ideaWalk(bot, cycle)
})
afterAll(async () => {
  await bot.stop()
  await s3.stop()
})

/** An approved idea with this photo, copied by a bot whose ids no other bot knows. */
async function copied(author: number, title: string): Promise<{ id: number; number: number }> {
  const id = await draft(bot.app, author, cycle, { ...lamp, title })
  must(await addPhoto(bot.app, author, id, author))
  const { number } = must(await sendIdea(bot.app, author, id))
  const download = async () => jpegWithPosition().jpeg
  expect(await copyIdeaMedia(bot.app, { store: bot.copies, download })).toBe(1)
  await bot.app.db.sql`update idea_media set file_id = 'of-another-bot' where idea = ${id}`
  return { id, number }
}

test('a photo comes back from the store behind another token, without its position, and its new id is kept', async () => {
  const { id, number } = await copied(701, 'Көпір салу')
  const [kept] = [...s3.objects.values()]
  expect(kept?.bytes.equals(jpegWithPosition().plain)).toBe(true)
  must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: 'command' }))
  const olga = await walk.resident('ru')
  await olga.taps('Идеи села')
  await olga.taps(new RegExp(`^№\u00a0${number}\\.`))
  await olga.taps('Фото и голос')
  await until(async () => {
    await olga.refresh()
    return JSON.stringify(fromBot(olga).at(-1)).includes('photo')
  })
  const [row] = await bot.app.db.sql`select file_id from idea_media where idea = ${id}`
  expect(row?.['file_id']).not.toBe('of-another-bot')
})

test('the check counts what the store lacks; withdrawn and erased, a photo is gone from it', async () => {
  const first = await copied(702, 'Мектепке шам')
  await copied(703, 'Аялдама салу')
  expect(await missingCopies(bot.app, bot.copies)).toEqual({ setting: 'MEDIA_URL', named: 3, missing: [] })
  const [lost = ''] = s3.objects.keys()
  const photo = s3.objects.get(lost)
  s3.objects.delete(lost)
  const name = lost.replace('media/', '')
  expect((await missingCopies(bot.app, bot.copies)).missing).toEqual([name])
  if (photo) s3.objects.set(lost, photo)
  must(await withdrawIdea(bot.app, 702, first.id))
  await eraseAccount(bot.app, 703)
  expect(await sweepIdeaMedia(bot.app, bot.copies, 0)).toBe(2)
  expect([...s3.objects.keys()]).toEqual([lost])
})
