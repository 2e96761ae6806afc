// What a trusted reading or a bundle's check found: a plain sentence for each kind of fault.
import type { BundleProblem } from '../core/bundle/bundle.ts'
import type { BundleFault } from '../core/bundle/verify-bundle.ts'
import { PHASES } from '../core/cycle.ts'
import type { Facts, T } from '../i18n.ts'

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

/** Numbers of leaves and of rows as the database has them; a village is told by its number. */
export function faultSentence(t: T, fault: BundleFault): string {
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
