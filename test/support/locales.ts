// The rules of the texts, as functions over plain data: language → namespace → key → text. A fault is one line.
import type { Files } from './architecture.ts'
import { readSource } from './source.ts'

export type Locales = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
export type Text = { language: string; key: string; base: string; text: string }

const PLURAL = /_(zero|one|two|few|many|other)$/
const VARIABLE = /\{\{-?\s*([\w.]+)[^}]*\}\}/g
const TAG = /<(\/?)([a-zA-Z-]+)((?:\s[^<>]*)?)>/g
const FORMATTING = [
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'tg-spoiler',
  'code',
  'pre',
  'blockquote',
]
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  a: /^ href="[^"]+"$/,
  span: /^ class="tg-spoiler"$/,
  blockquote: /^(?: expandable)?$/,
  'tg-emoji': /^ emoji-id="[^"]+"$/,
}
/** Longest visible text by the end of the key (a name of 32 still fits a description); these are shown as they are, so they carry no HTML. */
const PLAIN: Readonly<Record<string, number>> = {
  '.button': 40,
  '.alert': 200,
  '.command': 256,
  '.profile.name': 64,
  '.profile.about': 120,
  '.profile.description': 480,
}
const LONGEST = 4096
const KAZAKH_LETTERS = /[әғқңөұүһі]/i
/** Latin letters that a Cyrillic reader takes for their own; beside a Latin word they are Latin. */
const LOOK_ALIKE = /^[acehikmoptxy]$/i
const FILE_NAME = /^\w+\.(?:pdf|csv|json|pb|png|jpg|html|zip|txt|svg|ttf|js|css|ogg|ts|mjs)$/

/** Every text with its full key (`vote.cast.button`); `base` is the key without its plural form. */
export const textsOf = (locales: Locales): Text[] =>
  Object.entries(locales).flatMap(([language, namespaces]) =>
    Object.entries(namespaces).flatMap(([namespace, texts]) =>
      Object.entries(texts).map(([key, text]) => {
        const full = `${namespace}.${key}`
        return { language, key: full, base: full.replace(PLURAL, ''), text }
      }),
    ),
  )

/**
 * Languages that lack a namespace or a key which another one has, and plural forms that the language does not know. One of
 * `partial` may lack texts, for it falls back, but has none that nobody else has. `tags`: a language's tag, where it is not its name.
 */
export function parityFaults(
  locales: Locales,
  partial: readonly string[] = [],
  tags: Readonly<Record<string, string>> = {},
): string[] {
  const languages = Object.keys(locales)
  const whole = languages.filter((language) => !partial.includes(language))
  const texts = textsOf(locales)
  const faults: string[] = []
  for (const namespace of new Set(languages.flatMap((language) => Object.keys(locales[language] ?? {})))) {
    for (const language of whole) {
      if (!locales[language]?.[namespace]) faults.push(`${language}: no file ${namespace}.json`)
    }
  }
  const plural = new Set(texts.filter(({ key, base }) => key !== base).map(({ base }) => base))
  const keys = new Set(texts.map(({ language, key }) => `${language} ${key}`))
  for (const base of new Set(texts.map((text) => text.base))) {
    for (const language of languages) {
      const known = new Intl.PluralRules(tags[language] ?? language).resolvedOptions().pluralCategories
      const wanted = plural.has(base) ? known.map((category) => `${base}_${category}`) : [base]
      for (const key of whole.includes(language) ? wanted : [])
        if (!keys.has(`${language} ${key}`)) faults.push(`${language}: no text ${key}`)
      const spare = texts.filter(
        (text) => text.language === language && text.base === base && !wanted.includes(text.key),
      )
      for (const { key } of spare) faults.push(`${language}: ${key} is a form this language does not have`)
    }
  }
  return faults
}

const sorted = (list: Iterable<string>): string => [...list].sort().join(' ')
const variablesOf = (text: string): Set<string> =>
  new Set([...text.matchAll(VARIABLE)].map((match) => match[1] as string))
const tagsOf = (text: string): string[] => [...text.matchAll(TAG)].map((match) => `<${match[1]}${match[2]}>`)

/** Translations that lose or invent a variable or a tag. Only a `_one` that is just the 1 may leave its count out. */
export function translationFaults(locales: Locales): string[] {
  const faults: string[] = []
  const texts = textsOf(locales)
  for (const [base, all] of groupByBase(texts)) {
    const model =
      all.find(({ language, key }) => language === 'en' && (key === base || key.endsWith('_other'))) ?? all[0]
    if (!model) continue
    for (const { language, key, text } of all) {
      const variables = variablesOf(text)
      const wanted = variablesOf(model.text)
      if (key.endsWith('_one') && language !== 'ru' && !variables.has('count')) wanted.delete('count')
      if (sorted(variables) !== sorted(wanted))
        faults.push(`${language}: ${key} has {{${sorted(variables)}}}, not {{${sorted(wanted)}}}`)
      if (sorted(tagsOf(text)) !== sorted(tagsOf(model.text)))
        faults.push(
          `${language}: ${key} has the tags ${sorted(tagsOf(text))}, not ${sorted(tagsOf(model.text))}`,
        )
    }
  }
  return faults
}

function groupByBase(texts: readonly Text[]): Map<string, Text[]> {
  const groups = new Map<string, Text[]>()
  for (const text of texts) groups.set(text.base, [...(groups.get(text.base) ?? []), text])
  return groups
}

