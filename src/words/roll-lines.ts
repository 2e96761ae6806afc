// What is read of a list, and what is wrong with it, in lines that a clerk can act on.
import { type RollColumn, ROLL_HEADINGS } from '../core/roll.ts'
import type { PrepareProblem, RollSummary } from '../core/roll-list.ts'
import type { Key, T } from '../i18n.ts'
import { type NamedPlace, placeName } from './place.ts'

const MOST_LINES = 20

/** One problem a line, with the line of the file; at most 20. A phone is never repeated. */
export function prepareLines(t: T, list: string, problems: readonly PrepareProblem[]): string {
  const lines = problems.slice(0, MOST_LINES).map((problem) => {
    const text = prepareLine(t, problem)
    return 'line' in problem ? t('cli.list-line', { line: problem.line, text }) : text
  })
  const more = problems.length - lines.length
  const rest = more > 0 ? [t('cli.list-more', { more })] : []
  return [t('cli.list-unusable', { list }), ...lines, ...rest].join('\n  ')
}

const COLUMNS: Record<RollColumn, Key> = {
  village: 'cli.column-village',
  register: 'cli.column-register',
  phone: 'cli.column-phone',
}

function prepareLine(t: T, problem: PrepareProblem): string {
  switch (problem.kind) {
    case 'workbook':
      return t('cli.list-workbook')
    case 'empty':
      return t('cli.list-empty')
    case 'unclosed-quote':
      return t('cli.list-open-quote')
    case 'text-after-quote':
      return t('cli.list-after-quote')
    case 'wrong-cell-count':
      return t('cli.list-cells', { found: problem.found, expected: problem.expected })
    case 'missing-column': {
      const found = problem.found.join(' · ')
      const accepted = ROLL_HEADINGS[problem.column].join(' · ')
      return t('cli.list-no-column', { column: t(COLUMNS[problem.column]), found, accepted })
    }
    case 'doubled-column':
      return t('cli.list-two-columns', { column: t(COLUMNS[problem.column]) })
    case 'lost-letters':
      return t('cli.list-lost-letters', { value: problem.value })
    case 'no-rows':
      return t('cli.list-no-rows')
    case 'not-a-number':
      return t('cli.list-no-number', { value: problem.value })
    case 'unknown-village':
      return problem.meant === undefined
        ? t('cli.list-no-village', { value: problem.value })
        : t('cli.list-meant', { value: problem.value, meant: problem.meant })
    case 'ambiguous-village':
      return t('cli.list-several', { value: problem.value })
    case 'bad-phone':
      return t('cli.list-phone')
    case 'doubled-row': {
      const { value: village, register, firstLine } = problem
      return t('cli.list-twice', { village, register, firstLine })
    }
  }
}

type ListedVillage = NamedPlace & { territory: number; kato: string | null }

/** What was read, without a number or phone of anybody. */
export function summaryLines(t: T, summary: RollSummary, villages: readonly ListedVillage[]): string[] {
  const { encoding, rows, phones, sharedPhones, ignored, totals } = summary
  const lines = [t('cli.roll-read', { encoding, rows: t('cli.rows', { count: rows }), phones })]
  for (const { village, rows: count } of summary.villages) {
    const place = villages.find(({ territory }) => String(territory) === village)
    if (place)
      lines.push(`    ${place.kato ?? place.territory}  ${placeName(t, place)}: ${t('cli.rows', { count })}`)
  }
  if (sharedPhones > 0) lines.push(t('cli.roll-shared', { count: sharedPhones }))
  if (ignored.length > 0) lines.push(t('cli.roll-ignored', { columns: ignored.join(', ') }))
  if (totals.length > 0) lines.push(t('cli.roll-totals', { lines: totals.join(', ') }))
  return lines
}
