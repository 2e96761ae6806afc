// The people of a report by village and in all: what may be shown of them, and how far they came who stopped on the way.
import { FEWEST_SHOWN, type ShownCell } from './needs.ts'
import { shownColumn, shownTable, tellsRest } from './small-cells.ts'

type PartColumn = 'started' | 'byLink' | 'byPoster' | 'verified' | 'inPerson' | 'opened' | 'voted'
type WayColumn = (typeof WAYS)[number]
export type PeopleColumn = PartColumn | WayColumn
/** Rows whose vote counts, by the way it came; a village's sum is told with its result. */
const WAYS = ['online', 'assisted', 'paper'] as const
/** Each column of people, and the wider ones that they are part of. */
const PEOPLE: Record<PartColumn, readonly (PartColumn | 'roll')[]> = {
  started: [],
  byLink: ['started'],
  byPoster: ['byLink', 'started'],
  verified: ['roll'],
  inPerson: ['verified', 'roll'],
  opened: ['verified', 'roll'],
  voted: ['opened', 'verified', 'roll'],
}
const COLUMNS = Object.keys(PEOPLE) as PartColumn[]

/** People of a village as they are. */
export type PeopleRow = Record<PeopleColumn | 'roll', number>

/** How many came so far and no further: people of the whole cycle; those without a village are of no cycle yet. */
export type PeopleStops = Record<'noVillage' | 'unverified' | 'unopened' | 'unsent', number>

const NONE_SHOWN: Record<PeopleColumn, ShownCell> = {
  started: null,
  byLink: null,
  byPoster: null,
  verified: null,
  inPerson: null,
  opened: null,
  voted: null,
  online: null,
  assisted: null,
  paper: null,
}

/** Cells by village, and the sums of the columns: none that is small, and none that a subtraction within its row or column tells. */
export function peopleShown(rows: readonly PeopleRow[]) {
  const villages = rows.map(() => ({ ...NONE_SHOWN }))
  const sums: Partial<Record<PeopleColumn, number>> = {}
  const total = (column: PartColumn | 'roll') => rows.reduce((all, row) => all + row[column], 0)
  for (const column of COLUMNS) {
    const wider = PEOPLE[column]
    const told = rows.flatMap((row, at) =>
      wider.some((whole) => tellsRest(row[whole], row[column])) ||
      // Who took a paper after all: what they had sent counts no more.
      (column === 'voted' && tellsRest(row.voted, row.online + row.assisted))
        ? [at]
        : [],
    )
    const { cells, sum } = shownColumn(
      rows.map((row) => row[column]),
      new Set(told),
    )
    for (const [at, village] of villages.entries()) village[column] = cells[at] ?? null
    if (sum !== undefined && !wider.some((whole) => tellsRest(total(whole), sum))) sums[column] = sum
  }
  const ways = shownTable(rows.map((row) => WAYS.map((way) => row[way])))
  for (const [column, way] of WAYS.entries()) {
    for (const [at, village] of villages.entries()) village[way] = ways.cells[at]?.[column] ?? null
    const sum = ways.sums[column]
    if (sum !== undefined) sums[way] = sum
  }
  return { of: (at: number) => villages[at] ?? NONE_SHOWN, sums }
}

/** None that is small, and none that would tell a sum which is left out: each is about the difference of two. */
export function stopsShown(
  stops: PeopleStops,
  { started, verified, opened, voted }: Partial<Record<PeopleColumn, number>>,
): Record<keyof PeopleStops, ShownCell> {
  const between = (people: number, ...sums: (number | undefined)[]) =>
    sums.includes(undefined) || (people > 0 && people < FEWEST_SHOWN) ? null : people
  return {
    noVillage: between(stops.noVillage),
    unverified: between(stops.unverified, started, verified),
    unopened: between(stops.unopened, verified, opened),
    unsent: between(stops.unsent, opened, voted),
  }
}
