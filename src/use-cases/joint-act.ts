// What an act of two officials touches, and what the second is told of it.
import type { JointAct, Where } from '../core/two-officials.ts'
import { allCycles, cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import { codesOf, knownTerritories } from '../store/territories.ts'

/** Who proposed, and who confirmed. */
export interface BothOfficials {
  by: number
  second: number
}

/** Of more villages only the number is told. */
const NAMED = 5

/** The cycle of an act; undefined for one of the installation. */
function cycleOf(act: JointAct): number | undefined {
  const cycle = 'cycle' in act ? act.cycle : act.log
  return cycle === INSTALLATION_LOG ? undefined : cycle
}

const OF_VILLAGE = ['card-reissue', 'result-change', 'facilitator', 'review-open', 'review-close'] as const

const isOfVillage = (act: JointAct): act is Extract<JointAct, { kind: (typeof OF_VILLAGE)[number] }> =>
  OF_VILLAGE.some((kind) => kind === act.kind)

/** The territories whose officials decide: those of a roll or a card, else all of the cycle; of the installation's log those of every cycle. */
export async function placesOfAct(tx: Tx, act: JointAct): Promise<number[]> {
  if (act.kind === 'roll') return Object.keys(act.rows).map(Number)
  if (act.kind === 'announce' && act.territory !== undefined) return [act.territory]
  if (isOfVillage(act)) return [act.territory]
  const cycle = cycleOf(act)
  const cycles = cycle === undefined ? (await allCycles(tx)).map(({ id }) => id) : [cycle]
  const places = new Set<number>()
  for (const id of cycles) for (const { territory } of await codesOf(tx, id)) places.add(territory)
  return [...places]
}

/** What is written of its place to the second official and, afterwards, to the first. */
export async function whereOf(tx: Tx, act: JointAct): Promise<Where> {
  const ofVillages = act.kind === 'roll' || act.kind === 'announce' || isOfVillage(act)
  return wherePlaces(tx, cycleOf(act), ofVillages ? await placesOfAct(tx, act) : [])
}

/** The same of these places of a cycle. */
export async function wherePlaces(tx: Tx, id: number | undefined, all: readonly number[]): Promise<Where> {
  const cycle = id === undefined ? undefined : await cycleById(tx, id)
  const touched = new Set(all)
  const known = cycle && touched.size > 0 ? await knownTerritories(tx, cycle.id) : []
  const places = known.filter(({ territory }) => touched.has(territory))
  return {
    ...(cycle ? { title: cycle.title } : {}),
    trial: cycle?.trial ?? false,
    places: places.slice(0, NAMED).map(({ name, within }) => ({ name, within })),
    others: Math.max(0, places.length - NAMED),
  }
}
