// The receipt and the commitment: what a voter keeps, what the log keeps, and that neither can be read two ways.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalChoices,
  commitment,
  formatReceiptNumber,
  readCanonicalChoices,
  readReceiptNumber,
  receiptNumber,
  receiptStatement,
} from '../../src/core/audit/receipt.ts'
import { seedCommitment, tieSeed } from '../../src/core/audit/tie-seed.ts'
import { fromUtf8, toHex } from '../../src/core/bytes.ts'

const leaf = new Uint8Array(32).fill(7)
const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

describe('the number', () => {
  test('it is 12 digits of the leaf hash and 2 check digits, in four groups', () => {
    const number = receiptNumber(leaf)
    expect(number.slice(0, 12)).toBe(
      (BigInt(`0x${toHex(leaf)}`) % 1_000_000_000_000n).toString().padStart(12, '0'),
    )
    expect(formatReceiptNumber('12345678901234')).toBe('1234 5678 9012 34')
    expect(receiptNumber(new Uint8Array(32))).toBe('00000000000098')
  })

  test('typed back as shown it is the same, and a slip is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        const number = receiptNumber(hash)
        expect(BigInt(number.slice(0, 12))).toBe(BigInt(`0x${toHex(hash)}`) % 1_000_000_000_000n)
        expect(readReceiptNumber(` ${formatReceiptNumber(number)} `)).toEqual({ ok: true, value: number })
        const slip = `${number.slice(0, 13)}${(Number(number[13]) + 1) % 10}`
        expect(readReceiptNumber(slip)).toEqual({ ok: false, problem: { kind: 'check-digits' } })
      }),
    )
  })

  test('a leaf hash of another length is a bug', () => {
    expect(() => receiptNumber(leaf.slice(1))).toThrow(RangeError)
  })
})

describe('the signed words', () => {
  const at = '2026-03-05T09:02:11.123Z'

  test('they are four lines', () => {
    expect(fromUtf8(receiptStatement({ cycle: 'c1', leaf, at }))).toBe(
      `dauys-receipt-v1\nc1\n${'07'.repeat(32)}\n${at}\n`,
    )
  })

  test('nothing that could be another line gets in', () => {
    expect(() => receiptStatement({ cycle: 'c1\nc2', leaf, at })).toThrow(RangeError)
    expect(() => receiptStatement({ cycle: '', leaf, at })).toThrow(RangeError)
    expect(() => receiptStatement({ cycle: 'c1', leaf, at: 'yesterday' })).toThrow(RangeError)
    expect(() => receiptStatement({ cycle: 'c1', leaf: leaf.slice(1), at })).toThrow(RangeError)
  })
})

describe('the commitment', () => {
  const nonce = new Uint8Array(32).fill(1)

  test('it is the hash of tag, counted cycle, nonce and choices', () => {
    expect(toHex(commitment('ауыл', nonce, 'village:1,2'))).toBe(
      sha256('dauys-ballot-v1', Uint8Array.of(0, 0, 0, 8), 'ауыл', nonce, 'village:1,2'),
    )
  })

  test('it changes with the cycle, the nonce and the choices', () => {
    const base = toHex(commitment('c1', nonce, 'v:1'))
    expect(toHex(commitment('c2', nonce, 'v:1'))).not.toBe(base)
    expect(toHex(commitment('c1', new Uint8Array(32), 'v:1'))).not.toBe(base)
    expect(toHex(commitment('c1', nonce, 'v:2'))).not.toBe(base)
  })

  test('a longer cycle cannot eat into the nonce', () => {
    const ones = '\u0001'
    expect(commitment('c', nonce, `${ones}v:1`)).not.toEqual(commitment(`c${ones}`, nonce, 'v:1'))
  })

  test('a nonce of another length is a bug', () => {
    expect(() => commitment('c1', nonce.slice(1), 'v:1')).toThrow(RangeError)
    expect(() => commitment('c1', nonce, '\ud800')).toThrow(RangeError)
  })
})

describe('canonical choices', () => {
  test('a line a pot, an empty pot with nothing after the colon', () => {
    const pots = [
      { pot: 'village', list: ['p7', 'p2'] },
      { pot: 'district', list: [] },
      { pot: 'points', list: ['p1=3', 'p4=2'] },
    ]
    expect(canonicalChoices(pots)).toBe('village:p7,p2\ndistrict:\npoints:p1=3,p4=2')
    expect(readCanonicalChoices(canonicalChoices(pots))).toEqual({ ok: true, value: pots })
    expect(readCanonicalChoices('')).toEqual({ ok: true, value: [] })
  })

  test('any ballot is read back as it was, and different ballots are never spelled alike', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9=_.ә-]{1,6}$/)
    const words = fc.uniqueArray(word, { maxLength: 5 })
    const ballots = words.chain((pots) =>
      fc.tuple(...pots.map((pot) => fc.record({ pot: fc.constant(pot), list: words }))),
    )
    fc.assert(
      fc.property(ballots, (pots) => {
        expect(readCanonicalChoices(canonicalChoices(pots))).toEqual({ ok: true, value: pots })
      }),
    )
  })

  test('what is read is spelled exactly so', () => {
    const near = fc.string({ unit: fc.constantFrom('a', 'b', ':', ',', '\n', ' ', '='), maxLength: 12 })
    fc.assert(
      fc.property(near, (text) => {
        const read = readCanonicalChoices(text)
        if (read.ok) expect(canonicalChoices(read.value)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('a repeated id, a repeated pot and a separator inside an id are refused both ways', () => {
    for (const text of [
      'v:1,1',
      'v:1\nv:2',
      'v',
      ':1',
      'v:1,',
      'v:,1',
      'v:1\n',
      '\nv:1',
      'v: 1',
      'v:1:2',
      'v:1\r',
    ]) {
      expect([text, readCanonicalChoices(text).ok]).toEqual([text, false])
    }
    for (const list of [['1', '1'], ['1,2'], ['1:2'], [''], ['1\n2'], ['\ud800']]) {
      expect(() => canonicalChoices([{ pot: 'v', list }])).toThrow(RangeError)
    }
    expect(() =>
      canonicalChoices([
        { pot: 'v', list: [] },
        { pot: 'v', list: [] },
      ]),
    ).toThrow(RangeError)
  })
})

test('the lots are drawn from the committed seed and the root at the close', () => {
  const seed = new Uint8Array(32).fill(9)
  expect(toHex(seedCommitment(seed))).toBe(sha256('dauys-tie-seed-v1', seed))
  expect(toHex(tieSeed(seed, leaf))).toBe(sha256(seed, leaf))
  expect(() => seedCommitment(seed.slice(1))).toThrow(RangeError)
  expect(() => tieSeed(seed, leaf.slice(1))).toThrow(RangeError)
})