/** What is wrong with the form of texts: HTML that Telegram refuses, length, blanks. */
export function formFaults(texts: readonly Text[]): string[] {
  return texts.flatMap(({ language, key, base, text }) => {
    const faults = Object.keys(PLAIN).some((end) => base.endsWith(end))
      ? plainFaults(base, text)
      : htmlFaults(text)
    if (visible(text).length > LONGEST) faults.push(`longer than ${LONGEST}`)
    if (text.trim() === '') faults.push('empty')
    if (text !== text.trim()) faults.push('blank at an end')
    if (/ {2}/.test(text)) faults.push('two spaces')
    if (/№(?!\u00a0\S)\s*[\d{]/.test(text)) faults.push('№ without U+00A0 behind it')
    if (text !== text.normalize('NFC')) faults.push('not in NFC')
    if (text.includes('$t(')) faults.push('a text inside a text')
    if (/\{(?!\{)/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))) faults.push('a broken {{variable}}')
    return faults.map((fault) => `${language}: ${key}: ${fault}`)
  })
}

/** What a reader sees, without variables. */
const visible = (text: string): string => text.replace(VARIABLE, '').replace(TAG, '')

function plainFaults(base: string, text: string): string[] {
  const faults: string[] = []
  const [end, limit] = Object.entries(PLAIN).find(([ending]) => base.endsWith(ending)) as [string, number]
  if (text.replace(VARIABLE, '').length > limit) faults.push(`${end} longer than ${limit}`)
  if (text.match(TAG) || /&\w+;/.test(text)) faults.push(`HTML, which a ${end} shows as it is`)
  return faults
}

function htmlFaults(text: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  for (const [tag, slash, name = '', attributes = ''] of text.matchAll(TAG)) {
    const allowed = slash ? /^$/ : (ATTRIBUTES[name] ?? (FORMATTING.includes(name) ? /^$/ : undefined))
    if (!allowed?.test(attributes)) faults.push(`Telegram does not know ${tag}`)
    if (!slash) open.push(name)
    else if (open.pop() !== name) faults.push(`${tag} closes what is not open`)
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`)
  const rest = text.replace(TAG, '')
  if (/[<>]/.test(rest)) faults.push('a bare < or >')
  if (/&(?!(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);)/i.test(rest)) faults.push('a bare &')
  return faults
}

const isLatin = (word: string): boolean => /\p{Script=Latin}/u.test(word)

/** Traps of Kazakh and Russian. `unKazakh`: keys of Kazakh texts that rightly have none of the nine letters. */
export function cyrillicFaults(
  texts: readonly Text[],
  unKazakh: Readonly<Record<string, string>> = {},
): string[] {
  return texts.flatMap(({ language, key, base, text }) => {
    if (language !== 'kk' && language !== 'ru') return []
    const faults: string[] = []
    const bare = text.replace(TAG, '')
    const words = bare.replace(VARIABLE, ' ').replace(/https?:\/\/\S+|\/[a-z_]+|@\w+/g, ' ')
    const list = words.match(/[\p{L}\p{M}\d]+/gu) ?? []
    for (const [n, word] of list.entries()) {
      if (isLatin(word) && /\p{Script=Cyrillic}/u.test(word)) faults.push(`two alphabets in “${word}”`)
      const alone = LOOK_ALIKE.test(word) && ![list[n - 1], list[n + 1]].some((next) => next && isLatin(next))
      if (alone) faults.push(`Latin “${word}” alone`)
    }
    if (/[\u0259\u018F\u0275]/.test(text)) faults.push('a letter of another alphabet (ə Ə ɵ)')
    if (/\}\}[»”"']?-?\p{L}/u.test(bare)) faults.push('an ending glued to a variable')
    const letters = words.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
    const doubtful = language === 'kk' && letters >= 20 && !KAZAKH_LETTERS.test(words)
    if (doubtful && !(base in unKazakh)) faults.push('20 letters and none of the nine Kazakh ones')
    return faults.map((fault) => `${language}: ${key}: ${fault}`)
  })
}

/** Keys that src names and no file has, and keys that no line of src names. `${…}` behind a prefix uses all that begin so. */
export function usageFaults(files: Files, locales: Locales, speaking: readonly string[]): string[] {
  const faults: string[] = []
  const keys = new Set(textsOf(locales).map((text) => text.base))
  const namespaces = new Set([...keys].map((key) => key.split('.')[0] as string))
  const used = new Set<string>()
  for (const [file, text] of files) {
    const speaks = speaking.includes(file.split(/[/.]/)[0] as string)
    for (const literal of readSource(text).literals) {
      const name = literal.text
      if (!/^[\w-]+\.(?:[\w-]+\.?)*$/.test(name) || !namespaces.has(name.split('.')[0] as string)) continue
      const prefix = literal.open || name.endsWith('.')
      const named = prefix ? [...keys].filter((key) => key.startsWith(name)) : keys.has(name) ? [name] : []
      if (prefix && !/\.[\w-]/.test(name)) {
        if (speaks)
          faults.push(`${file}: \`${name}\` uses a whole namespace: nobody could tell what is unused`)
        continue
      }
      for (const key of named) used.add(key)
      if (named.length === 0 && speaks && !FILE_NAME.test(name))
        faults.push(`${file}: there is no text ${name}`)
    }
  }
  for (const key of keys) if (!used.has(key)) faults.push(`no line of src uses ${key}`)
  return faults
}
