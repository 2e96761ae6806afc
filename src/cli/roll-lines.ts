// What is wrong with a list or a sealed roll, in lines that a clerk can act on.
import { type RollColumn, ROLL_HEADINGS } from '../core/roll.ts'
import type { Key, T } from '../i18n.ts'
import type { ImportRollProblem } from '../use-cases/import-roll.ts'
import type { PrepareProblem } from './prepare.ts'

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

export function importLine(t: T, problem: ImportRollProblem): string {
  switch (problem.kind) {
    case 'not-a-sealed-file':
      return t('cli.file-not-sealed')
    case 'cut-off':
      return t('cli.file-cut-off')
    case 'missing-header':
      return t('cli.file-no-header', { header: problem.header })
    case 'damaged':
      return t('cli.file-damaged')
    case 'other-key':
      return t('cli.file-other-key', { theirs: problem.sealedTo, ours: problem.ours })
    case 'not-openable':
      return t('cli.file-not-openable')
    case 'not-a-roll':
      return t('cli.file-not-a-roll', { why: problem.why })
    case 'other-cycle':
      return t('cli.file-other-cycle', { cycle: problem.cycle })
    case 'unknown-village':
      return t('cli.file-no-village', { village: problem.village })
    case 'row-twice':
      return t('cli.file-row-twice', { village: problem.village, register: problem.register })
    case 'bad-serial':
      return t('cli.file-bad-serial', { serial: problem.serial })
    case 'serial-twice':
      return t('cli.file-serial-twice', { village: problem.village, serial: problem.serial })
    case 'cards-not-wanted':
      return t('cli.file-no-cards')
    case 'no-such-cycle':
      return t('cli.no-such-cycle')
    case 'closed':
      return t('cli.file-closed')
    case 'second-cards':
      return t('cli.file-second-cards', { having: problem.having, again: problem.again })
    case 'name-official':
      return t('cli.file-name-official')
    case 'name-printer':
      return t('cli.file-name-printer')
    case 'not-allowed':
      return t('cli.not-allowed')
    case 'nobody-to-confirm':
      return t('cli.nobody-to-confirm')
    case 'code-taken':
      return t('cli.file-code-taken')
    case 'serials-taken':
      return t('cli.file-serials-taken', { count: problem.cards })
  }
}
