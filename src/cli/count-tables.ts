// A counted file as rows: the table on the screen, the CSV, and the election with its new outcome in the library's format.
import type { Count } from '../core/counting/count.ts'
import { pabulibRule, type RuleTerms } from '../core/counting/index.ts'
import { writeCsv } from '../core/formats/csv.ts'
import { inCountOrder } from '../core/formats/pabulib/export.ts'
import type { PabulibFile, PabulibProject } from '../core/formats/pabulib/file.ts'
import { metaText } from '../core/formats/pabulib/meta.ts'
import { type PabulibWriteProblem, writePabulib } from '../core/formats/pabulib/write.ts'
import type { Result } from '../core/result.ts'
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'

const NAME = 48

/** Ballots of these types give points: their sum is what the rule goes by. */
export const hasPoints = ({ meta }: PabulibFile): boolean =>
  meta.voteType !== 'approval' && meta.voteType !== 'choose-1'

interface CountedProject {
  place: number | undefined
  project: PabulibProject
  votes: number
  score: number
}

/** Winners in order of selection, then the others by votes. */
export function countedProjects(file: PabulibFile, count: Count): CountedProject[] {
  const tally = new Map(count.votes.map((one) => [one.id, one]))
  const place = new Map(count.winners.map((id, at) => [id, at + 1]))
  const last = count.winners.length + 1
  return inCountOrder(file.projects, count)
    .map((project) => ({
      place: place.get(project.id),
      project,
      votes: tally.get(project.id)?.votes ?? 0,
      score: tally.get(project.id)?.score ?? 0,
    }))
    .sort((a, b) => (a.place ?? last) - (b.place ?? last))
}

/** Lines of columns; numbers stand right. */
export function tableLines(t: T, file: PabulibFile, count: Count): string[] {
  const points = hasPoints(file)
  const header = headerOf(t, points)
  const rows = countedProjects(file, count).map(({ place, project, votes, score }) => [
    String(place ?? ''),
    project.id,
    graphemeCut(project.name.replace(/\s+/g, ' '), NAME),
    t.number(project.cost),
    t.number(votes),
    ...(points ? [t.number(score)] : []),
    t(place === undefined ? 'documents.count-no' : 'documents.count-yes'),
  ])
  const left = new Set([1, 2, header.length - 1])
  const width = header.map((_, at) => Math.max(...[header, ...rows].map((row) => row[at]?.length ?? 0)))
  return [header, ...rows].map((row) =>
    row
      .map((cell, at) => (left.has(at) ? cell.padEnd(width[at] ?? 0) : cell.padStart(width[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function headerOf(t: T, points: boolean): string[] {
  return [
    t('documents.count-place'),
    t('documents.count-id'),
    t('documents.count-name'),
    t('documents.count-cost'),
    t('documents.count-votes'),
    ...(points ? [t('documents.count-points')] : []),
    t('documents.count-funded'),
  ]
}

/** The same table for a spreadsheet: whole names, plain numbers, byte order mark. */
export function tableCsv(t: T, file: PabulibFile, count: Count): string {
  const points = hasPoints(file)
  const rows = countedProjects(file, count).map(({ place, project, votes, score }) => [
    place ?? '',
    project.id,
    project.name,
    project.cost,
    votes,
    ...(points ? [score] : []),
    place === undefined ? 0 : 1,
  ])
  return `\uFEFF${writeCsv([headerOf(t, points), ...rows])}`
}

/**
 * The election with `selected` as counted and the rule that counted it (`own`: the file's, which stays as it is named there).
 * Of the voters it holds what the file holds and the format knows, nothing more.
 */
export function countedPabulib(
  file: PabulibFile,
  count: Count,
  terms: RuleTerms,
  own: boolean,
): Result<string, PabulibWriteProblem> {
  const won = new Set(count.winners)
  const projects = inCountOrder(file.projects, count).map((project) => ({
    ...project,
    selected: won.has(project.id) ? 1 : 0,
  }))
  if (own) return writePabulib({ ...file, projects })
  const { rule, entries } = pabulibRule(terms)
  const stated = new Set(['min_project_score_threshold', 'rule', 'comment'])
  const told = metaText(file.meta, 'comment')
  const comments = [told, ...entries.flatMap(([key, text]) => (key === 'comment' ? [text] : []))]
  const kept = file.meta.entries.filter(([key]) => !stated.has(key))
  const added = entries.filter(([key]) => key !== 'comment')
  const comment = numbered(comments.flatMap((text) => (text ? [text] : [])))
  const meta = { ...file.meta, rule, entries: [...kept, ...added, ['comment', comment] as const] }
  return writePabulib({ ...file, meta, projects })
}

/** `#1: … #2: …`: the library wants comments numbered. */
function numbered(comments: readonly string[]): string {
  const parts = comments.flatMap((text) => text.split(/#\d+:/)).map((part) => part.trim())
  return parts
    .filter((part) => part !== '')
    .map((part, at) => `#${at + 1}: ${part}`)
    .join(' ')
}
