// What an official typed or chose for a part of the cycle, as a change of the draft.
import { equalSharesOf } from '../../core/counting/equal-shares-terms.ts'
import { potNameOf } from '../../core/cycle-name.ts'
import {
  readCeiling,
  readDesk,
  readPlaceLines,
  readPotLines,
  readTwoLanguages,
} from '../../core/cycle-draft.ts'
import { plainWords } from '../../core/formats/headings.ts'
import { type CycleDraft, MOST_POTS } from '../../core/formats/cycle-file.ts'
import { readTypedClock, wallClock } from '../../core/zone.ts'
import type { T } from '../../i18n.ts'
import { findPlaces, readDraft, type TypedPlace } from '../../use-cases/draft-cycle.ts'
import { everyTaken, takenWords } from '../../words/pot.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import type { Drafting } from './expects.ts'
import { placesNote, type WrongPlace } from './money-told.ts'

const LONGEST_TITLE = 120
const LONGEST_POT = 40

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
  { t, who }: Talk,
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
    case 'pots':
      return potsAnswer(parts, t, text)
    case 'places':
      return placesAnswer(parts, t, text, (await readDraft(parts.app, who.id)) ?? {})
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

/** Other pots have other money: what was told of it is asked again. */
export const withPots = (draft: CycleDraft, pots: CycleDraft['pots']): CycleDraft => ({
  ...without(draft, ['pots']),
  ...(pots && { pots }),
  ...(draft.places && { places: draft.places.map((place) => without(place, ['budget', 'pots'])) }),
})

const without = <V extends object, K extends keyof V>(value: V, keys: readonly K[]): Omit<V, K> =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<V, K>

function potsAnswer({ textsOf }: FeatureParts, t: T, text: string): Answer {
  const lines = readPotLines(text, LONGEST_POT)
  if (!lines || lines.length < 2 || lines.length > MOST_POTS)
    return { note: t.html('cycle.bad-pots', { most: MOST_POTS, letters: LONGEST_POT }) }
  const pots: NonNullable<CycleDraft['pots']> = []
  const kinds = everyTaken(textsOf)
  for (const { name, most: max, takes: written } of lines) {
    const takes = written.map((word) => ({ word, kind: kinds.get(plainWords(word)) }))
    const unknown = takes.find(({ kind }) => kind === undefined)
    if (unknown) return { note: t.html('cycle.bad-takes', { word: unknown.word, words: takenWords(t) }) }
    pots.push({
      pot: potNameOf(
        name.ru ?? name.kk,
        pots.map(({ pot }) => pot),
      ),
      name: { kk: name.kk, ru: name.ru ?? name.kk },
      ...(max !== undefined && { ballot: { kind: 'approval' as const, min: 1, max } }),
      ...(takes.length > 0 && { takes: [...new Set(takes.map(({ kind = '' }) => kind))] }),
    })
  }
  return { change: (draft) => withPots(draft, pots) }
}

async function placesAnswer(
  { app }: FeatureParts,
  t: T,
  text: string,
  { pots }: CycleDraft,
): Promise<Answer> {
  const lines = readPlaceLines(text, pots?.length)
  const found = await findPlaces(app, lines)
  const sums = new Map(lines.map(({ line, sums: own }) => [line, own]))
  const wrong = found.flatMap((one, at): WrongPlace[] => {
    if (one.kind !== 'found') return [one]
    const { line, written, place } = one
    if (!sums.get(line)?.length) return [{ line, written, kind: 'sum' }]
    const again = found.slice(0, at).some((other) => isAt(other, place.territory))
    return again ? [{ line, written, kind: 'twice' }] : []
  })
  if (wrong.length > 0 || found.length === 0)
    return { note: placesNote(t, wrong, pots) || t.html('cycle.text-wanted') }
  const places = found.flatMap((one) =>
    one.kind === 'found'
      ? [{ place: String(one.place.territory), ...moneyOf(sums.get(one.line) ?? [], pots) }]
      : [],
  )
  return {
    change: (draft) => ({
      ...draft,
      // A desk that was told stays with its place.
      places: places.map((place) => ({
        ...deskOf(draft, place.place),
        ...place,
      })),
    }),
  }
}

function deskOf({ places = [] }: CycleDraft, place: string) {
  const desk = places.find((known) => known.place === place)?.desk
  return desk && { desk }
}

/** Of each pot; the budget where there are none. */
const moneyOf = (sums: readonly number[], pots: CycleDraft['pots']) =>
  pots ? { pots: pots.map(({ pot }, at) => ({ pot, budget: sums[at] ?? 0 })) } : { budget: sums[0] ?? 0 }

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
