// A list of projects in words: what is wrong with a file of them, in lines that an official can act on.
import {
  type ProjectColumn,
  type ProjectListProblem,
  PROJECT_HEADINGS,
} from '../core/formats/project-list.ts'
import type { Key, T } from '../i18n.ts'
import { categoriesByName } from './category.ts'
import { markWords } from './marks.ts'
import { potName } from './pot.ts'

const COLUMNS: Record<ProjectColumn, Key> = {
  village: 'cli.column-village',
  kk: 'cli.column-title-kk',
  ru: 'cli.column-title-ru',
  en: 'cli.column-title-en',
  cost: 'cli.column-cost',
  category: 'cli.column-category',
  summaryKk: 'cli.column-summary-kk',
  summaryRu: 'cli.column-summary-ru',
  lat: 'cli.column-point',
  lon: 'cli.column-point',
  pot: 'cli.column-pot',
  marks: 'cli.column-marks',
}

/** What a project may be, in the reader's language. */
const categories = (t: T): string =>
  [...categoriesByName([t], (word) => word).keys()].filter((word) => !/^[a-z_]+$/.test(word)).join(', ')

/** What is wrong in a line of a list of projects, with what is accepted. Plain text. */
export function projectLine(t: T, problem: ProjectListProblem): string {
  switch (problem.kind) {
    case 'empty':
      return t('cli.list-empty')
    case 'unclosed-quote':
      return t('cli.list-open-quote')
    case 'text-after-quote':
      return t('cli.list-after-quote')
    case 'wrong-cell-count':
      return t('cli.list-cells', { found: problem.found, expected: problem.expected })
    case 'no-project-column': {
      const accepted = PROJECT_HEADINGS[problem.column].join(' · ')
      return t('cli.list-no-column', {
        column: t(COLUMNS[problem.column]),
        found: problem.found.join(' · '),
        accepted,
      })
    }
    case 'lost-letters':
      return t('cli.list-lost-letters', { value: problem.value })
    case 'unknown-village':
      return problem.meant === undefined
        ? t('cli.list-no-village', { value: problem.value })
        : t('cli.list-meant', { value: problem.value, meant: problem.meant })
    case 'ambiguous-village':
      return t('cli.list-several', { value: problem.value })
    case 'no-title':
      return t('cli.project-no-title', { column: t(COLUMNS[problem.column]) })
    case 'no-cost':
      return t('cli.project-no-cost', { value: problem.value })
    case 'no-category':
      return t('cli.project-no-category', { value: problem.value, categories: categories(t) })
    case 'no-pot':
      return t('cli.project-no-pot', {
        column: t('cli.column-pot'),
        value: problem.value,
        pots: problem.pots.map((pot) => potName(t, pot)).join(', '),
      })
    case 'no-mark':
      return t('cli.project-no-mark', {
        column: t('cli.column-marks'),
        value: problem.value,
        marks: markWords(t),
      })
    case 'no-point':
      return t('cli.project-no-point', { value: problem.value })
    case 'no-projects':
      return t('cli.list-no-rows')
  }
}
