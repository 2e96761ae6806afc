// What stops an announcement, and the HTML that officials may write: whatever we take, Telegram takes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedLines, LONGEST_CAPTION, textFaults } from '../../src/core/announcement.ts'
import { broken } from '../../src/core/html.ts'
import { parseHtml } from '../../src/sandbox/entities.ts'

const texts = (kk: string, ru = 'Собрание') => ({ kk, ru })

test.each([
  ['<b>Жиналыс</b> & <i>шай</i>', 13],
  ['<a href="https://gov.kz/x?a=1&amp;b=2">мұнда</a>', 5],
  ['<tg-time unix="1793000000">18:00</tg-time>', 5],
  ['<tg-time unix="1793000000" format="">18:00</tg-time>', 5],
  ['5 &lt; 7', 5],
])('%s is read as %i letters, as Telegram reads it', (html, letters) => {
  expect(broken(html)).toEqual({ ok: true, value: letters })
  const read = parseHtml(html)
  expect(read.ok && read.value.text.length).toBe(letters)
})

test.each(['<b>a', 'a</b>', '<b><i>a</b></i>', '<h1>a</h1>', '5 < 7', '<a>x</a>', '<b class="x">a</b>', '<'])(
  '%s is a broken tag',
  (html) => expect(broken(html)).toMatchObject({ ok: false, problem: { kind: 'broken-tag' } }),
)

test('a moment with a format is refused: phones would print it in a zone of their own', () => {
  expect(broken('<tg-time unix="1793000000" format="wDT">18:00</tg-time>').ok).toBe(false)
})

test('whatever we take, Telegram’s parser takes, and reads as many letters', () => {
  const piece = fc.constantFrom(
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<u>',
    '</u>',
    '<',
    '>',
    '&',
    '&lt;',
    '&#1233;',
    'ә',
    'сөз ',
    '<a href="https://gov.kz">',
    '</a>',
    '<tg-spoiler>',
    '</tg-spoiler>',
    '"',
    '</',
  ) // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const html = pieces.join('')
      const ours = broken(html)
      if (!ours.ok) return
      const theirs = parseHtml(html)
      expect(theirs.ok && theirs.value.text.length).toBe(ours.value)
    }),
    { numRuns: 3000 },
  )
})

test('no Kazakh text, 5,000 characters and a broken tag are each told by language', () => {
  expect(textFaults(texts('', '<b>Собрание'), null, false)).toEqual([
    { kind: 'no-text', locale: 'kk' },
    { kind: 'broken-tag', locale: 'ru', tag: '<b>', at: 0 },
  ])
  expect(textFaults(texts('ә'.repeat(5000)), null, false)).toMatchObject([
    { kind: 'too-long', letters: 5000 },
  ])
  const photo = { kind: 'photo', fileId: 'x' } as const
  expect(textFaults(texts('ә'.repeat(LONGEST_CAPTION)), photo, false)).toEqual([])
  expect(textFaults(texts('ә'.repeat(LONGEST_CAPTION + 1)), photo, false)).toMatchObject([
    { kind: 'too-long' },
  ])
  expect(
    textFaults(texts('ә'.repeat(LONGEST_CAPTION)), photo, true),
    'a practice says that it is one',
  ).toHaveLength(1)
})

test('of two versions the lines that went and came are told', () => {
  expect(changedLines('Жиналыс\n18:00\nКлуб', 'Жиналыс\n19:00\nКлуб')).toEqual({
    went: ['18:00'],
    came: ['19:00'],
  })
})
