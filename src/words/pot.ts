// How a pot is called. Where a village has only one, nobody needs to hear of it.
import { GENERAL, type Pot, type PotBudget, type PotTerms } from '../core/pot.ts'
import type { T } from '../i18n.ts'

/** Plain text. */
export const potName = (t: T, { pot, name }: PotTerms): string =>
  name ? t.of(name) : pot === GENERAL ? t('common.pot-general') : pot

interface WithPots<P extends PotTerms> {
  pots: readonly P[]
}

/** A village with several pots says everywhere which one is meant. */
export const hasPots = ({ pots }: WithPots<PotTerms>): boolean => pots.length > 1

/** The pot of that name; undefined where the village has only one, so that nothing is said of it. */
export const potToSay = <P extends PotTerms>(place: WithPots<P>, pot: Pot): P | undefined =>
  hasPots(place) ? place.pots.find((one) => one.pot === pot) : undefined

/** The budget that a project may win. */
export const budgetFor = (place: WithPots<PotBudget>, { pot }: { pot: Pot }): number =>
  place.pots.find((one) => one.pot === pot)?.budget ?? 0

/** `what`, and the pot behind it where there are several: `Баршатас, … · Дороги`. Plain text, unless `write` makes HTML of the name. */
export function withPot(
  t: T,
  what: string,
  place: WithPots<PotTerms>,
  pot: Pot,
  write: (name: string) => string = (name) => name,
): string {
  const said = potToSay(place, pot)
  return said ? `${what} · ${write(potName(t, said))}` : what
}
