// The voter roll of a cycle as it leaves the official's computer: village and register number, never a name.
import { z } from 'zod'
import { type CsvProblem, type CsvRow, type CsvTable, scanCsv } from './formats/csv.ts'
import {
  findHeadings,
  hasHeadings,
  type Headings,
  isTotal,
  lostLetters,
  plainWords,
} from './formats/headings.ts'
import { readPhone } from './person.ts'
import { fail, ok, type Result } from './result.ts'
import { type RollVillage, type VillageFinder, villageFinder, type VillageProblem } from './village-names.ts'

export const ROLL_FORMAT = 'dauys-roll-v1'

const village = z.string().min(1).max(100)
const register = z.int().min(1).max(9_999_999)

const rowKey = (row: { village: string; register: number }): string => `${row.register} ${row.village}`
const allDiffer = (keys: readonly string[]): boolean => new Set(keys).size === keys.length

/** A row of the roll: the territory's id, the number on the akimat's paper, and where `contact` is on `77XXXXXXXXX`. */
export const RollRow = z.object({
  village,
  register,
  phone: z
    .string()
    .regex(/^77\d{9}$/)
    .optional(),
})
export type RollRow = z.infer<typeof RollRow>

/** A printed card of a row. `code`: 16 digits without spaces. */
export const RollCard = z.object({
  serial: z.union([z.int().min(1).max(9_999_999), z.string().min(1).max(40)]),
  village,
  register,
  code: z.string().regex(/^\d{16}$/),
})
export type RollCard = z.infer<typeof RollCard>

/** How many of the rows are tests, and the hash of their list: which they are the server does not learn. */
export const testsSaid = z.object({ count: z.int().min(1), list: z.string().regex(/^[0-9a-f]{64}$/) })
export type TestsSaid = z.infer<typeof testsSaid>

/**
 * What is sealed to the server's import key, as JSON. `cycle`: its short name in addresses. Rows, serials of a village and codes
 * stand once; every card belongs to a row. `printedBy`: the Telegram id of the official who printed the cards.
 */
export const RollFile = z
  .object({
    format: z.literal(ROLL_FORMAT),
    cycle: z.string().min(1).max(100),
    rows: z.array(RollRow).min(1),
    cards: z.array(RollCard).optional(),
    printedBy: z.int().positive().exactOptional(),
    tests: testsSaid.exactOptional(),
  })
  .refine(({ rows }) => allDiffer(rows.map(rowKey)), { error: 'a row stands twice' })
  .refine(({ cards = [] }) => allDiffer(cards.map(({ code }) => code)), { error: 'a code stands twice' })
  .refine(({ cards = [] }) => allDiffer(cards.map((card) => `${card.serial} ${card.village}`)), {
    error: 'a serial stands twice',
  })
  .refine(
    ({ rows, cards = [] }) => {
      const known = new Set(rows.map(rowKey))
      return cards.every((card) => known.has(rowKey(card)))
    },
    { error: 'a card belongs to no row' },
  )
export type RollFile = z.infer<typeof RollFile>

export type RollColumn = 'village' | 'register' | 'phone'

/** Lines count from 1, the header is one. A phone is never repeated: what is shown may land in a log. */
export type RollProblem =
  | CsvProblem
  /** `found`: the headings that stand there; ROLL_HEADINGS are accepted. */
  | { kind: 'missing-column'; line: number; column: RollColumn; found: string[] }
  | { kind: 'doubled-column'; line: number; column: RollColumn }
  | { kind: 'no-rows'; line: number }
  /** Letters became question marks when the file was saved: it must be saved anew. */
  | { kind: 'lost-letters'; line: number; value: string }
  | { kind: 'not-a-number'; line: number; value: string }
  /** `meant`: the village that is called nearly so. */
  | { kind: 'unknown-village'; line: number; value: string; meant?: string }
  | { kind: 'ambiguous-village'; line: number; value: string }
  | { kind: 'bad-phone'; line: number }
  | { kind: 'doubled-row'; line: number; value: string; register: number; firstLine: number }

/**
 * `ignored`: names of columns that were not read (a name or an ИИН never gets further than this); `totals`: lines at the end that
 * add the others up.
 */
export type ReadRoll = { rows: RollRow[]; ignored: string[]; totals: number[] }

const listed = (names: string): string[] => names.split('|')

/** What each column may be called. */
export const ROLL_HEADINGS: Headings<RollColumn> = {
  village: listed(
    'ауыл|ауылы|ауыл атауы|ауылдың атауы|елді мекен|елді мекен атауы|елді мекеннің атауы|ҚАТЖК|село|аул|название села|' +
      'наименование села|населённый пункт|наименование населённого пункта|КАТО|код КАТО|village|village name|settlement|KATO',
  ),
  register: listed(
    'тізімдегі нөмірі|тізімдегі нөмір|тізім нөмірі|тізімдегі №|тіркеу нөмірі|тізілімдегі нөмірі|реттік нөмірі|р/с №|р/с|№ р/с|' +
      'нөмірі|нөмір|номер в списке|номер по списку|№ в списке|№ по списку|номер в реестре|№ в реестре|номер в журнале|' +
      'регистрационный номер|рег. номер|рег. №|порядковый номер|номер|№|№ п/п|п/п|register number|register no|register|' +
      'number on the list|number|no',
  ),
  phone: listed(
    'телефон|телефоны|телефон нөмірі|ұялы телефон|ұялы телефоны|номер телефона|мобильный телефон|мобильный|сотовый|' +
      'сотовый телефон|тел|phone|phone number|mobile|mobile phone',
  ),
}

