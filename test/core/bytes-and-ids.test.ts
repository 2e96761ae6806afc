// Bytes as text and back, and UUIDs in buttons: whatever is not exactly right is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  equal,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from '../../src/core/bytes.ts'
import { packUuid, unpackUuid, uuidOf } from '../../src/core/ids.ts'

test('bytes survive hex, base64 and base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes)
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    }),
  )
})

test('one byte string has one base64 spelling: loose bits, missing padding and spaces are refused', () => {
  for (const text of ['QQ', 'QQ=', 'QR==', 'QQ===', 'Q Q=', 'QQ==\n', '====', 'А===', '-_-_']) {
    expect([text, fromBase64(text)]).toEqual([text, undefined])
  }
  for (const text of ['Q', 'QR', 'QQ==', '+/+/'])
    expect([text, fromBase64Url(text)]).toEqual([text, undefined])
})

test('hex of the wrong length or with other letters is refused', () => {
  expect(fromHex('0g')).toBeUndefined()
  expect(fromHex('abc')).toBeUndefined()
  expect(fromHex('abcd', 3)).toBeUndefined()
  expect(fromHex('ABcd', 2)).toEqual(Uint8Array.of(0xab, 0xcd))
})

test('a byte order mark is a letter like any other and broken UTF-8 is refused', () => {
  expect(fromUtf8(utf8('\uFEFFауыл'))).toBe('\uFEFFауыл')
  expect(fromUtf8(Uint8Array.of(0xd0))).toBeUndefined()
})

test('bytes are equal only when length and every byte are', () => {
  expect(equal(utf8('ab'), utf8('ab'))).toBe(true)
  expect(equal(utf8('ab'), utf8('abc'))).toBe(false)
  expect(equal(utf8('ab'), utf8('aс'))).toBe(false)
})

test('a UUID takes 22 characters in a button and comes back in lower case', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(packUuid(uuid)).toBe(Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url'))
      expect(unpackUuid(packUuid(uuid.toUpperCase()))).toBe(uuid)
    }),
  )
})

test('a packed id that anybody could have typed is refused unless it is exactly ours', () => {
  const good = packUuid('0190a5c2-7f4e-7abc-8def-0123456789ab')
  expect(unpackUuid(good)).toBeDefined()
  const looseBits = `${good.slice(0, 21)}${good.endsWith('w') ? 'x' : '_'}`
  for (const bad of [
    '',
    good.slice(1),
    `${good}A`,
    `${good.slice(0, 21)}=`,
    `${good.slice(0, 21)} `,
    looseBits,
  ]) {
    expect([bad, unpackUuid(bad)]).toEqual([bad, undefined])
  }
  expect(() => packUuid('0190a5c27f4e7abc8def0123456789ab')).toThrow(RangeError)
})

test('random bytes make a UUID of version 4, other bytes another one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(uuidOf(bytes)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const other = bytes.with(0, (bytes[0] as number) ^ 1)
      expect(uuidOf(other)).not.toBe(uuidOf(bytes))
    }),
  )
  expect(() => uuidOf(new Uint8Array(15))).toThrow(RangeError)
})
