// Choose one on the screen: a press moves the mark; a second press on the same project changes nothing.
import type { ChooseOneTerms } from '../../../core/ballots/choose-one.ts'
import { costLines, markedLines, onItsWay, toggle } from './lines.ts'
import type { MarkingScreen } from './screen.ts'

export const chooseOneScreen: MarkingScreen<ChooseOneTerms> = {
  rule: (t) => [t.html('vote.rule-choose-one')],
  sofar: (t, ballot) => [
    t.html('vote.marked', { n: ballot.marks.length, max: 1 }),
    ...markedLines(t, ballot),
  ],
  buttons: toggle,
  press: (ballot, project) => onItsWay(ballot, [{ project }]),
  chosen: costLines,
}
