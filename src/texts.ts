// Texts in the reader's language, of folders that somebody read: from the disk, or out of the page that carries them.
import i18next from 'i18next'
import { type Locale, type Localised, OFFICIAL_LANGUAGES } from './core/localised.ts'
import { ZONE } from './core/zone.ts'
import type { Namespaces } from './namespaces.ts'
import { type Template, templateOf } from './template.ts'

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
  /** `1 500 000 ₸`, thousands apart by U+00A0 as in `number`, whatever the language. */
  money(amount: number, currency?: string): string
  /** `24 қараша`; with its year where that is not this one. */
  day(moment: string): string
  /** `24 қараша, 14:02`, wall clock of Kazakhstan; with its year where that is not this one. */
  moment(moment: string): string
  /** The same, always with its year: for what people keep. */
  dated(moment: string): string
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

/** A number never parts from its noun at the end of a line: `10\u00a0дауыс`. */
const together = (text: string): string => text.replace(/(\d) (?=\p{L})/gu, '$1\u00a0')

const asIs = (value: string): string => value

/** A language as it was read. */
export interface Folder {
  language: Language
  /** By namespace and key. */
  texts: Record<string, Record<string, string>>
  /** How its days are written, by month, where the program may meet a browser that has no Kazakh months: `{{day}} қараша`. */
  days?: { short: readonly string[]; long: readonly string[] }
}

/** Speaks the languages there are, the official ones first. `now`: says which year is this one. */
export function textsOfFolders(read: readonly Folder[], now = () => new Date()): Texts {
  const folders = new Map(read.map((folder) => [folder.language.locale, folder]))
  const made = new Map<Locale, T>()
  const textsOf = (locale: Locale): T => {
    const known = made.get(locale)
    if (known) return known
    const chain = chainOf(folders, locale)
    const t = speak(chain, lookIn(chain), now)
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

/** Finds the template of a text along the chain, in the plural form of `count` of the language that has it; each is cut once. */
function lookIn(chain: readonly [Folder, ...Folder[]]): (key: Key, count?: number) => Template {
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
  /** `vote.send.button` is the text `send.button` of the namespace `vote`. */
  const found = (key: Key, count?: number): Template => {
    const [ns, name] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)]
    return templateOf(
      instance.t(name, { ns, skipInterpolation: true, ...(count === undefined ? {} : { count }) }),
    )
  }
  const rules = [...new Set(chain.map(({ language }) => language.tag))].map(
    (tag) => new Intl.PluralRules(tag),
  )
  const [plain, counted] = [new Map<Key, Template>(), new Map<string, Template>()]
  return (key, count) => {
    if (count === undefined) return kept(plain, key, () => found(key))
    const forms = rules.map((rule) => rule.select(count)).join()
    return kept(counted, `${key} ${forms}`, () => found(key, count))
  }
}

/** The value under the key; made when it is asked for first. */
function kept<K, V>(values: Map<K, V>, key: K, make: () => V): V {
  const known = values.get(key)
  if (known !== undefined) return known
  const made = make()
  values.set(key, made)
  return made
}

function speak(
  chain: readonly [Folder, ...Folder[]],
  template: (key: Key, count?: number) => Template,
  now: () => Date,
): T {
  const [{ language, days }] = chain
  const { tag } = language
  const dates = datesIn(tag, now, days)
  const numbers = new Intl.NumberFormat(tag)
  const group = numbers.formatToParts(1_000_000).find(({ type }) => type === 'group')?.value ?? '\u00a0'
  const inGroups = (value: number): string => numbers.format(value).replaceAll(group, '\u00a0')
  const currencies = new Map<string, Intl.NumberFormat>()
  /** Sums are written as in Kazakhstan, whatever the language. */
  const format = (currency: string) =>
    kept(
      currencies,
      currency,
      () =>
        new Intl.NumberFormat('ru-KZ', {
          style: 'currency',
          currency,
          currencyDisplay: 'narrowSymbol',
          minimumFractionDigits: 0,
          maximumFractionDigits: 2,
        }),
    )
  const say = (key: Key, facts: Facts, write: (value: string) => string) =>
    typeof facts.count === 'number'
      ? template(key, facts.count)({ ...facts, count: inGroups(facts.count) }, write)
      : template(key)(facts, write)
  /** Without facts a text is always the same. */
  const [factless, factlessHtml] = [new Map<Key, string>(), new Map<Key, string>()]
  const plain = (key: Key, facts?: Facts): string =>
    facts ? say(key, facts, asIs) : kept(factless, key, () => say(key, {}, asIs))
  const html = (key: Key, facts?: Facts): string =>
    facts
      ? together(say(key, facts, escapeHtml))
      : kept(factlessHtml, key, () => together(say(key, {}, escapeHtml)))
  return Object.assign(plain, {
    locale: language.locale,
    language,
    html,
    of: (text: Localised) =>
      chain.map((folder) => text[folder.language.locale]).find((known) => known) ?? text.kk,
    money: (amount: number, currency = 'KZT') => format(currency).format(amount),
    ...dates,
    number: inGroups,
  })
}

/** Days and times by the wall clock of Kazakhstan. */
function datesIn(tag: string, now: () => Date, days: Folder['days']): Pick<T, 'day' | 'moment' | 'dated'> {
  const inZone = (language: string, parts: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: ZONE, ...parts })
    return (date: Date | string) => format.format(new Date(date))
  }
  const year = inZone('en', { year: 'numeric' })
  const [number, month] = [inZone('en', { day: 'numeric' }), inZone('en', { month: 'numeric' })]
  const written = (months: readonly string[]) => (moment: string) =>
    (months[Number(month(moment)) - 1] ?? '')
      .replace('{{day}}', number(moment))
      .replace('{{year}}', year(moment))
  const short = days ? written(days.short) : inZone(tag, { day: 'numeric', month: 'long' })
  const long = days ? written(days.long) : inZone(tag, { day: 'numeric', month: 'long', year: 'numeric' })
  const time = inZone('en-GB', { hour: '2-digit', minute: '2-digit' })
  const day = (moment: string) => (year(moment) === year(now()) ? short : long)(moment)
  return {
    day,
    moment: (moment) => `${day(moment)}, ${time(moment)}`,
    dated: (moment) => `${long(moment)}, ${time(moment)}`,
  }
}
