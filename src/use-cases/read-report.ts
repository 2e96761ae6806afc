// The report of a cycle, as a programme asks for it: people, ideas, money, what is built; small numbers of people left out.
import type { Phase } from '../core/cycle.ts'
import { type Mark, MARKS, marksOf } from '../core/marks.ts'
import type { PotBudget } from '../core/pot.ts'
import type { Localised } from '../core/localised.ts'
import type { ShownCell } from '../core/needs.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { AudienceKind } from '../core/announcement.ts'
import { type PeopleColumn, peopleShown, type PeopleStops, stopsShown } from '../core/report-people.ts'
import { shownColumn, tellsRest } from '../core/small-cells.ts'
import { announcementsOf, figuresOf } from '../store/announcements.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import { needResultOf } from '../store/need-meetings.ts'
import { territoriesOf } from '../store/places.ts'
import { type Project, projectsOf } from '../store/projects.ts'
import { type ReportRow, reportRows, stopRow } from '../store/report.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { readTrainings, type Training } from './enter-training.ts'
import { type Cycle, listCycles } from './list-cycles.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import type { PublishedResult } from './read-result.ts'
import { readResult } from './read-result.ts'
import { readWorks, type Work } from './read-works.ts'

export interface ReportVillage {
  territory: number
  name: Localised
  within: Localised[]
  /** Whole units of the cycle's currency. */
  budget: number
  projects: number
  /** Only where it has several. */
  pots?: (PotBudget & { projects: number; result?: { winners: number; spent: number } })[]
  ideas: ReportRow['ideas']
  roll: number
  people: Record<PeopleColumn, ShownCell>
  /** Only once they are published. */
  needs?: { verified: ShownCell; unverified: ShownCell; present: ShownCell | undefined }
  result?: { winners: number; spent: number }
  /** Only where something is built. */
  works?: { planned: number; reached: number; onTime: number; late: number }
}

/** One that was sent, or is being sent. */
export interface ReportAnnouncement {
  /** UTC ISO. */
  at: string
  who: AudienceKind
  sent: ShownCell
  /** Readers who pressed the button under it. */
  pressed: ShownCell
}

/** A step of what is built; days as `2027-05-30`, cost in whole units. */
export interface ReportMilestone {
  village: Localised
  /** Of its project on the village's list. */
  project: number
  title: Localised
  name: Localised
  planned: string
  actual: string | null
  percent: number
  cost: number | null
  late: boolean
}

/** Of some projects in all villages. */
export interface ReportSums {
  projects: number
  cost: number
  winners: number
  spent: number
}
/** Of projects of one kind. */
export type ReportKind = ReportSums & { category: string }
/** Of projects under a mark, or under the goal of that number; a project may stand under several. */
export type ReportMark = ReportSums & ({ mark: Mark } | { sdg: number })

export interface Report {
  cycle: { slug: string; title: Localised; trial: boolean; phase: Phase; currency: string }
  /** When it was read, UTC ISO. */
  at: string
  villages: ReportVillage[]
  /** Of all villages together; a column is absent where the villages would tell a small one. */
  people: Partial<Record<PeopleColumn, number>>
  /** People of all villages who came so far and no further. */
  stops: Record<keyof PeopleStops, ShownCell>
  kinds: ReportKind[]
  marks: ReportMark[]
  /** Oldest first. */
  announcements: ReportAnnouncement[]
  /** By village, project and number. */
  milestones: ReportMilestone[]
  /** By day. */
  trainings: Training[]
}

export type ReportProblem = { kind: 'no-such-cycle' } | NotAllowed

/** Reads only; every figure stands in the database. */
export async function readReport(
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<Report, ReportProblem>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, app.db, by, 'read-report', cycleId))) return fail({ kind: 'not-allowed' })
  const [rows, stopped, places, works, announcements, trainings, at] = await Promise.all([
    reportRows(app.db, cycleId),
    stopRow(app.db, cycleId),
    territoriesOf(app.db, cycleId),
    readWorks(app, cycleId),
    announcementsShown(app, cycleId),
    readTrainings(app, app.db, cycle),
    clock(app.db),
  ])
  const people = peopleShown(rows)
  const listed: Listed[] = []
  const villages: ReportVillage[] = []
  for (const place of places) {
    const at = rows.findIndex(({ territory }) => territory === place.territory)
    const row = rows[at]
    if (!row) continue
    const results = await publishedOf(app, cycleId, place)
    const won = new Set(results.flatMap(({ count }) => [...count.winners]))
    const list = (await projectsOf(app.db, cycleId, place.territory)).filter(({ withdrawn }) => !withdrawn)
    listed.push(...list.map((project) => ({ ...project, won: won.has(project.id) })))
    const needs = await needResultOf(app.db, { cycle: cycleId, territory: place.territory })
    const own = works.filter(({ territory }) => territory === place.territory)
    const milestones = own.flatMap((work) => work.milestones)
    villages.push({
      territory: place.territory,
      name: place.name,
      within: place.within,
      budget: place.budget,
      projects: row.projects,
      ...(place.pots.length > 1 && { pots: potsShown(place.pots, list, results) }),
      ideas: row.ideas,
      roll: row.roll,
      people: people.of(at),
      ...(needs && {
        needs: { ...needs.figures.answers, present: needs.figures.meeting?.present },
      }),
      ...resultSums(results),
      ...(milestones.length > 0 && {
        works: {
          planned: milestones.length,
          reached: milestones.filter(({ actual }) => actual !== null).length,
          onTime: milestones.filter(({ actual, planned }) => actual !== null && actual <= planned).length,
          late: milestones.filter(({ late }) => late).length,
        },
      }),
    })
  }
  const { slug, title, trial, phase, currency } = cycle
  return ok({
    cycle: { slug, title, trial, phase, currency },
    at,
    villages,
    people: people.sums,
    stops: stopsShown(stopped, people.sums),
    announcements,
    kinds: kindsOf(listed),
    marks: marksShown(listed),
    milestones: works.flatMap(milestonesOf),
    trainings,
  })
}

