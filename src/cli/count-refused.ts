// Why a cycle could not be counted.
import type { CountProblem } from '../use-cases/count-cycle.ts'
import type { T } from '../i18n.ts'
import { refused, refusedBy } from './acting.ts'
import { readingRefusal } from './tell-fault.ts'

const MOST = 10

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
    case 'held':
      return refused('cli.count-held')
    case 'void':
      return refused('cli.count-void')
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-counted')
    case 'papers':
    case 'paper-box':
      return papersRefused(problem, villageOf)
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

function papersRefused(
  problem: Extract<CountProblem, { kind: 'papers' | 'paper-box' }>,
  villageOf: (t: T, territory: number) => string,
): Error {
  if (problem.kind === 'paper-box')
    return refusedBy((t) => t('cli.count-paper-box', { village: villageOf(t, problem.territory) }))
  const { open, unfit } = problem
  const [key, places] =
    open.length > 0
      ? (['cli.count-papers-open', open] as const)
      : (['cli.count-papers-unfit', unfit] as const)
  return refusedBy((t) => {
    const named = places.slice(0, MOST).map((one) => villageOf(t, one))
    const more = places.length - named.length
    const villages = [...named, ...(more > 0 ? [t('cli.fault-rest', { more })] : [])].join('; ')
    return t(key, { villages })
  })
}
