// Tells what a trusted reading found: a plain sentence for each kind of fault.
import type { Fault } from '../core/audit/trusted/fault.ts'
import type { BundleProblem } from '../core/bundle/bundle.ts'
import type { BundleFault } from '../core/bundle/verify-bundle.ts'
import { PHASES } from '../core/cycle.ts'
import type { Facts, Key, T } from '../i18n.ts'
import type { ReadingProblem } from '../use-cases/trusted-reading.ts'
import type { HeadFault } from '../use-cases/trusted-head.ts'
import { type Refused, refused, refusedBy } from './refused.ts'

const MOST = 10

/** One sentence a fault, ten at most, then how many more there are. */
export function faultSentences(t: T, faults: readonly BundleFault[]): string[] {
  const told = faults.filter(({ kind }) => kind !== 'more').slice(0, MOST)
  const counted = faults.reduce((sum, fault) => sum + (fault.kind === 'more' ? fault.count : 1), 0)
  const more = counted - told.length
  return [
    ...told.map((fault) => faultSentence(t, fault)),
    ...(more > 0 ? [t('cli.fault-rest', { more })] : []),
  ]
}

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

/** Numbers of leaves and of rows as the database has them; a village is told by its number. */
function faultSentence(t: T, fault: BundleFault): string {
  if (fault.kind === 'bundle') return bundleSentence(t, fault.problem)
  if (fault.kind === 'frozen') return t(`cli.fault-frozen-${fault.what}`)
  if (fault.kind === 'secret') return t(`cli.fault-secret-${fault.what}`)
  if (fault.kind === 'leaf-waiting') return t('cli.fault-leaf-waiting', { leaf: fault.leaf.slice(0, 16) })
  if (fault.kind === 'phase')
    return t('cli.fault-phase', { stored: phaseText(t, fault.stored), logged: phaseText(t, fault.logged) })
  const { kind, ...facts } = fault
  return t(`cli.fault-${kind}`, facts as Facts)
}

const bundleSentence = (t: T, problem: BundleProblem): string =>
  problem.kind === 'file'
    ? t('cli.fault-bundle-file', { file: problem.file })
    : t(`cli.fault-bundle-${problem.kind}`)

/** As the database has it: a word that is no phase is shown as it stands. */
function phaseText(t: T, stored: string): string {
  const phase = PHASES.find((one) => one === stored)
  return phase ? t(`cli.phase-${phase}`) : stored
}
