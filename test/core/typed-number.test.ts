// What a typed number is: by its check digits, in any script and wrapping, and never by its length alone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withCheckDigits } from '../../src/core/check-digits.ts'
import { isIin, readTypedNumber } from '../../src/core/typed-number.ts'

const code = withCheckDigits('39457394891012')
const spaced = code.replace(/\d{4}(?=\d)/g, '$& ')
const receipt = withCheckDigits('123456789012')
/** Invented: 13 January 1985; the check digit is the first sum's. */
const IIN = '850113300123'

describe('a card is found', () => {
  test.each([
    ['as it is printed', spaced],
    ['behind a word', `Код: ${spaced}`],
    ['before a name', `${spaced} Айгүл`],
    ['in a sentence', `Менің карточкам ${spaced.replaceAll(' ', '-')}, рахмет!`],
    ['behind a number of something else', `№ 5: ${spaced}`],
    ['with slashes', spaced.replaceAll(' ', '/')],
    ['in quotes and backticks', `«\`${spaced}\`»`],
    ['with Latin O for zero', spaced.replaceAll('0', 'O')],
    ['with Cyrillic О for zero', spaced.replaceAll('0', 'о')],
    ['in full-width digits', spaced.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))],
    ['in Arabic digits', spaced.replace(/\d/g, (d) => String.fromCodePoint(0x660 + Number(d)))],
    ['in Persian digits', spaced.replace(/\d/g, (d) => String.fromCodePoint(0x6f0 + Number(d)))],
  ])('%s', (_, text) => {
    expect(readTypedNumber(text)).toEqual({ kind: 'card', code })
  })
})

test('a receipt is told from a card, however it is written', () => {
  for (const text of [receipt, `${receipt.slice(0, 4)} ${receipt.slice(4)}`, `Нөмір: ${receipt}.`])
    expect(readTypedNumber(text)).toEqual({ kind: 'receipt', number: receipt })
})

test('what is neither is digits, with what stands around them', () => {
  expect(readTypedNumber(receipt.slice(1))).toEqual({ kind: 'digits', digits: receipt.slice(1), alone: true })
  expect(readTypedNumber('үйде 3 адам')).toEqual({ kind: 'digits', digits: '3', alone: false })
  expect(readTypedNumber('сәлем')).toEqual({ kind: 'none' })
  expect(readTypedNumber('Оо')).toEqual({ kind: 'none' })
})

describe('an ИИН', () => {
  test('is known by its date and its check digit', () => {
    expect(isIin(IIN)).toBe(true)
    for (const text of [IIN, `ЖСН ${IIN}`, `${IIN.slice(0, 6)} ${IIN.slice(6)}`, `ИИН:${IIN}, Айгүл`])
      expect(readTypedNumber(text)).toEqual({ kind: 'iin' })
  })

  test('with another check digit, or without a date of birth, is none', () => {
    for (let last = 0; last < 10; last++) expect(isIin(IIN.slice(0, 11) + last)).toBe(last === 3)
    expect(['851313300123', '850132300123', '850113700123'].map(isIin)).toEqual([false, false, false])
  })

  test('never hides a card or a receipt', () => {
    expect(readTypedNumber(`${IIN} ${spaced}`)).toEqual({ kind: 'card', code })
    expect(readTypedNumber(`${receipt}, ЖСН ${IIN}`)).toEqual({ kind: 'receipt', number: receipt })
  })
})

test('no text whatever makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(['card', 'receipt', 'iin', 'digits', 'none']).toContain(readTypedNumber(text).kind)
    }),
  )
})
