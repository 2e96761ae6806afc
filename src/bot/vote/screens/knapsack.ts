// Knapsack on the screen: a press marks, one on what is marked unmarks, as long as the money lasts; every button says the cost.
import type { KnapsackTerms } from '../../../core/ballots/knapsack.ts'
import { sumMoney } from '../../../core/money.ts'
import type { T } from '../../../i18n.ts'
import { cutLabel } from '../../message.ts'
import { choiceOn, costLines, leastLine, markedOf, toggleAlone, toggled, turning } from './lines.ts'
import type { Marking, MarkingScreen } from './screen.ts'

/** What the marked ones cost together, of how much, and what is left. */
function total(t: T, ballot: Marking<KnapsackTerms>): string {
  const { currency } = ballot
  const { budget } = ballot.terms
  const used = sumMoney(markedOf(ballot).map(({ project }) => project.cost))
  return t.html('vote.used', {
    sum: t.money(used, currency),
    budget: t.money(budget, currency),
    left: t.money(Math.max(0, budget - used), currency),
  })
}

export const knapsackScreen: MarkingScreen<KnapsackTerms> = {
  rule: (t, { terms, currency }) => [
    t.html('vote.rule-knapsack', { sum: t.money(terms.budget, currency) }),
    ...leastLine(t, terms.min),
  ],
  sofar: (t, ballot) => [total(t, ballot), ...costLines(t, ballot)],
  buttons(t, ballot, project) {
    const facts = {
      number: project.number,
      title: t.of(project.title),
      sum: t.money(project.cost, ballot.currency),
    }
    const on = choiceOn(ballot, project) !== undefined
    const text = on ? t('vote.cost-on.button', facts) : t('vote.cost-off.button', facts)
    return [{ label: cutLabel(text), act: turning(on) }]
  },
  alone: toggleAlone,
  press: toggled,
  chosen: (t, ballot) => [...costLines(t, ballot), total(t, ballot)],
}
