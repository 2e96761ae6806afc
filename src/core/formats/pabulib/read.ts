// Reading a Pabulib election (.pb): tolerant of every oddity that real files have, strict about what changes a result.
// Format: pabulib.org/format and the library's checker. `;`-separated, sections META, PROJECTS, VOTES.
import { pointOf } from '../../geo.ts'
import { fail, ok, type Result } from '../../result.ts'
import { LineCutter } from './fast/line-cutter.ts'
import type { PabulibFile, PabulibNote, PabulibProblem, PabulibProject } from './file.ts'
import { limitsOf, readMeta, type ReadMeta, sameNumber } from './meta.ts'
import { type Reader, readerOf, scaleOf } from './cells.ts'
import { type Cells, cellsOf, type Row, type Section, sections, type Table, titleOf } from './table.ts'
import { VoteReader } from './fast/vote-reader.ts'

const projectColumns = new Set(
  'project_id cost name category latitude longitude selected votes score'.split(' '),
)

/** Coordinates may be a comma list: the average; two whole numbers are one with a decimal comma. Empty, or not numbers: none. */
function coordinate(written: string): number | undefined {
  const text = written.replace(/^(-?\d{1,3}),(\d+)$/, '$1.$2')
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  return Number.isFinite(average) ? average : undefined
}

function readProject(reader: Reader, row: Row): PabulibProject {
  const text = (name: string): string => reader.cell(row, name).text
  const wholeOrNone = (name: string): number | undefined =>
    text(name) === '' ? undefined : reader.whole(reader.cell(row, name))
  reader.overrun(row)
  const id = reader.needed(row, 'project_id').text
  const cost = reader.money(reader.needed(row, 'cost'))
  const point = pointOf({ lat: coordinate(text('latitude')), lon: coordinate(text('longitude')) })
  const [selected, votes, score] = [wholeOrNone('selected'), wholeOrNone('votes'), wholeOrNone('score')]
  const category = text('category')
  const more = reader.others(row, projectColumns)
  return {
    id,
    cost,
    name: text('name') || id,
    ...(category && { category }),
    ...point,
    ...(selected !== undefined && { selected }),
    ...(votes !== undefined && { votes }),
    ...(score !== undefined && { score }),
    ...(more && { more }),
  }
}

/**
 * `more`: keep further columns of the ballots (age, district, …), as a file that is written again needs them. `seed`: a random
 * whole number below 2^32, for files of strangers: one made so that its ids collide would take hours. It changes no result.
 */
export type PabulibOptions = { more?: boolean; seed?: number }

/** A section as far as it was read. VOTES keeps rows only where it stands before what its ballots need. */
type Part = { line: number; table?: Table; rows: Row[] }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/** Undefined where the bytes are letters of another encoding: what they say would be guessed. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Reads a .pb file that comes in pieces: any line ends, byte order mark, quotes, blank lines, decimal amounts (`60000.0`;
 * where one has fractions all are read in such parts, so that nothing is cut), ids as text, unknown columns.
 * Ballots become numbers as they come, so that memory grows with their number, not with the length of the text.
 */
export class PabulibParser {
  readonly #options: PabulibOptions
  readonly #lines = new LineCutter((bytes, from, to, quoted) => this.#line(bytes, from, to, quoted))
  readonly #problems: PabulibProblem[] = []
  readonly #notes: PabulibNote[] = []
  #scale = 1
  readonly #parts = new Map<Section, Part>()
  #current: Part | undefined
  #lineNo = 0
  /** A row whose quote is open: where it began, and its cells. */
  #open: { line: number; column: number; cells: Cells } | undefined
  #head: (ReadMeta & { projects: PabulibProject[] }) | undefined
  #votes: VoteReader | undefined
  /** Nothing more is read: something is wrong before or around the ballots. */
  #stopped = false

  constructor(options: PabulibOptions = {}) {
    this.#options = options
  }

