// The voter roll of a cycle as it leaves the official's computer: village and register number, never a name.
import { z } from 'zod'
import { type CsvProblem, type CsvRow, type CsvTable, scanCsv } from './formats/csv.ts'
import { readPhone } from './person.ts'
import { fail, ok, type Result } from './result.ts'
import { foldLetters } from './text.ts'

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

/**
 * What is sealed to the server's import key, as JSON. `cycle`: its short name in addresses. Rows, serials of a village and codes
 * stand once; every card belongs to a row.
 */
export const RollFile = z
  .object({
    format: z.literal(ROLL_FORMAT),
    cycle: z.string().min(1).max(100),
    rows: z.array(RollRow).min(1),
    cards: z.array(RollCard).optional(),
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

/** A place that votes in the cycle, as a roll may name it. `kato`: nine digits; places of one's own have none. */
export type RollVillage = {
  id: string
  kato?: string | null | undefined
  name: { kk: string; ru: string; en?: string }
}

export type RollColumn = 'village' | 'register' | 'phone'

/** Lines count from 1, the header is one. A phone is never repeated: what is shown may land in a log. */
export type RollProblem =
  | CsvProblem
  | { kind: 'missing-column'; line: number; column: RollColumn }
  | { kind: 'doubled-column'; line: number; column: RollColumn }
  | { kind: 'no-rows'; line: number }
  | { kind: 'not-a-number'; line: number; value: string }
  | { kind: 'unknown-village'; line: number; value: string }
  | { kind: 'ambiguous-village'; line: number; value: string }
  | { kind: 'bad-phone'; line: number }
  | { kind: 'doubled-row'; line: number; value: string; register: number; firstLine: number }

/** `ignored`: names of columns that were not read (a name or an ИИН never gets further than this). */
export type ReadRoll = { rows: RollRow[]; ignored: string[] }

// Compared as `plainWords` makes them: case, signs and the nine Kazakh letters do not count.
const HEADERS: Record<RollColumn, readonly string[]> = {
  village: ['ауыл', 'ауылы', 'елді мекен', 'село', 'аул', 'населённый пункт', 'като', 'village', 'kato'],
  register: (
    'тізімдегі нөмірі|тізімдегі нөмір|тізім нөмірі|нөмірі|нөмір|номер в списке|номер по списку|' +
    '№ в списке|№ по списку|номер|№|№ п/п|register|register number|number'
  ).split('|'),
  phone: ['телефон', 'телефоны', 'телефон нөмірі', 'номер телефона', 'тел', 'phone', 'phone number'],
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
  const { table, problems: broken } = scanCsv(csvText)
  const problems: RollProblem[] = [...broken]
  if (table.header.length === 0) return fail(problems)
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
  return ok({ rows, ignored: table.header.filter((name, at) => !used.includes(at) && name.trim() !== '') })
}

type Columns = { village?: number; register?: number; phone?: number }

function findColumns({ header, headerLine }: CsvTable, phones: boolean, problems: RollProblem[]): Columns {
  const columns: Columns = {}
  const wanted: readonly RollColumn[] = phones ? ['village', 'register', 'phone'] : ['village', 'register']
  for (const column of wanted) {
    const names = new Set(HEADERS[column].map(plainWords))
    const [first, second] = header.flatMap((name, at) => (names.has(plainWords(name)) ? [at] : []))
    if (first !== undefined) columns[column] = first
    if (second !== undefined) problems.push({ kind: 'doubled-column', line: headerLine, column })
    if (first === undefined && column !== 'phone')
      problems.push({ kind: 'missing-column', line: headerLine, column })
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
  if (!place.ok) problems.push({ kind: place.problem, line, value: named })
  if (registerNumber === undefined) problems.push({ kind: 'not-a-number', line, value: number })
  if (phone && !phone.ok) problems.push({ kind: 'bad-phone', line })
  if (!place.ok || registerNumber === undefined || (phone && !phone.ok)) return undefined
  return { village: place.value, register: registerNumber, ...(phone && { phone: phone.value }) }
}

type VillageFinder = (text: string) => Result<string, 'unknown-village' | 'ambiguous-village'>

/** By KATO code, else by the name letter for letter, else by the name as people write it on a Russian keyboard. */
function villageFinder(villages: readonly RollVillage[]): VillageFinder {
  const byKato = new Map(villages.flatMap(({ id, kato }) => (kato ? [[kato, id] as const] : [])))
  const byName = villagesBy(villages, exactName)
  const byFoldedName = villagesBy(villages, plainName)
  return (text) => {
    const code = byKato.get(text.replace(/\s/g, ''))
    if (code !== undefined) return ok(code)
    const found = byName.get(exactName(text)) ?? byFoldedName.get(plainName(text)) ?? new Set()
    const [id] = found
    if (id === undefined) return fail('unknown-village')
    return found.size > 1 ? fail('ambiguous-village') : ok(id)
  }
}

function villagesBy(
  villages: readonly RollVillage[],
  fold: (name: string) => string,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { id, name } of villages) {
    for (const key of [fold(name.kk), fold(name.ru)]) found.set(key, (found.get(key) ?? new Set()).add(id))
  }
  return found
}

const exactName = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

const plainWords = (text: string): string =>
  foldLetters(text)
    .replace(/№/g, ' № ')
    .replace(/[^\p{L}\p{N}№]+/gu, ' ')
    .trim()

// «с. Баршатас» and «Баршатас ауылы» are Баршатас, as long as a name is left.
const plainName = (text: string): string =>
  plainWords(text)
    .replace(/^(?:село|с|аул|поселок|пос|п|станция|ст|разъезд) (?=.)/u, '')
    .replace(/ (?:ауылы|ауыл|а|кенти|станциясы|разъези)$/u, '')
