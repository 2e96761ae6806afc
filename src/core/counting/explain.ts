// Why a project did not win, and what was missing, read off the steps of a count.
import type { Money } from '../money.ts'
import type { Count, Step, TieStep } from './count.ts'

/** Why a project did not win, and what was missing. Sums of money are whole units. */
export type WhyNot =
  | { kind: 'won'; place: number; left: Money }
  | { kind: 'too-dear'; cost: Money; left: Money; missing: Money }
  | { kind: 'stopped-here'; cost: Money; left: Money; missing: Money }
  | { kind: 'not-reached'; stoppedAt: string; votes: number; votesThere: number }
  | { kind: 'too-few-votes'; votes: number; needed: number; missing: number }
  | { kind: 'conflict'; with: string }
  | { kind: 'supporters-short'; cost: Money; held: Money; missing: Money }
  | { kind: 'outvoted' }
  | { kind: 'withdrawn' }
  | { kind: 'unknown-project' }

/** Answers "why did this project not win, and what was missing?" from the steps alone. */
export function whyNot(count: Count, id: string): WhyNot {
  const own = count.steps.filter((step) => 'id' in step && step.id === id)
  const place = count.winners.indexOf(id) + 1
  const bought = own.findLast((step) => step.kind === 'funded' || step.kind === 'bought')
  if (place > 0 && bought) return { kind: 'won', place, left: bought.left }
  // A count that ended with another rule's outcome ends with that rule's steps: the last one is the reason.
  const last = own.findLast((step) => step.kind !== 'funded' && step.kind !== 'bought')
  return last ? reason(last, count) : { kind: own.length > 0 ? 'outvoted' : 'unknown-project' }
}

function reason(step: Step, count: Count): WhyNot {
  switch (step.kind) {
    case 'skipped-too-dear':
      return { kind: 'too-dear', cost: step.cost, left: step.left, missing: step.cost - step.left }
    case 'stopped':
      return { kind: 'stopped-here', cost: step.cost, left: step.left, missing: step.cost - step.left }
    case 'not-reached': {
      const stop = count.steps.find((other) => other.kind === 'stopped')
      if (!stop) throw new Error('a project was not reached, but nothing stopped the count')
      return { kind: 'not-reached', stoppedAt: stop.id, votes: step.votes, votesThere: stop.votes }
    }
    case 'below-threshold':
    case 'ineligible':
      return {
        kind: 'too-few-votes',
        votes: step.votes,
        needed: step.needed,
        missing: step.needed - step.votes,
      }
    case 'not-affordable':
      return { kind: 'supporters-short', cost: step.cost, held: step.held, missing: step.cost - step.held }
    case 'conflict':
      return { kind: 'conflict', with: step.with }
    case 'withdrawn':
      return { kind: 'withdrawn' }
    case 'tie':
    case 'funded':
    case 'bought':
    case 'divided':
    case 'raised':
    case 'compared':
      throw new Error('a step that is no reason')
  }
}

/** The tie that kept a project out: it was equal to a winner, and a tie-break put the winner first. */
export const lostTie = (count: Count, id: string): TieStep | undefined =>
  count.ties.find((tie) => tie.ids.includes(id) && !tie.chosen.includes(id))
