// Copies in an S3-compatible store: every call is signed, a bad day is named without key or address, and nothing is taken for what it is not.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { readS3Address } from '../../src/core/s3-address.ts'
import { openMedia } from '../../src/program/open-media.ts'
import { mediaS3 } from '../../src/store/media-s3.ts'
import { type S3, startS3 } from '../support/s3.ts'

const NAME = '7-0123456789ab.jpg'
const BYTES = Buffer.from('a photo')
const MOST = 1000
let s3: S3
beforeAll(async () => {
  s3 = await startS3()
})
beforeEach(() => {
  s3.objects.clear()
  s3.asked.length = 0
})
afterAll(() => s3.stop())
const store = () => openMedia(readConfig({ MEDIA_URL: s3.url, MEDIA_DIR: '/nowhere' }))

test('what is put there is had again, under the folder of the address, and goes', async () => {
  await store().put(NAME, BYTES)
  expect([...s3.objects.keys()]).toEqual([`media/${NAME}`])
  expect(s3.objects.get(`media/${NAME}`)?.type).toBe('image/jpeg')
  expect(await store().has(NAME)).toBe(true)
  expect(Buffer.from((await store().get(NAME, MOST)) ?? [])).toEqual(BYTES)
  expect(await store().get(NAME, BYTES.length - 1), 'more than is asked for').toBeUndefined()
  await store().delete(NAME)
  await store().delete(NAME)
  expect(await store().has(NAME)).toBe(false)
  expect(await store().get(NAME, MOST)).toBeUndefined()
})

test('names that the program does not give are put nowhere and found nowhere', async () => {
  await expect(store().put('../7-0123456789ab.jpg', BYTES)).rejects.toThrow('named')
  expect(await store().get('../secret', MOST)).toBeUndefined()
  expect(await store().has('other')).toBe(false)
  await store().delete('other')
  expect(s3.asked).toEqual([])
})

test('a list goes on over its pages, and names only copies of that folder that are old enough', async () => {
  const names = Array.from({ length: 8 }, (_, at) => `${at}-0123456789ab.png`)
  for (const name of names) await store().put(name, BYTES)
  s3.objects.set('media/readme.txt', { bytes: BYTES, at: 0, type: undefined })
  s3.objects.set('other/9-0123456789ab.png', { bytes: BYTES, at: 0, type: undefined })
  expect(await store().list(0)).toEqual(names)
  expect(await store().list(60_000)).toEqual([])
  const old = s3.objects.get('media/3-0123456789ab.png')
  if (old) old.at -= 120_000
  expect(await store().list(60_000)).toEqual(['3-0123456789ab.png'])
})

test('a wrong secret, a bucket that is not there, a refusal: told by the answer, without key, secret or address', async () => {
  await expect(mediaS3({ ...s3.address, secret: 'another' }).put(NAME, BYTES)).rejects.toThrow(
    /^the store of photos \(MEDIA_URL\) answers 403$/,
  )
  await expect(mediaS3({ ...s3.address, bucket: 'away' }).put(NAME, BYTES)).rejects.toThrow('answers 404')
  await expect(mediaS3({ ...s3.address, bucket: 'away' }).list(0)).rejects.toThrow('no such bucket')
  await expect(mediaS3({ ...s3.address, region: 'elsewhere' }).has(NAME)).rejects.toThrow('answers 403')
  s3.trouble.push(403)
  await expect(store().get(NAME, MOST)).rejects.toThrow('answers 403')
})

test('a store that fails is asked again, and named when it goes on failing; one that moved is not followed', async () => {
  s3.trouble.push(500, 503)
  await store().put(NAME, BYTES)
  expect(s3.objects.size).toBe(1)
  s3.trouble.push(500, 500, 500)
  await expect(store().delete(NAME)).rejects.toThrow('answers 500')
  expect(s3.objects.size).toBe(1)
  s3.trouble.push(307)
  await expect(store().has(NAME)).rejects.toThrow('answers 307')
})

test('nobody waits for ever: neither for an answer nor for its end', async () => {
  const hurried = mediaS3(s3.address, 150)
  s3.trouble.push('hangs')
  await expect(hurried.put(NAME, BYTES)).rejects.toThrow(
    /^the store of photos \(MEDIA_URL\) is away: TimeoutError$/,
  )
  await store().put(NAME, BYTES)
  s3.trouble.push('slow')
  await expect(hurried.get(NAME, MOST)).rejects.toThrow('is away: TimeoutError')
  const gone = await startS3()
  await gone.stop()
  await expect(mediaS3(gone.address).list(0)).rejects.toThrow('is away: ECONNREFUSED')
})

test('what answers with no list is no empty store: else every photo would be missed', async () => {
  s3.trouble.push(200)
  await expect(store().list(0)).rejects.toThrow('no list')
})

test('the address is read whole or refused, and a refusal never says what stood there', () => {
  expect(readS3Address('s3+https://AK:a%2Fb@s3.example.kz/auyl')).toEqual({
    origin: 'https://s3.example.kz',
    bucket: 'auyl',
    prefix: '',
    region: 'us-east-1',
    key: 'AK',
    secret: 'a/b',
  })
  for (const bad of [
    'https://AK:hidden@host/auyl',
    's3+https://host/auyl',
    's3+https://AK:hidden@host',
    's3+https://AK:hidden@host/auyl/a b',
    's3+https://AK:%@host/auyl',
  ]) {
    expect(readS3Address(bad), bad).toBeUndefined()
    expect(() => readConfig({ MEDIA_URL: bad })).toThrow(/^MEDIA_URL: looks like s3\+https:/)
    expect(() => readConfig({ MEDIA_URL: bad })).not.toThrow(/hidden/)
  }
})
