// The checker of the texts finds one planted fault of each kind, and lets good texts pass.
import { describe, expect, test } from 'vitest'
import {
  cyrillicFaults,
  formFaults,
  type Locales,
  parityFaults,
  textsOf,
  translationFaults,
  usageFaults,
} from './locales.ts'

const GOOD: Locales = {
  kk: {
    vote: {
      'cast.button': 'Дауыс беру',
      days_one: '{{count}} күн қалды',
      days_other: '{{count}} күн қалды',
      village: 'Ауыл: <b>{{village}}</b>. Telegram-бот, PDF-файл, /start, №\u00a03, №',
    },
  },
  ru: {
    vote: {
      'cast.button': 'Голосовать',
      days_one: 'ещё {{count}} день',
      days_few: 'ещё {{count}} дня',
      days_many: 'ещё {{count}} дней',
      days_other: 'ещё {{count}} дня',
      village: 'Село: <b>{{village}}</b> & Co'.replace('&', '&amp;'),
    },
  },
  en: {
    vote: {
      'cast.button': 'Vote',
      days_one: 'a day left',
      days_other: '{{count}} days left',
      village: 'Village: <b>{{village}}</b>',
    },
  },
}

/** GOOD with one text of one language replaced, added (or removed, with undefined). */
function planted(language: string, key: string, text: string | undefined): Locales {
  const vote: Record<string, string> = { ...GOOD[language]?.vote }
  if (text === undefined) delete vote[key]
  else vote[key] = text
  return { ...GOOD, [language]: { vote } }
}
const one = (language: string, key: string, text: string) =>
  textsOf({ [language]: { vote: { [key]: text } } })

test('good texts have no faults', () => {
  expect(parityFaults(GOOD)).toEqual([])
  expect(translationFaults(GOOD)).toEqual([])
  expect(formFaults(textsOf(GOOD))).toEqual([])
  expect(cyrillicFaults(textsOf(GOOD))).toEqual([])
})

describe('a language that lags behind is found', () => {
  test.each([
    ['a missing text', planted('ru', 'village', undefined), 'ru: no text vote.village'],
    [
      'a text that only one language has',
      { ...planted('en', 'more', 'More'), ru: GOOD.ru ?? {}, kk: planted('kk', 'more', 'Тағы').kk ?? {} },
      'ru: no text vote.more',
    ],
    ['a missing plural form', planted('ru', 'days_few', undefined), 'ru: no text vote.days_few'],
    [
      'a form the language has not',
      planted('kk', 'days_few', 'x'),
      'kk: vote.days_few is a form this language does not have',
    ],
    ['a missing file', { ...GOOD, kk: {} }, 'kk: no file vote.json'],
  ])('%s', (_, locales, fault) => {
    expect(parityFaults(locales)).toContain(fault)
  })
})

test('a language that falls back may lack texts and files, but not have a form that its tag does not know', () => {
  const uz = { 'cast.button': 'Ovoz berish', days_one: '{{count}} kun qoldi' }
  expect(parityFaults({ ...GOOD, uz: { vote: uz } }, ['uz'])).toEqual([])
  expect(parityFaults({ ...GOOD, uz: {} }, ['uz'])).toEqual([])
  const few = { ...GOOD, xx: { vote: { days_few: 'a few days' } } }
  expect(parityFaults(few, ['xx'], { xx: 'ru-KZ' })).toEqual([])
  expect(parityFaults(few, ['xx'], { xx: 'en-GB' })).toEqual([
    'xx: vote.days_few is a form this language does not have',
  ])
  expect(parityFaults({ ...GOOD, uz: { vote: { more: 'Yana' } } }, ['uz'])).toContain('kk: no text vote.more')
})

describe('a translation that drifts is found', () => {
  test.each([
    [
      'a lost variable',
      planted('kk', 'village', 'Ауыл: <b></b>'),
      'kk: vote.village has {{}}, not {{village}}',
    ],
    [
      'a renamed variable',
      planted('ru', 'village', '<b>{{name}}</b>'),
      'ru: vote.village has {{name}}, not {{village}}',
    ],
    [
      'a Russian “one”, which is also 21, without its count',
      planted('ru', 'days_one', 'ещё день'),
      'ru: vote.days_one has {{}}, not {{count}}',
    ],
    [
      'another tag',
      planted('ru', 'village', '<i>{{village}}</i>'),
      'ru: vote.village has the tags </i> <i>, not </b> <b>',
    ],
  ])('%s', (_, locales, fault) => {
    expect(translationFaults(locales)).toEqual([fault])
  })
})

