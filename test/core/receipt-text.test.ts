// The receipt that a voter keeps: checked with nothing but the published key, and with any letter changed it names what is wrong.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifierKey } from '../../src/core/audit/checkpoint.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { formatReceiptNumber, receiptNumber, receiptStatement } from '../../src/core/audit/receipt.ts'
import { checkReceiptText, type Promised, receiptText } from '../../src/core/audit/receipt-text.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { signer, verifyEd25519 } from './trusted/good-log.ts'

const key = signer(1)
const origin = 'dauys.example/aiagoz'
const published = verifierKey(origin, key.publicKey)
const promised: Promised = {
  cycle: 'aiagoz',
  leaf: leafHash(utf8('a ballot')),
  at: '2026-03-05T09:02:11.123Z',
}
const textOf = (what: Promised, by = key, name = origin): string =>
  receiptText(what, { origin: name, publicKey: by.publicKey }, by.sign(receiptStatement(what)))
const text = textOf(promised)
const outcome = (changed: string, known = published): string => {
  const checked = checkReceiptText(changed, known, verifyEd25519)
  return checked.ok ? 'holds' : checked.problem.kind
}

test('number, key and a signed note, and nothing of the choice', () => {
  const lines = text.split('\n')
  expect(lines.slice(0, 7)).toEqual([
    formatReceiptNumber(receiptNumber(promised.leaf)),
    published,
    '',
    'dauys-receipt-v1',
    'aiagoz',
    Buffer.from(promised.leaf).toString('hex'),
    promised.at,
  ])
  expect(lines[8]).toMatch(/^— dauys\.example\/aiagoz \S+$/)
  expect(lines.length).toBe(10)
  expect(text.length).toBeLessThan(500)
})

test('it holds with the published key, and says what was promised', () => {
  expect(checkReceiptText(text, published, verifyEd25519)).toEqual({
    ok: true,
    value: { ...promised, number: receiptNumber(promised.leaf), origin },
  })
})

test('what copying does to it is forgiven', () => {
  expect(outcome(text.replaceAll('\n', '\r\n'))).toBe('holds')
  expect(outcome(`\n  ${text.trimEnd()}  \n\n`)).toBe('holds')
  expect(outcome(text.replace('\n\n', '\n\n\n'))).toBe('holds')
  expect(outcome(text, ` ${published}\n`)).toBe('holds')
})

const letters = (of: string): string => of.replace(/[\s.\p{Pd}]/gu, '')

describe('what is wrong is named', () => {
  const other = signer(2)
  const odd: [name: string, changed: string, fault: string][] = [
    ['nothing', '', 'not-a-receipt'],
    ['a number alone', text.slice(0, 18), 'not-a-receipt'],
    ['the signature line cut off', text.slice(0, text.indexOf('— ')), 'not-a-receipt'],
    ['a digit of the number', text.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10)), 'number'],
    [
      'the number of another receipt',
      textOf({ ...promised, leaf: leafHash(utf8('b')) }).slice(0, 18) + text.slice(18),
      'number-of-another',
    ],
    ['another leaf', text.replace(/\n[0-9a-f]{64}\n/, `\n${'ab'.repeat(32)}\n`), 'number-of-another'],
    ['another cycle', text.replace('\naiagoz\n', '\nother\n'), 'other-log'],
    ['another time', text.replace('02:11.123', '02:12.123'), 'signature'],
    ['a time that is none', text.replace('T09:', 'T39:'), 'statement'],
    ['another version', text.replace('receipt-v1', 'receipt-v2'), 'statement'],
    ['a line more', text.replace('\naiagoz\n', '\naiagoz\nhe chose nothing\n'), 'statement'],
    ['a damaged key', text.replace('+', '+0'), 'key'],
    ['a receipt that brings its own key', textOf(promised, other), 'other-key'],
    ['a signature by another name', text.replace('— dauys', '— dauyz'), 'other-signer'],
    [
      'a signature of another receipt',
      text.slice(0, text.indexOf('— ')) +
        textOf({ ...promised, at: '2026-03-05T09:02:11.124Z' }).slice(text.indexOf('— ')),
      'signature',
    ],
    ['two signatures', text + text.slice(text.indexOf('— ')), 'other-signer'],
  ]
  test.each(odd)('%s', (_, changed, fault) => expect(outcome(changed)).toBe(fault))

  test('a key of another vote, though it signed', () => {
    const name = 'dauys.example/other'
    expect(outcome(textOf(promised, key, name), verifierKey(name, key.publicKey))).toBe('other-log')
  })

  test('any letter changed: it holds no more, or is the same receipt', () => {
    const others = fc.constantFrom(
      '0',
      '7',
      'a',
      'Z',
      '+',
      '/',
      '=',
      '\n',
      ' ',
      '.',
      '—',
      'ә',
      '\u0000',
      '\ud800',
      '',
    )
    fc.assert(
      fc.property(fc.nat(text.length - 1), others, (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        const checked = checkReceiptText(changed, published, verifyEd25519)
        if (checked.ok)
          expect({ ...checked.value }).toEqual({ ...promised, number: receiptNumber(promised.leaf), origin })
        // Only what parts the digits of the number, and spaces around lines, may differ.
        if (checked.ok) expect(letters(changed)).toBe(letters(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('any text whatever is refused, never thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => outcome(any) !== 'holds'))
  })
})
