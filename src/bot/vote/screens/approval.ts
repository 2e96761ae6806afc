// Approval on the screen: a press marks, one on what is marked unmarks, up to the limit.
import type { ApprovalTerms } from '../../../core/ballots/approval.ts'
import { costLines, leastLine, markedLines, mostOf, toggle, toggleAlone, toggled } from './lines.ts'
import type { MarkingScreen } from './screen.ts'

export const approvalScreen: MarkingScreen<ApprovalTerms> = {
  rule: (t, ballot) => {
    const count = mostOf(ballot)
    const most = count === 1 ? t.html('vote.rule-one') : t.html('vote.rule', { count })
    return [most, ...leastLine(t, ballot.terms.min)]
  },
  sofar: (t, ballot) => [
    t.html('vote.marked', { n: ballot.marks.length, max: mostOf(ballot) }),
    ...markedLines(t, ballot),
  ],
  buttons: toggle,
  alone: toggleAlone,
  press: toggled,
  chosen: costLines,
}
