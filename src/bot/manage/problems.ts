// Why something about a cycle cannot be done, in words that say what is next.
import type { Key, T } from '../../i18n.ts'
import type { ProposeHaltProblem } from '../../use-cases/halt-cycle.ts'
import type { ApartProblem } from '../../use-cases/keep-apart.ts'
import type {
  ProposeExtensionProblem,
  ProposeMoveProblem,
  ProposePublicationProblem,
} from '../../use-cases/propose-cycle-act.ts'
import { fullMoment } from '../../words/moment.ts'
import { phaseName } from '../../words/phase.ts'
import { haltLine } from '../../words/trial.ts'

export type ManageProblem =
  | ProposeMoveProblem
  | ProposeExtensionProblem
  | ProposePublicationProblem
  | ProposeHaltProblem
  | ApartProblem

/** Problems that are told by their name alone. */
const SIMPLE = {
  'no-such-cycle': 'manage.no-such-cycle',
  'not-allowed': 'manage.not-yours',
  'no-next-phase': 'manage.last',
  'by-publishing': 'manage.block-publishing',
  'no-close': 'manage.block-no-close',
  'no-villages': 'manage.block-no-villages',
  'needs-key-holders': 'manage.block-key-holders',
  'two-officials': 'manage.joint',
  'nobody-to-confirm': 'manage.nobody-to-confirm',
  'not-a-time': 'manage.no-date',
  'not-voting': 'manage.not-voting',
  'halted-before': 'manage.halted-before',
  'not-suspended': 'manage.not-suspended',
  'not-counted': 'manage.not-counted',
  'counted-anew': 'manage.counted-anew',
  void: 'manage.void',
  'not-sequenced': 'manage.log-soon',
  'log-stopped': 'manage.log-stopped',
  log: 'manage.log-stopped',
} as const satisfies Record<string, Key>

/** HTML. */
export function problemLine(t: T, problem: ManageProblem): string {
  switch (problem.kind) {
    case 'moved-before':
    case 'not-counting':
    case 'not-to-halt':
      return t.html('manage.is-at', { phase: phaseName(t, problem.phase) })
    case 'halted':
      return haltLine(t, problem.halt)
    case 'not-due':
      return problem.startsAt === undefined
        ? t.html('manage.next-itself')
        : t.html('manage.not-due', {
            phase: phaseName(t, problem.next),
            time: fullMoment(t, problem.startsAt),
          })
    case 'by-hand':
      return t.html('manage.next', { phase: phaseName(t, problem.next) })
    case 'ideas-untranslated':
    case 'ideas-no-pot':
    case 'ideas-unlogged':
      return t.html(`manage.block-${problem.kind}`, { ideas: problem.ideas.join(', ') })
    case 'ideas-close':
      return t.html('manage.block-ideas-close', {
        pairs: problem.pairs.map((pair) => pair.join('–')).join(', '),
      })
    case 'not-later':
      return t.html('manage.not-later', { time: fullMoment(t, problem.closesAt) })
    case 'bad-length':
      return t.html('manage.reason-length', { least: problem.least, most: problem.most, number: 0 })
    case 'no-such-idea':
      return t.html('manage.no-such-idea', { number: problem.number })
    case 'no-such-cycle':
    case 'not-allowed':
    case 'no-next-phase':
    case 'by-publishing':
    case 'no-close':
    case 'no-villages':
    case 'needs-key-holders':
    case 'two-officials':
    case 'nobody-to-confirm':
    case 'not-a-time':
    case 'not-voting':
    case 'halted-before':
    case 'not-suspended':
    case 'not-counted':
    case 'counted-anew':
    case 'void':
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return t.html(SIMPLE[problem.kind])
  }
}
