// Notices with a photo: over its text, or before a text that is too long for a caption; never sent twice.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Api, InputFile } from 'grammy'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sendNotice } from '../../src/bot/api.ts'
import { noticeScreen } from '../../src/bot/notice/view.ts'
import { deliverOnce } from '../../src/loops/delivery.ts'
import type { Someone } from '../sandbox/room.ts'
import { type Notices, openNotices } from '../support/notices.ts'

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let stage: Notices
let folder: string
let path: string
beforeAll(async () => {
  stage = await openNotices()
  folder = await mkdtemp(join(tmpdir(), 'dauys-photo-'))
  path = join(folder, 'pixel.png')
  await writeFile(path, ONE_PIXEL)
})
beforeEach(() => stage.clear())
afterAll(async () => {
  await rm(folder, { recursive: true })
  await stage.close()
})

/** Delivers a notice that looks like this. */
const sends = async (person: Someone, text: string, photo: { path: string } | { id: string }) => {
  await stage.queue(person)
  const screenOf: typeof noticeScreen = (texts, notice, at) => ({
    ...noticeScreen(texts, notice, at),
    text,
    photo,
  })
  await deliverOnce({ ...stage.parts, screenOf })
}

test('a photo stands over a text that is short enough to be its caption, and before one that is not', async () => {
  const { people, shown } = stage
  const [short, long] = (await people(2)) as [Someone, Someone]
  // 1,024 characters as they are read, more as they are written.
  await sends(short, `<b>${'Қ'.repeat(1023)}</b>&amp;`, { path })
  const [one, ...more] = await shown(short)
  expect([one?.photo === undefined, one?.caption, one?.buttons?.length]).toEqual([
    false,
    `${'Қ'.repeat(1023)}&`,
    2,
  ])
  expect(more).toEqual([])
  await sends(long, 'Қ'.repeat(1025), { path })
  const both = (await shown(long)).map(({ photo, text, buttons }) => [!!photo, text?.length, buttons?.length])
  expect(both).toEqual([
    [true, undefined, undefined],
    [false, 1025, 2],
  ])
})

test('a photo that Telegram has is sent by its id; one that is nowhere is a failure of that message alone', async () => {
  const { client, people, shown, texts, stateOf } = stage
  const [first, second, third] = (await people(3)) as [Someone, Someone, Someone]
  const { photo } = await client.api.sendPhoto(first.id, new InputFile(path))
  await sends(second, 'well', { id: photo.at(-1)?.file_id as string })
  expect((await shown(second)).map(({ caption }) => caption)).toEqual(['well'])
  await sends(third, 'well', { path: '/nowhere/at/all.png' })
  expect([await stateOf(third), await texts(third)]).toEqual(['failed', []])
})

test('Telegram is busy between a photo and its long text: the text follows, or the message counts as unknown', async () => {
  const { room, people, shown, fault } = stage
  const photo = { path }
  const [lucky, unlucky] = (await people(2)) as [Someone, Someone]
  // Without our client, which would wait by itself.
  const api = new Api(room.sandbox.token, { apiRoot: room.sandbox.url })
  const text = 'Қ'.repeat(1025)
  await fault({ kind: '429', retry_after: 1, chat_id: String(lucky.id) })
  expect(await sendNotice(api, lucky.id, { text, photo })).toMatchObject({ outcome: 'sent' })
  await fault({ kind: '429', retry_after: 600, chat_id: String(unlucky.id) })
  expect(await sendNotice(api, unlucky.id, { text, photo })).toEqual({ outcome: 'unknown' })
  expect((await shown(lucky)).map((one) => !!one.photo)).toEqual([true, false])
  expect((await shown(unlucky)).map((one) => !!one.photo)).toEqual([true])
})
