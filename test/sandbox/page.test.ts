// The sandbox's chat page as files: small, needing nothing from outside, and speaking three languages alike.
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const folder = new URL('../../src/sandbox/page/', import.meta.url)

interface Texts {
  texts: Record<string, Record<string, string>>
  banner: Record<string, string>
  places: { at: [number, number]; [language: string]: unknown }[]
  pickLanguage(wished: (string | null | undefined)[]): string
  reader(language: string): (key: string, values?: Record<string, string>) => string
}
const page: Texts = await import(new URL('texts.js', folder).href)

const names = (await readdir(folder)).sort()
const files = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
)

test('the page is there and weighs less than 76 KB, with nothing packed', () => {
  expect(names).toEqual(
    expect.arrayContaining(['index.html', 'chat.css', 'messages.css', 'chat.js', 'texts.js']),
  )
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  expect(bytes).toBeGreaterThan(10_000)
  expect(bytes).toBeLessThan(76 * 1024)
})

test('the page names no outside host', () => {
  for (const { name, text } of files) {
    expect(text, name).not.toMatch(/(?:https?:|wss?:)?\/\/[a-z0-9-]+\.[a-z]/i)
    expect(text, name).not.toMatch(/@import|\burl\(/)
  }
})

test('every module the page loads is one of its own files', () => {
  const loaded = files.flatMap(({ text }) => [
    ...[...text.matchAll(/^import [^'"]*?from '([^']+)'/gm)].map((found) => found[1]),
    ...[...text.matchAll(/(?:src|href)="([^":]+)"/g)].map((found) => found[1]),
  ])
  expect(loaded.length).toBeGreaterThan(10)
  for (const file of loaded) expect(names).toContain(file?.replace('./', ''))
})

test('unknown HTML never reaches the page as HTML', () => {
  for (const { name, text } of files) {
    expect(text, name).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/)
  }
})

test('Kazakh, Russian and English have the same words, none of them empty', () => {
  const { kk, ru, en } = page.texts
  const keys = Object.keys(kk ?? {})
  expect(keys.length).toBeGreaterThan(30)
  for (const language of [kk, ru, en]) {
    expect(Object.keys(language ?? {})).toEqual(keys)
    for (const key of keys) expect(language?.[key]?.trim(), key).toBeTruthy()
  }
  const variables = (text = '') => text.match(/\{\w+\}/g) ?? []
  for (const key of keys) {
    expect(variables(ru?.[key]), key).toEqual(variables(kk?.[key]))
    expect(variables(en?.[key]), key).toEqual(variables(kk?.[key]))
  }
})

test('no word of the page mixes Latin letters into Cyrillic', () => {
  const all = [
    ...Object.values(page.texts).flatMap((texts) => Object.values(texts)),
    ...Object.values(page.banner),
  ]
  for (const text of all) {
    expect(text.replace(/\{\w+\}/g, '')).not.toMatch(
      /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u,
    )
  }
})

test('the banner says in each language that all here is made up', () => {
  expect(page.banner).toEqual({
    kk: expect.stringContaining('СЫНАҚ ОРТАСЫ'),
    ru: expect.stringContaining('ПРОБНАЯ СРЕДА'),
    en: expect.stringContaining('SANDBOX'),
  })
})

test('the page speaks the first language that is ours, and Kazakh to everybody else', () => {
  expect(page.pickLanguage([null, undefined, 'de-DE', 'ru-KZ', 'en'])).toBe('ru')
  expect(page.pickLanguage(['kk', 'ru'])).toBe('kk')
  expect(page.pickLanguage([null, 'de', 'constructor'])).toBe('kk')
})

test('a copied text is shown as it is, whatever signs it holds', () => {
  expect(page.reader('en')('copied', { text: '$& {text}' })).toBe('Copied: $& {text}')
})

test('each village of the list has a name in each language and lies in Kazakhstan', () => {
  expect(page.places.length).toBeGreaterThan(3)
  for (const place of page.places) {
    for (const language of ['kk', 'ru', 'en']) expect(place[language]).toBeTruthy()
    const [latitude, longitude] = place.at
    expect(latitude).toBeGreaterThan(40)
    expect(latitude).toBeLessThan(56)
    expect(longitude).toBeGreaterThan(46)
    expect(longitude).toBeLessThan(88)
  }
})
