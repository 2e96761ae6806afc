// Texts in the reader's language. A language is a folder under locales/; every text a person reads comes from there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { z } from 'zod'
import { programFolder } from './beside.ts'
import { type Locale, type Localised, OFFICIAL_LANGUAGES } from './core/localised.ts'
import { OFFSET, ZONE } from './core/zone.ts'

/** The texts there are: a new file of locales/ is named here. */
interface Namespaces {
  common: typeof import('../locales/en/common.json')
  start: typeof import('../locales/en/start.json')
  discover: typeof import('../locales/en/discover.json')
  verify: typeof import('../locales/en/verify.json')
  vote: typeof import('../locales/en/vote.json')
  receipt: typeof import('../locales/en/receipt.json')
  results: typeof import('../locales/en/results.json')
  documents: typeof import('../locales/en/documents.json')
  notices: typeof import('../locales/en/notices.json')
  follow: typeof import('../locales/en/follow.json')
}
type Base<K> = K extends `${infer B}_${'one' | 'few' | 'many' | 'other'}` ? B : K
export type Key = { [N in keyof Namespaces]: `${N}.${Base<keyof Namespaces[N] & string>}` }[keyof Namespaces]
export type Facts = Record<string, string | number>

/** Texts of one language. The plain call is for buttons and alerts; `html` escapes the facts, for messages. */
export interface T {
  (key: Key, facts?: Facts): string
  html(key: Key, facts?: Facts): string
  locale: Locale
  language: Language
  /** A text that officials entered in several languages: in this one, or in the nearest of its fallbacks that there is. */
  of(text: Localised): string
  /** `1 500 000 ₸`. */
  money(amount: number, currency?: string): string
  /** `24 қараша`. */
  day(moment: string): string
  /** `24 қараша, 14:02`, wall clock of Kazakhstan. */
  moment(moment: string): string
  number(value: number): string
}

/** As its folder says it, in `language.json`. */
export interface Language {
  /** The name of its folder. */
  locale: Locale
  /** In itself, as everybody reads it: `Қазақша`. */
  name: string
  /** BCP 47, for numbers, dates and plural forms: `kk-KZ`. */
  tag: string
  /** The folder whose texts stand in for missing ones. */
  fallback: Locale
}

/** The texts of a language there is; an unknown one is a bug of ours, and throws. */
export interface Texts {
  (locale: Locale): T
  /** Those that officials enter, then the others by the names of their folders. */
  languages: readonly Language[]
  /** What was stored or sent, if there is such a language (still). */
  known: (locale: string | null | undefined) => Locale | undefined
  /** The language of a code as browsers and Telegram state it (`pt-br`), if there is one. */
  spoken: (code: string | null | undefined) => Locale | undefined
  /** The same, else Kazakh. */
  guess: (code?: string | null) => Locale
}

/** Escapes text for a message in Telegram's HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const escaped = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? escapeHtml(value) : value,
    ]),
  )

interface Folder {
  language: Language
  /** By namespace and key. */
  texts: Record<string, Record<string, string>>
}

/** Reads all languages. Throws, with the path and what is wanted, what the person who starts the program must mend. */
export function createI18n(root = programFolder('locales')): Texts {
  const folders = new Map(foldersOf(root).map((locale) => [locale, readFolder(root, locale)]))
  for (const {
    language: { locale, fallback },
  } of folders.values())
    if (!folders.has(fallback) || fallback === locale)
      throw new Error(
        `${join(root, locale, 'language.json')}: the fallback must be another folder of locales/`,
      )
  const made = new Map<Locale, T>()
  const textsOf = (locale: Locale): T => {
    const known = made.get(locale)
    if (known) return known
    const chain = chainOf(folders, locale)
    const t = speak(chain, lookIn(chain))
    made.set(locale, t)
    return t
  }
  const baseOf = (tag: string) => tag.toLowerCase().split('-')[0]
  const languages = [...folders.values()].map(({ language }) => language)
  const known = (locale: string | null | undefined) =>
    folders.has(locale ?? '') ? (locale ?? '') : undefined
  const spoken = (code: string | null | undefined) =>
    known(code?.toLowerCase()) ?? languages.find(({ tag }) => baseOf(tag) === baseOf(code ?? ''))?.locale
  const guess = (code?: string | null) => spoken(code) ?? OFFICIAL_LANGUAGES[0]
  return Object.assign(textsOf, { languages, known, spoken, guess })
}

/** Names of the folders, those of the official languages first. */
function foldersOf(root: string): Locale[] {
  const found = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  const official: readonly string[] = OFFICIAL_LANGUAGES
  const missing = official.find((locale) => !found.includes(locale))
  if (missing)
    throw new Error(`the folder ${join(root, missing)} is missing: officials write in that language`)
  return [...official, ...found.filter((locale) => !official.includes(locale))]
}

