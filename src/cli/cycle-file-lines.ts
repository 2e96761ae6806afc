// What is wrong with the file of a cycle or with its list of projects, in lines that an official can act on.
import type { CycleFileProblem } from '../core/formats/cycle-file.ts'
import type { Key, T } from '../i18n.ts'
import type { PlaceProblem } from '../use-cases/cycle-of-file.ts'
import { takenWords } from '../words/pot.ts'
import { wrongLines } from '../words/wrong-lines.ts'
import { codeOf } from './acting.ts'

const ACCEPTED: Record<string, Key> = {
  format: 'cli.accepts-format',
  slug: 'cli.accepts-slug',
  profile: 'cli.accepts-profile',
  trial: 'cli.accepts-trial',
  verification: 'cli.accepts-verification',
  revote: 'cli.accepts-revote',
  people: 'cli.accepts-people',
  helped: 'cli.accepts-helped',
  ballot: 'cli.accepts-ballot',
  rule: 'cli.accepts-rule',
  budget: 'cli.accepts-sum',
  pot: 'cli.accepts-pot',
  takes: 'cli.accepts-takes',
  places: 'cli.accepts-places',
  title: 'cli.accepts-two-languages',
  needs: 'cli.accepts-needs',
  needed: 'cli.accepts-number',
  perDay: 'cli.accepts-number',
  open: 'cli.accepts-number',
  answerDays: 'cli.accepts-number',
  ceiling: 'cli.accepts-sum',
  shown: 'cli.accepts-trial',
  support: 'cli.accepts-support',
  desk: 'cli.accepts-desk',
}

const acceptedBy = (t: T, path: string, field: string): string =>
  t(
    path.startsWith('dates.')
      ? 'cli.accepts-date'
      : (ACCEPTED[/\.takes\[\d+\]$/.test(path) ? 'takes' : field] ?? 'cli.accepts-text'),
    { words: takenWords(t) },
  )

export function cycleFileLine(t: T, problem: CycleFileProblem | PlaceProblem): string {
  switch (problem.kind) {
    case 'not-json':
      return t('cli.made-not-json')
    case 'missing':
      return t('cli.made-missing', {
        path: problem.path,
        accepted: acceptedBy(t, problem.path, problem.field),
      })
    case 'wrong':
      return t('cli.made-wrong', { path: problem.path, accepted: acceptedBy(t, problem.path, problem.field) })
    case 'unknown':
      return t('cli.made-unknown', { path: problem.path })
    case 'order':
      return t('cli.made-order', { path: problem.path, before: `dates.${problem.before}` })
    case 'no-place':
      return t('cli.made-no-place', { value: problem.value })
    case 'place-twice':
      return t('cli.made-place-twice', { value: problem.value })
    case 'several-places':
      return t('cli.made-several-places', {
        value: problem.value,
        codes: problem.candidates
          .map((one) => `${codeOf(one)} ${[one.name, ...one.within].map((name) => t.of(name)).join(', ')}`)
          .join(' · '),
      })
    case 'past-close':
      return t('cli.made-past-close')
  }
}

/** All of them at once, each with its line; at most 30. */
export function problemLines<P extends { line: number }>(
  t: T,
  file: string,
  problems: readonly P[],
  lineOf: (problem: P) => string,
): string {
  return [t('cli.list-unusable', { list: file }), ...wrongLines(t, problems, lineOf)].join('\n  ')
}
