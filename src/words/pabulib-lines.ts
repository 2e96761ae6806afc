// What is wrong with a Pabulib file: lines with line and column, and why its rule cannot be told.
import type { PabulibProblem } from '../core/formats/pabulib/file.ts'
import type { T } from '../i18n.ts'

const SHOWN = 20

/** The file, then a problem a line, at most 20. */
export function pabulibLines(t: T, path: string, problems: readonly PabulibProblem[]): string {
  const lines = problems.slice(0, SHOWN).map((problem) => problemLine(t, problem))
  const more = problems.length > SHOWN ? [t('cli.pb-more', { more: problems.length - SHOWN })] : []
  return [t('cli.pb-unusable', { path }), ...lines, ...more].join('\n  ')
}

/** `line 4, column 2 (cost): “sixty” is not an amount`. The column is the cell, counted from 1. */
function problemLine(t: T, { kind, line, column, field, found = '' }: PabulibProblem): string {
  const what = found.length > 60 ? `${found.slice(0, 60)}…` : found
  const reason = t(`cli.pb-${kind}`, { field: field ?? '', found: what })
  return field === undefined
    ? t('cli.pb-at', { line, column, reason })
    : t('cli.pb-at-field', { line, column, field, reason })
}
