// What becomes of money that is saved or returned after a vote: from the frozen rules, the count and the changes alone, so that anybody can check it.
import type { Money } from '../money.ts'
import type { Count } from './count.ts'

/** Frozen before the vote. `fits`: down the reserve list, whoever the money pays in full; `none`: it goes back, nobody moves up. */
export const RESERVE_RULES = ['fits', 'none'] as const
export type ReserveRule = (typeof RESERVE_RULES)[number]

/** What two officials wrote to the log, in its order. `cost`: what it costs now, whole tenge. */
export type ResultChange =
  | { kind: 'dropped'; id: string }
  | { kind: 'cheaper'; id: string; cost: Money }
  /** Money that is not of this vote. */
  | { kind: 'outside'; id: string }

/** `reserve`: it moved up. `outside`: it is paid by other money, and was never elected. `waiting`: on the reserve list. */
export type Standing = 'elected' | 'reserve' | 'dropped' | 'outside' | 'waiting' | 'out'

export interface AfterVote {
  /** Every project of the pot. */
  standing: ReadonlyMap<string, Standing>
  /** What each costs now. */
  costs: ReadonlyMap<string, Money>
  left: Money
  /** Whoever waits, in their order. */
  waiting: readonly string[]
  /** The first that waits, with what is missing for it; undefined where nobody does, or the rule lets nobody move up. */
  next: { id: string; missing: Money } | undefined
  /** The changes that made no sense when their turn came: their places, from 0. */
  senseless: readonly number[]
}

export interface PotAfterVote {
  /** The frozen list. */
  projects: readonly { id: string; cost: Money }[]
  /** Without steps where few voted: then nobody can be on a reserve list, for its order would tell who chose what. */
  count: Pick<Count, 'winners' | 'left'> & { steps?: Count['steps'] }
  reserve: ReserveRule
  /** Pairs of which only one may be built. */
  conflicts?: readonly (readonly [string, string])[] | undefined
}

/** They lost, and no money changes that. */
const NEVER: ReadonlySet<string> = new Set(['withdrawn', 'below-threshold', 'ineligible'])

/** Those that did not win but might have, in the order in which the count reached them: votes, and the ties as they were broken. */
export function reserveOrder({ winners, steps = [] }: PotAfterVote['count']): string[] {
  const never = new Set(steps.flatMap((step) => (NEVER.has(step.kind) && 'id' in step ? [step.id] : [])))
  const order = steps.flatMap((step) => ('id' in step ? [step.id] : []))
  return [...new Set(order)].filter((id) => !winners.includes(id) && !never.has(id))
}

/** Goes through the changes in their order; after each one, whoever the money pays moves up. */
export function afterVote(pot: PotAfterVote, changes: readonly ResultChange[]): AfterVote {
  const standing = new Map<string, Standing>(pot.projects.map(({ id }) => [id, 'out']))
  const costs = new Map(pot.projects.map(({ id, cost }) => [id, cost]))
  for (const id of pot.count.winners) standing.set(id, 'elected')
  const order = reserveOrder(pot.count)
  if (pot.reserve === 'fits') for (const id of order) standing.set(id, 'waiting')
  const state = { pot, standing, costs, order, left: pot.count.left }
  const senseless = changes.flatMap((change, at) => (changeOne(state, change) ? [] : [at]))
  const waiting = order.filter((id) => standing.get(id) === 'waiting')
  const [first] = waiting
  const next =
    first === undefined
      ? undefined
      : { id: first, missing: Math.max(0, (costs.get(first) ?? 0) - state.left) }
  return { standing, costs, left: state.left, waiting, next, senseless }
}

interface State {
  pot: PotAfterVote
  standing: Map<string, Standing>
  costs: Map<string, Money>
  order: readonly string[]
  left: Money
}

const isBuilt = (standing: Standing | undefined): boolean => standing === 'elected' || standing === 'reserve'

/** False: it makes no sense, and changes nothing. */
function changeOne(state: State, change: ResultChange): boolean {
  const { standing, costs } = state
  const [now, cost] = [standing.get(change.id), costs.get(change.id)]
  if (now === undefined || cost === undefined) return false
  if (change.kind === 'outside') {
    if (isBuilt(now) || now === 'outside') return false
    standing.set(change.id, 'outside')
    return true
  }
  if (!isBuilt(now)) return false
  if (change.kind === 'dropped') {
    standing.set(change.id, 'dropped')
    state.left += cost
  } else {
    if (!(change.cost > 0 && change.cost < cost)) return false
    costs.set(change.id, change.cost)
    state.left += cost - change.cost
  }
  moveUp(state)
  return true
}

/** Down the list once: what is paid for leaves less for those behind it. */
function moveUp(state: State): void {
  const { pot, standing, costs, order } = state
  for (const id of order) {
    const cost = costs.get(id) ?? 0
    if (standing.get(id) !== 'waiting' || cost > state.left) continue
    const rivals = (pot.conflicts ?? []).flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []))
    if (rivals.some((rival) => isBuilt(standing.get(rival)))) continue
    standing.set(id, 'reserve')
    state.left -= cost
  }
}
