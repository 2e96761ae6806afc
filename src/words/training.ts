// Why it cannot be entered how many people were trained.
import { MOST_TRAINED, type TrainingFault } from '../core/training.ts'
import type { Facts, Key } from '../i18n.ts'

type Why = TrainingFault | 'no-such-cycle' | 'not-allowed'

const WHY = {
  'bad-day': 'start.training-bad-day',
  'to-come': 'start.training-to-come',
  'bad-people': 'start.training-bad-people',
  'bad-women': 'start.training-bad-women',
  'no-such-cycle': 'start.training-not-allowed',
  'not-allowed': 'start.training-not-allowed',
} as const satisfies Record<Why, Key>

export const whyNotEntered = ({ kind }: { kind: Why }): [Key, Facts] => [WHY[kind], { most: MOST_TRAINED }]
