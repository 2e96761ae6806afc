// A counted election as a table of the screen.
import { hasPoints } from '../core/formats/pabulib/meta.ts'
import { graphemeCut } from '../core/text.ts'
import { type CountTable, countedProjects, headerOf } from './count-table.ts'
import type { T } from '../i18n.ts'

const NAME = 48

/** Lines of columns; numbers stand right. */
export function tableLines(t: T, { file, count, named }: CountTable): string[] {
  const points = hasPoints(file)
  const header = headerOf(t, points)
  const rows = countedProjects(file, count).map(({ place, project, votes, score }) => [
    String(place ?? ''),
    String(named.number(project.id)),
    graphemeCut(project.name.replace(/\s+/g, ' '), NAME),
    t.number(project.cost / file.meta.scale),
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
