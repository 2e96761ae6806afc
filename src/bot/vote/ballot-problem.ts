// What is wrong with a ballot that is not sent yet, as the person is told: by how much a limit is missed, and what to do.
import type { BallotProblem } from '../../core/ballots/ballot-type.ts'
import type { T } from '../../i18n.ts'

type Says = {
  [K in BallotProblem['kind']]: (
    t: T,
    problem: Extract<BallotProblem, { kind: K }>,
    currency: string,
  ) => string
}

/** Marks that no button makes: the ballot is to be marked anew. */
const invalid = (t: T): string => t('vote.invalid')

const says = {
  'too-few': (t, { least }) => t('vote.too-few.alert', { count: least }),
  'too-many': (t, { limit }) => t('vote.too-many.alert', { count: limit }),
  'over-budget': (t, { by }, currency) => t('vote.over-budget.alert', { sum: t.money(by, currency) }),
  'points-too-low': (t, { least }) => t('vote.points-too-low.alert', { count: least }),
  'points-too-high': (t, { most }) => t('vote.points-too-high.alert', { count: most }),
  'points-left': (t, { missing }) => t('vote.points-left.alert', { count: missing }),
  'points-over': (t, { by }) => t('vote.points-over.alert', { n: by }),
  'unknown-project': invalid,
  twice: invalid,
  'points-missing': invalid,
  'points-unexpected': invalid,
  'not-canonical': invalid,
} satisfies Says

/** For an alert: no HTML. `currency`: of the cycle. */
export const problemAlert = (t: T, problem: BallotProblem, currency: string): string =>
  (says[problem.kind] as (t: T, problem: BallotProblem, currency: string) => string)(t, problem, currency)
