// A photo that is kept says nothing of where it was taken; it is the same picture.
import { expect, test } from 'vitest'
import { bareImage } from '../../src/core/bare-image.ts'
import { PIXEL } from '../support/person.ts'
import { jpegWithPosition, pngWithRemark } from '../support/pictures.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

test('a JPEG with the position of a phone loses it, and keeps every line of the picture', () => {
  const { jpeg, plain } = jpegWithPosition()
  expect(text(jpeg)).toMatch(/Exif.*GPS/s)
  const bare = bareImage(jpeg)
  expect(bare?.type).toBe('jpg')
  expect(text(bare?.bytes ?? jpeg)).not.toMatch(/Exif|GPS|Photoshop|Айгүл|http:\/\/ns\.adobe/)
  expect(Buffer.from(bare?.bytes ?? jpeg).equals(plain)).toBe(true)
})

test('what stands behind the end of a picture, such as a second one with a position, goes too', () => {
  const { jpeg, plain } = jpegWithPosition()
  const bare = bareImage(Buffer.concat([jpeg, jpeg]))
  expect(Buffer.from(bare?.bytes ?? jpeg).equals(plain)).toBe(true)
})

test('a PNG loses its remarks and its EXIF', () => {
  const bare = bareImage(pngWithRemark())
  expect(text(bare?.bytes ?? new Uint8Array())).not.toMatch(/eXIf|Author/)
  expect(Buffer.from(bare?.bytes ?? '').equals(Buffer.from(PIXEL, 'base64'))).toBe(true)
})

test('what is no picture, or a torn one, is none', () => {
  const { jpeg } = jpegWithPosition()
  for (const bytes of [
    Buffer.from('OggS voice'),
    Buffer.from('%PDF-1.7'),
    Buffer.alloc(0),
    jpeg.subarray(0, 40),
    jpeg.subarray(0, jpeg.length - 2),
    Buffer.from(PIXEL, 'base64').subarray(0, 30),
  ])
    expect(bareImage(bytes)).toBeUndefined()
})
