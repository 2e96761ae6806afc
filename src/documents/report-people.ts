// The tables of people in a report: from the roll to the vote, where they stopped, by which way they voted, which links brought them.
import type { Key, T } from '../i18n.ts'
import { type NamedPlace, placeName } from '../words/place.ts'

export type Cell = number | null

export type Column = keyof typeof HEADS
const HEADS = {
  started: 'documents.report-started',
  byLink: 'documents.report-by-link',
  byPoster: 'documents.report-by-poster',
  verified: 'documents.report-verified',
  inPerson: 'documents.report-in-person',
  opened: 'documents.report-opened',
  voted: 'documents.report-voted',
  online: 'documents.report-online',
  assisted: 'documents.report-assisted',
  paper: 'documents.report-on-paper',
} as const satisfies Record<string, Key>
export type Stop = keyof typeof STOPS
/** How far people came, and no further. */
const STOPS = {
  noVillage: 'documents.report-no-village',
  unverified: 'documents.report-unverified',
  unopened: 'documents.report-unopened',
  unsent: 'documents.report-unsent',
} as const satisfies Record<string, Key>

/** A table: its name, its heads, and rows of a name and figures; null is a number that is too small to be told. */
export interface Section {
  title: string
  heads: string[]
  rows: { name: string; cells: (Cell | string)[] }[]
}

interface PeopleOnPaper {
  villages: readonly (NamedPlace & { roll: number; people: Record<Column, Cell> })[]
  people: Partial<Record<Column, number>>
  stops: Record<Stop, Cell>
}

export const peopleSections = (t: T, report: PeopleOnPaper): Section[] => [
  peopleSection(t, report, t('documents.report-people'), ['started', 'verified', 'opened', 'voted'], true),
  stopsSection(t, report),
  peopleSection(t, report, t('documents.report-ways'), ['online', 'assisted', 'paper', 'inPerson'], false),
  peopleSection(t, report, t('documents.report-links'), ['byLink', 'byPoster'], false),
]

/** Columns of people, with the roll before them where it is asked for; nothing where nobody stands in them. */
function peopleSection(
  t: T,
  { villages, people }: PeopleOnPaper,
  title: string,
  columns: readonly Column[],
  roll: boolean,
): Section {
  const sum = villages.reduce((all, one) => all + one.roll, 0)
  const rows: Section['rows'] = villages.map((village) => ({
    name: placeName(t, village),
    cells: [...(roll ? [village.roll] : []), ...columns.map((column) => village.people[column])],
  }))
  const all = {
    name: t('documents.report-all'),
    cells: [...(roll ? [sum] : []), ...columns.map((column) => people[column] ?? null)],
  }
  const anybody = rows.some(({ cells }) => cells.some((cell) => cell !== 0))
  return {
    title,
    heads: [...(roll ? [t('documents.report-roll')] : []), ...columns.map((column) => t(HEADS[column]))],
    rows: anybody ? (villages.length > 1 ? [...rows, all] : rows) : [],
  }
}

/** Nothing before somebody chose a village. */
function stopsSection(t: T, { villages, stops }: PeopleOnPaper): Section {
  const steps = Object.keys(STOPS) as Stop[]
  const anybody = villages.some(({ people }) => people.started !== 0)
  return {
    title: t('documents.report-stops'),
    heads: [t('documents.report-people')],
    rows: anybody ? steps.map((step) => ({ name: t(STOPS[step]), cells: [stops[step]] })) : [],
  }
}