/**
 * Reads the akimat's list: village (KATO code or name, kk or ru), register number, phone where `phones` is not false. Column
 * names in kk, ru or en in any order; other columns are ignored, blank rows skipped. Two rows with one phone are no problem
 * here: those people verify in another way.
 * @returns the rows in the order of the file, or all problems in the order of their lines
 */
export function readRoll(
  csvText: string,
  { villages, phones = true }: { villages: readonly RollVillage[]; phones?: boolean },
): Result<ReadRoll, RollProblem[]> {
  const { table: sheet, problems: broken } = scanCsv(csvText, hasHeadings(ROLL_HEADINGS))
  const problems: RollProblem[] = [...broken]
  if (sheet.header.length === 0) return fail(problems)
  const { table, totals } = withoutTotals(sheet)
  const columns = findColumns(table, phones, problems)
  if (columns.village === undefined || columns.register === undefined) return fail(problems)

  const findVillage = villageFinder(villages)
  const firstLines = new Map<string, number>()
  const rows: RollRow[] = []
  for (const row of table.rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue
    const read = readRow(row, columns, findVillage, problems)
    if (!read) continue
    const key = rowKey(read)
    const firstLine = firstLines.get(key)
    if (firstLine === undefined) {
      firstLines.set(key, row.line)
      rows.push(read)
    } else {
      const value = cellOf(row, columns.village)
      problems.push({ kind: 'doubled-row', line: row.line, value, register: read.register, firstLine })
    }
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ kind: 'no-rows', line: table.headerLine })
  if (problems.length > 0) return fail(problems.sort((a, b) => a.line - b.line))
  const used: readonly (number | undefined)[] = [columns.village, columns.register, columns.phone]
  return ok({
    rows,
    totals,
    ignored: table.header.filter((name, at) => !used.includes(at) && name.trim() !== ''),
  })
}

type Columns = { village?: number; register?: number; phone?: number }

/** Headings that number the lines of a sheet; beside another column for the register number they mean just that. */
const OF_LINES = new Set(
  listed('№|№ п/п|п/п|р/с №|р/с|№ р/с|реттік нөмірі|порядковый номер|no').map(plainWords),
)

/** Rows at the end that add the others up are none of the list. */
function withoutTotals(table: CsvTable): { table: CsvTable; totals: number[] } {
  const blank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')
  let end = table.rows.length
  while (end > 0 && (blank(table.rows[end - 1]?.cells ?? []) || isTotal(table.rows[end - 1]?.cells ?? [])))
    end--
  const totals = table.rows.slice(end).filter(({ cells }) => !blank(cells))
  return { table: { ...table, rows: table.rows.slice(0, end) }, totals: totals.map(({ line }) => line) }
}

function findColumns(
  { header, headerLine: line }: CsvTable,
  phones: boolean,
  problems: RollProblem[],
): Columns {
  const lost = header.find(lostLetters)
  const places = findHeadings(header, ROLL_HEADINGS)
  const columns: Columns = {}
  const wanted: readonly RollColumn[] = phones ? ['village', 'register', 'phone'] : ['village', 'register']
  for (const column of wanted) {
    const all = places.get(column) ?? []
    const own = all.filter((at) => !OF_LINES.has(plainWords(header[at] ?? '')))
    const [first, second] = own.length > 0 ? own : all
    if (first !== undefined) columns[column] = first
    if (second !== undefined) problems.push({ kind: 'doubled-column', line, column })
    if (first !== undefined || column === 'phone') continue
    if (lost === undefined) {
      const found = header.map((name) => name.trim()).filter((name) => name !== '')
      problems.push({ kind: 'missing-column', line, column, found })
    } else if (!problems.some(({ kind }) => kind === 'lost-letters'))
      problems.push({ kind: 'lost-letters', line, value: lost })
  }
  return columns
}

const cellOf = (row: CsvRow, column: number | undefined): string =>
  column === undefined ? '' : (row.cells[column] ?? '').trim()

function readRow(
  row: CsvRow,
  columns: Columns,
  find: VillageFinder,
  problems: RollProblem[],
): RollRow | undefined {
  const { line } = row
  const named = cellOf(row, columns.village)
  const number = cellOf(row, columns.register)
  const phoneText = cellOf(row, columns.phone)
  const place = find(named)
  const registerNumber = /^\d{1,12}$/.test(number) ? register.safeParse(Number(number)).data : undefined
  const phone = phoneText === '' ? undefined : readPhone(phoneText)
  if (!place.ok) problems.push(villageProblem(place.problem, line, named))
  if (registerNumber === undefined) problems.push({ kind: 'not-a-number', line, value: number })
  if (phone && !phone.ok) problems.push({ kind: 'bad-phone', line })
  if (!place.ok || registerNumber === undefined || (phone && !phone.ok)) return undefined
  return { village: place.value, register: registerNumber, ...(phone && { phone: phone.value }) }
}

const villageProblem = (problem: VillageProblem, line: number, value: string): RollProblem =>
  lostLetters(value) ? { kind: 'lost-letters', line, value } : { ...problem, line, value }
