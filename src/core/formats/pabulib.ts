// Reading a Pabulib election (.pb): tolerant of every oddity that real files have, strict about what changes a result.
// Format: pabulib.org/format and the library's checker. `;`-separated, sections META, PROJECTS, VOTES.
import { fail, ok, type Result } from '../result.ts'
import type { PabulibFile, PabulibNote, PabulibProblem, PabulibProject, PabulibVote } from './pabulib-file.ts'
import { readMeta } from './pabulib-meta.ts'
import { type Cell, type Reader, readerOf } from './pabulib-reader.ts'
import { readTables, type Row, type Table } from './pabulib-table.ts'

const projectColumns = new Set(
  'project_id cost name category latitude longitude selected votes score'.split(' '),
)
const voteColumns = new Set(['voter_id', 'vote', 'points'])

/** Coordinates may be a comma list: the average. Empty, or not numbers: none. */
function coordinate(text: string): number | undefined {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  return Number.isFinite(average) ? average : undefined
}

function readProject(reader: Reader, row: Row): PabulibProject {
  const text = (name: string): string => reader.cell(row, name).text
  const wholeOrNone = (name: string): number | undefined =>
    text(name) === '' ? undefined : reader.whole(reader.cell(row, name))
  const id = reader.needed(row, 'project_id').text
  const cost = reader.money(reader.needed(row, 'cost'))
  const [lat, lon] = [coordinate(text('latitude')), coordinate(text('longitude'))]
  const [selected, votes, score] = [wholeOrNone('selected'), wholeOrNone('votes'), wholeOrNone('score')]
  const category = text('category')
  const more = reader.others(row, projectColumns)
  return {
    id,
    cost,
    name: text('name') || id,
    ...(category && { category }),
    ...(lat !== undefined && lon !== undefined && { lat, lon }),
    ...(selected !== undefined && { selected }),
    ...(votes !== undefined && { votes }),
    ...(score !== undefined && { score }),
    ...(more && { more }),
  }
}

/** The ids of a `vote` cell, or the points of a `points` cell. */
const list = (text: string): string[] => (text === '' ? [] : text.split(',').map((part) => part.trim()))

/** Short lists are compared in place: an election has hundreds of thousands of them. */
function namesTwice(projects: readonly string[]): boolean {
  if (projects.length > 16) return new Set(projects).size < projects.length
  return projects.some((id, at) => projects.indexOf(id) < at)
}

/** Drops the second naming of a project. Its points are added to the first: the voter gave them to that project. */
function merged(projects: string[], points: number[] | undefined) {
  const sums = new Map<string, number>()
  for (const [at, id] of projects.entries()) sums.set(id, (sums.get(id) ?? 0) + (points?.[at] ?? 0))
  return { projects: [...sums.keys()], points: points && [...sums.values()] }
}

function readVote(reader: Reader, row: Row, known: ReadonlySet<string>, pointed: boolean): PabulibVote {
  const id = reader.text(row, 'voter_id') || reader.needed(row, 'voter_id').text
  const cell = () => reader.cell(row, 'vote')
  const named = list(reader.text(row, 'vote'))
  if (named.length === 0) reader.note('empty-ballot', cell(), id)
  for (const project of named) if (!known.has(project)) reader.problem('unknown-project', cell(), project)
  const given = pointed ? pointsOf(reader, reader.cell(row, 'points')) : undefined
  if (given && given.length !== named.length) reader.problem('points-differ', reader.cell(row, 'points'))
  const twice = namesTwice(named)
  if (twice) reader.note('named-twice', cell(), id)
  const { projects, points } = twice ? merged(named, given) : { projects: named, points: given }
  const more = reader.others(row, voteColumns)
  return { id, projects, ...(points && { points }), ...(more && { more }) }
}

const pointsOf = (reader: Reader, cell: Cell): number[] =>
  list(cell.text).map((part) => reader.points({ ...cell, text: part }))

/** Reads rows and refuses a second one with the same id. */
function unique<T extends { id: string }>(
  reader: Reader,
  table: Table,
  read: (row: Row) => T,
  twice: 'project-twice' | 'voter-twice',
  idColumn: string,
): T[] {
  const seen = new Set<string>()
  return table.rows.map((row) => {
    const item = read(row)
    if (seen.has(item.id)) reader.problem(twice, reader.cell(row, idColumn))
    seen.add(item.id)
    return item
  })
}

/**
 * Reads the text of a .pb file: any line ends, byte order mark, quotes, blank lines, decimal amounts (`60000.0`; a real
 * fraction is rounded down, budget and costs alike, so that what was affordable stays so), ids as text, unknown columns.
 * Problems come with line and column, at most the first 100 of them.
 */
export function readPabulib(text: string): Result<PabulibFile, PabulibProblem[]> {
  const tables = readTables(text)
  if (!tables.ok) return fail([tables.problem])
  const { META, PROJECTS, VOTES } = tables.value
  const problems: PabulibProblem[] = []
  const notes: PabulibNote[] = []
  const meta = readMeta(readerOf(META, problems, notes), META, {
    projects: PROJECTS.rows.length,
    votes: VOTES.rows.length,
  })
  const projectReader = readerOf(PROJECTS, problems, notes)
  projectReader.columns(['project_id', 'cost'])
  const voteReader = readerOf(VOTES, problems, notes)
  const pointed = meta?.voteType === 'cumulative' || meta?.voteType === 'scoring'
  voteReader.columns(pointed ? ['voter_id', 'vote', 'points'] : ['voter_id', 'vote'])
  if (!meta || problems.length > 0) return fail(problems.slice(0, 100))
  const projects = unique(
    projectReader,
    PROJECTS,
    (row) => readProject(projectReader, row),
    'project-twice',
    'project_id',
  )
  const known = new Set(projects.map((project) => project.id))
  const votes = unique(
    voteReader,
    VOTES,
    (row) => readVote(voteReader, row, known, pointed),
    'voter-twice',
    'voter_id',
  )
  if (problems.length > 0) return fail(problems.slice(0, 100))
  return ok({ meta, projects, votes, notes })
}
