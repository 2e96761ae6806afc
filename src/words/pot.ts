// How a pot is called. Where a village has only one, nobody needs to hear of it.
import { GENERAL, type Pot, type PotBudget, type PotTerms } from '../core/pot.ts'
import { plainWords } from '../core/formats/headings.ts'
import type { T, Texts } from '../i18n.ts'
import { categoryIds, categoryName } from './category.ts'

/** Plain text. */
export const potName = (t: T, { pot, name }: PotTerms): string =>
  name ? t.of(name) : pot === GENERAL ? t('common.pot-general') : pot

interface WithPots<P extends PotTerms> {
  pots: readonly P[]
}

/** What a pot takes: categories and marks, each once. Plain text. */
export const takesLine = (t: T, takes: readonly string[]): string =>
  [...new Set(takes.map((word) => categoryName(t, word)))].join(', ')

/** All that a pot may take, in the reader's language. */
export const takenWords = (t: T): string => takesLine(t, categoryIds())

/** Categories and marks by the words of every language; of a name with a comma each part is one. */
export const everyTaken = (textsOf: Texts): Map<string, string> =>
  new Map(
    textsOf.languages.flatMap(({ locale }) => {
      const t = textsOf(locale)
      return categoryIds().flatMap((id) =>
        [id, ...categoryName(t, id).split(',')].map((word) => [plainWords(word), id] as const),
      )
    }),
  )

/** A village with several pots says everywhere which one is meant. */
export const hasPots = ({ pots }: WithPots<PotTerms>): boolean => pots.length > 1

/** The pot of that name; undefined where the village has only one, so that nothing is said of it. */
export const potToSay = <P extends PotTerms>(place: WithPots<P>, pot: Pot): P | undefined =>
  hasPots(place) ? place.pots.find((one) => one.pot === pot) : undefined

/** The budget that a project may win. */
export const budgetFor = (place: WithPots<PotBudget>, { pot }: { pot: Pot }): number =>
  place.pots.find((one) => one.pot === pot)?.budget ?? 0

/** The pots whose every project costs more than all their money: nothing can win there. */
export const tooSmall = <P extends PotBudget>(
  { pots }: WithPots<P>,
  projects: readonly { pot?: Pot; cost: number }[],
): P[] =>
  pots.filter(({ pot, budget }) => {
    const own = projects.filter((one) => (one.pot ?? GENERAL) === pot)
    return own.length > 0 && own.every(({ cost }) => cost > budget)
  })

/** A line for each of `tooSmall`, without a name where the village has one pot only. Plain text. */
export const tooSmallLines = (
  t: T,
  place: WithPots<PotBudget>,
  projects: readonly { pot?: Pot; cost: number }[],
): string[] =>
  tooSmall(place, projects).map((one) =>
    hasPots(place) ? t('cli.told-pot-small', { pot: potName(t, one) }) : t('cli.told-budget-small'),
  )

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
