// The registry of marking screens: until a ballot type has its line here, the type checker names the missing key.
import type { BallotKind, BallotTerms } from '../../../core/ballots/index.ts'
import { approvalScreen } from './approval.ts'
import { chooseOneScreen } from './choose-one.ts'
import { knapsackScreen } from './knapsack.ts'
import { pointsScreen } from './points.ts'
import { rankingScreen } from './ranking.ts'
import type { MarkingScreen } from './screen.ts'

/** One line a ballot type. */
const screens = {
  approval: approvalScreen,
  knapsack: knapsackScreen,
  points: pointsScreen,
  ranking: rankingScreen,
  'choose-1': chooseOneScreen,
} satisfies { [K in BallotKind]: MarkingScreen<Extract<BallotTerms, { kind: K }>> }

/** The screen of a cycle's ballot type. */
export const screenOf = (terms: BallotTerms): MarkingScreen<BallotTerms> =>
  screens[terms.kind] as MarkingScreen<BallotTerms>
