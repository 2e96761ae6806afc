// The projects of a cycle as a table of an official: village, titles, kind, cost; with the line of everything that is wrong.
import type { Localised } from '../localised.ts'
import { type Marks, readMarks } from '../marks.ts'
import { GENERAL, type Pot, type PotTerms } from '../pot.ts'
import { fail, ok, type Result } from '../result.ts'
import { villageFinder, type RollVillage } from '../village-names.ts'
import { type CsvProblem, type CsvRow, scanCsv } from './csv.ts'
import { findHeadings, hasHeadings, type Headings, isTotal, lostLetters, plainWords } from './headings.ts'

const COLUMNS = [
  'village',
  'kk',
  'ru',
  'en',
  'cost',
  'category',
  'summaryKk',
  'summaryRu',
  'lat',
  'lon',
  'pot',
  'marks',
] as const
export type ProjectColumn = (typeof COLUMNS)[number]

const listed = (names: string): string[] => names.split('|')

/** What each column may be called. */
export const PROJECT_HEADINGS: Headings<ProjectColumn> = {
  village: listed('ауыл|ауылы|елді мекен|ҚАТЖК|село|аул|населённый пункт|КАТО|код КАТО|village|KATO'),
  kk: listed(
    'атауы|атауы қазақша|атауы (қаз)|жоба атауы|название kk|название на казахском|title kk|title_kk',
  ),
  ru: listed(
    'название|название ru|название на русском|название проекта|атауы орысша|атауы (орыс)|title ru|title_ru',
  ),
  en: listed('title|title en|title_en|name|название en|название на английском|атауы ағылшынша'),
  cost: listed(
    'құны|құны, теңге|бағасы|сомасы|стоимость|стоимость, тенге|цена|сумма|cost|cost_kzt|cost, tenge',
  ),
  category: listed('санат|санаты|түрі|категория|вид|category|kind'),
  summaryKk: listed('сипаттамасы|қысқаша|сипаттама|описание kk|описание на казахском|summary kk|summary_kk'),
  summaryRu: listed('описание|описание ru|описание на русском|кратко|summary ru|summary_ru'),
  lat: listed('ендік|широта|latitude|lat'),
  lon: listed('бойлық|долгота|longitude|lon'),
  pot: listed('бюджет|бюджеті|budget|pot'),
  marks: listed('белгі|белгілер|ТДМ|метки|отметки|признаки|ЦУР|marks|SDG'),
}
/** Tenge; whatever costs more was mistyped. */
const MOST_COST = 99_999_999_999
const NEEDED: readonly ProjectColumn[] = ['village', 'kk', 'ru', 'cost']

/** A project of the list; `village` is the id of its place. */
export interface ListedProject {
  village: string
  title: Localised
  summary?: Localised
  category: string
  /** Whole tenge. */
  cost: number
  lat?: number
  lon?: number
  /** Where it is not the general one. */
  pot?: Pot
  /** In place of those of its category. */
  marks?: Marks
}

export type ProjectListProblem =
  | CsvProblem
  | { kind: 'no-project-column'; line: number; column: ProjectColumn; found: string[] }
  | { kind: 'lost-letters'; line: number; value: string }
  | { kind: 'unknown-village'; line: number; value: string; meant?: string }
  | { kind: 'ambiguous-village'; line: number; value: string }
  | { kind: 'no-title'; line: number; column: ProjectColumn }
  | { kind: 'no-cost' | 'no-category' | 'no-point'; line: number; value: string }
  /** `pots`: those of its village. */
  | { kind: 'no-pot'; line: number; value: string; pots: readonly PotTerms[] }
  | { kind: 'no-mark'; line: number; value: string }
  | { kind: 'no-projects'; line: number }

interface Known {
  villages: readonly RollVillage[]
  /** Ids of categories by the words they are called. */
  categories: ReadonlyMap<string, string>
  /** Marks by the words they are called. */
  marks: ReadonlyMap<string, string>
  /** The pots of each village by its id. */
  pots: ReadonlyMap<string, readonly PotTerms[]>
}

