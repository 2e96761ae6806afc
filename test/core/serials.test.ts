// What a desk types when it hands over cards.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_SERIALS, parseSerials } from '../../src/core/serials.ts'

const read = (text: string) => {
  const result = parseSerials(text)
  return result.ok ? result.value.join(' ') : result.problem
}

describe('lists and ranges', () => {
  test.each([
    '3-5',
    '3–5',
    '3—5',
    '3 - 5',
    '3..5',
    '3…5',
    '№ 3–5',
    '№\u00a03–5',
    '№3–5',
    '№\u202f3\u00a0–\u00a05',
  ])('%j is a range', (text) => {
    expect(read(text)).toBe('3 4 5')
  })

  test.each([
    '9, 3; 5',
    '9 3 5',
    '3 и 5 и 9',
    '3 and 5, 9',
    '3, 5 және 9',
    '3\n5\n9\n9',
    '№\u00a03, №\u00a05,\u00a0№ 9',
  ])('%j is a list', (text) => {
    expect(read(text)).toBe('3 5 9')
  })
})

describe('what is left out', () => {
  test.each([
    '1–10 without 7, 9',
    '1-10 except 7 and 9',
    '1-10 без 7, 9',
    '1-10 кроме 7, 9',
    '1-10 КРОМЕ: 7; 9',
    '1–10 басқа 7, 9',
    '1–10, 7, 9-дан басқа',
    '7-ден басқа, 9-дан басқа 1–10',
    '1–10 7-сіз 9-сыз',
    '1-10, 7сіз, 9 сыз',
  ])('%s leaves out 7 and 9', (text) => {
    expect(read(text)).toBe('1 2 3 4 5 6 8 10')
  })

  test('a whole range may be left out', () => {
    expect(read('1–10 без 3–8')).toBe('1 2 9 10')
  })

  test('leaving out a card that was not listed is a slip', () => {
    expect(read('1–50, 60–70 без 55')).toEqual({ kind: 'not-in-list', piece: '55' })
  })

  test('a number listed again beside exceptions may mean either, so it is asked', () => {
    expect(read('1–10 7-сіз, 9')).toEqual({ kind: 'listed-twice', piece: '9' })
  })

  test('a Kazakh ending without its word is not guessed at', () => {
    expect(read('1–10, 7-ден')).toEqual({ kind: 'not-understood', piece: '7-ден' })
  })
})

describe('what is not understood is pointed at', () => {
  test.each([
    ['', { kind: 'empty', piece: '' }],
    ['без 7', { kind: 'empty', piece: 'без 7' }],
    ['5 без 5', { kind: 'empty', piece: '5 без 5' }],
    ['1–10 без', { kind: 'not-understood', piece: 'без' }],
    ['1–10, семь', { kind: 'not-understood', piece: 'семь' }],
    ['1–3, 5-', { kind: 'not-understood', piece: '5-' }],
    ['1-10-12', { kind: 'not-understood', piece: '1-10-12' }],
    ['1–3, 4x', { kind: 'not-understood', piece: '4x' }],
    ['0', { kind: 'not-understood', piece: '0' }],
    ['120–1', { kind: 'backwards', piece: '120–1' }],
  ])('%s', (text, problem) => {
    expect(read(text)).toEqual(problem)
  })

  test.each(['1-100001', '1–9999999', '1-99999999999999999999', '1-60000, 1-60000'])(
    '%s is too many',
    (text) => {
      expect(read(text)).toMatchObject({ kind: 'too-many' })
    },
  )

  test('the largest list is still read', () => {
    const result = parseSerials(`1-${MOST_SERIALS}`)
    expect(result.ok && result.value.length).toBe(MOST_SERIALS)
  })
})

test('any text is answered with serials in order or with a piece of it', () => {
  const words = fc.array(
    fc.constantFrom(
      '1',
      '7',
      '3-9',
      '120',
      ' ',
      ',',
      '-',
      'без',
      'басқа',
      '-сыз',
      '-ден',
      'and',
      'x',
      '№',
      '..',
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        words.map((all) => all.join('')),
      ),
      (text) => {
        const result = parseSerials(text)
        if (result.ok)
          expect(result.value.every((serial, at, all) => at === 0 || serial > (all[at - 1] ?? 0))).toBe(true)
        else expect(text.normalize('NFC')).toContain(result.problem.piece)
      },
    ),
  )
})
