// What a village needs: the usual needs, how many may be asked about and marked, and until when one may answer.
import { nextPhase, type Phase, type Timeline } from './cycle.ts'
import type { Localised } from './localised.ts'

export const MOST_NEEDS = 12
/** Letters of a need's name. */
export const LONGEST_NEED = 80
/** Needs that one person may mark. */
export const MOST_MARKS = 3
/** Letters of the line that one may add, in UTF-16 units, after trimming. */
export const LONGEST_LINE = 300
/** Fewer people than this in one cell are not told apart. */
export const FEWEST_SHOWN = 10

/** What most villages speak of: asked about where a cycle names no needs of its own. */
export const NEEDS: readonly Localised[] = [
  { kk: 'Ауызсу', ru: 'Питьевая вода', en: 'Drinking water' },
  { kk: 'Жолдар мен көпірлер', ru: 'Дороги и мосты', en: 'Roads and bridges' },
  { kk: 'Көше жарығы', ru: 'Освещение улиц', en: 'Street lighting' },
  { kk: 'Мектепке баратын қауіпсіз жол', ru: 'Безопасная дорога в школу', en: 'A safe way to school' },
  { kk: 'Медпункт', ru: 'Медпункт', en: 'Medical post' },
  { kk: 'Интернет пен байланыс', ru: 'Интернет и связь', en: 'Internet and phone' },
  { kk: 'Қоқыс шығару', ru: 'Вывоз мусора', en: 'Waste collection' },
  { kk: 'Балалар мен спорт алаңы', ru: 'Детская и спортивная площадка', en: 'Playground and sports ground' },
  { kk: 'Клуб пен кітапхана', ru: 'Клуб и библиотека', en: 'Club and library' },
  { kk: 'Су тасқынынан қорғау', ru: 'Защита от паводка', en: 'Flood protection' },
  { kk: 'Жылу мен отын', ru: 'Отопление и топливо', en: 'Heating and fuel' },
  { kk: 'Автобус', ru: 'Автобус', en: 'Bus' },
]

/** May a cycle ask about these? One at least, none without words, none longer than a line. */
export const needsHold = (needs: readonly Localised[]): boolean =>
  needs.length > 0 &&
  needs.length <= MOST_NEEDS &&
  needs.every((need) => Object.values(need).every((text) => text !== '' && text.length <= LONGEST_NEED))

/** Is a cycle asking now? The phase that follows ends it, whether or not it has begun yet; by the database's clock. */
export function isAsking({
  phase,
  timeline,
  asOf,
}: {
  phase: Phase
  timeline: Timeline
  asOf: string
}): boolean {
  if (phase !== 'consultation') return false
  const ends = endOfAsking(timeline)
  return ends === undefined || Date.parse(ends) > Date.parse(asOf)
}

/** When a consultation ends, UTC ISO. */
export function endOfAsking(timeline: Timeline): string | undefined {
  const next = nextPhase('consultation', timeline)
  return next && timeline[next]
}

/** People, told apart by whether they hold a right to vote in the cycle. */
export interface Apart {
  verified: number
  unverified: number
}

/** What a village said: who answered, and how many marked each need, in the order of the needs. */
export interface Tally {
  answers: Apart
  needs: Apart[]
}

/** A show of hands: for each need in their order, people present, women among them. */
export interface Hands {
  hands: number[]
  present: number
  women: number
}

export const LONGEST_REPLY = 1000
export const LONGEST_MEETING_PLACE = 200
/** People at one meeting: more is a slip of the hand. */
export const MOST_PRESENT = 9999

/** Could this be a show of hands about so many needs? Everybody may raise a hand for several. */
export const handsHold = ({ hands, present, women }: Hands, needs: number): boolean =>
  hands.length === needs &&
  [present, women, ...hands].every((number) => Number.isSafeInteger(number) && number >= 0) &&
  present > 0 &&
  present <= MOST_PRESENT &&
  [women, ...hands].every((number) => number <= present)

/** Where two counts of one meeting differ: `need` from 1; without it, of the people present or the women. */
export type HandsDiffer = { what: 'present' | 'women' | 'need'; need?: number; mine: number; theirs: number }

export function handsDiffer(mine: Hands, theirs: Hands): HandsDiffer[] {
  const heads = (['present', 'women'] as const).map((what) => ({
    what,
    mine: mine[what],
    theirs: theirs[what],
  }))
  const needs = mine.hands.map((count, at) => ({
    what: 'need' as const,
    need: at + 1,
    mine: count,
    theirs: theirs.hands[at] ?? 0,
  }))
  return [...heads, ...needs].filter((one) => one.mine !== one.theirs)
}

/** A number of people as it is shown: null where it is too small to be told. */
export type ShownCell = number | null
const shownCell = (people: number): ShownCell => (people < FEWEST_SHOWN ? null : people)
type ShownApart = { [K in keyof Apart]: ShownCell }
const shownApart = ({ verified, unverified }: Apart): ShownApart => ({
  verified: shownCell(verified),
  unverified: shownCell(unverified),
})

/** What everybody may read of a consultation; `top`: numbers of the needs that are wanted most. */
export interface NeedFigures {
  answers: ShownApart
  needs: ShownApart[]
  meeting: { hands: ShownCell[]; present: ShownCell; women: ShownCell } | null
  top: number[]
}

/** The figures of a village with all cells left out that are too small. */
export const needFigures = (tally: Tally, meeting: Hands | undefined): NeedFigures => ({
  answers: shownApart(tally.answers),
  needs: tally.needs.map(shownApart),
  meeting: meeting
    ? {
        hands: meeting.hands.map(shownCell),
        present: shownCell(meeting.present),
        women: shownCell(meeting.women),
      }
    : null,
  top: topNeeds(tally, meeting),
})

/**
 * The needs that are wanted most, at most three, as numbers from 1: by marks and hands together, of two alike the one that stands first.
 * None where fewer than `FEWEST_SHOWN` people spoke.
 */
export function topNeeds({ answers, needs }: Tally, meeting?: Hands): number[] {
  if (answers.verified + answers.unverified + (meeting?.present ?? 0) < FEWEST_SHOWN) return []
  return needs
    .map(({ verified, unverified }, at) => ({
      need: at + 1,
      marks: verified + unverified + (meeting?.hands[at] ?? 0),
    }))
    .filter(({ marks }) => marks > 0)
    .toSorted((a, b) => b.marks - a.marks || a.need - b.need)
    .slice(0, 3)
    .map(({ need }) => need)
}
