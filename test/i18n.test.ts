// Languages are folders: what one of them must say of itself, and where a reader of it gets what it lacks.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { programFolder } from '../src/beside.ts'
import { createI18n } from '../src/i18n.ts'

const UZBEK = { name: 'O‘zbekcha', tag: 'uz-Latn-UZ', fallback: 'ru' }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dauys-locales-'))
  await cp(programFolder('locales'), folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A folder with what it says of itself (text as it stands, or an object), and its files. */
async function language(locale: string, self: object | string, files: Record<string, object> = {}) {
  await mkdir(join(folder, locale))
  const texts = Object.entries({ 'language.json': self, ...files })
  for (const [name, content] of texts)
    await writeFile(
      join(folder, locale, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
}

test('those that officials write stand first, then the others', async () => {
  await language('uz', UZBEK)
  await cp(join(folder, 'en'), join(folder, 'az'), { recursive: true })
  const { languages } = createI18n(folder)
  expect(languages.map(({ locale, name }) => [locale, name])).toEqual([
    ['kk', 'Қазақша'],
    ['ru', 'Русский'],
    ['az', 'English'],
    ['en', 'English'],
    ['uz', 'O‘zbekcha'],
  ])
})

test('a text that is missing comes from the fallback, in the plural forms of that one', async () => {
  await language('uz', UZBEK, { 'common.json': { 'menu.button': 'Menyu' } })
  const [uz, ru] = [createI18n(folder)('uz'), createI18n(folder)('ru')]
  expect(uz('common.menu.button')).toBe('Menyu')
  expect(uz('common.yes.button')).toBe(ru('common.yes.button'))
  for (const count of [1, 3, 5]) {
    const facts = { count, date: '1 марта' }
    expect(uz.html('start.stage-voting', facts)).toBe(ru.html('start.stage-voting', facts))
  }
})

test('a number of a message holds its noun and its thousands, in every language', () => {
  const textsOf = createI18n(folder)
  expect(textsOf('ru').html('vote.rule', { count: 3 })).toContain('3\u00a0проектов')
  expect(textsOf('kk').html('start.stage-voting', { count: 12, date: '24 қараша' })).toContain('12\u00a0күн')
  for (const locale of ['kk', 'ru', 'en'])
    expect(textsOf(locale).number(1_234_567)).toBe('1\u00a0234\u00a0567')
})

test('fallbacks are followed one after the other, a circle ends, and Kazakh has every text', async () => {
  await language('uz', { ...UZBEK, fallback: 'kaa' }, { 'common.json': { 'yes.button': 'Ha' } })
  await language(
    'kaa',
    { name: 'Qaraqalpaqsha', tag: 'kaa', fallback: 'uz' },
    { 'common.json': { 'no.button': 'Yaq' } },
  )
  const textsOf = createI18n(folder)
  expect(['common.yes.button', 'common.no.button'].map((key) => textsOf('uz')(key as never))).toEqual([
    'Ha',
    'Yaq',
  ])
  expect(textsOf('uz')('common.menu.button')).toBe(textsOf('kk')('common.menu.button'))
})

test('what officials entered is read along the same way', async () => {
  await language('uz', UZBEK)
  const textsOf = createI18n(folder)
  const name = { kk: 'Мақаншы', ru: 'Маканчи', en: 'Makanshy' }
  expect(textsOf('uz').of(name)).toBe('Маканчи')
  expect(textsOf('en').of(name)).toBe('Makanshy')
  expect(textsOf('en').of({ kk: 'Мақаншы', ru: 'Маканчи' })).toBe('Мақаншы')
  expect(textsOf('uz').of({ ...name, uz: 'Makanchi' })).toBe('Makanchi')
  expect(textsOf('ru').of({ kk: 'Мақаншы', ru: '' })).toBe('Мақаншы')
})

test('a language is guessed by what Telegram says, and what is gone is not known', async () => {
  await language('uz-latn', UZBEK)
  const { guess, known } = createI18n(folder)
  expect(['en', 'en-US', 'pt-br', 'RU', 'uz', '', undefined].map(guess)).toEqual([
    'en',
    'en',
    'kk',
    'ru',
    'uz-latn',
    'kk',
    'kk',
  ])
  expect([known('uz-latn'), known('uz'), known(undefined), known(null)]).toEqual([
    'uz-latn',
    undefined,
    undefined,
    undefined,
  ])
  expect(() => createI18n(folder)('uz')).toThrow('there is no language uz')
})

describe('what the person who starts the program must mend is refused with its path and what is wanted', () => {
  test.each([
    ['not JSON', 'uz', '{', '/uz/language.json is not JSON'],
    ['no name', 'uz', { tag: 'uz', fallback: 'ru' }, '/uz/language.json: { "name": "Қазақша"'],
    ['no tag of a language', 'uz', { ...UZBEK, tag: 'in Latin' }, 'is wanted, not tag'],
    ['a fallback that is not there', 'uz', { ...UZBEK, fallback: 'tr' }, 'must be another folder'],
    ['itself as fallback', 'uz', { ...UZBEK, fallback: 'uz' }, 'must be another folder'],
    ['something that nobody reads', 'uz', { ...UZBEK, rtl: true }, '/uz/language.json: { "name"'],
    ['a folder of no language', 'Uzbek (new)', UZBEK, 'a name such as kk or uz-latn is wanted'],
  ])('%s', async (_, locale, self, line) => {
    await language(locale, self)
    expect(() => createI18n(folder)).toThrow(line)
  })
  test('no word of itself', async () => {
    await rm(join(folder, 'en', 'language.json'))
    expect(() => createI18n(folder)).toThrow('/en/language.json is missing')
  })
  test('a language of the officials that is missing', async () => {
    await rm(join(folder, 'ru'), { recursive: true })
    expect(() => createI18n(folder)).toThrow('/ru is missing')
  })
  test('texts that are not JSON', async () => {
    await writeFile(join(folder, 'en', 'vote.json'), 'Vote!')
    expect(() => createI18n(folder)).toThrow('/en/vote.json is not JSON')
  })
})

test('a date of another year says its year, what is kept says it always, and the new year is that of Kazakhstan', () => {
  const textsOf = createI18n(folder, () => new Date('2027-01-05T00:00:00Z'))
  const [kk, ru, en] = [textsOf('kk'), textsOf('ru'), textsOf('en')]
  expect(kk.moment('2026-11-24T09:02:00Z')).toBe('2026 ж. 24 қараша, 14:02')
  expect(ru.moment('2026-11-24T09:02:00Z')).toBe('24 ноября 2026 г., 14:02')
  expect(en.day('2026-11-24T09:02:00Z')).toBe('24 November 2026')
  expect(kk.moment('2027-11-24T09:02:00Z')).toBe('24 қараша, 14:02')
  expect(kk.dated('2027-11-24T09:02:00Z')).toBe('2027 ж. 24 қараша, 14:02')
  // Five hours ahead of UTC.
  expect(en.moment('2026-12-31T19:00:00Z')).toBe('1 January, 00:00')
  expect(en.moment('2026-12-31T18:59:00Z')).toBe('31 December 2026, 23:59')
})

test('whole sums have no decimals in any currency, and hundredths are written where there are some', () => {
  const t = createI18n()('ru')
  expect([t.money(20_000_000), t.money(5, 'PLN'), t.money(333.34, 'PLN')]).toEqual([
    '20\u00a0000\u00a0000\u00a0₸',
    '5\u00a0zł',
    '333,34\u00a0zł',
  ])
})
