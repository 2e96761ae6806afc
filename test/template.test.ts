// Texts are cut once and put together by us; i18next, which has read them, is held beside it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { expect, test } from 'vitest'
import { programFolder } from '../src/beside.ts'
import { createI18n, type Key } from '../src/i18n.ts'

const root = programFolder('locales')
const textsOf = createI18n(root)
const namespaces = readdirSync(join(root, 'en')).filter((file) => file !== 'language.json')

/** Each key of the language with the names of its facts, forms together. */
function keysOf(locale: string): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>()
  for (const file of namespaces) {
    const texts = JSON.parse(readFileSync(join(root, locale, file), 'utf8')) as Record<string, string>
    for (const [name, text] of Object.entries(texts)) {
      const key = `${file.slice(0, -5)}.${name.replace(/_(one|few|many|other)$/, '')}`
      const facts = keys.get(key) ?? new Set()
      if (key !== `${file.slice(0, -5)}.${name}`) facts.add('count')
      for (const [, fact = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) facts.add(fact)
      keys.set(key, facts)
    }
  }
  return keys
}

/** What the library itself says. */
function libraryOf(locale: string, tag: string) {
  const texts = Object.fromEntries(
    namespaces.map((file) => [
      file.slice(0, -5),
      JSON.parse(readFileSync(join(root, locale, file), 'utf8')) as object,
    ]),
  )
  const library = i18next.createInstance()
  void library.init({
    resources: { [tag]: texts },
    lng: tag,
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return (key: string, facts: object): string =>
    library.t(key.slice(key.indexOf('.') + 1), { ...facts, ns: key.slice(0, key.indexOf('.')) })
}

const AWKWARD = ['Айгүл', '<b>&"', '{{count}}', '$t(common.menu.button)', "$1 $& $' $$", '', 0, 1234.5]

test.each(textsOf.languages.map(({ locale, tag }) => [locale, tag]))(
  'in %s every text is said as the library says it, in every form and with awkward facts',
  (locale, tag) => {
    const [t, library] = [textsOf(locale), libraryOf(locale, tag)]
    const keys = keysOf(locale)
    expect(keys.size).toBeGreaterThan(1000)
    const unlike: string[] = []
    for (const [key, names] of keys)
      for (const [at, count] of [0, 1, 2, 5, 11, 21, 100, 999].entries()) {
        const facts = Object.fromEntries(
          [...names].map((name, n) => [name, AWKWARD[(at + n) % AWKWARD.length] ?? '']),
        )
        if (names.has('count')) facts.count = count
        if (t(key as Key, facts) !== library(key, facts)) unlike.push(`${key} ${count}`)
      }
    expect(unlike).toEqual([])
  },
)

test('facts of letters are escaped in a message, and nothing of the text is', () => {
  const said = textsOf('ru').html('start.stage-voting', { count: 3, date: '<i>' })
  expect(said).toContain('&lt;i&gt;')
})
