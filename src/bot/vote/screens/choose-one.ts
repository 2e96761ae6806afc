// Choose one on the screen: a press moves the mark; a second press on the same project changes nothing.
import type { ChooseOneTerms } from '../../../core/ballots/choose-one.ts'
import { choiceOn, costLines, markedLines, onItsWay, toggle, toggleAlone } from './lines.ts'
import type { MarkingScreen } from './screen.ts'

export const chooseOneScreen: MarkingScreen<ChooseOneTerms> = {
  rule: (t) => [t.html('vote.rule-choose-one')],
  sofar: (t, ballot) => [
    t.html('vote.marked', { n: ballot.marks.length, max: 1 }),
    ...markedLines(t, ballot),
  ],
  buttons: toggle,
  alone(t, ballot, project) {
    const { state, buttons } = toggleAlone(t, ballot, project)
    return { state, buttons: choiceOn(ballot, project) ? [] : buttons }
  },
  press: (ballot, project) => onItsWay(ballot, [{ project }]),
  chosen: costLines,
}
