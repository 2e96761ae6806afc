// Why a cycle could not be counted.
import type { CountProblem } from '../use-cases/count-cycle.ts'
import { refused, refusedBy } from './acting.ts'
import { readingRefusal } from './tell-fault.ts'

const MOST = 10

export function countRefusal(slug: string, problem: CountProblem): Error {
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
    case 'secret':
      return refused(problem.state === 'missing' ? 'cli.count-secret-missing' : 'cli.count-secret-other', {
        file: problem.file,
      })
    case 'ballots':
      return refusedBy((t) => {
        const { faults } = problem
        const told = faults
          .slice(0, MOST)
          .map(({ receipt, fault }) => t(`cli.count-fault-${fault}`, { receipt }))
        const more = faults.length - told.length
        return [
          t('cli.count-ballots', { count: faults.length }),
          ...told,
          ...(more > 0 ? [t('cli.fault-rest', { more })] : []),
        ].join('\n  ')
      })
  }
}
