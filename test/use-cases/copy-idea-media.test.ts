// Copies of what residents send: what cannot be copied is asked for once, a fault is tried again, nothing is left behind.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mediaFolder } from '../../src/store/media-folder.ts'
import type { MediaStore } from '../../src/store/media-store.ts'
import { copyIdeaMedia, sweepIdeaMedia } from '../../src/use-cases/copy-idea-media.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { addPhoto, draft, ideasCycle } from '../support/ideas.ts'
import { jpegWithPosition } from '../support/pictures.ts'

const [AIGUL, BOLAT] = [901, 902]
let app: TestApp
let cycle: SmallCycle
let folder: string
let store: MediaStore
beforeAll(async () => {
  app = await testApp('idea copies')
  cycle = await ideasCycle(app, 'copies')
  folder = await mkdtemp(join(tmpdir(), 'dauys-copies-'))
  store = mediaFolder(folder)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await app.done()
})

test('what is no picture and what Telegram has no more is asked for once; a fault is tried again', async () => {
  const id = await draft(app, AIGUL, cycle)
  for (const n of [1, 2, 3]) await addPhoto(app, AIGUL, id, n)
  const asked: string[] = []
  let away = true
  const media = {
    store,
    download: async (fileId: string) => {
      asked.push(fileId)
      if (fileId === 'file-1') return Buffer.from('<html>')
      if (fileId === 'file-2') return undefined
      if (away) throw new Error('Telegram is away')
      return jpegWithPosition().jpeg
    },
  }
  expect(await copyIdeaMedia(app, media), 'a draft is not copied').toBe(0)
  must(await sendIdea(app, AIGUL, id))
  await expect(copyIdeaMedia(app, media)).rejects.toThrow('away')
  expect(await store.list(0)).toEqual([])
  away = false
  expect(await copyIdeaMedia(app, media)).toBe(1)
  expect(asked).toEqual(['file-1', 'file-2', 'file-3', 'file-3'])
  expect(await copyIdeaMedia(app, media)).toBe(0)
  expect(await store.list(0)).toEqual([expect.stringMatching(/^\d+-[0-9a-f]{12}\.jpg$/)])
})

test('a photo that goes while it is copied leaves no file', async () => {
  const id = await draft(app, BOLAT, cycle)
  await addPhoto(app, BOLAT, id, 7)
  must(await sendIdea(app, BOLAT, id))
  const before = await readdir(folder)
  const download = async () => {
    await app.db.sql`delete from idea_media where idea = ${id}`
    return jpegWithPosition().jpeg
  }
  await copyIdeaMedia(app, { store, download })
  expect(await readdir(folder)).toEqual(before)
})

test('two replicas that copy the same photo at once keep one file', async () => {
  const id = await draft(app, BOLAT, cycle)
  await addPhoto(app, BOLAT, id, 8)
  must(await sendIdea(app, BOLAT, id))
  const before = await readdir(folder)
  const waiting: (() => void)[] = []
  const download = async () => {
    await new Promise<void>((go) => {
      waiting.push(go)
      if (waiting.length === 2) for (const one of waiting) one()
    })
    return jpegWithPosition().jpeg
  }
  await Promise.all([1, 2].map(() => copyIdeaMedia(app, { store, download })))
  expect((await readdir(folder)).length - before.length).toBe(1)
})

test('a file without a row is removed, one that is being named is not, and other files are left alone', async () => {
  const orphan = '999999-0123456789ab.jpg'
  await store.put(orphan, Buffer.from('left'))
  expect(await sweepIdeaMedia(app, store)).toBe(0)
  expect(await store.list(0)).toContain(orphan)
  expect(await sweepIdeaMedia(app, store, 0)).toBe(1)
  expect(await store.list(0)).not.toContain(orphan)
  await expect(store.put('../x.jpg', Buffer.from('x'))).rejects.toThrow('named')
  expect(await sweepIdeaMedia(app, mediaFolder(join(folder, 'nowhere')), 0)).toBe(0)
})
