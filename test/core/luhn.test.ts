// No number of ours is one that Telegram marks as a bank card and offers a bank's links for.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatReceiptNumber, receiptNumber } from '../../src/core/audit/receipt.ts'
import { drawCardCode } from '../../src/core/cards.ts'
import { withCheckDigits } from '../../src/core/check-digits.ts'
import { drawUnlikeBankCard, passesLuhn, showsBankCard } from '../../src/core/luhn.ts'
import { cardCode, formatCardCode, readCardCode } from '../../src/core/person.ts'
import { chance } from '../documents/chance.ts'

const spellings = (printed: string): string[] => [
  printed,
  printed.replaceAll(' ', '-'),
  printed.replaceAll(' ', ''),
]

describe('what is taken for a bank card', () => {
  // Numbers that payment systems publish for tests.
  test.each(['4242424242424242', '378282246310005', '5555555555554444', '4222222222222'])(
    'the test card %s is, in any spelling and anywhere in a text',
    (digits) => {
      expect(passesLuhn(digits)).toBe(true)
      for (const spelled of [digits, digits.replace(/(....)/g, '$1 ').trim(), digits.split('').join('-')]) {
        expect(showsBankCard(`Код: ${spelled}. Спасибо`)).toBe(true)
      }
      expect(showsBankCard(digits.replace(/.$/, (last) => String((Number(last) + 1) % 10)))).toBe(false)
    },
  )

  test('twelve digits and twenty are not, nor digits that a word or a line parts', () => {
    for (const text of [
      '',
      '424242424242',
      '42424242424242424242',
      '42424242 и 42424242',
      '42424242\n42424242',
    ])
      expect([text, showsBankCard(text)]).toEqual([text, false])
  })

  test('digits behind a space lengthen the run, but do not hide a joined card in it', () => {
    expect(showsBankCard('4242 4242 4242 4242 1234')).toBe(false)
    expect(showsBankCard('4242424242424242 1234')).toBe(true)
  })

  test('every single wrong digit shows', () => {
    const card = '4242424242424242'
    for (let at = 0; at < card.length; at++) {
      const wrong = card.slice(0, at) + String((Number(card[at]) + 1) % 10) + card.slice(at + 1)
      expect(passesLuhn(wrong)).toBe(false)
    }
  })
})

// The large count runs by hand: NUMBERS=100000.
const NUMBERS = Number(process.env['NUMBERS'] ?? 20_000)

describe('the numbers that are drawn', () => {
  test('none of the cards, as printed, dashed and joined', () => {
    const bytes = chance(11)
    const marked = Array.from({ length: NUMBERS }, () => drawCardCode(bytes))
      .flatMap((code) => spellings(formatCardCode(code)))
      .filter(showsBankCard)
    expect(marked).toEqual([])
  })

  test('none of the receipts', () => {
    const bytes = chance(14)
    const draw = () => receiptNumber(bytes(32))
    const marked = Array.from({ length: NUMBERS }, () => drawUnlikeBankCard(draw, (number) => number))
      .flatMap((number) => spellings(formatReceiptNumber(number)))
      .filter(showsBankCard)
    expect(marked).toEqual([])
  })

  test('without the rule one card in ten would be', () => {
    const bytes = chance(12)
    const marked = Array.from({ length: 5000 }, () => cardCode(bytes(16))).filter(showsBankCard)
    expect(marked.length / 5000).toBeGreaterThan(0.08)
    expect(marked.length / 5000).toBeLessThan(0.12)
  })

  test('a card drawn before the rule is still read', () => {
    const bytes = chance(13)
    const old = Array.from({ length: 200 }, () => cardCode(bytes(16))).filter(passesLuhn)
    expect(old.length).toBeGreaterThan(5)
    for (const code of old) expect(readCardCode(formatCardCode(code))).toEqual({ ok: true, value: code })
  })

  test('a source of chance that gives the same for ever is refused, not asked for ever', () => {
    const unlucky = withCheckDigits('00000000000000')
    expect(passesLuhn(unlucky)).toBe(false)
    expect(() =>
      drawCardCode(
        () => new Uint8Array(16),
        (code) => code === unlucky,
      ),
    ).toThrow('repeats itself')
  })

  test('a receipt number is judged alike in each of its spellings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        const number = receiptNumber(hash)
        for (const spelled of spellings(formatReceiptNumber(number))) {
          expect(showsBankCard(spelled)).toBe(passesLuhn(number))
        }
      }),
    )
  })
})
