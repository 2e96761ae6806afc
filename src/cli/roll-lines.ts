// What is wrong with a sealed roll, in lines that a clerk can act on.
import type { T } from '../i18n.ts'
import type { ImportRollProblem } from '../use-cases/import-roll.ts'

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
    case 'tests-late':
      return t('second.why-tests-late')
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
