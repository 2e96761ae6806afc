// What an official typed or chose for a part of the cycle, as a change of the draft.
import { equalSharesOf } from '../../core/counting/equal-shares-terms.ts'
import { readCeiling, readDesk, readPlaceLines, readTwoLanguages } from '../../core/cycle-draft.ts'
import type { CycleDraft } from '../../core/formats/cycle-file.ts'
import { readTypedClock, wallClock } from '../../core/zone.ts'
import type { T } from '../../i18n.ts'
import { findPlaces, type TypedPlace } from '../../use-cases/draft-cycle.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import type { Drafting } from './expects.ts'
import * as view from './view.ts'

const LONGEST_TITLE = 120

type Rule = NonNullable<CycleDraft['rule']>
/** The rules that a button chooses; `minVotes`: fewer do not win. */
export const RULES = {
  most: (minVotes: number): Rule => ({ rule: 'greedy', skip: true, minVotes, ties: ['lots'] }),
  'per-cost': (minVotes: number): Rule => ({ rule: 'greedy-per-cost', minVotes, ties: ['lots'] }),
  shares: (minVotes: number): Rule => ({ ...equalSharesOf('equalshares/add1', minVotes), ties: ['lots'] }),
}
export const votesOf = ({ rule }: CycleDraft): number => (rule && 'minVotes' in rule ? rule.minVotes : 1)

type Answer = { note: string } | { change: (draft: CycleDraft) => CycleDraft }

/** What a typed text changes, or why it does not fit, as HTML. */
export async function answerOf(
  parts: FeatureParts,
  { t }: Talk,
  kept: Drafting,
  text: string,
): Promise<Answer> {
  switch (kept.what) {
    case 'title': {
      const title = readTwoLanguages(text, LONGEST_TITLE)
      return title
        ? { change: (draft) => ({ ...draft, title: { kk: title.kk, ru: title.ru ?? title.kk } }) }
        : { note: t.html('cycle.bad-title', { most: LONGEST_TITLE }) }
    }
    case 'places':
      return placesAnswer(parts, t, text)
    case 'desk': {
      const desk = readDesk(text)
      if (!desk) return { note: t.html('cycle.bad-desk') }
      const place = { kk: desk.place.kk, ru: desk.place.ru ?? desk.place.kk }
      return {
        change: (draft) => ({
          ...draft,
          ...(draft.places && { places: draft.places.map((one) => ({ ...one, desk: { ...desk, place } })) }),
        }),
      }
    }
    case 'date': {
      const moment = readTypedClock(text)
      const name = kept.date ?? ''
      return moment === undefined
        ? { note: t.html('cycle.bad-date') }
        : { change: (draft) => ({ ...draft, dates: { ...draft.dates, [name]: wallClock(moment) } }) }
    }
    case 'ballot':
    case 'votes':
      return numberAnswer(t, kept.what, text)
    case 'ceiling':
      return ceilingAnswer(t, text, parts.app.now())
  }
}

async function placesAnswer({ app }: FeatureParts, t: T, text: string): Promise<Answer> {
  const lines = readPlaceLines(text)
  const found = await findPlaces(app, lines)
  const sums = new Map(lines.map(({ line, sums: [sum] }) => [line, sum]))
  const wrong = found.flatMap((one, at): view.WrongPlace[] => {
    if (one.kind !== 'found') return [one]
    const { line, written, place } = one
    if (sums.get(line) === undefined) return [{ line, written, kind: 'sum' }]
    const again = found.slice(0, at).some((other) => isAt(other, place.territory))
    return again ? [{ line, written, kind: 'twice' }] : []
  })
  if (wrong.length > 0 || found.length === 0)
    return { note: view.placesNote(t, wrong) || t.html('cycle.text-wanted') }
  const places = found.flatMap((one) =>
    one.kind === 'found' ? [{ place: String(one.place.territory), budget: sums.get(one.line) ?? 0 }] : [],
  )
  return {
    change: (draft) => ({
      ...draft,
      // A desk that was told stays with its place.
      places: places.map((place) => ({
        ...draft.places?.find((known) => known.place === place.place && known.desk),
        ...place,
      })),
    }),
  }
}

const isAt = (one: TypedPlace, territory: number): boolean =>
  one.kind === 'found' && one.place.territory === territory

function numberAnswer(t: T, what: 'ballot' | 'votes', text: string): Answer {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined
  if (what === 'votes')
    return number === undefined
      ? { note: t.html('cycle.bad-number') }
      : {
          change: (draft) => ({
            ...draft,
            rule:
              draft.rule && 'minVotes' in draft.rule
                ? { ...draft.rule, minVotes: number }
                : RULES.most(number),
          }),
        }
  return number === undefined || number < 1 || number > 20
    ? { note: t.html('cycle.bad-number') }
    : { change: (draft) => ({ ...draft, ballot: { kind: 'approval', min: 1, max: number } }) }
}

function ceilingAnswer(t: T, text: string, now: Date): Answer {
  const ceiling = readCeiling(text, now.getUTCFullYear())
  return ceiling === undefined
    ? { note: t.html('cycle.bad-sum') }
    : { change: (draft) => ({ ...draft, ideas: { ...draft.ideas, ceiling } }) }
}