const milestonesOf = ({ village, number, title, milestones }: Work): ReportMilestone[] =>
  milestones.map(({ name, planned, actual, percent, cost, late }) => ({
    village,
    project: number,
    title,
    name,
    planned,
    actual,
    percent,
    cost,
    late,
  }))

async function announcementsShown(app: App, cycle: number): Promise<ReportAnnouncement[]> {
  const shown: ReportAnnouncement[] = []
  for (const { id, startedAt, audience, figures } of await announcementsOf(app.db, cycle)) {
    if (startedAt === null) continue
    const { sent, pressed } = figures ?? (await figuresOf(app.db, id))
    const [all = null] = shownColumn([sent]).cells
    const [part = null] = shownColumn([pressed], new Set(tellsRest(sent, pressed) ? [0] : [])).cells
    shown.push({ at: startedAt, who: audience.who, sent: all, pressed: all === null ? null : part })
  }
  return shown.toSorted((a, b) => a.at.localeCompare(b.at))
}

async function publishedOf(
  app: App,
  cycle: number,
  place: { territory: number; pots: readonly { pot: PublishedResult['pot'] }[] },
): Promise<PublishedResult[]> {
  const results: PublishedResult[] = []
  for (const { pot } of place.pots) {
    const read = await readResult(app, cycle, place.territory, pot)
    if (read.ok) results.push(read.value)
  }
  return results
}

/** Nothing before something is published. */
const resultSums = (results: readonly PublishedResult[]): { result?: { winners: number; spent: number } } =>
  results.length === 0
    ? {}
    : {
        result: {
          winners: results.reduce((sum, { count }) => sum + count.winners.length, 0),
          spent: results.reduce((sum, { count }) => sum + count.spent, 0),
        },
      }

const potsShown = (
  pots: readonly PotBudget[],
  list: readonly Project[],
  results: readonly PublishedResult[],
): NonNullable<ReportVillage['pots']> =>
  pots.map((one) => ({
    ...one,
    projects: list.filter(({ pot }) => pot === one.pot).length,
    ...resultSums(results.filter(({ pot }) => pot === one.pot)),
  }))

/** A project that was not withdrawn, and whether it is among those published as winners. */
type Listed = Project & { won: boolean }

function sumsOf(list: readonly Listed[]): ReportSums {
  const cost = (some: readonly Listed[]) => some.reduce((sum, one) => sum + one.cost, 0)
  const won = list.filter((one) => one.won)
  return { projects: list.length, cost: cost(list), winners: won.length, spent: cost(won) }
}

/** Those with most projects first. */
const kindsOf = (list: readonly Listed[]): ReportKind[] =>
  [...new Set(list.map(({ category }) => category))]
    .map((category) => ({ category, ...sumsOf(list.filter((one) => one.category === category)) }))
    .toSorted((a, b) => b.projects - a.projects || (a.category < b.category ? -1 : 1))

/** Marks in their order, then goals by number; none under which nothing stands. */
function marksShown(list: readonly Listed[]): ReportMark[] {
  const goals = Array.from({ length: 17 }, (_, at) => at + 1)
  return [
    ...MARKS.map((mark) => ({ mark, ...sumsOf(list.filter((one) => marksOf(one).marks.includes(mark))) })),
    ...goals.map((sdg) => ({ sdg, ...sumsOf(list.filter((one) => marksOf(one).sdgs.includes(sdg))) })),
  ].filter(({ projects }) => projects > 0)
}

/** The cycles whose report this account may read, newest first; drafts have none. */
export async function reportableCycles(app: App, account: number): Promise<(Cycle & { enters: boolean })[]> {
  const may: (Cycle & { enters: boolean })[] = []
  for (const cycle of await listCycles(app))
    if (cycle.phase !== 'draft' && (await mayActInCycle(app, app.db, account, 'read-report', cycle.id)))
      may.push({ ...cycle, enters: await mayActInCycle(app, app.db, account, 'enter-training', cycle.id) })
  return may
}
