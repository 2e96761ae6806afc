// Writing a Pabulib election (.pb) that the library's own checker passes: its keys, its columns, its order.
import { type Election, tallies } from '../../counting/election.ts'
import { sumMoney } from '../../money.ts'
import { fail, ok, type Result } from '../../result.ts'
import { electionOf } from './election.ts'
import type { PabulibFile, PabulibProject } from './file.ts'
import { type PabulibVote, PabulibVotes } from './votes.ts'

/** An obligatory key that is missing, or an id that a comma list cannot hold. */
export type PabulibWriteProblem = { kind: 'no-key'; key: string } | { kind: 'bad-id'; id: string }

const metaKeys =
  'description country unit district subunit instance num_projects num_votes budget vote_type rule date_begin date_end min_length max_length min_sum_cost max_sum_cost min_points max_points min_sum_points max_sum_points default_score min_project_cost max_project_cost min_project_score_threshold neighborhoods subdistricts categories edition language currency fully_funded experimental comment acknowledgments leftover_budget budget_per_category budget_per_neighborhood min_length_per_category max_length_per_category min_sum_cost_per_category max_sum_cost_per_category'.split(
    ' ',
  )
const obligatoryKeys = 'description country unit instance date_begin date_end'.split(' ')
const metaLists = new Set(
  'categories neighborhoods subdistricts budget_per_category budget_per_neighborhood min_sum_cost_per_category max_sum_cost_per_category'.split(
    ' ',
  ),
)
const projectTexts = 'neighborhood subunit district description proposer public_id'.split(' ')
const voteTexts = 'age sex district neighborhood education'.split(' ')

/** One line of text; a text that a spreadsheet would run as a formula gets an apostrophe in front. */
function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return /^[=+\-@]./.test(line) ? `'${line}` : line
}

const list = (text: string): string =>
  text
    .split(',')
    .map((part) => plain(part))
    .filter((part) => part !== '')
    .join(',')

const quoted = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const row = (cells: readonly string[]): string => cells.map(quoted).join(';')

/** A column: its name and its cell of each row. */
type Column<T> = { name: string; cell: (item: T) => string }

const table = <T>(columns: readonly Column<T>[], items: readonly T[]): string[] => [
  row(columns.map((column) => column.name)),
  ...items.map((item) => row(columns.map((column) => column.cell(item)))),
]

/** The columns that at least one item has. A cell that the library wants filled says `-` when it has nothing. */
function used<T>(items: readonly T[], columns: readonly Column<T>[], empty: string): Column<T>[] {
  return columns
    .filter((column) => items.some((item) => column.cell(item) !== ''))
    .map((column) => ({ name: column.name, cell: (item) => column.cell(item) || empty }))
}

const optional = (value: number | undefined): string => (value === undefined ? '' : String(value))

function projectColumns(file: PabulibInput, election: Election): Column<PabulibProject>[] {
  const tally = new Map(tallies(election).map((entry) => [entry.id, entry]))
  const numberOf = (key: 'votes' | 'score') => (project: PabulibProject) =>
    String(tally.get(project.id)?.[key] ?? 0)
  const scored = file.meta.voteType !== 'approval' && file.meta.voteType !== 'choose-1'
  const { projects } = file
  return [
    { name: 'project_id', cell: (project) => project.id },
    { name: 'cost', cell: (project) => String(project.cost / file.meta.scale) },
    { name: 'votes', cell: numberOf('votes') },
    ...(scored ? [{ name: 'score', cell: numberOf('score') }] : []),
    { name: 'name', cell: (project) => plain(project.name) || project.id },
    ...used(projects, [{ name: 'category', cell: (project) => list(project.category ?? '') }], ''),
    ...used(
      projects,
      [{ name: 'beneficiaries', cell: ({ more }) => list(more?.beneficiaries ?? more?.target ?? '') }],
      '',
    ),
    ...used(projects, [{ name: 'selected', cell: (project) => optional(project.selected) }], '0'),
    ...used(
      projects,
      projectTexts.map((name) => ({ name, cell: ({ more }: PabulibProject) => plain(more?.[name] ?? '') })),
      '-',
    ),
    ...used(
      projects,
      [
        { name: 'latitude', cell: (project) => optional(project.lat) },
        { name: 'longitude', cell: (project) => optional(project.lon) },
      ],
      '',
    ),
  ]
}

