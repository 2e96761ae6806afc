// Why the ballots of a vote were not counted, plain, for whoever runs the vote.
import type { T } from '../i18n.ts'

const MOST = 10

/** Villages by their numbers. */
export type Uncounted =
  | { kind: 'held' }
  | { kind: 'tests' }
  | { kind: 'secret'; state: 'missing' | 'another'; file: string }
  | { kind: 'papers'; open: number[]; unfit: number[] }
  | { kind: 'paper-box'; territory: number }
  | { kind: 'ballots'; faults: { receipt: string; fault: 'not-openable' | 'commitment' | 'choices' }[] }

/** `villageOf`: how a village of the cycle is called, by its number. */
export function uncountedText(t: T, problem: Uncounted, villageOf: (territory: number) => string): string {
  switch (problem.kind) {
    case 'held':
      return t('cli.count-held')
    case 'tests':
      return t('cli.count-tests')
    case 'secret':
      return t(problem.state === 'missing' ? 'cli.count-secret-missing' : 'cli.count-secret-other', {
        file: problem.file,
      })
    case 'paper-box':
      return t('cli.count-paper-box', { village: villageOf(problem.territory) })
    case 'papers': {
      const { open, unfit } = problem
      const lines = some(t, (open.length > 0 ? open : unfit).map(villageOf))
      return t(open.length > 0 ? 'cli.count-papers-open' : 'cli.count-papers-unfit', {
        villages: lines.join('; '),
      })
    }
    case 'ballots': {
      const { faults } = problem
      const told = faults.map(({ receipt, fault }) => t(`cli.count-fault-${fault}`, { receipt }))
      return [t('cli.count-ballots', { count: faults.length }), ...some(t, told)].join('\n  ')
    }
  }
}

/** The first ten, and how many more. */
function some(t: T, lines: readonly string[]): string[] {
  const more = lines.length - MOST
  return more > 0 ? [...lines.slice(0, MOST), t('cli.fault-rest', { more })] : [...lines]
}
