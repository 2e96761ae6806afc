// A counted election as rows of a table, as a CSV, and in the library's format with its outcome.
import type { Count } from '../core/counting/count.ts'
import { pabulibRule, type RuleTerms } from '../core/counting/index.ts'
import { writeCsv } from '../core/formats/csv.ts'
import { inCountOrder } from '../core/formats/pabulib/export.ts'
import type { PabulibFile, PabulibProject } from '../core/formats/pabulib/file.ts'
import { hasPoints, metaText } from '../core/formats/pabulib/meta.ts'
import { type PabulibWriteProblem, writePabulib } from '../core/formats/pabulib/write.ts'
import type { Result } from '../core/result.ts'
import type { T } from '../i18n.ts'
import type { Named } from '../words/count-steps.ts'

/** What of a counted election its table is made of. */
export interface CountTable {
  file: PabulibFile
  count: Count
  named: Named
}

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

export function headerOf(t: T, points: boolean): string[] {
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

type Cell = string | number

/** The same table for a spreadsheet: whole names, plain numbers. */
export function tableRows({ file, count, named }: CountTable): Cell[][] {
  const points = hasPoints(file)
  return countedProjects(file, count).map(({ place, project, votes, score }) => [
    place ?? '',
    named.number(project.id),
    project.name,
    project.cost / file.meta.scale,
    votes,
    ...(points ? [score] : []),
    place === undefined ? 0 : 1,
  ])
}

/** With its heading and a byte order mark. */
export const tableCsv = (t: T, counted: CountTable): string =>
  `\uFEFF${writeCsv([headerOf(t, hasPoints(counted.file)), ...tableRows(counted)])}`

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
