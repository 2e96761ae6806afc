// Every language says the same, in the form that Telegram takes, and src uses every text there is.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openRuler } from '../src/documents/text-width.ts'
import { createI18n } from '../src/i18n.ts'
import { buttonFaults, signFaults, tapFaults, wordFaults } from './support/locale-rules.ts'
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
const SPEAKING = ['words', 'bot', 'documents', 'loops', 'web', 'cli', 'kit', 'i18n', 'server', 'main']
/** The sandbox's envelopes are filled by the program. */
const SAYING = [...SPEAKING, 'program']
/** Kazakh texts of 20 letters or more that rightly have none of the nine Kazakh letters: key → why. */
const UN_KAZAKH: Record<string, string> = {
  'documents.card-sheet': '«дауыс», «беру» and «карточка» are written without them',
}

/** Buttons that share a row of a keyboard: key → how many stand in it. All others have a row of their own. */
const IN_A_ROW: Record<string, 2 | 3> = {
  'discover.filter.button': 3,
  'discover.search.button': 3,
  'start.near.button': 3,
  'discover.photo.button': 3,
  'discover.voice.button': 3,
  'discover.map.button': 3,
  'discover.share.button': 2,
  'discover.list.button': 2,
  'discover.all.button': 2,
  'common.menu.button': 2,
  'common.next.button': 2,
  'common.previous.button': 2,
  'common.yes.button': 2,
  'common.no.button': 2,
  'start.how.button': 2,
  'start.desk.button': 2,
  'start.change-village.button': 2,
  'start.language.button': 2,
  'start.vote.button': 2,
  'start.results.button': 2,
  'results.steps.button': 2,
  'results.picture.button': 2,
  'results.documents.button': 2,
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

test('one thing has one word, and nobody is asked for whom they vote', () => {
  expect(wordFaults(texts)).toEqual([])
})

test('signs stay with their numbers, and English is in Latin letters', () => {
  expect(signFaults(texts)).toEqual([])
})

test('no command is shown that a tap would send bare, and the program takes its own examples', () => {
  expect(tapFaults(texts)).toEqual([])
})

test('labels fit their buttons on a phone of 360 pixels', () => {
  // Our font at 13.5 is as wide as the one of a phone at 15.
  const ruler = openRuler()
  expect(buttonFaults(texts, IN_A_ROW, (label) => ruler.width(label, 13.5))).toEqual([])
  const keys = new Set(texts.map(({ base }) => base))
  expect(Object.keys(IN_A_ROW).filter((key) => !keys.has(key))).toEqual([])
})

test('the table of words names only texts there are', async () => {
  const table = await readFile(`${LOCALES}README.md`, 'utf8')
  const keys = new Set(texts.map(({ base }) => base))
  const named = [...table.matchAll(/`([a-z]+\.[\w.-]+)`/g)].map(([, key = '']) => key)
  expect(named.length).toBeGreaterThan(25)
  expect(named.filter((key) => !keys.has(key))).toEqual([])
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
  const folders = (await readdir(LOCALES, { withFileTypes: true })).filter((one) => one.isDirectory())
  for (const { name: language } of folders) {
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
