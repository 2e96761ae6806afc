// Where somebody with a role hands out papers and types in boxes: the places, and how one of them stands.
import { sectionsOf } from '../core/ballots/sections.ts'
import { isBefore, type Phase } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { type PapersProblem, type PaperSums, papersFit, readPapers, timesMarked } from '../core/paper.ts'
import type { PotTerms } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Act, mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import { cyclesUnderway } from '../store/cycles.ts'
import { boxesOf, paperMarks, typists } from '../store/paper.ts'
import { knownTerritories, linesOf } from '../store/territories.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import { loggedGrants } from './logged-grants.ts'
import { readPlace } from './read-place.ts'

export interface PaperPlace {
  cycle: number
  territory: number
  name: Localised
  /** Of the cycle. */
  title: Localised
}

/** Villages of votes that are open or were, where this account may hand out papers. */
export async function paperPlaces(app: App, account: number): Promise<PaperPlace[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const places: PaperPlace[] = []
  for (const { id: cycle, title, phase } of await cyclesUnderway(app.db)) {
    if (isBefore(phase, 'voting')) continue
    for (const { territory, name } of await knownTerritories(app.db, cycle))
      if (mayDo(grants, 'mark-paper', await linesOf(app.db, [territory]), now))
        places.push({ cycle, territory, name, title })
  }
  return places
}

/** How the papers of a village stand. `typed`: clerks who typed its box in, while no two agree. */
export interface PaperState {
  marks: number
  typed: number
  box: (PaperSums & { fits: boolean; note: Localised | null }) | undefined
}

export interface PaperDesk extends PaperState {
  place: Place
  phase: Phase
  /** This account typed it in. */
  own: boolean
  /** May say why the numbers do not fit. */
  official: boolean
}

/** Undefined for whoever may not hand out papers there. Nothing in it is about a single row. */
export async function readPaperDesk(
  app: App,
  account: number,
  where: { cycle: number; territory: number },
): Promise<PaperDesk | undefined> {
  const grants = await loggedGrants(app, app.db, account)
  const [lines, now] = [await linesOf(app.db, [where.territory]), await clock(app.db)]
  const may = (act: Act): boolean => mayDo(grants, act, lines, now)
  if (!may('mark-paper')) return undefined
  const place = await readPlace(app, where.cycle, where.territory)
  if (!place) return undefined
  const typed = (await typists(app.db, where.cycle, account)).find(
    ({ territory }) => territory === where.territory,
  )
  const state = (await paperStates(app, where.cycle)).get(where.territory)
  return {
    marks: 0,
    typed: 0,
    box: undefined,
    ...state,
    place,
    phase: place.cycle.phase,
    own: typed?.own ?? false,
    official: may('explain-papers'),
  }
}

/** By village; where no paper was handed out there is none. */
export async function paperStates(app: App, cycle: number): Promise<Map<number, PaperState>> {
  const [marks, boxes, typed] = await Promise.all([
    paperMarks(app.db, cycle),
    boxesOf(app.db, cycle),
    typists(app.db, cycle, 0),
  ])
  return new Map(
    marks.map(({ territory, marks: handed }) => {
      const box = boxes.find((one) => one.territory === territory)
      const state: PaperState = {
        marks: handed,
        typed: typed.find((one) => one.territory === territory)?.typed ?? 0,
        box: box && { ...box, fits: papersFit(box) },
      }
      return [territory, state]
    }),
  )
}

/** What was typed, in numbers. `pots`: on how many papers each project of a pot is marked, in the order of the list. */
export interface PapersRead {
  ballots: number
  spoiled: number
  pots: (PotTerms & { marks: { number: number; papers: number }[] })[]
}

/** Reads what a clerk typed, as `enterPapers` would; nothing is kept. */
export async function readTypedPapers(
  app: App,
  { cycle, territory }: { cycle: number; territory: number },
  text: string,
): Promise<Result<PapersRead, PapersProblem>> {
  const list = await frozenList(app, cycle, territory)
  if (!list) return fail({ kind: 'empty' })
  const { place, projects } = list
  const sections = sectionsOf(place.pots, place.cycle.ballotTerms, projects)
  const read = readPapers(text, sections)
  if (!read.ok) return read
  const { ballots, spoiled } = read.value
  const pots = place.pots.map((one, at) => {
    const marks = (sections[at]?.projects ?? []).map(({ id, number }) => ({
      number,
      papers: timesMarked(ballots, id),
    }))
    return { ...one, marks: marks.filter(({ papers }) => papers > 0) }
  })
  return ok({ ballots: ballots.length, spoiled, pots })
}
