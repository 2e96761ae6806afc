// An official brings the list of projects of a cycle as a file: looked at first, then taken whole, once, before voting opens.
import { type ListEntry, projectsHash } from '../core/audit/projects-hash.ts'
import { toHex, utf8 } from '../core/bytes.ts'
import { type Halt, isBefore, type Phase } from '../core/cycle.ts'
import { decodeText, looksLikeSpreadsheet } from '../core/formats/encoding.ts'
import { listsPersons } from '../core/formats/persons.ts'
import { type ListedProject, type ProjectListProblem, readProjectList } from '../core/formats/project-list.ts'
import { GENERAL, type Pot, type PotBudget } from '../core/pot.ts'
import { sumMoney } from '../core/money.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { sha256 } from '../core/sha256.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { type Place, territoriesOf } from '../store/places.ts'
import { dropProjects, insertProjects, listOf } from '../store/projects.ts'
import { knownTerritories } from '../store/territories.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { newProjects } from './cycle-of-file.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { numbered } from './new-cycle.ts'
import { transact } from './transact.ts'

export type ImportProjectsProblem =
  | NotAllowed
  | { kind: 'no-such-cycle' }
  | { kind: 'halted'; halt: Halt }
  /** Voting has opened, or is over. */
  | { kind: 'too-late'; phase: Phase }
  /** Residents may have read another list; it is not replaced any more. */
  | { kind: 'list-public' }
  /** An .xlsx, .xls or .ods. */
  | { kind: 'workbook' }
  /** It has columns of people, or an ИИН: nothing of it may be kept. */
  | { kind: 'persons' }
  /** Everything that is wrong with it, in the order of its lines. */
  | { kind: 'lines'; lines: ProjectListProblem[] }
  /** The file or the list is not what was read back. */
  | { kind: 'changed' }

/** A village of the cycle in the read-back; sums in whole tenge. */
export type VillageList = Pick<Place, 'territory' | 'name' | 'within' | 'budget' | 'pots'> & {
  projects: number
  sum: number
  /** So many cost more than their whole budget: they cannot win. */
  tooDear: number
  /** On the list as it stands. */
  before: number
}

export interface ImportPlan {
  projects: ListedProject[]
  villages: VillageList[]
  /** Stands for this file and for the list that it meets, hex. */
  seen: string
  /** The list is there already, to the letter. */
  same: boolean
}

export interface ProjectFile {
  bytes: Uint8Array
  /** Ids of categories by the words they are called. */
  categories: ReadonlyMap<string, string>
  /** Marks by the words they are called. */
  marks: ReadonlyMap<string, string>
}

/** What `importProjects` would do, by the same rules; nothing is changed. */
export const previewProjects = (
  app: App,
  cycle: number,
  file: ProjectFile,
  by: Actor,
): Promise<Result<ImportPlan, ImportProjectsProblem>> =>
  transact<ImportPlan, ImportProjectsProblem>(app, async (tx) => {
    const planned = await plan(app, tx, cycle, file, by)
    return planned.ok ? ok(planned.value.plan) : planned
  })

/**
 * Takes the list, numbered anew in the order of the file, in place of the draft's. Returns its plan; the same list again changes
 * nothing. `seen`: the beginning of what was read back; without it whatever stands there is met.
 */
export const importProjects = (
  app: App,
  cycleId: number,
  file: ProjectFile,
  { by, seen = '' }: { by: Actor; seen?: string },
): Promise<Result<ImportPlan, ImportProjectsProblem>> =>
  transact<ImportPlan, ImportProjectsProblem>(app, async (tx) => {
    const planned = await plan(app, tx, cycleId, file, by)
    if (!planned.ok) return planned
    const { plan: found, cycle, list } = planned.value
    if (found.same) return ok(found)
    if (!found.seen.startsWith(seen)) return fail({ kind: 'changed' })
    if (cycle.phase === 'draft') await dropProjects(tx, cycleId)
    await insertProjects(tx, numbered(newProjects(found.projects), cycleId))
    await appendLeaf(app, tx, cycleId, {
      kind: 'projects-imported',
      at: await clock(tx),
      cycle: cycle.slug,
      projects: Object.fromEntries(
        found.villages.map(({ territory, projects }) => [String(territory), projects]),
      ),
      list: projectsHash(list),
      by: markOf(app, by),
    })
    return ok(found)
  })

interface Planned {
  plan: ImportPlan
  cycle: Cycle
  list: ListEntry[]
}

/** Holds the cycle's row: of two imports one finds what the other did, and no phase begins meanwhile. */
async function plan(
  app: App,
  tx: Tx,
  cycleId: number,
  { bytes, categories, marks }: ProjectFile,
  by: Actor,
): Promise<Result<Planned, ImportProjectsProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, tx, by, 'create-cycle', cycleId))) return fail({ kind: 'not-allowed' })
  if (cycle.halt) return fail({ kind: 'halted', halt: cycle.halt })
  if (!takesProjects(cycle.phase)) return fail({ kind: 'too-late', phase: cycle.phase })
  if (looksLikeSpreadsheet(bytes)) return fail({ kind: 'workbook' })
  const { text } = decodeText(bytes)
  if (listsPersons(text)) return fail({ kind: 'persons' })
  const villages = (await knownTerritories(tx, cycleId)).map(({ territory, kato, name }) => ({
    id: String(territory),
    kato,
    name,
  }))
  const places = await territoriesOf(tx, cycleId)
  const pots = new Map(places.map((place) => [String(place.territory), place.pots]))
  const read = readProjectList(text, { villages, categories, marks, pots })
  if (!read.ok) return fail({ kind: 'lines', lines: read.problem })
  const list = numbered(newProjects(read.value), cycleId).map(
    ({ summary = null, lat = null, lon = null, pot = GENERAL, marks: own = null, ...project }) => ({
      ...project,
      summary,
      lat,
      lon,
      pot,
      marks: own,
    }),
  )
  const before = await listOf(tx, cycleId)
  const [hash, hashBefore] = [projectsHash(list), projectsHash(before)]
  const same = hash === hashBefore
  if (!same && before.length > 0 && cycle.phase !== 'draft') return fail({ kind: 'list-public' })
  const told = places.map((place) => villageList(place, list, before))
  const seen = toHex(sha256(utf8(`${hashBefore} ${hash}`)))
  return ok({ plan: { projects: read.value, villages: told, seen, same }, cycle, list })
}

/** A list may still come. */
export const takesProjects = (phase: Phase): boolean => isBefore(phase, 'voting')

/** It costs more than all the money it may win. */
export const isTooDear = (
  { cost, pot = GENERAL }: { cost: number; pot?: Pot },
  pots: readonly PotBudget[],
): boolean => cost > (pots.find((one) => one.pot === pot)?.budget ?? 0)

function villageList(
  { territory, name, within, budget, pots }: Place,
  list: readonly ListEntry[],
  before: readonly ListEntry[],
): VillageList {
  const here = (some: readonly ListEntry[]) => some.filter((one) => one.territory === territory)
  const own = here(list)
  const costs = own.map(({ cost }) => cost)
  return {
    territory,
    name,
    within,
    budget,
    pots,
    projects: costs.length,
    sum: sumMoney(costs),
    tooDear: own.filter((one) => isTooDear(one, pots)).length,
    before: here(before).length,
  }
}