describe('a text that Telegram or the reader would refuse is found', () => {
  test.each([
    ['a', '<b>bold', 'not closed: b'],
    ['a', '<b><i>x</b></i>', '</b> closes what is not open'],
    ['a', '<p>x</p>', 'Telegram does not know <p>'],
    ['a', '<b class="x">x</b>', 'Telegram does not know <b class="x">'],
    ['a', '<a>x</a>', 'Telegram does not know <a>'],
    ['a', '1 < 2', 'a bare < or >'],
    ['a', 'bread & butter', 'a bare &'],
    ['a.button', 'x'.repeat(41), '.button longer than 40'],
    ['a.alert', 'x'.repeat(201), '.alert longer than 200'],
    ['a.command', 'x'.repeat(257), '.command longer than 256'],
    ['a', 'x'.repeat(4097), 'longer than 4096'],
    ['a.button', '<b>x</b>', 'HTML, which a .button shows as it is'],
    ['a.alert', 'bread &amp; butter', 'HTML, which a .alert shows as it is'],
    ['a', '', 'empty'],
    ['a', 'x ', 'blank at an end'],
    ['a', 'x  y', 'two spaces'],
    ['a', 'cafe\u0301', 'not in NFC'],
    ['a', '№ {{number}}', '№ without U+00A0 behind it'],
    ['a', 'see №3', '№ without U+00A0 behind it'],
    ['a', '№\u00a0 {{number}}', '№ without U+00A0 behind it'],
    ['a', '{name}', 'a broken {{variable}}'],
    ['a', 'see $t(vote.b)', 'a text inside a text'],
  ])('%s: %s', (key, text, fault) => {
    expect(formFaults(one('en', key, text))).toContain(`en: vote.${key}: ${fault}`)
  })
  test('links, spoilers, quotes and variables pass, and a button is measured without its variable', () => {
    const text =
      '<a href="{{link}}">x</a> <blockquote expandable>y</blockquote> <tg-spoiler>z</tg-spoiler> &lt;&#33;'
    expect(formFaults(one('en', 'a', text))).toEqual([])
    expect(formFaults(one('en', 'a.button', `{{aVeryLongNameOfAVariable}}${'x'.repeat(40)}`))).toEqual([])
  })
})

describe('traps of Kazakh and Russian are found', () => {
  test.each([
    ['kk', 'мүлiктiк', 'two alphabets in “мүлiктiк”'],
    ['ru', 'Гoлос', 'two alphabets in “Гoлос”'],
    ['ru', 'Вы c нами', 'Latin “c” alone'],
    ['kk', 'ж\u0259не', 'a letter of another alphabet (ə Ə ɵ)'],
    ['kk', '{{village}}да', 'an ending glued to a variable'],
    ['kk', '{{n}}-ға', 'an ending glued to a variable'],
    ['kk', '<b>{{village}}</b>ға', 'an ending glued to a variable'],
    ['kk', '«{{title}}»ға', 'an ending glued to a variable'],
    ['ru', '{{n}}-й проект', 'an ending glued to a variable'],
    ['kk', 'Список голосующих жителей', '20 letters and none of the nine Kazakh ones'],
  ])('%s: %s', (language, text, fault) => {
    expect(cyrillicFaults(one(language, 'a', text))).toContain(`${language}: vote.a: ${fault}`)
  })
  test('another language in its own letters is left in peace', () => {
    expect(cyrillicFaults(one('kk', 'a', 'Тілді таңдаңыз · Choose a language'))).toEqual([])
  })
  test('a text that rightly has none of the nine letters can be allowed by its key', () => {
    expect(cyrillicFaults(one('kk', 'a', 'Карта мен банк карталары'), { 'vote.a': 'real Kazakh' })).toEqual(
      [],
    )
  })
})

describe('texts and src agree', () => {
  const use = (text: string, file = 'bot/a.ts') => usageFaults(new Map([[file, text]]), GOOD, ['bot'])
  const ALL = "t('vote.cast.button') + t('vote.days', { count }) + t('vote.village')"
  test('literals, maps and prefixes count as use', () => {
    expect(use(ALL)).toEqual([])
    expect(
      use("const KEYS = { a: 'vote.cast.button', b: 'vote.days' } satisfies X; t(`vote.vil${rest}`)"),
    ).toEqual([])
  })
  test('a text that nobody uses is found; a comment is no use', () => {
    expect(use("t('vote.cast.button') + t('vote.days') // t('vote.village')")).toEqual([
      'no line of src uses vote.village',
    ])
  })
  test('a key without a text is found, a file name is not taken for one', () => {
    expect(use(`${ALL} + t('vote.casted')`)).toEqual(['bot/a.ts: there is no text vote.casted'])
    expect(use(`${ALL} + t(\`vote.casted.\${x}\`)`)).toEqual(['bot/a.ts: there is no text vote.casted.'])
    expect(use(`${ALL} + 'vote.pdf'`)).toEqual([])
    expect(use(`${ALL} + 'vote.casted'`, 'core/a.ts')).toEqual([])
  })
  test('a prefix that is a whole namespace is refused', () => {
    expect(use(`${ALL} + t(\`vote.\${x}\`)`)[0]).toContain('uses a whole namespace')
  })
})
