// Why a command about works did nothing, in one plain line.
import type { Key } from '../i18n.ts'
import type { MilestoneProblem, WorkPhotoProblem } from '../use-cases/keep-work.ts'
import type { BuiltProblem } from '../use-cases/say-built.ts'
import { refused, refusedBy } from './refused.ts'

const PLAIN = {
  'not-allowed': 'cli.not-allowed',
  'no-such-work': 'works.gone',
  'no-such-milestone': 'works.milestone-gone',
  done: 'works.done-already',
  dropped: 'works.dropped-line',
  'bad-day': 'works.bad-day',
  'bad-percent': 'works.bad-percent',
  'bad-cost': 'works.bad-cost',
  'not-a-picture': 'works.photo-only',
  'no-photo': 'works.built-no-photo',
  'no-cost': 'works.built-no-cost',
  'asked-before': 'works.asked-before',
  'no-reply': 'cli.work-no-reply',
} as const satisfies Partial<Record<Problem['kind'], Key>>

type Problem = MilestoneProblem | WorkPhotoProblem | BuiltProblem

export function worksRefused(problem: Problem): Error {
  if (problem.kind === 'bad-length') {
    const { least, most, number } = problem
    return refused('cli.question-length', { least, most, number })
  }
  if (problem.kind === 'full') return refused('works.full', { most: problem.most })
  if (problem.kind === 'changed-before')
    return refusedBy((t) => t('works.changed-before', { time: t.moment(problem.at) }), 'works.changed-before')
  return refused(PLAIN[problem.kind])
}
