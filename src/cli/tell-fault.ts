// Tells why the log of a cycle was not relied on.
import type { Fault } from '../core/audit/trusted/fault.ts'
import type { Key, T } from '../i18n.ts'
import type { ReadingProblem } from '../use-cases/trusted-reading.ts'
import type { HeadFault } from '../use-cases/trusted-head.ts'
import { faultSentence, faultSentences } from '../words/fault.ts'
import { type Refused, refused, refusedBy } from './refused.ts'

/** Why the log of a cycle was not relied on. `instead`: what was therefore not done. */
export function readingRefusal(problem: ReadingProblem, instead: Key): Refused {
  switch (problem.kind) {
    case 'not-sequenced':
      return refused('cli.reading-not-sequenced')
    case 'log-stopped':
      return refusedBy((t) =>
        t('cli.reading-stopped', { fault: headSentence(t, problem.fault), instead: t(instead) }),
      )
    case 'log':
      return refusedBy((t) =>
        [
          t('cli.reading-log', { instead: t(instead) }),
          ...faultSentences(t, problem.faults),
          ...(problem.faults.every(isTile) ? [t('cli.reading-mend')] : []),
        ].join('\n  '),
      )
  }
}

const isTile = ({ kind }: Fault): boolean => kind === 'tile' || kind === 'tile-missing'

/** What stands against a signed head. */
export const headSentence = (t: T, fault: HeadFault): string =>
  fault.kind === 'kept-unreadable' ? t('cli.fault-kept-unreadable') : faultSentence(t, fault)
