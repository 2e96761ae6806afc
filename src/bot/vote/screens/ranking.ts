// Ranking on the screen: a press gives the next place, a press on a ranked project takes it out and the others move up.
import type { RankingTerms } from '../../../core/ballots/ranking.ts'
import type { T } from '../../../i18n.ts'
import { cutLabel } from '../../message.ts'
import { leastLine, markedOf, mostOf, namedIn, toggle, toggleAlone, toggled } from './lines.ts'
import type { Marking, MarkingScreen } from './screen.ts'

/** The ranked projects, the first place on top. */
const places = (t: T, ballot: Marking<RankingTerms>): string[] =>
  markedOf(ballot, 'given').map(({ project }, at, all) =>
    t.html('vote.place', { place: at + 1, ...namedIn(t, project, all.length) }),
  )

export const rankingScreen: MarkingScreen<RankingTerms> = {
  rule: (t, ballot) => [
    t.html('vote.rule-ranking', { count: mostOf(ballot) }),
    ...leastLine(t, ballot.terms.min),
  ],
  sofar: (t, ballot) => [
    t.html('vote.marked', { n: ballot.marks.length, max: mostOf(ballot) }),
    ...places(t, ballot),
  ],
  buttons(t, ballot, project) {
    const at = markedOf(ballot, 'given').findIndex((one) => one.project.id === project.id)
    if (at < 0) return toggle(t, ballot, project)
    const facts = { place: at + 1, number: project.number, title: t.of(project.title) }
    return [{ label: cutLabel(t('vote.place.button', facts)), act: 'take' }]
  },
  alone(t, ballot, project) {
    const at = markedOf(ballot, 'given').findIndex((one) => one.project.id === project.id)
    const { state, buttons } = toggleAlone(t, ballot, project)
    if (at >= 0) return { state: t.html('vote.alone-place', { place: at + 1 }), buttons }
    const next = t('vote.place-give.button', { place: ballot.marks.length + 1 })
    return { state, buttons: [{ label: next, act: 'mark' }] }
  },
  press: toggled,
  chosen: places,
}
