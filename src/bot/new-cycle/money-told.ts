// Villages, their pots and their money in a cycle that is drawn up: how they are told, asked for, and what is wrong with what was written.
import { type CycleDraft, potsOfPlace } from '../../core/formats/cycle-file.ts'
import type { T } from '../../i18n.ts'
import type { TypedPlace } from '../../use-cases/draft-cycle.ts'
import { ballotLine } from '../../words/ballot.ts'
import { placeName } from '../../words/place.ts'
import { potName, takesLine } from '../../words/pot.ts'

/** The money of each pot, with its name where there are several. */
export function moneyOf(
  t: T,
  place: NonNullable<CycleDraft['places']>[number],
  { pots }: CycleDraft,
): string {
  if (!place.pots && place.budget === undefined) return t('cycle.none')
  const own = potsOfPlace(place, pots)
  return own.length === 1
    ? t.money(own[0]?.budget ?? 0)
    : own.map((one) => `${potName(t, one)} ${t.money(one.budget)}`).join(', ')
}

/** The pots, each with what may be marked in it where that is its own. */
export const potNames = (t: T, { pots = [] }: CycleDraft): string =>
  pots
    .map((one) => {
      const said = [
        ...(one.ballot ? [ballotLine(t, one.ballot)] : []),
        ...(one.takes ? [takesLine(t, one.takes)] : []),
      ]
      return `${potName(t, one)}${said.length > 0 ? ` (${said.join('; ')})` : ''}`
    })
    .join('; ')

/** Asks for villages with a sum each, or one for each pot. HTML. */
export function placesAsk(t: T, { pots }: CycleDraft): string {
  if (!pots) return t.html('cycle.ask-places')
  const example = ['Баршатас', ...pots.map(() => '3 000 000')].join('; ')
  return t.html('cycle.ask-places-pots', { pots: pots.map((one) => potName(t, one)).join('; '), example })
}

export type WrongPlace =
  | Exclude<TypedPlace, { kind: 'found' }>
  | { line: number; written: string; kind: 'sum' | 'twice' }

const WRONG = {
  sum: 'cycle.place-sum',
  twice: 'cycle.place-twice',
  unknown: 'cycle.place-unknown',
} as const

/** Why these lines are no places, each with what is accepted. HTML. */
export const placesNote = (t: T, wrong: readonly WrongPlace[], pots?: CycleDraft['pots']): string =>
  wrong
    .slice(0, 8)
    .map((one) =>
      one.kind === 'several'
        ? t.html('cycle.place-several', {
            line: one.line,
            value: one.written,
            codes: one.candidates
              .map((place) => `${place.kato ?? place.territory} ${placeName(t, place)}`)
              .join(' · '),
          })
        : t.html(pots && one.kind === 'sum' ? 'cycle.place-sums' : WRONG[one.kind], {
            line: one.line,
            value: one.written,
            ...(pots && { pots: pots.map((pot) => potName(t, pot)).join('; ') }),
          }),
    )
    .join('\n')