/** The projects in the order of the file, or everything that is wrong with it, in the order of its lines. */
export function readProjectList(text: string, known: Known): Result<ListedProject[], ProjectListProblem[]> {
  const { table, problems: broken } = scanCsv(text, hasHeadings(PROJECT_HEADINGS))
  const problems: ProjectListProblem[] = [...broken]
  const { header, headerLine: line } = table
  const columns = findHeadings(header, PROJECT_HEADINGS)
  const lost = header.find(lostLetters)
  const missing = header.length === 0 ? [] : NEEDED.filter((column) => !columns.has(column))
  if (missing.length > 0 && lost !== undefined) problems.push({ kind: 'lost-letters', line, value: lost })
  else
    for (const column of missing)
      problems.push({
        kind: 'no-project-column',
        line,
        column,
        found: header.filter((name) => name.trim() !== ''),
      })
  if (missing.length > 0 || header.length === 0) return fail(problems)
  const find = villageFinder(known.villages)
  const projects: ListedProject[] = []
  for (const row of table.rows) {
    if (row.cells.every((cell) => cell.trim() === '') || isTotal(row.cells)) continue
    const cell = (column: ProjectColumn) => row.cells[columns.get(column)?.[0] ?? -1]?.trim() ?? ''
    const project = readProject(row, cell, { ...known, find }, problems)
    if (project) projects.push(project)
  }
  if (projects.length === 0 && problems.length === 0) problems.push({ kind: 'no-projects', line })
  return problems.length > 0 ? fail(problems.sort((a, b) => a.line - b.line)) : ok(projects)
}

function readProject(
  { line }: CsvRow,
  cell: (column: ProjectColumn) => string,
  { find, categories, marks: markNames, pots }: Known & { find: ReturnType<typeof villageFinder> },
  problems: ProjectListProblem[],
): ListedProject | undefined {
  const before = problems.length
  const place = find(cell('village'))
  if (!place.ok) problems.push({ ...place.problem, line, value: cell('village') })
  for (const column of ['kk', 'ru'] as const) {
    if (cell(column) === '') problems.push({ kind: 'no-title', line, column })
    else if (lostLetters(cell(column))) problems.push({ kind: 'lost-letters', line, value: cell(column) })
  }
  const cost = readSum(cell('cost'))
  if (cost === undefined || cost > MOST_COST) problems.push({ kind: 'no-cost', line, value: cell('cost') })
  const named = cell('category')
  const category = named === '' ? 'other' : categories.get(plainWords(named))
  if (category === undefined) problems.push({ kind: 'no-category', line, value: named })
  const own = place.ok ? (pots.get(place.value) ?? []) : []
  const pot = own.length === 0 ? GENERAL : potCalled(own, cell('pot'))
  if (place.ok && pot === undefined) problems.push({ kind: 'no-pot', line, value: cell('pot'), pots: own })
  const marks = cell('marks') === '' ? undefined : readMarks(cell('marks'), markNames, plainWords)
  if (marks && 'wrong' in marks) problems.push({ kind: 'no-mark', line, value: marks.wrong })
  const point = readPoint(cell('lat'), cell('lon'))
  if (point === undefined)
    problems.push({ kind: 'no-point', line, value: `${cell('lat')} ${cell('lon')}`.trim() })
  if (problems.length > before || !place.ok || !cost || !category || !point || !pot) return undefined
  const [kk, ru, en] = [cell('summaryKk'), cell('summaryRu'), cell('en')]
  const summary = kk !== '' && ru !== '' ? { summary: { kk, ru } } : {}
  const title = { kk: cell('kk'), ru: cell('ru'), ...(en === '' ? {} : { en }) }
  return {
    village: place.value,
    title,
    category,
    cost,
    ...summary,
    ...point,
    ...(pot !== GENERAL && { pot }),
    ...(marks && !('wrong' in marks) && { marks }),
  }
}

/** By its short name or as people call it; the only one needs no word. */
function potCalled(pots: readonly PotTerms[], word: string): Pot | undefined {
  if (word === '') return pots.length === 1 ? pots[0]?.pot : undefined
  const meant = plainWords(word)
  return pots.find(
    ({ pot, name }) =>
      pot === meant || (name && Object.values(name).some((one) => plainWords(one) === meant)),
  )?.pot
}

const SUM =
  /^(\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d{1,15})(?:[.,]00?)?\s*(?:₸|тг\.?|тенге|теңге|tenge|KZT)?$/iu

/** Whole tenge as a spreadsheet shows them: `5 200 000`, `5200000,00 ₸`. Not `5,200`: that may be five or five thousand. */
export function readSum(text: string): number | undefined {
  const [, digits = ''] = SUM.exec(text.trim()) ?? []
  const sum = Number(digits.replace(/\D/g, ''))
  return sum > 0 && Number.isSafeInteger(sum) ? sum : undefined
}

function readPoint(lat: string, lon: string): { lat?: number; lon?: number } | undefined {
  if (lat === '' && lon === '') return {}
  const [north, east] = [lat, lon].map((text) =>
    /^\d{1,3}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN,
  )
  const inside =
    north !== undefined && east !== undefined && north >= 40 && north <= 56 && east >= 46 && east <= 88
  return inside ? { lat: north, lon: east } : undefined
}
