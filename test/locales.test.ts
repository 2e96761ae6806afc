// Every language says the same, in the form that Telegram takes, and src uses every text there is.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createI18n } from '../src/i18n.ts'
import {
  cyrillicFaults,
  formFaults,
  type Locales,
  parityFaults,
  textsOf,
  translationFaults,
  usageFaults,
} from './support/locales.ts'
import { readSource, readTree } from './support/source.ts'

const LOCALES = fileURLToPath(new URL('../locales/', import.meta.url))
/** The folders and files of src that speak to people: a literal there that looks like a key must be one. */
const SPEAKING = ['words', 'bot', 'documents', 'loops', 'web', 'cli', 'i18n', 'server', 'main']
/** The sandbox's envelopes are filled by the program. */
const SAYING = [...SPEAKING, 'program']
/** Kazakh texts of 20 letters or more that rightly have none of the nine Kazakh letters: key → why. */
const UN_KAZAKH: Record<string, string> = {
  'documents.card-sheet': '«дауыс», «беру» and «карточка» are written without them',
  'documents.register-title': '«карточкаларды беру журналы» is Kazakh all the same',
}

const folderOf = (file: string): string => file.split(/[/.]/)[0] as string

/** These have every text; another language may fall back. */
const WHOLE = ['kk', 'ru', 'en']

const { languages } = createI18n()
const locales = await readLocales()
const texts = textsOf(locales)
const src = await readTree(fileURLToPath(new URL('../src/', import.meta.url)), ['.ts'])

test('there are texts, in Kazakh, Russian and English', () => {
  expect(languages.map(({ locale }) => locale)).toEqual(expect.arrayContaining(WHOLE))
  expect(languages.map(({ locale }) => locale).sort()).toEqual(Object.keys(locales).sort())
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter(({ text }) => typeof text !== 'string')).toEqual([])
})

test('every language has every text, in each of its plural forms, or falls back', () => {
  const partial = Object.keys(locales).filter((language) => !WHOLE.includes(language))
  const tags = Object.fromEntries(languages.map(({ locale, tag }) => [locale, tag]))
  expect(parityFaults(locales, partial, tags)).toEqual([])
})

test('a language is named in itself, once, and its numbers, dates and plural forms are known', () => {
  expect(new Set(languages.map(({ name }) => name)).size).toBe(languages.length)
  const tags = languages.map(({ tag }) => tag)
  expect(Intl.PluralRules.supportedLocalesOf(tags)).toEqual(tags)
  expect(Intl.NumberFormat.supportedLocalesOf(tags)).toEqual(tags)
  expect(Intl.DateTimeFormat.supportedLocalesOf(tags)).toEqual(tags)
})

test('a translation keeps the variables and the tags', () => {
  expect(translationFaults(locales)).toEqual([])
})

test('Telegram takes every text: its HTML, its length', () => {
  expect(formFaults(texts)).toEqual([])
})

test('a number never parts from its № in what src itself puts together', () => {
  const parted = [...src].flatMap(([file, text]) =>
    readSource(text)
      .literals.filter((literal) => literal.text.includes('№ ') && SAYING.includes(folderOf(file)))
      .map((literal) => `${file}: ${literal.text}`),
  )
  expect(parted).toEqual([])
})

test('Kazakh and Russian are written in their own letters, and no ending hangs on a variable', () => {
  expect(cyrillicFaults(texts, UN_KAZAKH)).toEqual([])
})

test('every allowance is still needed', () => {
  const needed = cyrillicFaults(texts)
  expect(Object.keys(UN_KAZAKH).filter((key) => !needed.some((fault) => fault.includes(key)))).toEqual([])
})

test('src names no text that is missing, and leaves none unused', () => {
  expect(usageFaults(src, locales, SPEAKING)).toEqual([])
})

async function readLocales(): Promise<Locales> {
  const read: Record<string, Record<string, Record<string, string>>> = {}
  for (const language of await readdir(LOCALES)) {
    const files = (await readdir(`${LOCALES}${language}`)).filter(
      (file) => file.endsWith('.json') && file !== 'language.json',
    )
    const entries = files.map(async (file) => {
      const text = await readFile(`${LOCALES}${language}/${file}`, 'utf8')
      return [file.slice(0, -'.json'.length), JSON.parse(text)] as const
    })
    read[language] = Object.fromEntries(await Promise.all(entries))
  }
  return read
}