/** Buttons carry it, and Telegram's codes are compared with it. */
const FOLDER = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,2}$/
const WANTED = '{ "name": "Қазақша", "tag": "kk-KZ", "fallback": "ru" } is wanted'
const LANGUAGE = z.strictObject({
  name: z.string().trim().min(1).max(40),
  tag: z.string().refine(isTag),
  fallback: z.string(),
})

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function readFolder(root: string, locale: Locale): Folder {
  const folder = join(root, locale)
  if (!FOLDER.test(locale)) throw new Error(`${folder}: a name such as kk or uz-latn is wanted`)
  const file = join(folder, 'language.json')
  if (!existsSync(file)) throw new Error(`${file} is missing: ${WANTED}`)
  const read = LANGUAGE.safeParse(readJson(file))
  if (!read.success)
    throw new Error(`${file}: ${WANTED}, not ${String(read.error.issues[0]?.path[0] ?? 'so')}`)
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'language.json')
  const texts = names.map((name) => [name.slice(0, -5), readJson(join(folder, name))])
  const tag = Intl.getCanonicalLocales(read.data.tag)[0] ?? read.data.tag
  return { language: { locale, ...read.data, tag }, texts: Object.fromEntries(texts) }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`${file} is not JSON`)
  }
}

/** The language, its fallback, the fallback of that one …; at the end the official ones, which have every text. */
function chainOf(folders: ReadonlyMap<Locale, Folder>, locale: Locale): [Folder, ...Folder[]] {
  const first = folders.get(locale)
  if (!first) throw new Error(`there is no language ${locale}`)
  const chain = new Set([first])
  for (const folder of chain) {
    const next = folders.get(folder.language.fallback)
    if (next) chain.add(next)
  }
  for (const official of OFFICIAL_LANGUAGES) {
    const folder = folders.get(official)
    if (folder) chain.add(folder)
  }
  chain.delete(first)
  return [first, ...chain]
}

/** Finds a text along the chain, with the plural forms of the language that has it. */
function lookIn(chain: readonly [Folder, ...Folder[]]): (key: string, facts?: Facts) => string {
  const resources: Record<string, Folder['texts']> = {}
  // From behind: where two languages share a tag, the nearer one's texts stay.
  for (const {
    language: { tag },
    texts,
  } of chain.toReversed()) {
    const known = (resources[tag] ??= {})
    for (const [namespace, own] of Object.entries(texts)) known[namespace] = { ...known[namespace], ...own }
  }
  const instance = i18next.createInstance()
  void instance.init({
    resources,
    lng: chain[0].language.tag,
    fallbackLng: chain.map(({ language }) => language.tag),
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`no text for ${key}`)
    },
  })
  return instance.getFixedT(chain[0].language.tag) as (key: string, facts?: Facts) => string
}

function speak(chain: readonly [Folder, ...Folder[]], fixed: (key: string, facts?: Facts) => string): T {
  const [{ language }] = chain
  const { tag } = language
  const day = new Intl.DateTimeFormat(tag, { timeZone: ZONE, day: 'numeric', month: 'long' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
  const numbers = new Intl.NumberFormat(tag)
  const currencies = new Map<string, Intl.NumberFormat>()
  /** Sums are written as in Kazakhstan, whatever the language. */
  const format = (currency: string) => {
    const known = currencies.get(currency)
    if (known) return known
    const made = new Intl.NumberFormat('ru-KZ', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 0,
    })
    currencies.set(currency, made)
    return made
  }
  /** `vote.send.button` is the text `send.button` of the namespace `vote`. */
  const look = (key: Key, facts?: Facts) => {
    const dot = key.indexOf('.')
    return fixed(key.slice(dot + 1), { ...facts, ns: key.slice(0, dot) })
  }
  const factless = new Map<Key, string>()
  /** Without facts a text is always the same: it is looked up once. */
  const plain = (key: Key, facts?: Facts): string => {
    if (facts) return look(key, facts)
    const known = factless.get(key)
    if (known !== undefined) return known
    const text = look(key)
    factless.set(key, text)
    return text
  }
  return Object.assign(plain, {
    locale: language.locale,
    language,
    html: (key: Key, facts?: Facts) => plain(key, facts && escaped(facts)),
    of: (text: Localised) =>
      chain.map((folder) => text[folder.language.locale]).find((known) => known) ?? text.kk,
    money: (amount: number, currency = 'KZT') => format(currency).format(amount),
    day: (moment: string) => day.format(new Date(moment)),
    moment: (moment: string) => `${day.format(new Date(moment))}, ${time.format(new Date(moment))}`,
    number: (value: number) => numbers.format(value),
  })
}

/** The zone data must know the offset of today; that of before March 2024 says +06:00. */
export function zoneIsCurrent(): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' })
  return parts.format(new Date('2025-01-01T00:00:00Z')) === OFFSET.slice(1, 3)
}
