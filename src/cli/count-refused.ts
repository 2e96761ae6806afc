// Why a cycle could not be counted.
import type { CountProblem } from '../use-cases/count-cycle.ts'
import type { T } from '../i18n.ts'
import { refused, refusedBy } from './acting.ts'
import { uncountedText } from '../words/uncounted.ts'
import { readingRefusal } from './tell-fault.ts'

/** `villageOf`: a village of the cycle by its number. */
export function countRefusal(
  slug: string,
  problem: CountProblem,
  villageOf: (t: T, territory: number) => string,
): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'not-counting':
      return refusedBy((t) =>
        t('cli.count-not-counting', { cycle: slug, phase: t(`cli.phase-${problem.phase}`) }),
      )
    case 'void':
      return refused('cli.count-void')
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-counted')
    case 'held':
    case 'tests':
    case 'secret':
    case 'papers':
    case 'paper-box':
    case 'ballots':
      return refusedBy((t) => uncountedText(t, problem, (territory) => villageOf(t, territory)))
  }
}
