// The encodings in which an akimat's computer saves a list.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText, looksLikeSpreadsheet } from '../../src/core/formats/encoding.ts'

const LIST = 'ауыл;тізімдегі нөмірі\r\nҚарағайлы;1\r\nҮңгір;2\r\nӨскемен;3\r\nһәм ұлы;4\r\n'
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, big: boolean) =>
  Uint8Array.from(
    text.split('').flatMap((letter) => {
      const unit = letter.charCodeAt(0)
      return big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]
    }),
  )

test('UTF-8, with and without the mark', () => {
  expect(decodeText(utf8(LIST))).toEqual({ text: LIST, encoding: 'utf-8' })
  expect(decodeText(utf8(`\uFEFF${LIST}`))).toEqual({ text: LIST, encoding: 'utf-8-bom' })
})

test('UTF-16 by its mark', () => {
  expect(decodeText(utf16(`\uFEFF${LIST}`, false))).toEqual({ text: LIST, encoding: 'utf-16le' })
  expect(decodeText(utf16(`\uFEFF${LIST}`, true))).toEqual({ text: LIST, encoding: 'utf-16be' })
})

test('UTF-16 without a mark, by its zero bytes', () => {
  expect(decodeText(utf16(LIST, false))).toEqual({ text: LIST, encoding: 'utf-16le' })
  expect(decodeText(utf16(LIST, true))).toEqual({ text: LIST, encoding: 'utf-16be' })
})

test('windows-1251 where it is nothing else; it knows the Kazakh і', () => {
  const bytes = [0xf1, 0xe5, 0xeb, 0xee, 0x3b, 0xb9, 0x0d, 0x0a, 0xc0, 0xea, 0xea, 0xf3, 0xb3, 0x3b, 0x31]
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ text: 'село;№\r\nАккуі;1', encoding: 'windows-1251' })
})

test('the Kazakh page of Windows, where windows-1251 has letters of other peoples', () => {
  const kazakh = [
    0x8d, 0x8e, 0x9d, 0x9e, 0xa1, 0xa2, 0xa3, 0xa5, 0xaa, 0xaf, 0xb4, 0xba, 0xbc, 0xbd, 0xbe, 0xbf,
  ]
  const bytes = kazakh.concat([0x20, 0xc0, 0xb2, 0xb3])
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ text: 'ҚҺқһҰұӘӨҒҮөғәҢңү АІі', encoding: 'kz-1048' })
})

test('a workbook is told from a text', () => {
  expect(looksLikeSpreadsheet(Uint8Array.from([0x50, 0x4b, 3, 4, 20]))).toBe(true)
  expect(looksLikeSpreadsheet(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe(true)
  expect(looksLikeSpreadsheet(utf8(LIST))).toBe(false)
})

test('any bytes decode to some text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => typeof decodeText(bytes).text === 'string'),
  )
})

test('a list of any size in UTF-8 comes back as it was', () => {
  const line = fc
    .tuple(fc.constantFrom('Қарағайлы', 'Үңгір', 'Akku'), fc.nat(99_999))
    .map(([name, n]) => `${name};${n}\r\n`)
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = `ауыл;нөмірі\r\n${lines.join('')}`
      expect(decodeText(utf8(text)).text).toBe(text)
      expect(decodeText(utf16(text, false)).text).toBe(text)
      expect(decodeText(utf16(text, true)).text).toBe(text)
    }),
  )
})