  push(piece: Uint8Array): void {
    if (!this.#stopped) this.#lines.push(piece)
  }

  /** The file, or its problems with line and column, at most the first 100 of them. */
  end(): Result<PabulibFile, PabulibProblem[]> {
    if (!this.#stopped) this.#lines.end()
    if (this.#open) this.#stop({ kind: 'quote-open', line: this.#open.line, column: this.#open.column })
    if (!this.#stopped) this.#missing()
    if (!this.#stopped) this.#begin()
    const [head, votes] = [this.#head, this.#votes]
    if (!head || !votes || this.#stopped) return fail(this.#problems)
    for (const row of this.#parts.get('VOTES')?.rows ?? []) votes.readRow(row)
    sameNumber(this.#readerOf('META'), head.stated.num_votes, votes.votes.length)
    if (this.#problems.length > 0) return fail(this.#problems.sort((a, b) => a.line - b.line))
    return ok({ meta: head.meta, projects: head.projects, votes: votes.votes, notes: this.#notes })
  }

  #stop(problem: PabulibProblem): void {
    this.#problems.push(problem)
    this.#stopped = true
  }

  #line(bytes: Uint8Array, from: number, to: number, quoted: boolean): void {
    if (this.#stopped) return
    this.#lineNo += 1
    if (!quoted && !this.#open && this.#votes?.readBytes(bytes, from, to)) return
    const text = textOf(bytes.subarray(from, to))
    if (text === undefined) return this.#stop({ kind: 'not-utf8', line: this.#lineNo, column: 1 })
    const cells = cellsOf(text, this.#open?.cells)
    const line = this.#open?.line ?? this.#lineNo
    if (cells.open !== undefined) {
      this.#open ??= { line, column: cells.cells.length + 1, cells }
      this.#open.cells = cells
      return
    }
    this.#open = undefined
    if (cells.cells.some((cell) => cell !== '')) this.#row({ line, cells: cells.cells })
  }

  #row(row: Row): void {
    const title = titleOf(row)
    if (title) {
      if (this.#parts.has(title))
        return this.#stop({ kind: 'section-twice', line: row.line, column: 1, found: title })
      this.#current = { line: row.line, rows: [] }
      this.#parts.set(title, this.#current)
    } else if (!this.#current) {
      this.#stop({ kind: 'text-before-meta', line: row.line, column: 1, found: row.cells[0] ?? '' })
    } else if (!this.#current.table) {
      const header = row.cells.map((cell) => cell.toLowerCase())
      this.#current.table = { header, headerLine: row.line }
      if (this.#current === this.#parts.get('VOTES') && this.#parts.size === sections.length) this.#begin()
    } else if (this.#votes && this.#current === this.#parts.get('VOTES')) this.#votes.readRow(row)
    else this.#current.rows.push(row)
  }

  /** A section that is not there, or without a header, ends the reading. */
  #missing(): void {
    for (const field of sections) {
      const part = this.#parts.get(field)
      if (!part) return this.#stop({ kind: 'no-section', line: this.#lineNo, column: 1, field })
      if (!part.table) return this.#stop({ kind: 'no-header', line: part.line, column: 1, field })
    }
  }

  /** Reads META and PROJECTS, once, so that ballots can be read as they come. Without sound keys and columns the reading ends. */
  #begin(): void {
    if (this.#votes) return
    this.#missing()
    if (this.#stopped) return
    const table = this.#tableOf('VOTES')
    this.#scale = scaleOf(this.#amounts())
    const reader = this.#readerOf('META')
    const read = readMeta(reader, this.#tableOf('META'), this.#parts.get('META')?.rows ?? [], this.#scale)
    const projectRows = this.#parts.get('PROJECTS')?.rows ?? []
    sameNumber(reader, read?.stated.num_projects, projectRows.length)
    const projectReader = this.#readerOf('PROJECTS')
    projectReader.columns(['project_id', 'cost'])
    const pointed = read?.meta.voteType === 'cumulative' || read?.meta.voteType === 'scoring'
    const voteReader = this.#readerOf('VOTES')
    voteReader.columns(pointed ? ['voter_id', 'vote', 'points'] : ['voter_id', 'vote'])
    this.#stopped = this.#problems.length > 0
    if (!read || this.#stopped) return
    const projects = readProjects(projectReader, projectRows)
    this.#head = { ...read, projects }
    const { more = false, seed = 0 } = this.#options
    this.#votes = new VoteReader(voteReader, table, projects, {
      pointed,
      more,
      seed,
      limits: limitsOf(read.meta),
    })
  }

  /** What the file says of money: the budget, the most that a ballot may cost, and the costs. */
  #amounts(): string[] {
    const meta = (this.#parts.get('META')?.rows ?? []).filter(({ cells }) =>
      /^(budget|max_sum_cost)$/i.test(cells[0] ?? ''),
    )
    const at = this.#tableOf('PROJECTS').header.indexOf('cost')
    const costs = (this.#parts.get('PROJECTS')?.rows ?? []).map(({ cells }) => cells[at] ?? '')
    return [...meta.map(({ cells }) => cells[1]?.trim() ?? ''), ...costs]
  }

  #tableOf(section: Section): Table {
    return this.#parts.get(section)?.table ?? { header: [], headerLine: 1 }
  }

  #readerOf(section: Section): Reader {
    return readerOf(this.#tableOf(section), this.#problems, this.#notes, this.#scale)
  }
}

/** Reads rows and refuses a second one with the same id. */
function readProjects(reader: Reader, rows: readonly Row[]): PabulibProject[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const project = readProject(reader, row)
    if (seen.has(project.id)) reader.problem('project-twice', reader.cell(row, 'project_id'))
    seen.add(project.id)
    return project
  })
}

/** Reads a whole file that is at hand. See PabulibParser. */
export function readPabulib(
  file: string | Uint8Array,
  options?: PabulibOptions,
): Result<PabulibFile, PabulibProblem[]> {
  const parser = new PabulibParser(options)
  parser.push(typeof file === 'string' ? new TextEncoder().encode(file) : file)
  return parser.end()
}
