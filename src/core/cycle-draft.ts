// What an official types while a cycle is drawn up in conversation: two lines, places with sums, a desk, a ceiling.
import { readSum } from './formats/project-list.ts'
import type { Localised } from './localised.ts'
import { mciToTenge } from './mci.ts'

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Kazakh above, Russian below; undefined where there are not two lines of so many letters at most. */
export function readTwoLanguages(text: string, longest: number): Localised | undefined {
  const [kk, ru, ...more] = linesOf(text)
  if (!kk || !ru || more.length > 0 || [kk, ru].some((line) => line.length > longest)) return undefined
  return { kk, ru }
}

export interface PotLine {
  name: Localised
  /** How many projects may be marked in it; undefined: as many as the cycle says. */
  most: number | undefined
  /** What kinds of ideas belong to it, as they were written. */
  takes: string[]
}

/** A pot a line: `Жолдар / Дороги; 2; жарықтандыру, су`. Undefined where a line says something else, or two say the same. */
export function readPotLines(text: string, longest: number): PotLine[] | undefined {
  const lines = linesOf(text).map((line): PotLine | undefined => {
    const [, kk = '', ru = '', most, taken = ''] =
      /^([^/;]+)\/([^/;]+?)(?:;\s*(\d{1,2}))?(?:;\s*([^;]*))?$/.exec(line) ?? []
    const takes = taken
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
    const name = { kk: kk.trim(), ru: ru.trim() }
    const fits = Object.values(name).every((word) => word !== '' && word.length <= longest)
    return fits && most !== '0' && most !== '00'
      ? { name, most: most === undefined ? undefined : Number(most), takes }
      : undefined
  })
  const read = lines.filter((line) => line !== undefined)
  const distinct = (['kk', 'ru'] as const).every(
    (locale) => new Set(read.map(({ name }) => name[locale].toLowerCase())).size === read.length,
  )
  return read.length === lines.length && distinct ? read : undefined
}

export interface PlaceLine {
  /** From 1. */
  line: number
  /** As it was written: a name or a code. */
  place: string
  /** Whole tenge of each pot, the general one first; empty where none can be read. */
  sums: number[]
}

/** A place a line, its sum behind it: `Баршатас; 6 000 000`, `Баршатас 6000000 ₸`. `pots`: so many sums, each behind a semicolon. */
export function readPlaceLines(text: string, pots = 1): PlaceLine[] {
  return linesOf(text).map((line, at) => {
    const cells = line.split(/\s*;\s*/)
    const [place = '', ...sums] = cells.length > 1 ? cells : apart(line)
    const read = sums.map(readSum)
    const whole = read.length === pots && read.every((sum) => sum !== undefined)
    return { line: at + 1, place: place.trim(), sums: whole ? (read as number[]) : [] }
  })
}

/** A name and the number at its end, without a mark between. A code has digits too: it is followed by a sum of its own. */
function apart(line: string): string[] {
  const found = /^(\d{9}|\D.*?)[\s,:—-]+(\d[\d\s\u00a0\u202f]*(?:₸|тг\.?|тенге|теңге)?)$/iu.exec(line)
  return found ? [found[1] ?? '', found[2] ?? ''] : [line]
}

export interface DeskLines {
  place: Localised
  hours: string
  phone: string
}

/** Four lines: where in Kazakh, where in Russian, hours, phone. */
export function readDesk(text: string): DeskLines | undefined {
  const [kk, ru, hours, phone, ...more] = linesOf(text)
  if (!kk || !ru || !hours || !phone || more.length > 0) return undefined
  if ([kk, ru, hours].some((line) => line.length > 200) || (phone.match(/\d/g) ?? []).length < 5)
    return undefined
  return { place: { kk, ru }, hours, phone }
}

/** Whole tenge, or so many indexes of the year: `6 487 500`, `1500 МРП`, `1500 АЕК`. */
export function readCeiling(text: string, year: number): number | undefined {
  const [, indexes] = /^(\d{1,6})\s*(?:мрп|аек|mci)$/iu.exec(text.trim()) ?? []
  return indexes === undefined ? readSum(text) : mciToTenge(Number(indexes), year)
}
