// The registry of marking screens: until a ballot type has its line here, the type checker names the missing key.
import type { BallotKind, BallotTerms } from '../../../core/ballots/index.ts'
import { approvalScreen } from './approval.ts'
import type { MarkingScreen } from './screen.ts'

const screens = { approval: approvalScreen } as const satisfies Partial<{
  [K in BallotKind]: MarkingScreen<Extract<BallotTerms, { kind: K }>>
}>

/** The screen of a cycle's ballot type. */
export const screenOf = (terms: BallotTerms): MarkingScreen<BallotTerms> =>
  screens[terms.kind as 'approval'] as MarkingScreen<BallotTerms>
