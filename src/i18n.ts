// Texts in the reader's language. A language is a folder under locales/; every text a person reads comes from there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { programFolder } from './beside.ts'
import { type Locale, OFFICIAL_LANGUAGES } from './core/localised.ts'
import { OFFSET, ZONE } from './core/zone.ts'
import { type Folder, type Texts, textsOfFolders } from './texts.ts'

export type { Facts, Key, Language, T, Texts } from './texts.ts'
export { escapeHtml } from './texts.ts'

/**
 * Reads all languages. Throws, with the path and what is wanted, what the person who starts the program must mend. `now`: says which
 * year is this one.
 */
export function createI18n(root = programFolder('locales'), now = () => new Date()): Texts {
  const folders = foldersOf(root).map((locale) => readFolder(root, locale))
  const names = new Set(folders.map(({ language }) => language.locale))
  for (const {
    language: { locale, fallback },
  } of folders)
    if (!names.has(fallback) || fallback === locale)
      throw new Error(
        `${join(root, locale, 'language.json')}: the fallback must be another folder of locales/`,
      )
  return textsOfFolders(folders, now)
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

/** The zone data must know the offset of today; that of before March 2024 says +06:00. */
export function zoneIsCurrent(): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' })
  return parts.format(new Date('2025-01-01T00:00:00Z')) === OFFSET.slice(1, 3)
}
