// What a text of a resident says about other people is covered, and the moderator is told that it was there.
import { expect, test } from 'vitest'
import { hasWord, masked } from '../../src/core/masked.ts'

test.each([
  ['Хабарласыңыз: +7 701 123 45 67', ['phone']],
  ['тел 8(701)1234567, Айгүл', ['phone']],
  ['ЖСН 850101300123 емес, 880215400126', ['number', 'iin']],
  ['Пишите t.me/akimat_bot или https://example.kz/x?y=1', ['link']],
  ['наш сайт selo.kz', ['link']],
  ['спросите @marat_2020', ['link']],
  ['карта 4400 4301 2345 6789', ['number']],
] as const)('%s', (text, flags) => {
  const { text: covered, flags: found } = masked(text)
  expect(found.toSorted()).toEqual([...flags].toSorted())
  expect(covered).toContain('▒▒▒')
  expect(covered.replace(/\D/g, '')).not.toMatch(/\d{7}/)
})

test.each([
  'Мектепке 12 шам керек, 4 500 000 теңге',
  'Абай көшесі, 5. 2027-жылы',
  'Ключи, д. 12/3, кв. 4',
  'сайтымыз жоқ. ру тілінде',
  '1 500 000 000 тенге',
])('%s stays as it is', (text) => {
  expect(masked(text)).toEqual({ text, flags: [] })
})

test('a word of the list is known in its forms and on a Russian keyboard, inside others it is not', () => {
  const words = ['ақмақ', ' дурак ']
  for (const text of ['Акмактын озі', 'ДУРАКИ все', 'бұл ақмақ!'])
    expect(hasWord(text, words), text).toBe(true)
  for (const text of ['Мектепке шам', 'надурак', '']) expect(hasWord(text, words), text).toBe(false)
})
