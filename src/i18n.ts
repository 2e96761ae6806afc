// Texts in the reader's language. A language is a folder under locales/; every text a person reads comes from there.
import { readdirSync, readFileSync } from 'node:fs'
import i18next from 'i18next'
import { programFolder } from './beside.ts'
import type common from '../locales/en/common.json'
import type start from '../locales/en/start.json'
import type discover from '../locales/en/discover.json'
import type verify from '../locales/en/verify.json'
import type vote from '../locales/en/vote.json'
import type receipt from '../locales/en/receipt.json'
import type results from '../locales/en/results.json'
import type documents from '../locales/en/documents.json'
import type notices from '../locales/en/notices.json'
import type { Locale, Localised } from './core/localised.ts'

interface Namespaces {
  common: typeof common
  start: typeof start
  discover: typeof discover
  verify: typeof verify
  vote: typeof vote
  receipt: typeof receipt
  results: typeof results
  documents: typeof documents
  notices: typeof notices
}
type Base<K> = K extends `${infer B}_${'one' | 'few' | 'many' | 'other'}` ? B : K
export type Key = { [N in keyof Namespaces]: `${N}.${Base<keyof Namespaces[N] & string>}` }[keyof Namespaces]
export type Facts = Record<string, string | number>

/** Texts of one language. The plain call is for buttons and alerts; `html` escapes the facts, for messages. */
export interface T {
  (key: Key, facts?: Facts): string
  html(key: Key, facts?: Facts): string
  locale: Locale
  /** A text that officials entered in several languages. */
  of(text: Localised): string
  /** `1 500 000 ₸`. */
  money(amount: number, currency?: string): string
  /** `24 қараша`. */
  day(moment: string): string
  /** `24 қараша, 14:02`, wall clock of Kazakhstan. */
  moment(moment: string): string
  number(value: number): string
}

export const ZONE = 'Asia/Almaty'
const TAGS: Record<Locale, string> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' }

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

/** Reads all languages and returns the texts of one. Throws on a missing key: the locales test keeps them equal. */
export function createI18n(folder = programFolder('locales')): (locale: Locale) => T {
  const instance = i18next.createInstance()
  const resources = Object.fromEntries(
    readdirSync(folder).map((locale) => [
      locale,
      Object.fromEntries(
        readdirSync(`${folder}/${locale}`)
          .filter((file) => file.endsWith('.json'))
          .map((file) => [
            file.slice(0, -5),
            JSON.parse(readFileSync(`${folder}/${locale}/${file}`, 'utf8')),
          ]),
      ),
    ]),
  )
  void instance.init({
    resources,
    lng: 'kk',
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`no text for ${key}`)
    },
  })
  const made = new Map<Locale, T>()
  return (locale) => {
    const known = made.get(locale)
    if (known) return known
    const t = textsOf(locale, instance.getFixedT(locale) as (key: string, facts?: Facts) => string)
    made.set(locale, t)
    return t
  }
}

function textsOf(locale: Locale, fixed: (key: string, facts?: Facts) => string): T {
  const tag = TAGS[locale]
  const day = new Intl.DateTimeFormat(tag, { timeZone: ZONE, day: 'numeric', month: 'long' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
  const numbers = new Intl.NumberFormat(tag)
  const currencies = new Map<string, Intl.NumberFormat>()
  const format = (currency: string) => {
    const known = currencies.get(currency)
    if (known) return known
    const made = new Intl.NumberFormat(locale === 'en' ? 'ru-KZ' : tag, {
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
    locale,
    html: (key: Key, facts?: Facts) => plain(key, facts && escaped(facts)),
    of: (text: Localised) => text[locale] || text.kk || text.ru,
    money: (amount: number, currency = 'KZT') => format(currency).format(amount),
    day: (moment: string) => day.format(new Date(moment)),
    moment: (moment: string) => `${day.format(new Date(moment))}, ${time.format(new Date(moment))}`,
    number: (value: number) => numbers.format(value),
  })
}

/** The zone data must know that all Kazakhstan keeps +05:00 since 1 March 2024; old data says +06:00. */
export function zoneIsCurrent(): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' })
  return parts.format(new Date('2025-01-01T00:00:00Z')) === '05'
}
