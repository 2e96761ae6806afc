// The card code: drawn evenly, read as people type it, and wrong digits caught before an attempt is spent.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigitsHold, withCheckDigits } from '../../src/core/check-digits.ts'
import { cardCode, formatCardCode, readCardCode } from '../../src/core/person.ts'

// A seeded source of bytes (mulberry32): the same codes at every run.
function source(seed: number): (count: number) => Uint8Array {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % 256
  }
  return (count) => Uint8Array.from({ length: count }, next)
}

function chiSquare(digits: string): number {
  const expected = digits.length / 10
  return '0123456789'
    .split('')
    .map((digit) => digits.split(digit).length - 1)
    .reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
}
const limit = 27.88 // 9 degrees of freedom, 1 in 1,000

const code = '1234567890123488'
const codes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(cardCode)

describe('drawing', () => {
  const bytes = source(20260301)
  const drawn = Array.from({ length: 20_000 }, () => cardCode(bytes(16)))

  test('every one of the 14 places shows every digit equally often', () => {
    for (let place = 0; place < 14; place++) {
      expect(chiSquare(drawn.map((one) => one[place]).join(''))).toBeLessThan(limit)
    }
    expect(chiSquare(drawn.map((one) => one.slice(0, 14)).join(''))).toBeLessThan(limit)
  })

  test('the same measure finds the small bias of digits taken as a byte modulo 10', () => {
    const careless = Array.from(bytes(280_000), (byte) => String(byte % 10)).join('')
    expect(chiSquare(careless)).toBeGreaterThan(limit)
  })

  test('the same bytes give the same code, and every byte counts', () => {
    expect(cardCode(new Uint8Array(16))).toBe(withCheckDigits('00000000000000'))
    expect(cardCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0))).toBe(withCheckDigits('00000000000256'))
    for (let at = 0; at < 16; at++) {
      const random = new Uint8Array(16)
      random[at] = 1
      expect(cardCode(random)).not.toBe(cardCode(new Uint8Array(16)))
    }
  })

  test('fewer than 8 random bytes are a bug', () => {
    expect(() => cardCode(new Uint8Array(7))).toThrow(RangeError)
  })
})

describe('check digits', () => {
  test('the worked example of ISO 7064: 794 gets 44', () => {
    expect(withCheckDigits('794')).toBe('79444')
    expect(checkDigitsHold('79444')).toBe(true)
  })

  test('every single wrong digit is caught', () => {
    fc.assert(
      fc.property(codes, (good) => {
        expect(checkDigitsHold(good)).toBe(true)
        for (let at = 0; at < good.length; at++) {
          for (const digit of '0123456789') {
            if (digit === good[at]) continue
            expect(checkDigitsHold(good.slice(0, at) + digit + good.slice(at + 1))).toBe(false)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('every swap of two different neighbours is caught', () => {
    fc.assert(
      fc.property(codes, (good) => {
        for (let at = 0; at + 1 < good.length; at++) {
          const [a, b] = [good.charAt(at), good.charAt(at + 1)]
          if (a !== b) expect(checkDigitsHold(good.slice(0, at) + b + a + good.slice(at + 2))).toBe(false)
        }
      }),
    )
  })

  test('one body has one number: of a hundred endings one holds', () => {
    fc.assert(
      fc.property(codes, (good) => {
        const endings = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))
        expect(endings.filter((end) => checkDigitsHold(good.slice(0, 14) + end))).toEqual([good.slice(14)])
      }),
      { numRuns: 50 },
    )
  })
})

describe('reading', () => {
  test('a printed code is four groups of four', () => {
    expect(formatCardCode('1234567890123456')).toBe('1234 5678 9012 3456')
  })

  test('a code is read in every way that people type or copy it', () => {
    const good = withCheckDigits(code.slice(0, 14))
    const [a, b, c, d] = [good.slice(0, 4), good.slice(4, 8), good.slice(8, 12), good.slice(12)]
    const ways = [
      ' ',
      '',
      '-',
      ' - ',
      '—',
      '–',
      '\u00a0',
      '\u202f',
      '.',
      '\n',
      '\u2212',
      '\u200b',
      '\u2011',
      '. ',
    ]
    for (const way of ways) expect(readCardCode([a, b, c, d].join(way))).toEqual({ ok: true, value: good })
    expect(readCardCode(`  ${good}\u200e\n`)).toEqual({ ok: true, value: good })
    expect(readCardCode(good.split('').join(' '))).toEqual({ ok: true, value: good })
  })

  test('half a code tells which digits were read, and the second message completes it', () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 1, max: 15 }), (good, cut) => {
        const first = readCardCode(formatCardCode(good.slice(0, cut)))
        expect(first).toEqual({ ok: false, problem: { kind: 'too-short', digits: good.slice(0, cut) } })
        expect(readCardCode(`${good.slice(0, cut)} ${good.slice(cut)}`)).toEqual({ ok: true, value: good })
      }),
    )
  })

  test('a slip, a digit too many and a text are told apart', () => {
    const good = withCheckDigits(code.slice(0, 14))
    const kind = (text: string) => {
      const read = readCardCode(text)
      return read.ok ? 'ok' : read.problem.kind
    }
    expect(kind(good.replace('1', '2'))).toBe('check-digits')
    expect(kind(`${good}0`)).toBe('too-long')
    for (const text of ['', ' ', 'сәлем', 'Абай көшесі 12', `${good.slice(0, 15)}O`, '²³']) {
      expect([text, kind(text)]).toEqual([text, 'no-digits'])
    }
  })

  test('digits of any script are digits', () => {
    for (const zero of ['٠', '۰', '०', '０', '𝟎']) {
      const own = zero.codePointAt(0) as number
      const written = code.replace(/\d/g, (digit) => String.fromCodePoint(own + Number(digit)))
      expect(readCardCode(written)).toEqual(readCardCode(code))
    }
  })

  test('no text whatever makes the reader throw or answer something that is not a code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = readCardCode(text)
        if (read.ok) expect(read.value).toMatch(/^[0-9]{16}$/)
      }),
    )
  })
})
