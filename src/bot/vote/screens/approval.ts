// Approval on the screen: a press marks, another unmarks, up to the limit.
import type { ApprovalTerms } from '../../../core/ballots/approval.ts'
import { costLines, leastLine, markedLines, toggle, toggled } from './lines.ts'
import type { MarkingScreen } from './screen.ts'

export const approvalScreen: MarkingScreen<ApprovalTerms> = {
  rule: (t, { terms }) => [t.html('vote.rule', { count: terms.max }), ...leastLine(t, terms.min)],
  sofar: (t, ballot) => [
    t.html('vote.marked', { n: ballot.marks.length, max: ballot.terms.max }),
    ...markedLines(t, ballot),
  ],
  buttons: toggle,
  press: toggled,
  chosen: costLines,
}