function voteColumns(votes: readonly PabulibVote[]): Column<PabulibVote>[] {
  const texts = (names: readonly string[]) =>
    names.map((name) => ({ name, cell: ({ more }: PabulibVote) => plain(more?.[name] ?? '') }))
  const method = texts(['voting_method']).filter(({ cell }) => votes.every((vote) => cell(vote) !== ''))
  const [age, sex, ...places] = texts(voteTexts)
  return [
    { name: 'voter_id', cell: (vote) => vote.id },
    { name: 'vote', cell: (vote) => vote.projects.join(',') },
    ...used(votes, [{ name: 'points', cell: (vote) => vote.points?.join(',') ?? '' }], ''),
    ...used(votes, age && sex ? [age, sex] : [], ''),
    ...(votes.length > 0 ? method : []),
    ...used(votes, places, ''),
  ]
}

/** Points stand in decreasing order, as the library has them. */
function byPoints(vote: PabulibVote): PabulibVote {
  const { points } = vote
  if (!points) return vote
  const pairs = vote.projects
    .map((id, at) => ({ id, points: points[at] ?? 0 }))
    .sort((a, b) => b.points - a.points)
  return { ...vote, projects: pairs.map((pair) => pair.id), points: pairs.map((pair) => pair.points) }
}

function metaRows(file: PabulibInput, votes: number): string[] {
  const values = new Map(file.meta.entries)
  const costs = sumMoney(file.projects.map((project) => project.cost))
  values.set('num_projects', String(file.projects.length))
  values.set('num_votes', String(votes))
  values.set('budget', String(file.meta.budget / file.meta.scale))
  values.set('vote_type', file.meta.voteType)
  values.set('rule', file.meta.rule)
  // Without the flag the library takes a budget that pays for everything as a mistake.
  if (file.meta.budget >= costs) values.set('fully_funded', '1')
  else values.delete('fully_funded')
  const longest = Number(values.get('max_length'))
  if (longest > file.projects.length) values.set('max_length', String(file.projects.length))
  const comment = values.get('comment')
  if (comment && !comment.startsWith('#1: ')) values.set('comment', `#1: ${comment}`)
  return metaKeys.flatMap((key) => {
    const text = values.get(key) ?? ''
    const cell = metaLists.has(key) ? list(text) : plain(text)
    return cell === '' ? [] : [row([key, cell])]
  })
}

export type PabulibInput = Pick<PabulibFile, 'meta' | 'projects'> & { votes: Iterable<PabulibVote> }

/**
 * The text of a .pb file: UTF-8, LF, no byte order mark. Numbers of rows, votes and scores are computed from the ballots;
 * empty ballots are left out (the library refuses them); keys and columns that the library does not know are dropped.
 * Rows keep the order given: put tied projects in the order in which they were taken (`inCountOrder`).
 */
export function writePabulib(file: PabulibInput): Result<string, PabulibWriteProblem> {
  const given = new Map(file.meta.entries)
  const missing = obligatoryKeys.find((key) => plain(given.get(key) ?? '') === '')
  if (missing) return fail({ kind: 'no-key', key: missing })
  const all = [...file.votes]
  const ids = [...file.projects, ...all].map((item) => item.id)
  const bad = ids.find((id) => id === '' || id !== id.trim() || /[;,"\s]/.test(id))
  if (bad !== undefined) return fail({ kind: 'bad-id', id: bad })
  const votes = all.filter((vote) => vote.projects.length > 0).map(byPoints)
  const election = electionOf({ ...file, votes: PabulibVotes.of(votes, file.projects) })
  const lines = [
    'META',
    'key;value',
    ...metaRows(file, votes.length),
    'PROJECTS',
    ...table(projectColumns(file, election), file.projects),
    'VOTES',
    ...table(voteColumns(votes), votes),
  ]
  return ok(`${lines.join('\n')}\n`)
}
