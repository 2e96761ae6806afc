// Searching Kazakh typed on any keyboard, and cutting a text without breaking a letter.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldLetters, graphemeCut } from '../../src/core/text.ts'

test.each([
  ['Аягөз', 'Аягоз'],
  ['Бесқарағай', 'Бескарагай'],
  ['Үлкен Бөкен', 'улкен бокен'],
  ['Ұлытау', 'Улытау'],
  ['Жаңаарқа', 'жанаарка'],
  ['Қаһарман', 'кахарман'],
  ['Іргелі мектеп', 'иргели мектеп'],
  ['Әлёна', 'алена'],
  ['ОРТАЛЫҚ КӨШЕ', 'орталык коше'],
])('%j is found by %j', (kazakh, typed) => {
  expect(foldLetters(kazakh)).toBe(foldLetters(typed))
})

test('Latin look-alikes inside a Cyrillic word do not hide it', () => {
  expect(foldLetters('Mектеп aлaңы')).toBe(foldLetters('Мектеп алаңы')) // M and a are Latin
  expect(foldLetters('Hұра')).toBe(foldLetters('Нұра')) // a Latin capital H is Н
  expect(foldLetters('мəдениет үйi')).toBe(foldLetters('мәдениет үйі')) // schwa and i of an old font
})

test('a Latin word stays Latin, and a brand glued to a Kazakh ending too', () => {
  expect(foldLetters('Wi-Fi COMPACT')).toBe('wi-fi compact')
  expect(foldLetters('YouTubeтан')).toBe('youtubeтан')
})

test('a letter typed in two parts is the same letter', () => {
  expect(foldLetters('и\u0306ол е\u0308лка')).toBe('йол елка')
})

test('folding what is folded changes nothing', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'аәАӘбғГңөұүһіёЁ aceHhiIё-'.split('')) })
  fc.assert(
    fc.property(letters, (text) => {
      expect(foldLetters(foldLetters(text))).toBe(foldLetters(text))
    }),
  )
})

test('a text that fits stays whole; one unit more and it ends in …', () => {
  expect(graphemeCut('алаң', 4)).toBe('алаң')
  expect(graphemeCut('алаңы', 4)).toBe('ала…')
  expect(graphemeCut('су құбыры', 4)).toBe('су…')
  expect(graphemeCut('алаң', 0)).toBe('')
})

test('a family, a flag and an accent are never cut in the middle', () => {
  expect(graphemeCut('a👨‍👩‍👧‍👦b', 8)).toBe('a…')
  expect(graphemeCut('🇰🇿🇰🇿', 6)).toBe('🇰🇿…')
  expect(graphemeCut('е\u0301е\u0301', 3)).toBe('е\u0301…')
})

test('a cut text is within its limit as Telegram counts, and a beginning of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(45), (text, max) => {
      const cut = graphemeCut(text, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      if (cut !== text) expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true)
    }),
  )
})

test('plain letters, which are cut without asking for graphemes, are cut as graphemes are', () => {
  const inGraphemes = (text: string, max: number): string => {
    let kept = ''
    for (const { segment } of new Intl.Segmenter('kk', { granularity: 'grapheme' }).segment(text)) {
      if (kept.length + segment.length > max - 1) break
      kept += segment
    }
    return `${kept.trimEnd()}…`
  }
  const letter = fc.oneof(
    ...[
      [0x20, 0x7e],
      [0xa0, 0x2ff],
      [0x400, 0x52f],
      [0x2010, 0x2027],
      [0x300, 0x30f],
      [0x200c, 0x200f],
    ].map(([min, max]) =>
      fc.integer({ min: min as number, max: max as number }).map((n) => String.fromCharCode(n)),
    ),
    fc.constantFrom('₸', '№', '👍', '👨‍👩‍👧', '🇰🇿', '\n', '\r\n'),
  )
  const plainer = fc.string({
    unit: fc.constantFrom(...Array.from('Ауыл су құбыры – «№7», 5 000 ₸')),
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      fc.tuple(plainer, fc.array(letter, { maxLength: 6 }), plainer),
      fc.integer({ min: 1, max: 24 }),
      ([before, middle, after], max) => {
        const text = before + middle.join('') + after
        if (text.length > max) expect(graphemeCut(text, max)).toBe(inGraphemes(text, max))
      },
    ),
    { numRuns: 2000 },
  )
})
